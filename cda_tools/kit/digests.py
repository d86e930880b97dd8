"""Digests of a kit: what its Schematrons are, and which header profile it holds."""

import hashlib
from functools import cache
from pathlib import Path

from cda_tools.kit.facts import HEADER_PROFILE, facts
from cda_tools.kit.folder import Folder


def of_schematrons(folder: Folder) -> str:
    """Return the SHA-256 of all Schematron files: every closure is among them."""
    return _digest(folder, "schematrons", (".sch",))


def header_profile(folder: Folder) -> str | None:
    """Return the edition of ours that the kit's header profile stands for, None for none known."""
    return facts().profiles.get(_digest(folder, HEADER_PROFILE, (".sch", ".xml")))


@cache
def of_translator() -> str:
    """Return the SHA-256 of the code that makes sheets: another code makes others."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _digest(folder: Folder, under: str, suffixes: tuple[str, ...]) -> str:
    """Digest names and bytes; letter case of names and ends of lines do not count."""
    digest = hashlib.sha256()
    for name in folder.below(under, suffixes):
        data = folder.read(name).replace(b"\r\n", b"\n")
        short = name.casefold().partition(f"{under.casefold()}/")[2]
        digest.update(short.encode("utf-8", "surrogateescape") + b"\0" + data + b"\0")
    return digest.hexdigest()
