"""The parts of OBX-5 that may enclose a document, and the document that several of them make.

The guide wants it in OBX-5.5 of one OBX of type ED. Systems put it elsewhere, cut it where a
separator was not escaped, or divide it over repetitions or segments: nothing of it is dropped.
Source: HL7 v2.6 § 7.4.2.5 (OBX-5), § 2.A.24 (ED).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from cda_tools.carriers.hl7v2.enclosed import Enclosed, decode
from cda_tools.carriers.hl7v2.message import Repetition, Segment
from cda_tools.reading import recognition

_ENCODINGS = frozenset({b"A", b"HEX", b"BASE64"})
_CONTENT = 5
# HL7 table 0125; another value of OBX-2 is not quoted.
_TYPES = frozenset(
    {
        "AD", "CE", "CF", "CK", "CN", "CNE", "CP", "CWE", "CX", "DR", "DT", "DTM", "FT", "ID", "IS",
        "MO", "NA", "NM", "PN", "RP", "SI", "SN", "ST", "TM", "TN", "TS", "TX", "XAD", "XCN", "XON",
        "XPN", "XTN",
    }
)  # fmt: skip
# Types of text: a line each, and no components.
_LINES = frozenset({"TX", "FT", "ST"})
_SHORTEST = 16
_START_OF_XML = re.compile(rb"<\?xml|<(?:[\w.-]+:)?ClinicalDocument")
_END_OF_XML = re.compile(rb"</(?:[\w.-]+:)?ClinicalDocument\s*>")
_BESIDE = "il suit un autre document dans le même champ"


@dataclass(slots=True)
class Part:
    """A repetition of an OBX-5, or all of it.

    ``raw``: what may enclose a document, unescaped. ``kind``, ``subtype``, ``encoding``: OBX-5.2
    in small letters, 5.3 in capitals, 5.4. ``foreseen``: OBX-2 is ED; ``other_type``:
    how it is not. ``reasons``: what else is not as the guide wants it, should it be a document.
    ``beside``: a document stands before it in the same field.
    """

    segment: Segment
    position: int
    name: str
    raw: bytes
    kind: str = ""
    subtype: str = ""
    encoding: str = ""
    foreseen: bool = True
    other_type: str = ""
    beside: bool = False
    reasons: list[str] = field(default_factory=list)

    @property
    def at(self) -> str:
        """Return where it is, for findings: ``OBX[2]-5``."""
        return f"OBX[{self.position}]-5"


def of(segment: Segment, position: int) -> Iterator[Part]:
    """Yield each part of an OBX-5 that may hold a document or an attachment."""
    declared = segment.value(2)
    name = f"OBX[{position}]"
    repetitions = list(segment.repeated(5))
    several = len(repetitions) > 1
    found = _whole(segment, position, name, declared) or [
        part
        for number, repetition in enumerate(repetitions, start=1)
        for part in _of_repetition(
            segment, position, f"{name}-5[{number}]" if several else name, repetition
        )
    ]
    for part in found:
        part.foreseen = declared == "ED"
        if not part.foreseen:
            part.other_type = _other_type(declared)
        yield part


def _other_type(declared: str) -> str:
    if not declared:
        return "OBX-2 est vide, ED attendu"
    if declared in _TYPES:
        return f"OBX-2 vaut {declared}, ED attendu"
    return "OBX-2 ne vaut pas ED"


def _whole(segment: Segment, position: int, name: str, declared: str) -> list[Part]:
    """Return the one part that a field is where its separators do not divide it."""
    first = next(segment.repeated(5), None)
    if first is None:
        return [Part(segment, position, name, b"")]
    if lines := _lines(segment, declared):
        reasons = ["le document est en OBX-5.1, et non en OBX-5.5, une répétition la ligne"]
        return [Part(segment, position, name, lines, reasons=reasons)]
    if cut := _cut_by_fields(segment):
        part = _described(segment, position, name, first, cut)
        part.reasons.append("des séparateurs de champs ne sont pas échappés dans OBX-5")
        return [part]
    turned = _turned(segment)
    if turned is not None:
        words, content = turned
        reasons = [f"OBX-5 a des {words} au lieu de composants"]
        return [Part(segment, position, name, content, "text", "XML", "Base64", reasons=reasons)]
    return _in_clear(segment, position, name, declared, first)


def _in_clear(
    segment: Segment, position: int, name: str, declared: str, first: Repetition
) -> list[Part]:
    """Return the one part that a text in clear is, whatever separators are in it."""
    encoded = _encoding(first)
    clear = segment.tail(5, _CONTENT if encoded else 1)
    if not clear.lstrip().startswith(b"<"):
        clear = segment.data(5) if declared in _LINES and not encoded else b""
    elif encoded and clear == first.data(_CONTENT):
        return []
    if not clear:
        return []
    part = _described(segment, position, name, first, clear)
    if encoded:
        part.reasons.append("des séparateurs ne sont pas échappés dans OBX-5.5")
    else:
        part.reasons.append("le document est en OBX-5.1, et non en OBX-5.5")
    return [part]


def _lines(segment: Segment, declared: str) -> bytes:
    """Return the document of a text whose repetitions are its lines (HL7 v2.6 § 2.A.78)."""
    if declared not in _LINES or not segment.unescaped(segment.raw(5)).lstrip().startswith(b"<"):
        return b""
    rows = [one.raw for one in segment.repeated(5)]
    whole = segment.unescaped(b"\n".join(rows)) if len(rows) > 1 else b""
    return whole if Enclosed(whole).is_whole else b""


def _cut_by_fields(segment: Segment) -> bytes:
    """Return the document in clear that goes on behind OBX-5, where its « | » are not escaped."""
    behind = segment.behind(5)
    start = _START_OF_XML.search(behind)
    if start is None or not Enclosed(segment.unescaped(behind[start.start() :])).is_clinical:
        return b""
    end = max((found.end() for found in _END_OF_XML.finditer(behind)), default=0)
    inside = behind[start.start() : end]
    return segment.unescaped(inside) if segment.field in inside else b""


def _encoding(repetition: Repetition) -> bool:
    """Tell whether OBX-5.4 is an encoding and OBX-5.5 is there."""
    components = repetition.components()
    return len(components) >= _CONTENT and components[3].strip().upper() in _ENCODINGS


def _turned(segment: Segment) -> tuple[str, bytes] | None:
    """Return the content of an ED whose components were written with another separator."""
    repetitions = [one.raw for one in segment.repeated(5)]
    for words, values in (
        ("répétitions", repetitions),
        ("sous-composants", segment.subcomponents(5)),
    ):
        for encoding, content in pairwise(values):
            if len(values) >= 4 and encoding.strip().upper() in _ENCODINGS:
                return words, segment.unescaped(content)
    return None


def _of_repetition(
    segment: Segment, position: int, name: str, repetition: Repetition
) -> Iterator[Part]:
    """Yield the part that a repetition is; or those that its components and their parts are."""
    components = repetition.components()
    number = _CONTENT
    if len(components) < _CONTENT or len(components[_CONTENT - 1]) < _SHORTEST:
        longest = max(components, key=len)
        number = components.index(longest) + 1 if len(longest) >= _SHORTEST else _CONTENT
    content = repetition.data(number)
    part = _described(segment, position, name, repetition, content)
    if number != _CONTENT:
        part.reasons.append(f"le document est en OBX-5.{number}, et non en OBX-5.5")
    pieces = list(_pieces(segment, components, number))
    if len(pieces) < 2 or content.lstrip().startswith(b"<"):
        yield part
    elif decode(pieces[0][1], part.encoding, "utf-8").is_whole:
        # What follows a whole document is none of its pieces.
        part.raw = pieces[0][1]
        yield part
        for where, raw in pieces[1:]:
            reasons = [*part.reasons, _BESIDE]
            yield replace(part, name=f"{name}-{where}", raw=raw, beside=True, reasons=reasons)
    else:
        last = len(components)
        if last > number:
            part.raw = b"".join(repetition.data(one) for one in range(number, last + 1))
            part.reasons.append(f"le contenu est réparti sur OBX-5.{number} à OBX-5.{last}")
        yield part


def _pieces(segment: Segment, components: list[bytes], first: int) -> Iterator[tuple[str, bytes]]:
    """Yield each piece of the content that is not empty, and where it stands: ``5.6``."""
    for number, component in enumerate(components[first - 1 :], start=first):
        parts = component.split(segment.subcomponent)
        for place, raw in enumerate(parts, start=1):
            if raw or (number == first and place == 1):
                where = f"5.{number}.{place}" if len(parts) > 1 else f"5.{number}"
                yield where, segment.unescaped(raw)


def _described(
    segment: Segment, position: int, name: str, repetition: Repetition, content: bytes
) -> Part:
    kind, subtype, encoding = (repetition.value(one) for one in (2, 3, 4))
    return Part(segment, position, name, content, kind.lower(), subtype.upper(), encoding)


def joined(parts: list[Part], codec: str) -> Iterator[tuple[Part, Enclosed]]:
    """Yield each part with what it encloses; those that are one document as one."""
    position = hopeless = 0
    while position < len(parts):
        part = parts[position]
        position += 1
        found = decode(part.raw, part.encoding, codec)
        start = _start(found, part, codec)
        if position > hopeless and start.may_start and not start.is_whole:
            following = _following(part, start, islice(parts, position, None), codec)
            whole = _joined(part, found, following, codec) if following else None
            if whole is not None:
                yield part, whole
                position += len(following)
                continue
            if not start.is_clinical:
                # Nor do those that are only a prolog as this one is, before the same document.
                hopeless = position + _before_clinical(following)
        yield part, found


def _start(found: Enclosed, part: Part, codec: str) -> Enclosed:
    """Return what can be decoded of a part: base64 that is cut, as far as whole bytes go."""
    if found.data is not None:
        return found
    compact = b"".join(part.raw.split())
    return decode(compact[: len(compact) // 4 * 4], part.encoding, codec)


def _following(
    part: Part, start: Enclosed, others: Iterator[Part], codec: str
) -> list[tuple[Part, Enclosed]]:
    """Return the parts that may go on with a document: of the same OBX-3, and no start."""
    found: list[tuple[Part, Enclosed]] = []
    code = part.segment.value(3)
    started = start.is_clinical
    for other in others:
        if other.segment.value(3) not in (code, ""):
            break
        enclosed = decode(other.raw, other.encoding, codec)
        if recognition.has_signature(enclosed.data or other.raw):
            break
        if enclosed.is_clinical and started:
            break
        started = started or enclosed.is_clinical
        found.append((other, enclosed))
    return found


def _before_clinical(following: list[tuple[Part, Enclosed]]) -> int:
    numbers = (number for number, (_, enclosed) in enumerate(following) if enclosed.is_clinical)
    return next(numbers, len(following))


def _joined(
    part: Part, first: Enclosed, following: list[tuple[Part, Enclosed]], codec: str
) -> Enclosed | None:
    """Return the document that parts make together; None where they make none."""
    pieces = [part.raw, *(one.raw for one, _ in following)]
    decoded = [first.data, *(enclosed.data for _, enclosed in following)]
    between = b"\n" if part.segment.value(2) in _LINES else b""
    found = Enclosed(b"".join(one or b"" for one in decoded))
    if None in decoded or not found.is_whole:
        found = decode(between.join(pieces), part.encoding, codec)
    if not found.is_whole:
        return None
    last = following[-1][0].position
    where = f"les OBX {part.position} à {last}" if last != part.position else "les répétitions"
    found.remark("HL7-32", count=len(pieces), where=where)
    return found
