"""Digests of a kit: what its Schematrons are, and which header profile it holds."""

import hashlib
from collections.abc import Callable

from cda_tools.kit.facts import HEADER_PROFILE, facts
from cda_tools.kit.folder import Folder
from cda_tools.kit.kept import kept


def of_schematrons(folder: Folder) -> str:
    """Return the SHA-256 of all Schematron files: every closure is among them.

    Names count as they are written: whether a name was found in another case depends on them.
    """
    return _digest(folder, "schematrons", (".sch",), str)


def header_profile(folder: Folder) -> str | None:
    """Return the edition of ours that the kit's header profile stands for, None for none known."""
    digest = _digest(folder, HEADER_PROFILE, (".sch", ".xml"), str.casefold)
    return facts().profiles.get(digest)


def _digest(
    folder: Folder, under: str, suffixes: tuple[str, ...], name_as: Callable[[str], str]
) -> str:
    """Digest the names and bytes of the files below a folder; ends of lines do not count."""
    names = folder.below(under, suffixes)
    digest: str = kept(
        f"digest {under} {name_as.__name__}",
        (f"{folder.root}/{name}" for name in names),
        lambda: _of_files(folder, under, names, name_as),
    )
    return digest


def _of_files(folder: Folder, under: str, names: list[str], name_as: Callable[[str], str]) -> str:
    digest = hashlib.sha256()
    for name in names:
        data = folder.read(name).replace(b"\r\n", b"\n")
        # Below the folder: how that one is written does not count.
        short = name_as("/".join(name.split("/")[under.count("/") + 1 :]))
        digest.update(short.encode("utf-8", "surrogateescape") + b"\0" + data + b"\0")
    return digest.hexdigest()
