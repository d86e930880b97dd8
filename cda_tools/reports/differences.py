"""What differs between two editions, as text, JSON and Markdown."""

import json as _json
from collections.abc import Iterator
from dataclasses import asdict

from cda_tools.lookup.differences import CodeChange, Differences, RuleChange, SetChange, UseChange
from cda_tools.model.valuesets import named
from cda_tools.reports.objects import SCHEMA_VERSION

_RULES = {
    "added": "ajoutée",
    "removed": "retirée",
    "changed": "modifiée",
    "condition": "condition modifiée",
}
_CODES = {"added": "entre", "removed": "sort", "relabelled": "libellé"}


def text(found: Differences) -> str:
    """Return the differences for a terminal."""
    lines = [f"{found.old} → {found.new}"]
    if not found:
        lines.append("  aucune différence")
    for heading, rows in _parts(found):
        lines += ["", heading, *(f"  {row}" for row in rows)]
    lines += ["", "Non comparé", *(f"  {one}" for one in found.not_compared)]
    return "\n".join(lines) + "\n"


def markdown(found: Differences) -> str:
    """Return the differences as a document."""
    lines = [f"# {found.old} → {found.new}", ""]
    if not found:
        lines += ["Aucune différence.", ""]
    for heading, rows in _parts(found):
        lines += [f"## {heading}", "", *(_item(row) for row in rows), ""]
    lines += ["## Non comparé", "", *(f"- {one}" for one in found.not_compared)]
    return "\n".join(lines) + "\n"


def _item(row: str) -> str:
    return f"  - {row.strip()}" if row.startswith(" ") else f"- {row}"


def json(found: Differences) -> str:
    """Return the differences as one object."""
    return (
        _json.dumps(
            {"schema_version": SCHEMA_VERSION, **asdict(found)}, ensure_ascii=False, indent=1
        )
        + "\n"
    )


def _parts(found: Differences) -> Iterator[tuple[str, list[str]]]:
    """Yield each part's heading and rows; a row that belongs to the one before is indented."""
    if found.rules:
        yield "Règles", [row for rule in found.rules for row in _rule(rule, found)]
    if found.uses:
        yield "Jeux de valeurs lus", [row for use in found.uses for row in _use(use, found)]
    if found.sets:
        yield "Codes", [row for one in found.sets for row in _set(one)]


def _rule(rule: RuleChange, found: Differences) -> Iterator[str]:
    yield f"{rule.id} : {_RULES[rule.kind]}"
    for name, asked in ((found.old, rule.before), (found.new, rule.after)):
        if asked:
            yield f"  {name} : {asked}"


def _use(use: UseChange, found: Differences) -> Iterator[str]:
    yield use.element
    for name, oids in ((found.old, use.before), (found.new, use.after)):
        yield f"  {name} : {', '.join(_named(oid) for oid in oids) or 'aucun'}"
    yield from (f"  {_CODES[code.kind]} : {_code(code)}" for code in use.codes)


def _named(oid: str) -> str:
    known = named(oid)
    return f"{known.name} ({oid})" if known else oid


def _set(changed: SetChange) -> Iterator[str]:
    kinds = [code.kind for code in changed.codes]
    counts = {"entré": kinds.count("added"), "sorti": kinds.count("removed")}
    counts["libellé changé"] = kinds.count("relabelled")
    told = ", ".join(
        f"{count} {' '.join(f'{word}s' if count > 1 else word for word in what.split())}"
        for what, count in counts.items()
        if count
    )
    yield f"{_named(changed.oid)} : {told}"
    for code in changed.codes:
        yield f"  {_CODES[code.kind]} : {_code(code)}"


def _code(code: CodeChange) -> str:
    told = f"{code.code} {code.label} ({code.system})"
    if code.before is not None:
        told += f", auparavant « {code.before} »"
    if code.day:
        told += f", le {'/'.join(reversed(code.day.split('-')))}"
    if code.instead:
        told += f", à la place : {code.instead}"
    return told
