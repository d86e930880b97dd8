"""XDM: IHE_XDM.ZIP, and any zip."""

from collections.abc import Iterator
from pathlib import Path

from cda_tools.carriers.base import Carried
from cda_tools.carriers.kinds import Content, Kind
from cda_tools.carriers.starts import BLANKS, Start
from cda_tools.reading.safexml import Limits

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def _matches(start: Start) -> bool:
    # Zip tools read one behind a line end that a transfer left there.
    return start.data.lstrip(BLANKS + b"\0").startswith(_ZIP)


def _open(source: Content, path: str, limits: Limits) -> Iterator[Carried]:
    from cda_tools.carriers import xdm  # noqa: PLC0415  imported only where used

    assert isinstance(source, Path | bytes)
    return xdm.open_archive(source, path, limits)


KIND = Kind("xdm", 10, _matches, _open, from_file=True)
