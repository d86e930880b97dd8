"""A mail with documents attached."""

from collections.abc import Iterator
from pathlib import Path

from cda_tools.carriers.base import Carried
from cda_tools.carriers.kinds import Kind
from cda_tools.carriers.starts import Start
from cda_tools.reading import recognition
from cda_tools.reading.safexml import Limits


def _matches(start: Start) -> bool:
    return not start.is_xml and recognition.kind(start.text) == "mail"


def _open(source: Path | bytes, path: str, limits: Limits) -> Iterator[Carried]:
    from cda_tools.carriers import mail  # noqa: PLC0415  imported only where used

    assert isinstance(source, bytes)
    return mail.open_mail(source, path, limits)


KIND = Kind("mail", 15, _matches, _open)
