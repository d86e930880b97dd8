"""« Pour corriger » : what to write where a rule is broken, and the codes that are allowed."""

import re
from collections.abc import Iterator
from html import escape

from cda_tools.model.valuesets import named
from cda_tools.reports.texts import text_of
from cda_tools.rules.catalogue import Rule
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation.xsd.sequence import neighbours

_ORDER = "XSD-CHILD"
_EXAMPLES = frozenset({"structuration-minimale", "text-1.16", "versions"})
_FEW = 8  # codes that are listed; beyond, they are counted

_OF_ANY_NAME = re.compile(r"SM-(?:T|DT)-|TXT-(?:NULL|TIME)-")
"""The rules of a data type, or of dates and nullFlavor: their example has one element's name."""
_WITH_PARTS = ("SM-DT-AD-", "SM-DT-EN-", "SM-DT-PN-", "SM-DT-ED-", "SM-DT-IVLTS-")
_PARTS = frozenset(
    ("low", "high", "center", "width", "useablePeriod", "given", "family", "city", "reference")
)
"""What such a rule may show in place of the element that it is about: a part of it."""
_ANYWHERE_INSIDE = "SM-DT-ANY-01"
"""The rule whose example is that of something inside, of a name that cannot be told."""

_SHOWS_NOTHING = re.compile(r"<[^<>]*>…</[^<>]*>")
_NAME = re.compile(r"<([\w:.-]+)")
_NUMBER = re.compile(r"\[\d+\]")
_CHILD = re.compile(r"<(\w+)>…<(\w+)[\s/>]")
_CODED = re.compile(r'\b(code|codeSystem|displayName|root|extension)="[^"]*"')


def remedy(finding: Finding) -> list[str]:
    """Return the lines that say how a finding is mended; none where only its message can.

    The example is the rule's own (``right``): its values stand for the author's.
    """
    if finding.severity is Severity.INFORMATION:
        return []
    if finding.rule == _ORDER:
        return [
            "Pour corriger : mettre les éléments dans l'ordre du schéma, sans ceux qu'il n'y "
            "prévoit pas (cda-tools inspect --diff le montre quand il ne manque rien)"
        ]
    text = text_of(finding.rule)
    if text is None or finding.layer not in _EXAMPLES or "<" not in text.right:
        return []
    if finding.rule == _ANYWHERE_INSIDE or _SHOWS_NOTHING.fullmatch(text.right):
        return []
    where, example = _placed(finding, " ".join(text.right.split()))
    told = dict(finding.fields)
    # What stands for a code that has left its set, before those that look like it.
    example = _with_code(example, text, str(told.get("instead") or told.get("near", "")))
    lines = [f"Pour corriger, écrire{where} par exemple :", f"  {example}"]
    return [*lines, *_order(example), *_codes(text)]


def _with_code(example: str, text: Rule, told: str) -> str:
    """Return the example with the first of the codes that are told, each with its label."""
    code = told.partition(" (")[0]
    sets = [one for name in text.sets if (one := named(name))]
    found = next((one for known in sets for one in known.concepts if one.code == code), None)
    if found is None:
        return example
    for name, value in (
        ("code", found.code),
        ("codeSystem", found.system),
        ("displayName", found.label),
    ):
        said = escape(value, quote=False).replace('"', "&quot;").replace("\\", r"\\")
        example = re.sub(rf'(?<=\s{name}=")[^"]*', said, example, count=1)
    return example


def _order(example: str) -> Iterator[str]:
    """Yield where a child that is missing stands in the order of the schema."""
    found = _CHILD.match(example)
    around = neighbours(found[1], found[2]) if found else None
    if found and around:
        before, after = around
        told = [f"après « {before} »"] * bool(before) + [f"avant « {after} »"] * bool(after)
        yield f"  place de « {found[2]} » dans l'ordre du schéma : {', '.join(told)}"


def _codes(text: Rule) -> Iterator[str]:
    for name in text.sets:
        known = named(name)
        if known:
            codes = [one.code for one in known.concepts if not one.until]
            told = ", ".join(codes) if len(codes) <= _FEW else f"{len(codes)} codes"
            yield f"  codes admis : {told} (cda-tools rules {name})"


def _placed(finding: Finding, example: str) -> tuple[str, str]:
    """Return where an example belongs, and the example with the name of the element there.

    A finding's place is the element itself, its parent, or a child that the rule does not expect.
    """
    match = _NAME.match(example)
    if not finding.location or match is None:
        return "", example
    outer = match[1].rpartition(":")[2]
    names = _NUMBER.sub("", finding.location).split("/")
    if names[-1] == outer:
        return f" à {finding.location}", example
    if len(names) > 2 and names[-2] == outer:
        return f" à {finding.location.rpartition('/')[0]}", example
    if _of_any_name(finding.rule, outer):
        return f" à {finding.location}", _renamed(example, match[1], names[-1])
    return f" dans {finding.location}", example


def _of_any_name(rule: str, outer: str) -> bool:
    if rule.startswith(_WITH_PARTS) and outer in _PARTS:
        return False
    return _OF_ANY_NAME.match(rule) is not None


def _renamed(example: str, old: str, new: str) -> str:
    """Return an example for an element of another name; the codes in it would be none of its."""
    renamed = re.sub(rf"^<{re.escape(old)}\b", f"<{new}", example)
    renamed = re.sub(rf"</{re.escape(old)}>$", f"</{new}>", renamed)
    return _CODED.sub(r'\1="…"', renamed)
