"""The rules of a kit as text, JSON and Markdown: context, test, file, and the kit's own text."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache

from cda_tools.errors import InputError
from cda_tools.kit.compiled import Compiled, Source
from cda_tools.kit.kit import Kit, open_kit
from cda_tools.lookup.search import Found, find
from cda_tools.reports import rules as rule_pages
from cda_tools.validation.kit_layers import message, rule_id

_LET = "let"


@dataclass(frozen=True, slots=True)
class KitRule:
    """One rule of a kit. ``kind``: assert or report. ``schematron``: the layer or the volet.

    ``message``: with « … » for what depends on the document. ``line``: 1-based, in ``file``.
    """

    id: str
    kind: str
    schematron: str
    context: str
    test: str
    message: str
    file: str
    line: int | None


def rules(location: str, ids: Collection[str]) -> list[KitRule]:
    """Return the rules of a kit that have these ids, all of them for none, in the kit's order.

    Several of its Schematrons may have the same id.
    """
    return [rule for rule in _rules(open_kit(location)) if not ids or rule.id in ids]


def pages(location: str, names: Iterable[str], form: str) -> str:
    """Return the kit's rules of these ids, all for none, in ``text``, ``json`` or ``markdown``.

    A report with a kit names rules of ours too: those follow, found as without a kit. Raise
    InputError for a name that is of neither.
    """
    wanted = [one.strip() for one in names]
    chosen = rules(location, wanted)
    known = {rule.id for rule in chosen}
    ours = [found for one in wanted if one not in known for found in _ours(location, one)]
    if form == "json":
        found = [*map(asdict, chosen), *rule_pages.objects(ours)]
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    if form == "markdown":
        return "".join(map(_markdown, chosen)) + (rule_pages.markdown(ours) if ours else "")
    if wanted:
        return text(chosen) + "".join(rule_pages.text([one]) for one in ours)
    width = max((len(rule.id) for rule in chosen), default=0)
    return "".join(f"{rule.id:{width}}  {rule.schematron}  {rule.message}\n" for rule in chosen)


def text(chosen: Iterable[KitRule]) -> str:
    """Return the pages of rules, one after another."""
    return "".join(map(_page, chosen))


def _ours(location: str, name: str) -> list[Found]:
    try:
        return find([name])
    except InputError:
        kit = open_kit(location).name
        raise InputError(f"règle inconnue du kit {kit} comme de l'outil : {name}") from None


@lru_cache(maxsize=4)
def _rules(kit: Kit) -> tuple[KitRule, ...]:
    """Return the rules of a kit, each once; the service asks for them again and again."""
    return tuple(
        dict.fromkeys(
            _rule(compiled, source)
            for compiled in (*kit.layers, *kit.volets)
            for source in kit.sources[compiled.first : compiled.after]
            if source.kind != _LET
        )
    )


def _rule(compiled: Compiled, source: Source) -> KitRule:
    return KitRule(
        id=rule_id(source),
        kind=source.kind,
        schematron=compiled.name,
        context=source.context,
        test=source.test,
        message=message(source, ("…",) * len(source.message)),
        file=source.file,
        line=source.line,
    )


def _rows(rule: KitRule) -> dict[str, str]:
    return {
        "Schematron": rule.schematron,
        "Nature": "erreur (assert)" if rule.kind == "assert" else "information (report)",
        "Contexte": rule.context,
        "Test": rule.test,
        "Fichier": rule.file if rule.line is None else f"{rule.file}, ligne {rule.line}",
    }


def _page(rule: KitRule) -> str:
    rows = "".join(f"  {name:11}{value}\n" for name, value in _rows(rule).items())
    return f"{rule.id} : {rule.message}\n{rows}"


def _markdown(rule: KitRule) -> str:
    rows = "".join(f"- {name} : `{value}`\n" for name, value in _rows(rule).items())
    return f"### {rule.id}\n\n{rule.message}\n\n{rows}\n"
