"""The rules of a kit as text, JSON and Markdown: context, test, file, and the kit's own text."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

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


def pages(location: str, names: Iterable[str], form: str) -> str:
    """Return the kit's rules of these ids, all for none, in ``text``, ``json`` or ``markdown``.

    A report with a kit names rules of ours too: those follow, found as without a kit. Raise
    InputError for a name that is of neither.
    """
    kit = open_kit(location)
    rules = dict.fromkeys(_rules(kit))
    wanted = [one.strip() for one in names]
    chosen = [rule for rule in rules if not wanted or rule.id in wanted]
    known = {rule.id for rule in rules}
    ours = [found for one in wanted if one not in known for found in _ours(kit, one)]
    if form == "json":
        found = [*map(asdict, chosen), *rule_pages.objects(ours)]
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    if form == "markdown":
        return "".join(map(_markdown, chosen)) + (rule_pages.markdown(ours) if ours else "")
    if wanted:
        return "".join(map(_page, chosen)) + "".join(rule_pages.text([one]) for one in ours)
    width = max((len(rule.id) for rule in chosen), default=0)
    return "".join(f"{rule.id:{width}}  {rule.schematron}  {rule.message}\n" for rule in chosen)


def _ours(kit: Kit, name: str) -> list[Found]:
    try:
        return find([name])
    except InputError:
        message = f"règle inconnue du kit {kit.name} comme de l'outil : {name}"
        raise InputError(message) from None


def _rules(kit: Kit) -> Iterator[KitRule]:
    for compiled in (*kit.layers, *kit.volets):
        for source in kit.sources[compiled.first : compiled.after]:
            if source.kind != _LET:
                yield _rule(compiled, source)


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
