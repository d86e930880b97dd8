"""The archive itself: pieces, their sums, and nothing that is not asked for."""

import hashlib
import html
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

SUMS = "SHA256SUMS"


def masked(text: str, masks: Iterable[tuple[str, str]]) -> str:
    """Return a piece with names replaced, as they stand in text, HTML and JSON."""
    for name, instead in masks:
        for form in {name, html.escape(name), html.escape(name, quote=False), _in_json(name)}:
            text = text.replace(form, instead)
    return text


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def write(path: Path, pieces: Mapping[str, bytes], now: datetime) -> None:
    """Write the pieces and ``SHA256SUMS``, which ``sha256sum -c`` checks once unpacked.

    Raise OSError where that cannot be.
    """
    sums = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(pieces.items())
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**pieces, SUMS: sums.encode("utf-8")}.items():
            entry = zipfile.ZipInfo(name, max(now.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
