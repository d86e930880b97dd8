"""The French of the regular rows of the profile: what is asked, in one clause."""

import re
from collections.abc import Iterable
from functools import cache

from cda_tools.resources import resource
from profile_compiler.model import Check, Declared

FORMATS = {
    "": "",
    "st": "ne doit pas être vide",
    "cs": "ne doit être ni vide ni coupé par un espace",
    "oid": "doit être un OID",
    "uid": "doit être un OID, un UUID ou un nom réservé",
    "ts": "doit commencer par 4 à 14 chiffres",
}
_NUMBERS = {1: "un", 3: "trois", 7: "sept"}


def count_title(child: Declared, parent: str) -> str:
    """Return e.g. ``« author » doit contenir exactement un « time » (date de contribution)``."""
    match child.minimum, child.maximum:
        case 0, 1:
            how = "au plus un"
        case 0, maximum:
            how = f"au plus {_NUMBERS[maximum or 0]}"
        case 1, 1:
            how = "exactement un"
        case 1, None:
            how = "au moins un"
        case minimum, maximum:
            how = f"de {_NUMBERS[minimum]} à {_NUMBERS[maximum or 0]}"
    label = f" ({child.label})" if child.label else ""
    return f"{parent} doit contenir {how} « {child.name} »{label}{child.that and ' '}{child.that}"


def codes_title(subject: str, sets: list[str]) -> str:
    """Return e.g. ``@code doit être un code du jeu J07 (type de document, 1.2.250…)``."""
    named = " ou ".join(f"{s} ({_sets()[s]})" for s in sets)
    return f"{subject} doit être un code du jeu {named}"


def quoted(found: str) -> str:
    """Have every ``{@attribute}`` of ``found`` shown with guillemets, or as absent."""
    return re.sub(r"\{((?:[\w:]+/)*@[\w:]+)\}", r"{f:show(\1)}", found)


def allowed_names(children: Iterable[Declared]) -> str:
    """Return the names of the children, each once."""
    return ", ".join(dict.fromkeys(child.name for child in children))


def attribute_title(check: Check) -> str:
    """Return what an ``attribute`` row asks."""
    name, values = f"@{check.get('name')}", check.get("values").split()
    if values:
        among = values[0] if len(values) == 1 else f"{', '.join(values[:-1])} ou {values[-1]}"
        return f"{name}, s’il est présent, doit valoir {among}"
    asks = FORMATS[check.get("format")]
    if check.get("required") == "yes":
        return f"{name} est obligatoire{asks and ' et '}{asks}"
    return f"{name}, s’il est présent, {asks}"


def check_title(check: Check) -> str:
    """Return what a rule about one element asks."""
    match check.kind:
        case "attribute":
            return attribute_title(check)
        case "codes":
            return codes_title(f"@{check.get('name', 'code')}", check.get("set").split())
        case "civility":
            return codes_title(f"« {check.get('path').replace('h:', '')} »", [check.get("set")])
        case _:
            return check.get("asks")


@cache
def _sets() -> dict[str, str]:
    """Return what the sets are for, and their OID, by short name."""
    lines = resource("valuesets", "index.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:]]
    return {
        file.removesuffix(".tsv"): f"{use.partition(' : ')[0]}, {oid}"
        for oid, file, *_, use in rows
    }
