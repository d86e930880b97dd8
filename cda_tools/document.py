"""A document as it was read: its header, its tree, and what stood in the way."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml.etree import _Element as Element

from cda_tools.carriers import Carried, open_bytes, open_path
from cda_tools.errors import InputError
from cda_tools.model.carriage import Context
from cda_tools.model.header import Header
from cda_tools.reading import safexml
from cda_tools.reading.header import clinical_document, parse_header, read_clinical_document
from cda_tools.reading.location import local_name, xpath
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding

UNREADABLE = "XML-10"


@dataclass(frozen=True, slots=True)
class Document:
    """One document. ``header`` and ``root`` are None where it could not be read.

    ``findings``: what the layer ``xml`` and the carrier say. ``root``: the ClinicalDocument
    element (where there is none, the root element: the layers xsd and structuration-minimale
    have their own word on it); None too where only the header was read. ``encoding``: that
    of the bytes.
    """

    path: str
    carrier: str
    header: Header | None
    findings: tuple[Finding, ...] = ()
    context: Context | None = None
    root: Element | None = field(default=None, repr=False, compare=False)
    encoding: str = "UTF-8"


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


def read_carried(carried: Carried, limits: safexml.Limits = safexml.DEFAULT) -> Document:
    """Read the whole document that a carrier brought."""
    if carried.source is None:
        return _document(carried, carried.header)
    try:
        data = carried.data(limits.size + 1)
        root = safexml.parse(data, limits)
    except safexml.XmlRefused as refusal:
        return _document(carried, None, refusal.finding)
    except InputError as error:
        # The document's path stands beside the finding: it is not said twice.
        reason = str(error).removeprefix(f"{carried.path} : ")
        return _document(carried, None, _finding(UNREADABLE, line=None, reason=reason))
    document = _read_tree(carried, root, whole=True)
    return replace(document, encoding=safexml.encoding(root, data))


def read_carried_header(carried: Carried, limits: safexml.Limits = safexml.DEFAULT) -> Document:
    """Read the header of the document that a carrier brought, and stop where its body starts."""
    if carried.source is None:
        return _document(carried, carried.header)
    try:
        root = parse_header(carried.chunks(), limits)
    except (safexml.XmlRefused, InputError):
        # Read as a whole, a document that is refused is refused in the same words everywhere.
        return replace(read_carried(carried, limits), root=None)
    return _read_tree(carried, root, whole=False)


def _read_tree(carried: Carried, tree: Element, *, whole: bool) -> Document:
    element = clinical_document(tree)
    if element is None:
        finding = _finding("XML-07", line=tree.sourceline, root=local_name(tree))
        return _document(carried, None, finding, root=tree if whole else None)
    header = read_clinical_document(element)
    root = element if whole else None
    return _document(carried, header, *_remarks(header, element), root=root)


def _remarks(header: Header, element: Element) -> Iterator[Finding]:
    if header.self_presenting:
        yield _finding("XML-08", location=xpath(element), line=element.sourceline)
    if not header.french:
        realms = ", ".join(header.realms) or "aucun"
        location, line = xpath(element), element.sourceline
        yield _finding("XML-09", location=location, line=line, realms=realms)


def _document(
    carried: Carried, header: Header | None, *findings: Finding, root: Element | None = None
) -> Document:
    return Document(
        path=carried.path,
        carrier=carried.carrier,
        header=header,
        findings=(*carried.findings, *findings),
        context=carried.context,
        root=root,
    )


def _only(source: str | Path | bytes) -> Carried:
    if isinstance(source, bytes):
        carried = list(open_bytes(source, "-"))
    else:
        carried = list(open_path(Path(source)))
    if len(carried) != 1:
        raise InputError(f"{len(carried)} documents, et non un seul")
    return carried[0]


def _finding(rule: str, *, line: int | None, location: str | None = None, **fields: str) -> Finding:
    return texts.finding(rule, layer=safexml.LAYER, location=location, line=line, **fields)
