"""A unified diff that shows the patient's identity only where that is asked for."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cda_tools.mending.changes import Mended
from cda_tools.mending.source import Node, source
from cda_tools.text import clean, holds_ins

# What may name the patient or a relative; the author may be the patient too. The title is shown by
# ``inspect`` as it is.
_PRIVATE = frozenset({"recordTarget", "component"})
_PEOPLE = frozenset({"author", "informant", "participant", "dataEnterer"})
_NOBODY = frozenset({"realmCode", "typeId", "templateId", "functionCode", "time"})
"""Children of _PEOPLE that say nothing of who it is."""
_CONTEXT = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """``lines``: the diff, without ends of lines. ``hidden``: how many parts were left out."""

    lines: tuple[str, ...]
    hidden: int = 0


def difference(mended: Mended, path: str, *, patient: bool = False) -> Difference:
    """Return what changes, for ``patch`` or ``git apply --unidiff-zero``.

    Without ``patient``, no line around a change is shown, and no change to lines that may hold
    the patient's identity.
    """
    found, hidden = _hunks(mended.before, mended.after, patient=patient)
    if hidden and mended.in_place != mended.after:
        # Half of a move would lose an element, or double it: only what stays in place is shown.
        found, others = _hunks(mended.before, mended.in_place, patient=patient)
        hidden = others + 1
    if found:
        name = (clean(path) or "-").lstrip("/")
        found = [f"--- a/{name}", f"+++ b/{name}", *found]
    return Difference(tuple(found), hidden)


def _hunks(old: str, new: str, *, patient: bool) -> tuple[list[str], int]:
    """Return the hunks that may be shown, and how many others there are."""
    before, after = _lines(old), _lines(new)
    private = [frozenset[int]()] * 2
    if not patient:
        private = [_private(old), _private(new)]
    found: list[str] = []
    hidden = 0
    groups = difflib.SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(
        _CONTEXT if patient else 0
    )
    for group in groups:
        first, last = group[0], group[-1]
        spans = (range(first[1], last[2]), range(first[3], last[4]))
        if any(set(span).intersection(lines) for span, lines in zip(spans, private, strict=True)):
            hidden += 1
            continue
        found.append(f"@@ -{_range(spans[0])} +{_range(spans[1])} @@")
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                found += [f" {_line(one)}" for one in before[i1:i2]]
                continue
            found += [f"-{_line(one)}" for one in before[i1:i2]]
            found += [f"+{_line(one)}" for one in after[j1:j2]]
    return found, hidden


def _lines(text: str) -> list[str]:
    """Return the lines with their ends: a line feed alone ends one, as for ``patch``."""
    return [one for one in re.split(r"(?<=\n)", text) if one]


def _line(text: str) -> str:
    if text.endswith("\n"):
        return text[:-1]
    return text + "\n\\ No newline at end of file"


def _range(span: range) -> str:
    """Return a hunk's range as POSIX has it: an empty one stands after the line before it."""
    if len(span) == 1:
        return str(span.start + 1)
    return f"{span.start + 1 if span else span.start},{len(span)}"


def _private(text: str) -> frozenset[int]:
    """Return the numbers of lines, from 0, that may hold the patient's identity."""
    lines = _lines(text)
    found = {number for number, line in enumerate(lines) if holds_ins(line)}
    read = source(text)
    if read is None:  # nothing is known of a text that is no XML, but for its first line
        return frozenset(range(1, len(lines)))
    for node in _nodes(read.root):
        first = read.data.count(b"\n", 0, node.start)
        found.update(range(first, first + read.data.count(b"\n", node.start, node.end) + 1))
    return frozenset(found)


def _nodes(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        name = node.name.rpartition(":")[2]
        if name in _PRIVATE:
            yield node
        elif name in _PEOPLE:
            yield from (one for one in node.children if one.name.rpartition(":")[2] not in _NOBODY)
        else:
            waiting += node.children
