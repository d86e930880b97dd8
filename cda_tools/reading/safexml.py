"""Bytes to an XML tree that cannot hurt: no DTD, no entity, no network, no file, bounded.

libxml2 keeps its own limits (depth 256, text 10 MB) for every ordinary document. They are
lifted, for a PDF of tens of MB in base64, only once expat has walked the whole document and
found no DTD, no deep nesting and no oversized attribute in it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from xml.parsers import expat

from lxml import etree

from cda_tools.reading import encodings, prolog
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding

LAYER = "xml"
_BLOCK = 4096
# A zero byte behind the « < » is UTF-16, in which none of this is told.
_NO_DOCTYPE = re.compile(prolog.PLAIN + rb"<[^!?\s\0]")
# Xerces, of the official tools, reads these: what xml:id asks for is no rule of XML itself.
_WARNINGS = frozenset(
    {
        "WAR_NS_URI",
        "WAR_NS_URI_RELATIVE",
        "WAR_LANG_VALUE",
        "WAR_SPACE_VALUE",
        "DTD_XMLID_VALUE",
        "DTD_ID_REDEFINED",
    }
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at most: bytes of a document, nesting of elements, bytes of an attribute.

    ``depth`` and ``attribute`` bind documents with a text node over 10 MB; libxml2's own, which
    are the same, bind the others. ``nested``: how many carriers a carrier may be in.
    """

    size: int = 256 * 1024 * 1024
    depth: int = 256
    attribute: int = 10_000_000
    nested: int = 3


DEFAULT = Limits()


class XmlRefused(Exception):
    """The bytes are no XML document that may be read; ``finding`` says why and where."""

    def __init__(self, finding: Finding) -> None:
        """Keep the finding, whose message is also the exception's."""
        super().__init__(finding.message)
        self.finding = finding


def parse(data: bytes, limits: Limits = DEFAULT) -> etree._Element:
    """Return the root element of a whole document; comments and instructions are dropped.

    Raise XmlRefused with a finding (``XML-01`` to ``XML-06``).
    """
    if len(data) > limits.size:
        raise too_big(limits)
    _refuse_contradiction(data)
    _refuse_doctype(data)
    parser = _parser(huge=False)
    try:
        return _without_doctype(etree.fromstring(data, parser))
    except etree.XMLSyntaxError as error:
        if _warned_only(parser):
            return _without_doctype(etree.fromstring(data, _parser(huge=False, recover=True)))
        if not _limit_reached(parser):
            raise _malformed(error, data) from None
    _walk(data, limits)
    try:
        return _without_doctype(etree.fromstring(data, _parser(huge=True)))
    except etree.XMLSyntaxError as error:
        raise _malformed(error, data) from None


def parse_until(
    chunks: Iterable[bytes], tags: Iterable[str], limits: Limits = DEFAULT
) -> Iterator[etree._Element]:
    """Yield each element with one of ``tags`` as its start tag is read, then the root.

    Stop iterating to stop reading: elements before the one yielded are complete, it has its
    attributes and no content yet. ``chunks`` are best small (4 kB), so that little is read
    beyond. Raise XmlRefused as :func:`parse`; a text node over 10 MB is refused.
    """
    parser = etree.XMLPullParser(
        events=("start",),
        tag=list(tags),
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    gate: _DoctypeGate | None = None
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limits.size:
            raise too_big(limits)
        if size == len(chunk):
            _refuse_contradiction(chunk)
            gate = None if _NO_DOCTYPE.match(chunk) else _DoctypeGate()
        if gate and gate.passed(chunk):
            gate = None
        fault = _feed(parser, chunk)
        # What stands before a fault in the same chunk counts all the same.
        for _, element in parser.read_events():
            yield _without_doctype(element)
        if fault:
            raise _malformed(fault)
    try:
        root = parser.close()
    except etree.XMLSyntaxError as error:
        raise _malformed(error) from None
    yield _without_doctype(root)


def _feed(parser: etree.XMLPullParser, chunk: bytes) -> etree.XMLSyntaxError | None:
    try:
        parser.feed(chunk)
    except etree.XMLSyntaxError as error:
        return error
    return None


def encoding(element: etree._Element, data: bytes) -> str:
    """Return the encoding that the document was read in, in capitals, e.g. ``UTF-8``."""
    mark = encodings.by_mark(data)
    if mark and mark != "UTF-8":
        return mark
    return (element.getroottree().docinfo.encoding or "UTF-8").upper()


def doubts(data: bytes) -> list[Finding]:
    """Return what is to be said of a document that was read: accents that others show wrong."""
    if not (doubt := encodings.doubtful(data)):
        return []
    told = {"declared": doubt.declared, "found": doubt.found}
    return [texts.finding("XML-13", layer=LAYER, location=None, line=1, **told)]


def blocks(data: bytes) -> Iterator[bytes]:
    """Yield ``data`` in the small chunks that :func:`parse_until` likes."""
    for start in range(0, len(data), _BLOCK):
        yield data[start : start + _BLOCK]


def _parser(huge: bool, *, recover: bool = False) -> etree.XMLParser:
    # A parser of its own for each document: its error log then holds this document's errors.
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=huge,
        recover=recover,
    )


