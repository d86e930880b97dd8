"""IHE_XDM.ZIP, as MSSanté carries documents, and the same unpacked in a folder.

Source: CI-SIS, volet Transmission au LPS d'un document CDA provenant d'un courriel MSSanté 1.1;
IHE ITI TF-2 § 3.32.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from cda_tools.carriers import xds
from cda_tools.carriers.base import Carried
from cda_tools.carriers.reading import with_header
from cda_tools.carriers.sniffing import CDA, ENOUGH, XDM, kind_of
from cda_tools.carriers.xdm import agreement
from cda_tools.carriers.xdm.archive import Archive, Member, Unreadable, finding, unpacked, zipped
from cda_tools.carriers.xds.entry import Entry
from cda_tools.model.carriage import Context, Place
from cda_tools.model.timestamp import Timestamp
from cda_tools.reading import safexml
from cda_tools.reading.safexml import DEFAULT, Limits, XmlRefused
from cda_tools.rules.finding import Finding
from cda_tools.text import clean

CARRIER = "xdm"
_METADATA = "metadata.xml"
_FOLDER = "ihe_xdm"


def open_archive(source: Path | bytes, path: str, limits: Limits = DEFAULT) -> Iterator[Carried]:
    """Yield the documents of a zip: ``path!IHE_XDM/SUBSET01/DOC0001.XML``.

    What concerns the whole archive stands among the findings of its first document, or of one
    without header where there is none.
    """
    try:
        with zipped(source, limits) as archive:
            # All is in memory before the first is given: the file does not stay open.
            documents = list(_carried(archive, path))
    except Unreadable as error:
        documents = [_nothing(path, [finding("XDM-01", reason=str(error))])]
    yield from documents


def open_folder(folder: Path, limits: Limits = DEFAULT) -> Iterator[Carried]:
    """Yield the documents of an unpacked archive, named as in the zip."""
    try:
        yield from _carried(unpacked(folder, limits), str(folder))
    except Unreadable as error:
        yield _nothing(str(folder), [finding("XDM-01", reason=str(error))])


def _carried(archive: Archive, path: str) -> Iterator[Carried]:
    reading = _Reading(archive, path, archive.findings, set())
    documents = list(reading.documents())
    if not documents:
        yield _nothing(path, reading.findings)
    for number, document in enumerate(documents):
        whole = tuple(reading.findings) if number == 0 else ()
        yield replace(document, findings=(*whole, *document.findings))


@dataclass(slots=True)
class _Reading:
    """One archive being read: findings on the whole of it, and the files that were announced."""

    archive: Archive
    path: str
    findings: list[Finding]
    announced: set[str]

    def documents(self) -> Iterator[Carried]:
        """Yield what METADATA.XML announces, then the documents that it does not."""
        metadata = _metadata(self.archive)
        if not metadata:
            self.findings.append(finding("XDM-03"))
        elif any(not _in_place(member) for member in metadata):
            self.findings.append(finding("XDM-16"))
        told: set[str] = set()
        for member in metadata:
            self.announced.add(member.name)
            entries = self._entries(member)
            if entries is not None:
                told.add(member.folder)
                yield from (self._announced(member.folder, *one) for one in entries)
        folders = {member.folder for member in metadata}
        for member in self.archive.members.values():
            if member.name in self.announced:
                continue
            if member.folder in folders or not metadata:
                yield from self._unannounced(member, told=member.folder in told)
            elif member.name.lower().endswith(".zip"):
                self._nested()

    def _entries(self, metadata: Member) -> list[tuple[Entry, Timestamp | None]] | None:
        """Return what a METADATA.XML announces, or None where it cannot be read."""
        place = _shown(metadata.name)
        try:
            # Real METADATA.XML start with blanks, which XML allows only without declaration.
            root = safexml.parse(self.archive.read(metadata).lstrip(), self.archive.limits)
        except XmlRefused as refusal:
            reason = refusal.finding.message.rstrip(".")
            self.findings.append(finding("XDM-04", place, reason=reason))
            return None
        except Unreadable as error:
            self.findings.append(finding("XDM-04", place, reason=str(error)))
            return None
        entries, findings, sent = xds.read_objects(root)
        self.findings += findings
        if not entries:
            self.findings.append(finding("XDM-21", place))
        return [(entry, sent) for entry in entries]

    def _announced(self, folder: str, entry: Entry, sent: Timestamp | None) -> Carried:
        uri = entry.registry.uri or ""
        member = self.archive.find(folder, uri) if uri else None
        name = member.name if member else f"{folder}/{uri or entry.label}"
        document = Carried(
            self.path,
            inside=_shown(name),
            carrier=CARRIER,
            header=entry.header,
            context=Context(place=Place.MSSANTE, registry=entry.registry, sent=sent),
            findings=entry.findings,
        )
        if member is None:
            return _also(document, finding("XDM-05"))
        self.announced.add(member.name)
        if member.name.rpartition("/")[2] != uri.replace("\\", "/").rpartition("/")[2]:
            document = _also(document, finding("XDM-17"))
        try:
            data = self.archive.read(member)
        except Unreadable as error:
            return _also(document, finding("XDM-19", reason=str(error)))
        document = _also(document, *agreement.of_bytes(data, entry.registry))
        if kind_of(data[:ENOUGH]) != CDA:
            kind = entry.registry.mime_type or "type inconnu"
            return _also(document, finding("XDM-14", kind=_shown(kind), size=len(data)))
        document = with_header(replace(document, header=None, source=data), self.archive.limits)
        if document.header:
            document = _also(document, *agreement.of_header(entry.header, document.header))
        return document

    def _unannounced(self, member: Member, *, told: bool) -> Iterator[Carried]:
        """Yield a document that no METADATA.XML names; ``told``: its folder has a readable one."""
        document = Carried(self.path, inside=_shown(member.name), carrier=CARRIER)
        try:
            kind = kind_of(self.archive.start(member))
            if kind == XDM:
                self._nested()
            elif kind == CDA and not _page(member):
                document = replace(
                    document,
                    source=self.archive.read(member),
                    context=Context(place=Place.MSSANTE),
                )
                yield _also(document, finding("XDM-08")) if told else document
            elif told:
                self.findings.append(finding("XDM-08", _shown(member.name)))
            elif _FOLDER in member.name.lower().split("/"):
                kind = PurePosixPath(member.name).suffix.lstrip(".").lower() or "type inconnu"
                size = len(self.archive.read(member))
                self.findings.append(
                    finding("XDM-14", _shown(member.name), kind=_shown(kind), size=size)
                )
        except Unreadable as error:
            yield _also(document, finding("XDM-19", reason=str(error)))

    def _nested(self) -> None:
        if all(one.rule != "XDM-02" for one in self.findings):
            self.findings.append(finding("XDM-02"))


def _metadata(archive: Archive) -> list[Member]:
    """Return each METADATA.XML of a SUBSET in order; elsewhere only where no SUBSET has one."""
    found = [
        member
        for name, member in sorted(archive.members.items())
        if name.rpartition("/")[2] == _METADATA
    ]
    return [member for member in found if _subset_of(member)] or found


def _subset_of(member: Member) -> bool:
    parts = member.name.lower().split("/")
    return len(parts) >= 3 and parts[-3] == _FOLDER


def _in_place(member: Member) -> bool:
    return _subset_of(member) and member.name.count("/") == 2


def _page(member: Member) -> bool:
    """Tell whether a file is a page or a style sheet that goes with the documents."""
    return member.name.lower().endswith((".htm", ".html", ".xhtml", ".xsl", ".xslt"))


def _also(document: Carried, *findings: Finding) -> Carried:
    return replace(document, findings=(*document.findings, *findings))


def _shown(name: str) -> str:
    return clean(name) or "?"


def _nothing(path: str, findings: list[Finding]) -> Carried:
    return Carried(path, carrier=CARRIER, findings=tuple(findings))
