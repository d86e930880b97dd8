"""What every carrier yields."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path

from cda_tools.errors import InputError, os_reason
from cda_tools.model.document import Document
from cda_tools.rules.finding import Finding

# Most headers take one read.
_BLOCK = 32 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried(Document):
    """One document as a carrier yields it: its content is still to be read.

    ``source``: its content; None where only metadata, or nothing, came. ``header``: what the
    carrier's metadata say of it; where there is content, the document's own header, if the
    carrier has read it to compare the two, with what reading it had to say in ``remarks``.
    ``findings``: what is wrong with the carriage itself, not with the document. ``start``: the
    first bytes of the file ``source``, where they were read to tell its kind; ``length``: how many
    it has.
    """

    source: Path | bytes | None = field(default=None, repr=False)
    remarks: tuple[Finding, ...] = ()
    start: bytes = field(default=b"", repr=False, compare=False)
    length: int | None = field(default=None, repr=False, compare=False)

    def data(self, at_most: int = -1) -> bytes:
        """Return the document's bytes, or about the first ``at_most`` of its file.

        Raise InputError where the file cannot be read.
        """
        if isinstance(self.source, Path):
            try:
                # From its beginning: to join the rest to ``start`` would copy all of it.
                with self.source.open("rb", buffering=0) as file:
                    return file.readall() if at_most < 0 else _read(file, at_most)
            except (OSError, ValueError) as error:
                raise unreadable(self.source, error) from None
        return self.source or b""

    @property
    def size(self) -> int:
        """Return how many bytes the document has; 0 where its file cannot be asked."""
        if not isinstance(self.source, Path):
            return len(self.source or b"")
        if self.length is not None:
            return self.length
        try:
            return self.source.stat().st_size
        except (OSError, ValueError):
            return 0

    def chunks(self) -> Iterator[bytes]:
        """Yield the document's bytes block by block, so that reading may stop early."""
        if not isinstance(self.source, Path):
            yield self.source or b""
            return
        if self.start:
            yield self.start
        try:
            with self.source.open("rb", buffering=0) as file:
                file.seek(len(self.start))
                while block := file.read(_BLOCK):
                    yield block
        except (OSError, ValueError) as error:
            raise unreadable(self.source, error) from None


def _read(file: FileIO, at_most: int) -> bytes:
    """Read ``at_most`` bytes, or all there are where they are fewer."""
    if os.fstat(file.fileno()).st_size <= at_most:
        return file.readall() or b""
    return file.read(at_most) or b""


def unreadable(path: Path, error: OSError | ValueError) -> InputError:
    """Return the one-line error for a file that cannot be read."""
    return InputError(f"{path} : {os_reason(error)}")
