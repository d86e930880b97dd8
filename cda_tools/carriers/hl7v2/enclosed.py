"""What a part of OBX-5 encloses: base64 as the guide wants it, or in another form that is read.

What was not as foreseen is a finding that names it; what cannot be decoded is None.
Source: HL7 v2.6 § 2.A.24 (ED), table 0299 (encodings); RFC 4648.
"""

import base64
import binascii
import html
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from cda_tools.carriers import sniffing
from cda_tools.carriers.hl7v2 import characters
from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.rules.finding import Finding

_OF_BASE64 = re.compile(r"[A-Za-z0-9+/=]")
_SHOWN = 5
_GZIP = 31  # for zlib: a gzip header is expected
_RATIO = 200
"""Bytes out for a byte in; XML rarely passes 50."""
_BLANK = b" \t\r\n\0"
_BOM = b"\xef\xbb\xbf"
_ELEMENT = re.compile(rb"<[A-Za-z_]")
_END = re.compile(rb"</(?:[\w.-]+:)?ClinicalDocument\s*>")
_TAIL = 64 * 1024
_CLEAR = (b"<", b"&lt;")
_SECTION = re.compile(rb"<!\[CDATA\[(.*)\]\]>", re.DOTALL)
_HEX = re.compile(rb"[0-9A-Fa-f]+")
_ROOT_IN_HEX = re.compile(rb"(?:EFBBBF)?(?:3C3F|3C43|FFFE3C)", re.IGNORECASE)
_MIME = re.compile(rb"(?:MIME-Version|Content-[A-Za-z-]+)\s*:|--[^\r\n]{1,200}\r?\n", re.IGNORECASE)
# What other languages and formats leave in base64, by the words for it.
_FOREIGN = (
    ("le préfixe « data: »", re.compile(rb"\Adata:[^,]{0,200},")),
    ("des balises, comme <br>", re.compile(rb"(?:&lt;|<)/?[A-Za-z][A-Za-z0-9 ]{0,20}/?(?:&gt;|>)")),
    (
        "des entités XML, comme &#13;",
        re.compile(rb"&(?:amp;)?(?:#[xX]?[0-9A-Fa-f]{1,6}|[A-Za-z]{2,6});"),
    ),
    ("un codage d'adresse, comme %0A", re.compile(rb"%0[AaDd]")),
    ("les caractères « \\r » ou « \\n »", re.compile(rb"\\(?:[rnt]|u000[AaDd9]|x0?[AaDd9])")),
    ("une séquence d'échappement inconnue", re.compile(rb"\\[A-Za-z.][^\\]{0,12}\\")),
    ("des guillemets", re.compile(rb"[\"']")),
    ("des « & » non échappés", re.compile(rb"&")),
    (
        "des caractères invisibles",
        re.compile(rb"\xc2[\xa0\xad]|\xe2\x80[\x80-\x8f\xa8-\xaf]|\xe2\x81\xa0|\xef\xbb\xbf|\xa0"),
    ),
)
_OF_URL = {b"%2B": b"+", b"%2b": b"+", b"%2F": b"/", b"%2f": b"/", b"%3D": b"=", b"%3d": b"="}
_PADDED = re.compile(rb"[^=]+=*")


