"""What an archive has where: METADATA.XML, folders of documents, documents, other carriers."""

from dataclasses import replace
from pathlib import Path

from cda_tools.carriers import nested
from cda_tools.carriers.sniffing import XDM, is_clinical, kind_of
from cda_tools.carriers.xdm.archive import Archive, Member, Unreadable, zipped
from cda_tools.reading import recognition
from cda_tools.reading.safexml import DEFAULT, Limits

_METADATA = "metadata.xml"
_FOLDER = "ihe_xdm"


def is_ordinary(path: Path) -> bool:
    """Tell whether a zip is no archive of documents: an Office file, a program, pictures.

    One that cannot be read is none of these: opening it says why.
    """
    return _is_ordinary(path, DEFAULT)


def _is_ordinary(source: Path | bytes, limits: Limits) -> bool:
    try:
        with zipped(source, limits) as archive:
            members = archive.members.values()
            if metadata_files(archive) or any(is_in_subset(one) for one in members):
                return False
            return not any(carries(archive, one) for one in members)
    except Unreadable:
        return False


def documents(data: bytes) -> list[bytes]:
    """Return the ClinicalDocuments of a zip, in their order; none where it is none."""
    if not data.startswith(b"PK\x03\x04") or recognition.is_office(data):
        return []
    try:
        with zipped(data, DEFAULT) as archive:
            found = [one for one in archive.members.values() if holds_document(archive, one)]
            return [archive.read(one) for one in found]
    except Unreadable:
        return []


def carries(archive: Archive, member: Member) -> bool:
    """Tell whether a file is a document, or carries some."""
    if holds_document(archive, member):
        return True
    try:
        start, limits = archive.start(member), archive.limits
        if not nested.may_hold(start):
            return False
        if kind_of(start) != XDM:
            return True
        inner = replace(limits, nested=limits.nested - 1)
        return limits.nested > 0 and not _is_ordinary(archive.read(member), inner)
    except Unreadable:
        return False


def metadata_files(archive: Archive) -> list[Member]:
    """Return each METADATA.XML of a SUBSET in order; elsewhere only where no SUBSET has one."""
    found = [
        member
        for name, member in sorted(archive.members.items())
        if name.rpartition("/")[2] == _METADATA
    ]
    return [member for member in found if is_in_subset(member)] or found


def is_in_subset(member: Member) -> bool:
    """Tell whether a file is in a folder of IHE_XDM."""
    parts = member.name.casefold().split("/")
    return len(parts) >= 3 and parts[-3] == _FOLDER


def holds_document(archive: Archive, member: Member) -> bool:
    """Tell whether a file is a ClinicalDocument; one that cannot be read is none."""
    try:
        return is_clinical(archive.start(member))
    except Unreadable:
        return False
