"""The file that a document's metadata mean: by its URI, else by its hash, size or uniqueId.

Senders write a URI as in a page (``%20``), from the archive's root, or with accents in another
form; one file is never given to two documents.
Source: IHE ITI TF-2 § 3.32.4.1.2 (URI), TF-3 § 4.2.3.2.27; RFC 3986 § 2.1.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TypeAlias
from urllib.parse import unquote

from cda_tools.carriers.sniffing import CDA, ENOUGH, kind_of
from cda_tools.carriers.xdm import hashes
from cda_tools.carriers.xdm.archive import Archive, Member, Unreadable, plain
from cda_tools.carriers.xds.entry import DocumentEntry
from cda_tools.model.identifiers import key
from cda_tools.reading.header import clinical_document, parse_header, read_clinical_document
from cda_tools.reading.safexml import XmlRefused, blocks

_DIRECT = ""
_Grouped: TypeAlias = dict[Hashable, list[Member]]


@dataclass(frozen=True, slots=True)
class Found:
    """A file and how it was found; ``how``: in French, "" where the URI names it as it should."""

    member: Member
    how: str = _DIRECT


@dataclass
class Resolver:
    """Gives each document of one archive its file; ``taken``: the names already given."""

    archive: Archive
    taken: set[str] = field(default_factory=set)
    _digests: dict[str, _Grouped] = field(default_factory=dict, init=False, repr=False)

    def by_uri(self, folder: str, uri: str) -> Found | None:
        """Return the file that a URI names in the folder of its METADATA.XML, or near it."""
        for how, base, name in _readings(folder, uri):
            member = self.archive.find(base, name)
            if member is not None:
                return Found(member, how)
        return None

    def otherwise(self, folder: str, entry: DocumentEntry) -> Found | None:
        """Return the free file whose bytes are the document's; those of its folder come first."""
        told, wanted = entry.registry, entry.header.id
        algorithm, digest = hashes.read(told.hash or "")
        if algorithm and (found := self._free(self._by_digest(algorithm).get(digest), folder)):
            return Found(found[0], "il est retrouvé par son empreinte")
        if wanted and (found := self._free(self._by_id.get(key(wanted)), folder)):
            return Found(found[0], "il est retrouvé par son uniqueId")
        if told.size and not told.hash:
            found = self._free(self._by_size.get(told.size), folder)
            if len(found) == 1:
                return Found(found[0], "il est retrouvé par sa taille")
        return None

    def _free(self, members: list[Member] | None, folder: str) -> list[Member]:
        """Return those that no document has yet, those of a folder first; forget the others."""
        if not members:
            return []
        members[:] = [one for one in members if one.name not in self.taken]
        return sorted(members, key=lambda one: one.folder != folder)

    def _by_digest(self, algorithm: str) -> _Grouped:
        if algorithm not in self._digests:
            self._digests[algorithm] = self._grouped(partial(hashes.of, algorithm))
        return self._digests[algorithm]

    @cached_property
    def _by_id(self) -> _Grouped:
        return self._grouped(self._id)

    @cached_property
    def _by_size(self) -> _Grouped:
        return self._grouped(len)

    def _grouped(self, told_by: Callable[[bytes], Hashable]) -> _Grouped:
        """Return the free files by something of their bytes, which is worked out once a file."""
        found: _Grouped = defaultdict(list)
        for member in self.archive.members.values():
            if member.name not in self.taken:
                with suppress(Unreadable):
                    found[told_by(self.archive.read(member))].append(member)
        return found

    def _id(self, data: bytes) -> str | None:
        if kind_of(data[:ENOUGH]) != CDA:
            return None
        try:
            document = clinical_document(parse_header(blocks(data), self.archive.limits))
        except XmlRefused:
            return None
        found = None if document is None else read_clinical_document(document).id
        return key(found) if found else None


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
