"""The HL7v2 data types that XDS metadata are written in: XCN, XON, CX, and times in UTC.

Source: IHE ITI TF-3 § 4.2.3.1.7 (data types); CI-SIS for authorSpecialty.
"""

import re
from dataclasses import dataclass

from cda_tools.model.header import Code, Identifier, Organization, PersonName
from cda_tools.model.timestamp import Precision, Timestamp, in_local_time
from cda_tools.text import clean

_SEPARATORS = {"F": "|", "S": "^", "T": "&", "R": "~", "E": "\\"}
_ESCAPE = re.compile(r"\\([FSTRE])\\")
_HEXADECIMAL = re.compile(r"(?:\\X(?:[0-9A-Fa-f]{2})+\\)+")


@dataclass(frozen=True, slots=True)
class Person:
    """An XCN: ``name_type`` is U for a system, D for a person (XCN.10)."""

    id: Identifier | None
    name: PersonName | None
    name_type: str


def xcn(text: str) -> Person:
    """Return ``id^family^given^further^suffix^prefix^^^&authority&ISO^type``.

    A lone text that is no number is a name as it is spoken.
    """
    parts = _parts(text)
    if not any(parts[1:]) and " " in parts[0]:
        return Person(id=None, name=PersonName(text=_unescaped(parts[0])), name_type="")
    names = [_unescaped(part) for part in parts[:6]]
    name = PersonName(
        given=_several(names[2], names[3]),
        family=_several(_first(parts[1])),
        suffix=_several(names[4]),
        prefix=_several(names[5]),
    )
    return Person(
        id=_identifier(parts[0], parts[8]),
        name=name if name != PersonName() else None,
        name_type=parts[9],
    )


def xon(text: str) -> Organization | None:
    """Return ``name^^^^^&authority&ISO^type^^^id``; None where it has neither name nor id."""
    parts = _parts(text)
    identifier = _identifier(parts[9], parts[5])
    name = _unescaped(parts[0]) or None
    organization = Organization(ids=(identifier,) if identifier else (), name=name)
    return organization if organization != Organization() else None


def cx(text: str) -> Identifier | None:
    """Return a patient's identifier, ``id^^^&authority&ISO^type``."""
    parts = _parts(text)
    return _identifier(parts[0], parts[3])


def coded(text: str) -> Code | None:
    """Return ``code^label^codeSystem``; a lone text is a label."""
    parts = _parts(text)
    if not any(parts[:3]):
        return None
    if not parts[1] and not parts[2]:
        return Code(None, None, _unescaped(parts[0]))
    return Code(parts[0] or None, parts[2] or None, _unescaped(parts[1]) or None)


def utc(text: str) -> Timestamp | None:
    """Return a time that is in UTC, mostly without saying so, as clocks in France show it.

    It is the same moment, with another offset: whoever shows it need not know where it came
    from. A date stays a date.
    """
    text = text.strip()
    if not text:
        return None
    timestamp = Timestamp(text)
    precision, moment = timestamp.precision, timestamp.moment
    if moment is None or precision is None or precision < Precision.HOUR:
        return timestamp
    if moment.tzinfo is None:
        return in_local_time(Timestamp(f"{text}+0000"))
    return timestamp if moment.utcoffset() else in_local_time(timestamp)


def repetitions(text: str) -> list[str]:
    """Return the values of a text that has several (``~``), empty ones left out."""
    return [part for part in text.split("~") if part.strip()]


def _first(part: str) -> str:
    """Return a component's first subcomponent: a family name stands before its own parts."""
    return _unescaped(part.partition("&")[0].strip())


def _unescaped(text: str) -> str:
    """Return a text with the signs that it escapes (HL7 v2 § 2.7.1, § 2.7.6)."""
    if "\\" not in text:
        return text
    text = _HEXADECIMAL.sub(lambda found: _of_digits(found[0]), text)
    return _ESCAPE.sub(lambda found: _SEPARATORS[found[1]], text)


def _of_digits(sequences: str) -> str:
    """Return what hexadecimal sequences stand for: UTF-8, else bytes of one character each."""
    told = bytes.fromhex(sequences.replace("X", "").replace("\\", ""))
    try:
        found = told.decode()
    except UnicodeDecodeError:
        found = told.decode("cp1252", "replace")
    return " " if found.isspace() else clean(found) or ""


def _parts(text: str) -> list[str]:
    parts = [clean(part) or "" for part in text.split("^")]
    return parts + [""] * (10 - len(parts))


def _several(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _identifier(value: str, authority: str) -> Identifier | None:
    """Return an identifier from its value and an HD, ``namespace&oid&ISO`` or ``&oid&ISO``."""
    parts = authority.split("&")
    root = parts[1] if len(parts) > 1 else ""
    if not value:
        return None
    return Identifier(root or None, _unescaped(value))
