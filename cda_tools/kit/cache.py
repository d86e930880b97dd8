"""Keeps compiled kits in the user's cache folder, so that a run starts in a fraction of a second.

An entry is three files: the sheet, the sources of its checks (read where a check fails), and
``kit.json`` with the rest and the digests of the two others. It is keyed by the bytes of the kit's
Schematrons and by our own code; it is written for its owner alone, each file at once, so that two
processes may make the same entry. What is damaged is made again.
"""

import contextlib
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cda_tools.kit import digests
from cda_tools.kit.compiled import Compilation, Compiled, Fault, Source
from cda_tools.kit.folder import Folder
from cda_tools.kit.kept import folder, of_our_code, replace

_SHEET, _SOURCES, _KIT = "sheet.xsl", "sources.json", "kit.json"


@dataclass(frozen=True, slots=True)
class CompiledKit:
    """A compiled kit as it is used. ``sources`` reads those of the checks."""

    digest: str
    sheet: bytes
    layers: tuple[Compiled, ...]
    volets: tuple[Compiled, ...]
    forgiven: dict[str, str]
    sources: Callable[[], list[Source]]


def load(kit: Folder) -> CompiledKit:
    """Return the compiled kit: the entry of the cache, else a new one, which is then kept.

    Where nothing can be written, the kit is compiled for this process alone.
    """
    digest = digests.of_schematrons(kit)
    place = _place(digest)
    entry = _read(kit, place, digest)
    if entry is not None:
        return entry
    made = _made(kit)
    with contextlib.suppress(OSError):
        _write(place, made)
    sources = made.sources
    return CompiledKit(
        digest, made.sheet, tuple(made.layers), tuple(made.volets), made.forgiven, lambda: sources
    )


def _made(kit: Folder) -> Compilation:
    from cda_tools.kit.compiling import compile_kit  # noqa: PLC0415  costs a tenth of a cold run

    return compile_kit(kit)


def forget(kit: Folder) -> None:
    """Delete the entry of a kit, if there is one."""
    place = _place(digests.of_schematrons(kit))
    for name in (_KIT, _SOURCES, _SHEET):
        with contextlib.suppress(OSError):
            (place / name).unlink()
    with contextlib.suppress(OSError):
        place.rmdir()


def _place(digest: str) -> Path:
    return folder() / f"{digest[:24]}-{of_our_code()[:16]}"


def _read(kit: Folder, place: Path, digest: str) -> CompiledKit | None:
    """Return an entry, None where there is none, or none that is whole."""
    try:
        table: dict[str, Any] = json.loads((place / _KIT).read_bytes())
        sheet = (place / _SHEET).read_bytes()
        if hashlib.sha256(sheet).hexdigest() != table["sheet"]:
            return None
        expected = str(table["sources"])
        return CompiledKit(
            digest,
            sheet,
            tuple(_compiled(value) for value in table["layers"]),
            tuple(_compiled(value) for value in table["volets"]),
            dict(table["forgiven"]),
            lambda: _sources(kit, place, expected),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _compiled(value: dict[str, Any]) -> Compiled:
    tuples = {key: tuple(value[key]) for key in ("roots", "documents")}
    faults = tuple(Fault(**fault) for fault in value["faults"])
    return Compiled(**{**value, **tuples, "faults": faults})


def _sources(kit: Folder, place: Path, expected: str) -> list[Source]:
    """Return the sources of an entry; where they are damaged, the kit is compiled again."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        data = (place / _SOURCES).read_bytes()
        if hashlib.sha256(data).hexdigest() == expected:
            return [
                Source(**{**value, "message": tuple(value["message"])})
                for value in json.loads(data)
            ]
    made = _made(kit)
    with contextlib.suppress(OSError):
        _write(place, made)
    return made.sources


def _write(place: Path, made: Compilation) -> None:
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    sources = json.dumps([asdict(source) for source in made.sources]).encode()
    table = {
        "sheet": hashlib.sha256(made.sheet).hexdigest(),
        "sources": hashlib.sha256(sources).hexdigest(),
        "layers": [asdict(layer) for layer in made.layers],
        "volets": [asdict(volet) for volet in made.volets],
        "forgiven": made.forgiven,
    }
    replace(place / _SHEET, made.sheet)
    replace(place / _SOURCES, sources)
    replace(place / _KIT, json.dumps(table).encode())