@dataclass(slots=True)
class Enclosed:
    """The bytes; None where they cannot be decoded.

    ``remarks``: findings that lack only their place. ``reasons``: what is not as foreseen.
    """

    data: bytes | None
    remarks: list[Callable[[str], Finding]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def remark(self, rule: str, **fields: str | int | None) -> None:
        """Keep a finding, whose place is told later."""
        self.remarks.append(lambda location: finding(rule, location, **fields))

    @property
    def is_xml(self) -> bool:
        """Tell whether it is XML, and no answer of a registry."""
        start = (self.data or b"")[: sniffing.ENOUGH]
        return sniffing.kind_of(start) == sniffing.CDA

    @property
    def is_clinical(self) -> bool:
        """Tell whether a ClinicalDocument starts here."""
        return sniffing.is_clinical((self.data or b"")[: sniffing.ENOUGH])

    @property
    def may_start(self) -> bool:
        """Tell whether a ClinicalDocument starts here, or at least a prolog and no element yet."""
        start = (self.data or b"")[: sniffing.ENOUGH].replace(b"\0", b"")
        return self.is_clinical or (self.is_xml and not _ELEMENT.search(start))

    @property
    def is_whole(self) -> bool:
        """Tell whether the ClinicalDocument that starts here also ends."""
        tail = (self.data or b"")[-_TAIL:].replace(b"\0", b"")
        return self.is_clinical and bool(_END.search(tail))


def decode(raw: bytes, encoding: str, codec: str) -> Enclosed:
    """Return what ``raw`` encloses.

    ``raw``: a part of OBX-5, unescaped. ``encoding``: OBX-5.4, ``Base64`` where it is foreseen.
    ``codec``: Python's name of the message's character set.
    """
    name = encoding.upper()
    text = raw.strip(_BLANK)
    while text.startswith(_BOM):
        text = text[len(_BOM) :].lstrip(_BLANK)
    if text.startswith(_CLEAR):
        return _clear(text, name, codec)
    if _MIME.match(text):
        return Enclosed(text)
    compact = b"".join(text.split())
    if name == "HEX" or (_ROOT_IN_HEX.match(compact) and _HEX.fullmatch(compact)):
        return _of_hex(compact, name)
    return _of_base64(text, name)


def _clear(text: bytes, encoding: str, codec: str) -> Enclosed:
    found = Enclosed(text)
    if section := _SECTION.fullmatch(text):
        found.data = text = section[1].strip(_BLANK)
        found.reasons.append("le XML est dans une section CDATA")
    if text.startswith(b"&lt;"):
        found.data = text = html.unescape(text.decode(codec, "replace")).encode(codec, "replace")
        found.reasons.append("le XML y est échappé : &lt;ClinicalDocument")
    if encoding not in ("A", ""):
        found.reasons.append("OBX-5.4 annonce un encodage, et le XML est en clair")
    found.data, declared = characters.as_declared(text, codec)
    if declared:
        found.remark("HL7-29", declared=declared)
    if b"\xef\xbf\xbd" in text and codec == "utf-8":
        found.remark("HL7-31")
    return found


def _of_hex(compact: bytes, encoding: str) -> Enclosed:
    try:
        found = Enclosed(bytes.fromhex(compact.decode("ascii", "replace")))
    except ValueError:
        return Enclosed(None)
    if encoding != "HEX":
        found.reasons.append("le contenu est en hexadécimal, et OBX-5.4 ne vaut pas Hex")
    return found


def _of_base64(text: bytes, encoding: str) -> Enclosed:
    try:
        found = Enclosed(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        found = _mended(text)
    if found.data is None:
        return found
    if encoding != "BASE64" and found.is_clinical:
        found.reasons.append("le contenu est en base64, et OBX-5.4 ne vaut pas Base64")
    return _unpacked(found)


def _mended(text: bytes) -> Enclosed:
    """Decode base64 that is folded, without its padding, or in which something else was left."""
    found = Enclosed(None)
    foreign = []
    for words, pattern in _FOREIGN:
        text, count = pattern.subn(b"", text)
        if count:
            foreign.append(words)
    for escaped, sign in _OF_URL.items():
        text = text.replace(escaped, sign)
    compact = b"".join(text.split()).replace(b"\0", b"")
    if b"-" in compact or b"_" in compact:
        compact = compact.translate(bytes.maketrans(b"-_", b"+/"))
        foreign.append("l'alphabet des adresses (- et _)")
    try:
        # Pieces that were encoded each by itself end with their own padding.
        found.data = b"".join(map(_piece, _PADDED.findall(compact)))
        if b"=" in compact.rstrip(b"=") and not found.is_whole:
            found.data = _piece(compact.replace(b"=", b""))
            foreign.append("des « = » en fin de ligne")
    except (binascii.Error, ValueError):
        return found
    if foreign:
        found.remark("HL7-30", what=", ".join(foreign))
    else:
        found.remark("HL7-05")
    return found


def _piece(compact: bytes) -> bytes:
    compact = compact.rstrip(b"=")
    return base64.b64decode(compact + b"=" * (-len(compact) % 4), validate=True)


def _unpacked(found: Enclosed) -> Enclosed:
    """Open what was encoded twice, or compressed before it was encoded."""
    data = found.data or b""
    if data.startswith(b"\x1f\x8b"):
        try:
            opened = zlib.decompressobj(_GZIP).decompress(data, _RATIO * len(data))
        except zlib.error:
            return found
        if Enclosed(opened).is_clinical:
            found.data = opened
            found.reasons.append("le document est compressé (gzip)")
    elif data[:4] in (b"PD94", b"PENs", b"77u/"):
        again = _of_base64(data, "BASE64")
        if again.is_clinical:
            found.data = again.data
            found.reasons.append("le document est encodé deux fois en base64")
    return found


def why_not(raw: bytes) -> str:
    """Return why bytes are no base64, in French: the signs that it has not; never its text."""
    text = raw.decode("utf-8", "replace")
    signs = dict.fromkeys(one for one in text if not one.isspace() and not _OF_BASE64.match(one))
    shown = [one if "!" <= one <= "~" else f"U+{ord(one):04X}" for one in signs]
    if not shown:
        return "longueur impossible : il est coupé"
    more = " …" if len(shown) > _SHOWN else ""
    return f"il contient {' '.join(shown[:_SHOWN])}{more}"