class _Reached(Exception):
    """The first element starts: the prolog is over."""


class _DoctypeGate:
    """Reads a prolog with expat, ahead of libxml2, and refuses a document type declaration."""

    def __init__(self) -> None:
        self._expat = _expat()
        self._expat.StartElementHandler = _reached

    def passed(self, chunk: bytes) -> bool:
        """Return True once the prolog is over; what expat cannot read is left to libxml2."""
        try:
            self._expat.Parse(chunk, False)
        except (_Reached, expat.ExpatError, LookupError, ValueError):
            return True
        return False


def _expat() -> expat.XMLParserType:
    parser = expat.ParserCreate()

    def doctype(name: str, *_: object) -> None:
        if name.lower() == "html":
            what = texts.table(LAYER, "contents")["html"]
            raise _refused("XML-11", line=None, what=what)
        raise _refused("XML-02", line=parser.CurrentLineNumber)

    parser.StartDoctypeDeclHandler = doctype
    return parser


def _reached(*_: object) -> None:
    raise _Reached


def _refuse_contradiction(start: bytes) -> None:
    if contradiction := encodings.fatal(start):
        told = {"declared": contradiction.declared, "found": contradiction.found}
        raise _refused("XML-12", line=1, **told)


def _refuse_doctype(data: bytes) -> None:
    if _NO_DOCTYPE.match(data):
        return
    gate = _DoctypeGate()
    for block in blocks(data):
        if gate.passed(block):
            return


def _without_doctype(element: etree._Element) -> etree._Element:
    # A second look, for encodings that libxml2 reads and expat does not.
    if element.getroottree().docinfo.doctype:
        raise _refused("XML-02", line=1)
    return element


def _walk(data: bytes, limits: Limits) -> None:
    """Refuse a document beyond the limits on depth and attributes; keep nothing of it."""
    parser = _expat()
    depth = 0

    def start(_: str, attributes: list[str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.depth:
            raise _refused("XML-05", line=parser.CurrentLineNumber, limit=limits.depth)
        if any(len(value) > limits.attribute for value in attributes):
            raise _refused("XML-06", line=parser.CurrentLineNumber, limit=limits.attribute)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.ordered_attributes = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError):
        # What expat cannot walk through is not given to libxml2 without its limits.
        raise _refused("XML-05", line=parser.CurrentLineNumber, limit=limits.depth) from None


def _limit_reached(parser: etree.XMLParser) -> bool:
    limit = etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return any(entry.type == limit for entry in parser.error_log)


def _warned_only(parser: etree.XMLParser) -> bool:
    """Tell whether libxml2 only warns of what XML itself allows: an odd namespace, xml:id."""
    names = {_error_names().get(entry.type, "") for entry in parser.error_log}
    return bool(names) and names <= _WARNINGS


def _malformed(error: etree.XMLSyntaxError, data: bytes = b"") -> XmlRefused:
    name = _error_names().get(error.code, "")
    if name == "ERR_UNSUPPORTED_ENCODING":
        return _refused("XML-03", line=error.lineno or None)
    from cda_tools.reading import recognition  # noqa: PLC0415  only what is refused needs it

    if data and (kind := recognition.kind(data)) not in ("xml", "empty"):
        what = texts.table(LAYER, "contents")[kind]
        return _refused("XML-11", line=None, what=what)
    reasons = texts.table(LAYER, "reasons")
    if name == "ERR_RESERVED_XML_NAME" and data.count(b"<?xml ") > 1:
        name = "several"
    return _refused(
        "XML-01", line=error.lineno or None, reason=reasons.get(name) or reasons["other"]
    )


@cache
def _error_names() -> dict[int, str]:
    return {number: name for name, number in vars(etree.ErrorTypes).items() if name[0] != "_"}


def too_big(limits: Limits) -> XmlRefused:
    """Return the refusal of a document of more bytes than the limit."""
    return _refused("XML-04", line=None, limit=f"{limits.size / 1_048_576:g}")


def _refused(rule: str, line: int | None, **fields: str | int) -> XmlRefused:
    return XmlRefused(texts.finding(rule, layer=LAYER, location=None, line=line, **fields))
