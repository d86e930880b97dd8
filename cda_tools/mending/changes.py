"""Changes one after the other, each kept only where it takes findings away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from cda_tools.carriers.base import Carried
from cda_tools.carriers.reading import read_carried
from cda_tools.mending.forms import right_form
from cda_tools.mending.order import permutation
from cda_tools.mending.source import Source, decoded, source
from cda_tools.model.document import Document
from cda_tools.reading import safexml
from cda_tools.reading.encodings import by_mark, declared
from cda_tools.reading.location import Position, Positions, local_name
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation import Options, validate

_DECLARATION = re.compile(r"(<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"'])([A-Za-z0-9._-]{1,40})")
_HEAD = 512
_ORDERED = "XSD-CHILD"
_ENCODED = frozenset({"XML-03", "XML-12", "XML-13"})
_MOST = 50
"""Elements that are put in order."""


@dataclass(frozen=True, slots=True)
class Mended:
    """``before`` and ``after``: the document's text. ``done``: what was changed, in French.

    ``in_place``: the text with changes of values alone, before anything was moved.

    ``findings``: what was found before, ``left``: errors and warnings that stay.
    """

    before: str
    after: str
    in_place: str
    done: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    left: int = 0


def mend(data: bytes, options: Options, limits: safexml.Limits = safexml.DEFAULT) -> Mended | None:
    """Return what of a document can be set right; None where its text cannot be had."""
    text, found = _readable(data)
    if text is None:
        return None
    mending = _Mending(data, text, options, limits)
    if found:
        mending.encoding(found)
    mending.forms()
    in_place = mending.text
    mending.order()
    return Mended(text, mending.text, in_place, tuple(mending.done), mending.first, mending.left)


def _readable(data: bytes) -> tuple[str | None, str]:
    """Return the text, and the encoding that is to be declared, "" where that is right."""
    mark = by_mark(data)
    name = (declared(data[:_HEAD].replace(b"\0", b"")) or "UTF-8").upper().replace("_", "-")
    if mark is not None:
        return decoded(data, mark), "" if name.startswith(mark) else mark
    utf8 = decoded(data, "UTF-8")
    if utf8 is not None and name != "UTF-8" and (not data.isascii() or not _is_narrow(name)):
        return utf8, "UTF-8"
    return decoded(data), ""


def _is_narrow(name: str) -> bool:
    """Tell whether an encoding is known and writes ASCII as ASCII does."""
    try:
        return "a".encode(name) == b"a"
    except LookupError:
        return False


def _encoded(text: str) -> bytes:
    """Return the bytes of a text, in the encoding that it declares where that can be."""
    written = _DECLARATION.search(text[:_HEAD])
    try:
        return text.encode(written[2] if written else "UTF-8")
    except (LookupError, UnicodeEncodeError):
        return _DECLARATION.sub(r"\g<1>UTF-8", text, count=1).encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class _Form:
    """A value to write in another form."""

    path: Position
    element: str
    name: str
    old: str
    new: str

    def can_be_in(self, found: Source) -> bool:
        """Tell whether the value stands in the text as it was read, once."""
        return self.span(found) != (0, 0)

    def span(self, found: Source) -> tuple[int, int]:
        """Return the bytes of the value, (0, 0) where it is written with references."""
        node = found.node(self.path)
        tag = found.slice(node.start, node.tag_end)
        name, old = re.escape(self.name.encode()), re.escape(self.old.encode())
        places = list(re.finditer(rb"\s" + name + rb"\s*=\s*([\"'])" + old + rb"\1", tag))
        if len(places) != 1:
            return 0, 0
        end = node.start + places[0].end() - 1
        return end - len(self.old.encode()), end


class _Mending:
    def __init__(self, data: bytes, text: str, options: Options, limits: safexml.Limits) -> None:
        self.text = text
        self.done: list[str] = []
        self._options, self._limits = options, limits
        self._document, self._findings = self._judged(data)
        self.first = tuple(self._findings)

    def _judged(self, data: bytes) -> tuple[Document, list[Finding]]:
        document = read_carried(Carried("-", source=data), self._limits)
        report = validate(document, self._options)
        heavy = [one for one in report.findings if one.severity > Severity.INFORMATION]
        return document, heavy

    def _try(self, text: str, told: str) -> bool:
        """Keep a change where findings went away and no rule is broken more often."""
        document, findings = self._judged(_encoded(text))
        more = Counter(one.rule for one in findings) - Counter(one.rule for one in self._findings)
        # The schema may have more to say of what it could not read before.
        worse = any(not rule.startswith("XSD") for rule in more)
        readable = self._document.header is None and document.header is not None
        if not readable and (worse or len(findings) >= len(self._findings)):
            return False
        self.text, self._document, self._findings = text, document, findings
        self.done.append(told)
        return True

    @property
    def left(self) -> int:
        """Return how many errors and warnings stay."""
        return len(self._findings)

    def encoding(self, name: str) -> None:
        """Declare the encoding that the bytes have."""
        changed = _DECLARATION.sub(rf"\g<1>{name}", self.text, count=1)
        told = self._document.header is None or any(one.rule in _ENCODED for one in self._findings)
        if changed != self.text and told:
            self._try(changed, f"déclaration : encodage {name}, celui des octets")

    def forms(self) -> None:
        """Write values in the form that is asked for: all at once, else each by itself."""
        wrong = list(self._wrong_forms())
        if wrong and not self._try_forms(wrong):
            for one in wrong[:_MOST]:
                self._try_forms([one])

    def _try_forms(self, wrong: Sequence[_Form]) -> bool:
        found = source(self.text)
        changed = [] if found is None else [one for one in wrong if one.can_be_in(found)]
        if found is None or not changed:
            return False
        names = Counter(f"{one.element}/@{one.name}" for one in changed)
        told = ", ".join(f"{name}{f' × {n}' if n > 1 else ''}" for name, n in names.items())
        return self._try(_with_values(found, changed), f"forme de la valeur : {told}")

    def _wrong_forms(self) -> Iterator[_Form]:
        positions = Positions()
        seen = set()
        for faulty in self._faulty():
            for element in (faulty, *faulty.iterchildren("*")):
                for name, value in element.attrib.items():
                    kind = local_name(element)
                    new = right_form(kind, str(name), str(value))
                    if new is not None and (element, name) not in seen:
                        seen.add((element, name))
                        yield _Form(positions.of(element), kind, str(name), str(value), new)

    def _faulty(self, rule: str = "") -> Iterator[_Element]:
        """Yield the elements at which a finding stands, each once, in their order."""
        root = self._document.tree
        if root is None:
            return
        places = {
            one.location for one in self._findings if one.location and one.rule.startswith(rule)
        }
        for place in sorted(places):
            element = _at(root, place)
            if element is not None:
                yield element

    def order(self) -> None:
        """Put the children of each element where the schema has them."""
        refused: set[Position] = set()
        for _ in range(_MOST):
            positions = Positions()
            parents = (one.getparent() for one in self._faulty(_ORDERED))
            todo = ((one, positions.of(one)) for one in parents if one is not None)
            element, path = next((one for one in todo if one[1] not in refused), (None, ()))
            if element is None:
                return
            refused.add(path)
            self._put_in_order(element, path)

    def _put_in_order(self, element: _Element, path: Position) -> None:
        root, found = self._document.tree, source(self.text)
        if root is None or found is None:
            return
        order = permutation(element, root, self._options.schema)
        if order is not None:
            name = local_name(element)
            told = f"{name} : éléments dans l'ordre du schéma"
            self._try(_reordered(found, path, order), told)


def _at(root: _Element, place: str) -> _Element | None:
    """Return the element of a finding's location."""
    found: _Element | None = root
    for step in place.split("/")[2:]:
        name, _, number = step.partition("[")
        if found is None:
            return None
        same: dict[str, list[_Element]] = {}
        for child in found.iterchildren("*"):
            if local_name(child) == name:
                same.setdefault(str(child.tag), []).append(child)
        rank = int(number.rstrip("]")) if number else 1
        groups = [one for one in same.values() if len(one) >= rank]
        found = groups[0][rank - 1] if len(groups) == 1 else None
    return found


def _with_values(found: Source, changed: Sequence[_Form]) -> str:
    """Return the text with values in their new form."""
    data = bytearray(found.data)
    # From the end of the text on, so that what stands before keeps its place.
    for one in sorted(changed, key=lambda one: one.span(found), reverse=True):
        start, end = one.span(found)
        data[start:end] = one.new.encode()
    return data.decode("utf-8", "surrogatepass")


def _reordered(found: Source, path: Position, order: Sequence[int]) -> str:
    children = found.node(path).children
    parts, at = [], children[0].start
    for place, number in zip(children, order, strict=True):
        child = children[number]
        parts += [found.slice(at, place.start), found.slice(child.start, child.end)]
        at = place.end
    return _replaced(found, children[0].start, children[-1].end, b"".join(parts))


def _replaced(found: Source, start: int, end: int, instead: bytes) -> str:
    return (found.data[:start] + instead + found.data[end:]).decode("utf-8", "surrogatepass")
