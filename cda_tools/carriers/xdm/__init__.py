"""IHE_XDM.ZIP, as MSSanté carries documents, and the same unpacked in a folder.

Source: CI-SIS, volet Transmission au LPS d'un document CDA provenant d'un courriel MSSanté 1.1;
IHE ITI TF-2 § 3.32.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cda_tools.carriers import nested, xds
from cda_tools.carriers.base import Carried
from cda_tools.carriers.reading import with_header
from cda_tools.carriers.sniffing import CDA, ENOUGH, XDM, kind_of
from cda_tools.carriers.xdm import agreement
from cda_tools.carriers.xdm.archive import (
    LAYER,
    Archive,
    Member,
    Unreadable,
    finding,
    unpacked,
    zipped,
)
from cda_tools.carriers.xdm.layout import (
    carries,
    holds_document,
    is_in_subset,
    metadata_files,
)
from cda_tools.carriers.xdm.resolving import Found, Resolver
from cda_tools.carriers.xds.entry import DocumentEntry
from cda_tools.model.carriage import Context, Place
from cda_tools.model.header import Identifier
from cda_tools.model.timestamp import Timestamp
from cda_tools.reading import encodings, recognition, safexml
from cda_tools.reading.safexml import DEFAULT, Limits, XmlRefused
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding
from cda_tools.text import clean

CARRIER = "xdm"
_FOLDER = "ihe_xdm"
_PAGES = ("INDEX.HTM", "README.TXT")
# What may hold documents, and is not opened.
_PACKED = ("gzip", "bzip2", "xz", "7z", "rar", "zstd", "compress", "tar")
_MOST_NESTED = 100


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
    reading = _Reading(archive, path, archive.findings, Resolver(archive))
    documents = list(reading.documents())
    if not documents:
        yield _nothing(path, reading.findings)
    for number, document in enumerate(documents):
        whole = tuple(reading.findings) if number == 0 else ()
        yield replace(document, findings=(*whole, *document.findings))


@dataclass(frozen=True, slots=True)
class _Announced:
    """What a METADATA.XML says of one document: in which folder, and when it was sent.

    ``doubtful``: its accents may not be those that its sender meant.
    """

    folder: str
    entry: DocumentEntry
    sent: Timestamp | None
    doubtful: bool = False


@dataclass(slots=True)
class _Reading:
    """One archive being read: findings on the whole of it, and who has which file.

    ``nested``: how many carriers in it were opened.
    """

    archive: Archive
    path: str
    findings: list[Finding]
    files: Resolver
    nested: int = 0

    def documents(self) -> Iterator[Carried]:
        """Yield what METADATA.XML announces, then the documents that it does not."""
        metadata = metadata_files(self.archive)
        self._check_layout(metadata)
        told, unread = set[str](), set[str]()
        announced: list[_Announced] = []
        for member in metadata:
            self.files.taken.add(member.name)
            entries = self._entries(member)
            (unread if entries is None else told).add(member.folder)
            announced += entries or ()
        yield from self._announced(announced)
        for member in self.archive.members.values():
            if member.name not in self.files.taken and not self._is_page_of_the_archive(member):
                unforeseen = bool(told) and member.folder not in unread
                yield from self._unannounced(member, told, unforeseen=unforeseen)

    def _check_layout(self, metadata: list[Member]) -> None:
        """Say what ITI-32 requires of an archive, and this one has not."""
        members = self.archive.members
        subsets = {one.folder for one in members.values() if is_in_subset(one)}
        if not metadata:
            if subsets or self._has_documents():
                self.findings.append(finding("XDM-03"))
            elif not any(carries(self.archive, one) for one in members.values()):
                self.findings.append(finding("XDM-30"))
            return
        if any(not _in_place(member) for member in metadata):
            self.findings.append(finding("XDM-16"))
        elif not self.archive.on_disk:
            missing = [name for name in _PAGES if name.casefold() not in members]
            if missing:
                self.findings.append(finding("XDM-28", missing=" et ".join(missing)))
        for folder in sorted(subsets - {member.folder for member in metadata}):
            self.findings.append(finding("XDM-29", _shown(folder), folder=_shown(folder)))

    def _has_documents(self) -> bool:
        return any(holds_document(self.archive, one) for one in self.archive.members.values())

    def _entries(self, metadata: Member) -> list[_Announced] | None:
        """Return what a METADATA.XML announces, or None where it cannot be read."""
        place = _shown(metadata.name)
        try:
            # Real METADATA.XML start with blanks, which XML allows only without declaration.
            data = self.archive.read(metadata).lstrip()
            root = safexml.parse(data, self.archive.limits)
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
        doubt = encodings.doubtful(data)
        if doubt:
            told = {"declared": doubt.declared, "found": doubt.found}
            self.findings.append(
                texts.finding("XML-13", layer=LAYER, location=place, line=1, **told)
            )
        return [_Announced(metadata.folder, entry, sent, bool(doubt)) for entry in entries]

    def _announced(self, announced: list[_Announced]) -> Iterator[Carried]:
        """Yield each announced document with its file; those that the URIs name come first."""
        files: dict[int, Found] = {}
        for number, one in enumerate(announced):
            uri = one.entry.registry.uri
            found = self.files.by_uri(one.folder, uri) if uri else None
            if found is not None and found.member.name not in self.files.taken:
                self.files.taken.add(found.member.name)
                files[number] = found
        for number, one in enumerate(announced):
            if number not in files:
                found = self.files.otherwise(one.folder, one.entry)
                if found is not None:
                    self.files.taken.add(found.member.name)
                    files[number] = found
        replaced = _replaced(announced)
        for number, one in enumerate(announced):
            found = files.get(number)
            yield self._document(one, found, replaced.get(number))
            if found is not None:
                yield from self._nested(found.member)

    def _document(
        self, one: _Announced, found: Found | None, replaced: Identifier | None
    ) -> Carried:
        entry, uri = one.entry, one.entry.registry.uri
        name = found.member.name if found else f"{one.folder}/{uri or entry.label}"
        document = Carried(
            self.path,
            inside=_shown(name),
            carrier=CARRIER,
            header=entry.header,
            context=Context(
                place=Place.MSSANTE, registry=entry.registry, sent=one.sent, parent_id=replaced
            ),
            findings=entry.findings,
        )
        if uri is None:
            document = _also(document, finding("XDM-26"))
        if found is None:
            rule = "XDM-27" if uri and self.files.by_uri(one.folder, uri) else "XDM-05"
            return _also(document, finding(rule))
        document = _also(document, *_of_name(found, uri))
        return self._with_content(document, found.member, one)

    def _with_content(self, document: Carried, member: Member, told: _Announced) -> Carried:
        entry = told.entry
        try:
            data = self.archive.read(member)
        except Unreadable as error:
            return _also(document, finding("XDM-19", reason=str(error)))
        document = _also(document, *agreement.of_bytes(data, entry.registry))
        if kind_of(data[:ENOUGH]) != CDA:
            kind = entry.registry.mime_type or recognition.contents(data)
            return _also(document, finding("XDM-14", kind=_shown(kind), size=len(data)))
        document = with_header(replace(document, header=None, source=data), self.archive.limits)
        if document.header:
            differing = agreement.of_header(entry.header, document.header)
            if told.doubtful:  # the title differs by its accents, which is said once
                differing = [one for one in differing if one.rule != "XDM-10"]
            document = _also(document, *differing)
        return document

    def _unannounced(
        self, member: Member, told: set[str], *, unforeseen: bool
    ) -> Iterator[Carried]:
        """Yield a document that no METADATA.XML names; say what else stands beside one.

        ``told``: the folders whose METADATA.XML could be read. ``unforeseen``: one of them
        should have named it.
        """
        document = Carried(self.path, inside=_shown(member.name), carrier=CARRIER)
        beside = member.folder in told
        try:
            start = self.archive.start(member)
            kind = kind_of(start)
            inner = list(self._nested(member))
            if inner:
                yield from self._with_unforeseen(inner, unforeseen=beside and unforeseen)
            elif recognition.kind(start) in _PACKED or self._is_too_deep(start):
                self._packed("il n'est pas ouvert, et peut contenir des documents")
            elif kind == CDA and (
                holds_document(self.archive, member) or (beside and not _page(member))
            ):
                document = replace(
                    document,
                    source=self.archive.read(member),
                    context=Context(place=Place.MSSANTE),
                )
                yield _also(document, finding("XDM-08")) if unforeseen else document
            elif beside:
                self.findings.append(finding("XDM-08", _shown(member.name)))
            elif _FOLDER in member.name.casefold().split("/"):
                data = self.archive.read(member)
                kind = recognition.contents(data)
                self.findings.append(
                    finding("XDM-14", _shown(member.name), kind=kind, size=len(data))
                )
        except Unreadable as error:
            yield _also(document, finding("XDM-19", reason=str(error)))

    def _nested(self, member: Member) -> Iterator[Carried]:
        """Yield the documents of a message, a mail or an archive in this one."""
        if self.nested >= _MOST_NESTED:
            return
        if carries(self.archive, member) and not holds_document(self.archive, member):
            self.nested += 1
            data = self.archive.read(member)
            if kind_of(data[:ENOUGH]) == XDM:
                self._packed("ses documents sont lus")
            for one in nested.documents(data, self.path, _shown(member.name), self.archive.limits):
                # Only what was sent as an archive of documents has to be one.
                kept = tuple(told for told in one.findings if told.rule != "XDM-03")
                yield replace(one, findings=kept)

    def _with_unforeseen(self, inner: list[Carried], *, unforeseen: bool) -> Iterator[Carried]:
        first, *others = inner
        yield _also(first, finding("XDM-08")) if unforeseen else first
        yield from others

    def _is_too_deep(self, start: bytes) -> bool:
        """Tell whether what may hold documents is left out, lest reading never end."""
        full = self.nested >= _MOST_NESTED or not self.archive.limits.nested
        return full and nested.may_hold(start)

    def _packed(self, how: str) -> None:
        told = finding("XDM-02", how=how)
        if told not in self.findings:
            self.findings.append(told)

    def _is_page_of_the_archive(self, member: Member) -> bool:
        """Tell whether a file is one that ITI-32 foresees, wherever a flat archive has it."""
        name = member.name.rpartition("/")[2].upper()
        return name in (*_PAGES, "AUTORUN.INF") and not holds_document(self.archive, member)


def _in_place(member: Member) -> bool:
    return is_in_subset(member) and member.name.count("/") == 2


def _page(member: Member) -> bool:
    """Tell whether a file is a page or a style sheet that goes with the documents."""
    return member.name.lower().endswith((".htm", ".html", ".xhtml", ".xsl", ".xslt"))


def _replaced(announced: list[_Announced]) -> dict[int, Identifier]:
    """Return the id of the document that each replaces, as an association RPLC says."""
    return {
        number: parents[0]
        for number, one in enumerate(announced)
        if (parents := [parent.id for parent in one.entry.header.replaces if parent.id])
    }


def _of_name(found: Found, uri: str | None) -> list[Finding]:
    """Say how the name of a file differs from what METADATA.XML says."""
    if uri is None:
        return []
    if found.how:
        return [finding("XDM-25", how=found.how)]
    given = uri.replace("\\", "/").rpartition("/")[2]
    written = found.member.name.rpartition("/")[2]
    if unicodedata.normalize("NFC", given) != unicodedata.normalize("NFC", written):
        return [finding("XDM-17")]
    return []


def _also(document: Carried, *findings: Finding) -> Carried:
    return replace(document, findings=(*document.findings, *findings))


def _shown(name: str) -> str:
    return clean(name) or "?"


def _nothing(path: str, findings: list[Finding]) -> Carried:
    return Carried(path, carrier=CARRIER, findings=tuple(findings))
