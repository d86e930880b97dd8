"""HL7v2: a message, a batch, or one that stands behind other text (a log)."""

import re
from collections.abc import Iterator

from cda_tools.carriers.base import Carried
from cda_tools.carriers.kinds import Content, Kind
from cda_tools.carriers.starts import BLANKS, Start
from cda_tools.reading.safexml import Limits

_MLLP_START = b"\x0b"
# A field separator is a printable sign of ASCII.
_HEADER = re.compile(rb"(?:MSH|FHS|BHS)[!-/:-@\[-`{-~]")
# A message that a log or an export has written on a line of its own text.
_LOGGED = re.compile(rb"MSH([!-/:-@\[-`{-~])[^\w\s]{3,8}\1")


def starts(start: Start) -> bool:
    """Tell whether a message or a batch starts here, and not behind other text."""
    return bool(_HEADER.match(start.text.lstrip(_MLLP_START + BLANKS)))


def _matches(start: Start) -> bool:
    return starts(start) or (not start.is_xml and bool(_LOGGED.search(start.text)))


def _open(source: Content, path: str, limits: Limits) -> Iterator[Carried]:
    from cda_tools.carriers import hl7v2  # noqa: PLC0415  imported only where used

    return hl7v2.open_messages(source, path, limits)


def _open_unchecked(source: Content, path: str, limits: Limits) -> Iterator[Carried]:
    from cda_tools.carriers import hl7v2  # noqa: PLC0415  imported only where used

    return hl7v2.open_messages(source, path, limits, checks=False)


KIND = Kind(
    "hl7v2",
    30,
    _matches,
    _open,
    from_file=True,
    in_blocks=True,
    open_unchecked=_open_unchecked,
)
