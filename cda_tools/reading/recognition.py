"""Says what bytes are that are no document and no carrier: a PDF, a gzip, a mail, base64 text.

Told from the first bytes, as the formats' own texts give them; a name tells nothing. The words
are in the rules' texts (``schemas/rules/xml.toml``, table ``contents``).
"""

import base64
import binascii
import re

from cda_tools.rules import texts

_LAYER = "xml"
_BOM = b"\xef\xbb\xbf"
_HEAD = 4096

# The first bytes of files, the longer ones first.
_STARTS = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x1f\x9d", "compress"),
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"{\\rtf", "rtf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n", "png"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"-----BEGIN ", "pem"),
    (b"%!PS", "postscript"),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
_OFFICE = re.compile(
    rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|mimetype|META-INF/|docProps/|word/|xl/|ppt/)",
    re.DOTALL,
)
_HEADER = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+")
_OF_A_MAIL = re.compile(
    rb"^(?:Return-Path|Received|Message-ID|Delivered-To|From|To|Cc|Subject|DKIM-Signature|Date):",
    re.IGNORECASE | re.MULTILINE,
)
_PKCS7 = re.compile(rb"\x30[\x80-\x84].{0,4}\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07", re.DOTALL)
_HTTP = re.compile(rb"HTTP/\d|(?:GET|POST|PUT) \S+ HTTP/\d")
_QUOTED_PRINTABLE = re.compile(rb"<[^<>]{0,200}=3D[\"']")
_MIME = re.compile(rb"--[^\r\n]{1,200}\r?\nContent-|Content-[A-Za-z-]+:", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s/>]", re.IGNORECASE)
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_WORDS = re.compile(rb"\S[ \t]+\S")  # base64 has blanks at the ends of lines alone
_DATA_URI = re.compile(rb"data:[^,\s]{0,200};base64,", re.IGNORECASE)
_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}){16,}")
_XML = re.compile(rb"<\?xml|<(?:[\w.-]+:)?ClinicalDocument")
_TEXTS = (
    (_HTML, "html"),
    (_HTTP, "http"),
    (_MIME, "mime"),
    (re.compile(rb"[{\[]\s*(?:[\"{\[\]}\d-]|true|false|null)"), "json"),
    (re.compile(rb"[\"']\s*(?:<|\\u003[cC]|&lt;)"), "quoted"),
    (re.compile(rb"&lt;"), "escaped"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def contents(data: bytes) -> str:
    """Return the French words for what ``data`` starts as: « un PDF », « du texte »."""
    return texts.table(_LAYER, "contents")[kind(data)]


def has_signature(data: bytes) -> bool:
    """Tell whether the first bytes are the signature of a format: a PDF, an image, an archive."""
    return _signature(data[:_HEAD]) is not None


def is_office(data: bytes) -> bool:
    """Tell whether a zip is a file of an office suite, a book or a program, by its first entry."""
    return kind(data) == "zip" and bool(_OFFICE.match(data[:200]))


def _signature(head: bytes) -> str | None:
    for start, name in _STARTS:
        if head.startswith(start):
            return name
    if head[128:132] == b"DICM":
        return "dicom"
    if _PKCS7.match(head):
        return "pkcs7"
    return "tar" if head[257:262] == b"ustar" else None


def kind(data: bytes) -> str:
    """Return the key of what ``data`` starts as, in the table of words."""
    head = data[:_HEAD]
    if (name := _signature(head) or _signature(_without_mark(head))) is not None:
        return name
    text = _text(head)
    if text is None:
        # What an exchange carries may be binary, its headers are not.
        return "http" if _HTTP.match(head) else "binary"
    return _kind_of_text(text.strip())


def _without_mark(head: bytes) -> bytes:
    """Return the start without the blanks or the byte order mark that were put before it."""
    return head.lstrip(b" \t\r\n" + _BOM)


def _text(head: bytes) -> bytes | None:
    """Return the start as text, in ASCII where it is; None where it is none.

    What starts as XML is text, even where a control character is in it.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").encode("ascii", "replace")
    if head[:4:2] == b"\0\0" or head[1:4:2] == b"\0\0":
        encoding = "utf-16-be" if head[0] == 0 else "utf-16-le"
        return head.decode(encoding, "replace").encode("ascii", "replace")
    if _XML.match(_without_mark(head)):
        return head
    return None if _CONTROLS.search(head.strip(b"\0")) else head


def _kind_of_text(text: bytes) -> str:
    bare = text
    while bare.startswith(_BOM):
        bare = bare[len(_BOM) :].lstrip()
    if not bare.strip(b"\0"):
        return "zeros" if bare else "empty"
    if bare.startswith(b"<") and not _HTML.match(bare):
        return _kind_of_xml(text, bare)
    if _is_mail(bare):
        return "mail"
    for pattern, name in _TEXTS:
        if pattern.match(bare):
            return name
    if _invisible_start(bare):
        return "invisible"
    return _kind_of_letters(bare)


def _kind_of_xml(text: bytes, bare: bytes) -> str:
    if text.count(_BOM) > 1:
        return "bom"
    return "quoted-printable" if _QUOTED_PRINTABLE.match(bare) else "xml"


def _is_mail(text: bytes) -> bool:
    """Tell whether the header of a mail starts here: two of its fields, before an empty line."""
    lines = text.partition(b"\n")[2] if text.startswith(b"From ") else text
    header = _HEADER.match(lines)
    return header is not None and len(set(_OF_A_MAIL.findall(header[0]))) >= 2


def _kind_of_letters(text: bytes) -> str:
    compact = b"".join(_wrapped(text).split())
    if _HEX.fullmatch(compact):
        return "hex"
    if _BASE64.fullmatch(compact) and not _WORDS.search(text) and of_base64(compact):
        return "base64"
    return "text-before-xml" if _XML.search(text) else "text"


def _wrapped(text: bytes) -> bytes:
    """Return what stands in quotes or behind the head of a data URI, or the text itself."""
    text = text.strip(b"\"'` \r\n\t")
    return text[len(match[0]) :] if (match := _DATA_URI.match(text)) else text


def _invisible_start(text: bytes) -> bool:
    """Tell whether a sign that cannot be seen stands before the first element."""
    first = text[:4].decode("utf-8", "ignore")[:1]
    return bool(first) and not first.isprintable() and b"<" in text[:16]


def of_base64(compact: bytes) -> bytes | None:
    """Return what base64 without blanks holds, None where it is none."""
    whole = compact[: len(compact) // 4 * 4].translate(bytes.maketrans(b"-_", b"+/"))
    try:
        return base64.b64decode(whole, validate=True)
    except (binascii.Error, ValueError):
        return None
