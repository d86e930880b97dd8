"""Paths and bytes to documents: the one door to everything that is read."""

from pathlib import Path

from cda_tools.carriers import Carried, open_bytes, open_path
from cda_tools.carriers.reading import UNREADABLE, read_carried, read_carried_header
from cda_tools.errors import InputError
from cda_tools.model.document import Document
from cda_tools.model.header import Header
from cda_tools.reading import safexml

__all__ = ["UNREADABLE", "Document", "read", "read_carried", "read_carried_header", "read_header"]


def read(source: str | Path | bytes, limits: safexml.Limits = safexml.DEFAULT) -> Document:
    """Read one whole document from a path or from bytes.

    A bad document, or a file that cannot be read, is no exception: ``findings`` say what is
    wrong. Raise InputError where the source holds no document or several of them (see
    ``cda_tools.carriers``).

    >>> from cda_tools import read
    >>> document = read("fixtures/gazelle/lettre-niveau-1-pdf.xml")
    >>> document.header.type.display_name
    "Lettre de liaison à la sortie d'un établissement de soins"
    """
    return read_carried(_only(source), limits)


def read_header(source: str | Path | bytes, limits: safexml.Limits = safexml.DEFAULT) -> Header:
    """Read a document's header alone: the body is not read, however big it is.

    Raise InputError where there is none to read.

    >>> from cda_tools import read_header
    >>> read_header("fixtures/gazelle/imagerie-v2.xml").version
    2
    """
    document = read_carried_header(_only(source), limits)
    if document.header is None:
        reasons = " ".join(finding.message for finding in document.findings)
        raise InputError(f"{document.path} : {reasons}")
    return document.header


def _only(source: str | Path | bytes) -> Carried:
    if isinstance(source, bytes):
        carried = list(open_bytes(source, "-"))
    else:
        carried = list(open_path(Path(source)))
    if len(carried) != 1:
        raise InputError(f"{len(carried)} documents, et non un seul")
    return carried[0]
