"""SHA-256 of the files that a report is about, as evidence of what was validated."""

import hashlib
from pathlib import Path

_BLOCK = 1024 * 1024


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
        if not path.is_file():
            return None
        found = hashlib.sha256()
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                found.update(block)
    except OSError:
        return None
    return found.hexdigest()
