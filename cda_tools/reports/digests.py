"""SHA-256 of the files that a report is about, as evidence of what was validated."""

import hashlib
from pathlib import Path


class Digests:
    """Reads each file once, however many documents it holds one after the other."""

    def __init__(self) -> None:
        """Start with none."""
        self._last: tuple[str, str | None] | None = None

    def of(self, path: str) -> str | None:
        """Return a file's digest in hexadecimal; None for what is no file, or is gone."""
        if self._last is None or self._last[0] != path:
            self._last = (path, _digest(Path(path)))
        return self._last[1]


def _digest(path: Path) -> str | None:
    try:
        return digest(path) if path.is_file() else None
    except OSError:
        return None


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal; raise OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
