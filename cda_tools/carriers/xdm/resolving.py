"""The file that a document's metadata mean: by its URI, else by its hash, size or uniqueId.

Senders write a URI as in a page (``%20``), from the archive's root, or with accents in another
form; one file is never given to two documents.
Source: IHE ITI TF-2 § 3.32.4.1.2 (URI), TF-3 § 4.2.3.2.27; RFC 3986 § 2.1.
"""

from dataclasses import dataclass, field
from urllib.parse import unquote

from cda_tools.carriers.sniffing import CDA, ENOUGH, kind_of
from cda_tools.carriers.xdm.archive import Archive, Member, Unreadable, plain
from cda_tools.carriers.xdm.hashes import matches
from cda_tools.carriers.xds.entry import DocumentEntry
from cda_tools.model.identifiers import same
from cda_tools.reading.header import clinical_document, parse_header, read_clinical_document
from cda_tools.reading.safexml import XmlRefused, blocks

_DIRECT = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A file and how it was found; ``how``: in French, "" where the URI names it as it should."""

    member: Member
    how: str = _DIRECT


@dataclass(slots=True)
class Resolver:
    """Gives each document of one archive its file; ``taken``: the names already given."""

    archive: Archive
    taken: set[str] = field(default_factory=set)

    def by_uri(self, folder: str, uri: str) -> Found | None:
        """Return the file that a URI names in the folder of its METADATA.XML, or near it."""
        for how, base, name in _readings(folder, uri):
            member = self.archive.find(base, name)
            if member is not None:
                return Found(member, how)
        return None

    def otherwise(self, folder: str, entry: DocumentEntry) -> Found | None:
        """Return the free file whose bytes are the document's; those of its folder come first."""
        members = [one for one in self.archive.members.values() if one.name not in self.taken]
        members.sort(key=lambda one: one.folder != folder)
        registry = entry.registry
        if registry.hash:
            for member in members:
                if matches(registry.hash, self._content(member)):
                    return Found(member, "il est retrouvé par son empreinte")
        for member in members:
            if self._has_id(member, entry):
                return Found(member, "il est retrouvé par son uniqueId")
        sized = [one for one in members if registry.size and self._size(one) == registry.size]
        if not registry.hash and len(sized) == 1:
            return Found(sized[0], "il est retrouvé par sa taille")
        return None

    def _content(self, member: Member) -> bytes:
        try:
            return self.archive.read(member)
        except Unreadable:
            return b""

    def _size(self, member: Member) -> int:
        return len(self._content(member))

    def _has_id(self, member: Member, entry: DocumentEntry) -> bool:
        data = self._content(member)
        if entry.header.id is None or kind_of(data[:ENOUGH]) != CDA:
            return False
        try:
            document = clinical_document(parse_header(blocks(data), self.archive.limits))
        except XmlRefused:
            return False
        return document is not None and same(read_clinical_document(document).id, entry.header.id)


def _readings(folder: str, uri: str) -> list[tuple[str, str, str]]:
    """Return what a URI may mean: words for the form, a folder, a name in it; the best first."""
    decoded = unquote(uri)
    forms = [("", uri)]
    if decoded != uri:
        forms.append(("l'URI est encodée en %", decoded))
    above = folder.rpartition("/")[0]
    found = [(how, folder, name) for how, name in forms]
    for words, base in (
        ("l'URI part du dossier au-dessus", above),
        ("l'URI part de la racine", ""),
    ):
        found += [(_both(words, how), base, name.lstrip("/\\")) for how, name in forms]
    return [one for one in found if plain(one[2]) is not None]


def _both(words: str, how: str) -> str:
    return f"{words} et est encodée en %" if how else words
