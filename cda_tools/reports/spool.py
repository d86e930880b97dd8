"""Text that is written before what stands above it is known: beyond 8 MB it goes to disk."""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile

from cda_tools.closing import Closing

_IN_MEMORY = 8 * 1024 * 1024
_BLOCK = 256 * 1024


class Spool(Closing):
    """Holds text until it is time to give it back; use it with ``with``."""

    def __init__(self) -> None:
        """Start empty."""
        self._file = SpooledTemporaryFile(  # noqa: SIM115  closed with the spool
            max_size=_IN_MEMORY, mode="w+", encoding="utf-8", errors="surrogatepass", newline=""
        )

    def close(self) -> None:
        """Forget the text."""
        self._file.close()

    def write(self, text: str) -> None:
        """Add text at the end."""
        self._file.write(text)

    def read(self) -> Iterator[str]:
        """Yield all the text, in blocks."""
        self._file.seek(0)
        while block := self._file.read(_BLOCK):
            yield block

    def lines(self) -> Iterator[str]:
        """Yield the text line by line, without the ends of lines."""
        self._file.seek(0)
        for line in self._file:
            yield line.removesuffix("\n")
