"""Tells from its first bytes what a file is: a CDA document, or a carrier of documents."""

import codecs
import re
from xml.parsers import expat

from cda_tools.reading import recognition

CDA, HL7V2, MAIL, XDM, XDS = "cda", "hl7v2", "mail", "xdm", "xds"

ENOUGH = 32 * 1024
"""Bytes that tell the kind of nearly every file, and hold most headers."""
AT_MOST = 1024 * 1024
"""Bytes read at most, where a long comment stands before the root."""

_MLLP_START = b"\x0b"
# A field separator is a printable sign of ASCII.
_HL7V2 = re.compile(rb"(?:MSH|FHS|BHS)[!-/:-@\[-`{-~]")
# A message that a log or an export has written on a line of its own text.
_LOGGED = re.compile(rb"MSH([!-/:-@\[-`{-~])[^\w\s]{3,8}\1")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MIME = re.compile(
    rb"--[^\r\n]{1,200}\r?\nContent-|(?:MIME-Version|Content-[A-Za-z-]+):", re.IGNORECASE
)
_SPACE = b" \t\r\n"
# The usual case, told without a parser: instructions and comments, then the document.
_PLAIN_CDA = re.compile(
    rb"(?>(?:\s+|<\?(?>.*?\?>)|<!--(?>.*?-->))*)<(?:[\w.-]+:)?ClinicalDocument[\s/>]", re.DOTALL
)
_CLINICAL = re.compile(rb"<(?:[\w.-]+:)?ClinicalDocument[\s/>]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SOAP = ("http://www.w3.org/2003/05/soap-envelope", "http://schemas.xmlsoap.org/soap/envelope/")
_EBXML = "urn:oasis:names:tc:ebxml-regrep:xsd:"
REGISTRY_ROOTS = frozenset(
    {
        *(f"{{{namespace}}}Envelope" for namespace in _SOAP),
        f"{{{_EBXML}query:3.0}}AdhocQueryResponse",
        f"{{{_EBXML}query:3.0}}AdhocQueryRequest",
        f"{{{_EBXML}lcm:3.0}}SubmitObjectsRequest",
        f"{{{_EBXML}rs:3.0}}RegistryResponse",
        "{urn:ihe:iti:xds-b:2007}ProvideAndRegisterDocumentSetRequest",
        "{urn:ihe:iti:xds-b:2007}RetrieveDocumentSetRequest",
        "{urn:ihe:iti:xds-b:2007}RetrieveDocumentSetResponse",
    }
)


def kind_of(start: bytes) -> str | None:
    """Return ``cda``, ``hl7v2``, ``mail``, ``xdm`` or ``xds`` for a file that starts so, else None.

    Any XML that is no registry's answer is ``cda``: reading it tells what is wrong. ``start``:
    at least its first ENOUGH bytes, or all of them.
    """
    kind, _ = sniff(start)
    return kind


def is_clinical(start: bytes) -> bool:
    """Tell whether a ClinicalDocument starts here, and not just any XML."""
    return kind_of(start) == CDA and bool(_CLINICAL.search(start.replace(b"\0", b"")))


def is_logged(start: bytes) -> bool:
    """Tell whether a message stands behind other text: a log, or a page about messages."""
    return not _HL7V2.match(_decoded(start).lstrip(_SPACE + _MLLP_START))


def sniff(start: bytes) -> tuple[str | None, bool]:
    """Return the kind, and whether that is certain; more bytes may tell where it is not."""
    # Zip tools read one behind a line end that a transfer left there.
    if start.lstrip(_SPACE + b"\0").startswith(_ZIP):
        return XDM, True
    if _PLAIN_CDA.match(start):
        return CDA, True
    text = _decoded(start).lstrip(_SPACE)
    if not text.startswith(b"<"):
        return _of_text(text), bool(text)
    root, certain = _root(start.lstrip(_SPACE))
    return (XDS if root in REGISTRY_ROOTS else CDA), certain


def _of_text(text: bytes) -> str | None:
    if _HL7V2.match(text.lstrip(_MLLP_START + _SPACE)):
        return HL7V2
    if recognition.kind(text) == "mail":
        return MAIL
    if _MIME.match(text):
        return XDS
    return HL7V2 if _LOGGED.search(text) else None


def _decoded(start: bytes) -> bytes:
    """Return the ASCII of a start in UTF-16, or the start without its byte order mark."""
    for bom, encoding in _BOMS:
        if start.startswith(bom):
            return start[len(bom) :].decode(encoding, "replace").encode("ascii", "replace")
    if start[:4] in (b"<\0?\0", b"M\0S\0", b"\0<\0?", b"\0M\0S"):
        encoding = "utf-16-be" if start[0] == 0 else "utf-16-le"
        return start.decode(encoding, "replace").encode("ascii", "replace")
    return start


class _Found(Exception):
    """The prolog is over: the root's name is known, or will not be."""


def _root(start: bytes) -> tuple[str | None, bool]:
    """Return the root's name as ``{namespace}name``, reading neither DTD nor entity."""
    names: list[str] = []
    parser = expat.ParserCreate(namespace_separator="}")

    def element(name: str, _: object) -> None:
        names.append("{" + name if "}" in name else name)
        raise _Found

    def doctype(*_: object) -> None:
        raise _Found

    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(start, False)
    except (_Found, expat.ExpatError, LookupError, ValueError):
        return (names[0] if names else None), True
    return None, False
