"""The rules of a kit as text, JSON and Markdown: context, test, file, and the kit's own text."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from cda_tools.errors import InputError
from cda_tools.kit.compiled import Compiled, Source
from cda_tools.kit.kit import Kit, open_kit
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


def pages(location: str, ids: Iterable[str], form: str) -> str:
    """Return the rules of these ids, all of them for none, in ``text``, ``json`` or ``markdown``.

    Raise InputError for an id that the kit has not.
    """
    kit = open_kit(location)
    rules = dict.fromkeys(_rules(kit))
    wanted = [one.strip() for one in ids]
    known = {rule.id for rule in rules}
    for one in wanted:
        if one not in known:
            raise InputError(f"règle inconnue dans le kit {kit.name} : {one}")
    chosen = [rule for rule in rules if not wanted or rule.id in wanted]
    if form == "json":
        return json.dumps([asdict(rule) for rule in chosen], ensure_ascii=False, indent=1) + "\n"
    if form == "markdown":
        return "".join(_markdown(rule) for rule in chosen)
    if wanted:
        return "".join(_page(rule) for rule in chosen)
    width = max((len(rule.id) for rule in chosen), default=0)
    return "".join(f"{rule.id:{width}}  {rule.schematron}  {rule.message}\n" for rule in chosen)


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
