"""What a carrier yields, read: the whole document, or its header alone.

A header is read once: what a carrier has read to compare it with what it says is kept.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml.etree import _Element as Element

from cda_tools.carriers.base import Carried
from cda_tools.errors import InputError
from cda_tools.model.document import Document
from cda_tools.model.header import Header
from cda_tools.reading import safexml
from cda_tools.reading.digest import content_digest
from cda_tools.reading.header import clinical_document, parse_header, read_clinical_document
from cda_tools.reading.location import local_name, xpath
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding

UNREADABLE = "XML-10"
_LAST = "component"
_NAME = "ClinicalDocument"
_LONGEST = 100


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
    element = clinical_document(root)
    doubts = safexml.doubts(data)
    if element is None:
        return _document(carried, None, *doubts, _no_document(root), tree=root)
    if carried.header is not None and _ends_with_body(element):
        header, remarks = carried.header, carried.remarks
    else:
        header, remarks = _header(element)
    encoding = safexml.encoding(root, data)
    return _document(carried, header, *doubts, *remarks, tree=element, encoding=encoding)


def read_carried_header(carried: Carried, limits: safexml.Limits = safexml.DEFAULT) -> Document:
    """Read the header of the document that a carrier brought, and stop where its body starts."""
    if carried.source is None or carried.header is not None:
        return _document(carried, carried.header, *carried.remarks)
    if carried.size > limits.size:
        # Though its header may end before that: a limit means the same in every command.
        return _document(carried, None, safexml.too_big(limits).finding)
    try:
        root = parse_header(carried.chunks(), limits)
    except (safexml.XmlRefused, InputError):
        # Read as a whole, a document that is refused is refused in the same words everywhere.
        return replace(read_carried(carried, limits), tree=None)
    element = clinical_document(root)
    if element is None:
        return _document(carried, None, _no_document(root))
    header, remarks = _header(element)
    return _document(carried, header, *remarks)


def digest_of(path: str, limits: safexml.Limits = safexml.DEFAULT) -> str | None:
    """Return the digest of the document that a file is, None where it cannot be had."""
    try:
        with Path(path).open("rb", buffering=0) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            data = file.read(limits.size + 1) or b""
    except (OSError, ValueError):
        return None
    return None if len(data) > limits.size else content_digest(data)


def with_header(carried: Carried, limits: safexml.Limits) -> Carried:
    """Return it with its own header, for its carrier to look at; without where that is refused.

    Whatever reads it then says why.
    """
    if carried.size > limits.size:
        return carried
    try:
        element = clinical_document(parse_header(carried.chunks(), limits))
    except (safexml.XmlRefused, InputError):
        return carried
    if element is None:
        return carried
    header, remarks = _header(element)
    return replace(carried, header=header, remarks=remarks)


def _header(element: Element) -> tuple[Header, tuple[Finding, ...]]:
    header = read_clinical_document(element)
    return header, tuple(_remarks(header, element))


def _ends_with_body(element: Element) -> bool:
    """Tell whether nothing of the header stands behind the body, where it is not looked for."""
    return len(element) > 0 and local_name(element[-1]) == _LAST


def _no_document(root: Element) -> Finding:
    # Its namespace too, where it is all that is wrong: a blank in it is enough.
    name = local_name(root)
    tag = str(root.tag)
    shown = tag if name == _NAME and len(tag) < _LONGEST else name
    return _finding("XML-07", line=root.sourceline, root=shown)


def _remarks(header: Header, element: Element) -> Iterator[Finding]:
    if header.self_presenting:
        yield _finding("XML-08", location=xpath(element), line=element.sourceline)
    if not header.french:
        realms = ", ".join(header.realms) or "aucun"
        location, line = xpath(element), element.sourceline
        yield _finding("XML-09", location=location, line=line, realms=realms)


def _document(
    carried: Carried,
    header: Header | None,
    *findings: Finding,
    tree: Element | None = None,
    encoding: str = "UTF-8",
) -> Document:
    return Document(
        carried.file,
        inside=carried.inside,
        carrier=carried.carrier,
        header=header,
        context=carried.context,
        findings=(*carried.findings, *findings),
        digest=carried.digest,
        tree=tree,
        encoding=encoding,
    )


def _finding(rule: str, *, line: int | None, location: str | None = None, **fields: str) -> Finding:
    return texts.finding(rule, layer=safexml.LAYER, location=location, line=line, **fields)
