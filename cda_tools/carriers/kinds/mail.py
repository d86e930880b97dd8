"""A mail with documents attached."""

from collections.abc import Iterator

from cda_tools.carriers.base import Carried
from cda_tools.carriers.kinds import Content, Kind
from cda_tools.carriers.starts import Start
from cda_tools.reading.safexml import Limits


def _matches(start: Start) -> bool:
    if start.is_xml:
        return False
    from cda_tools.reading import recognition  # noqa: PLC0415  XML, by far the most, needs none

    return recognition.kind(start.text) == "mail"


def _open(source: Content, path: str, limits: Limits) -> Iterator[Carried]:
    from cda_tools.carriers import mail  # noqa: PLC0415  imported only where used

    assert isinstance(source, bytes)
    return mail.open_mail(source, path, limits)


KIND = Kind("mail", 15, _matches, _open)
