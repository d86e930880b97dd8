"""An index is an SQLite file, or the same headers in Parquet (extra ``arrow``)."""

from pathlib import Path
from typing import TYPE_CHECKING

from cda_tools.errors import InputError
from cda_tools.index.database import Index

if TYPE_CHECKING:
    from cda_tools.index.headers_file import HeadersFile

_PARQUET = b"PAR1"


def open_index(path: Path) -> "Index | HeadersFile":
    """Open an index of either form; raise InputError where that cannot be."""
    with path.open("rb") as file:
        parquet = file.read(len(_PARQUET)) == _PARQUET
    if not parquet:
        return Index(path)
    try:
        from cda_tools.index.headers_file import HeadersFile  # noqa: PLC0415  the extra's library
    except ImportError:
        raise InputError(
            f"{path} : lire du Parquet demande l'extra « arrow » : pip install 'cda-tools[arrow]'"
        ) from None
    return HeadersFile(path)
