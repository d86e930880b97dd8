"""How a file starts: what carriers are told apart by."""

import codecs
from functools import cached_property
from xml.parsers import expat

BLANKS = b" \t\r\n"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Start:
    """The first bytes of a file, seen as bytes, as text, and as XML; each is worked out once."""

    def __init__(self, data: bytes) -> None:
        """Take at least the first ENOUGH bytes of a file, or all of them."""
        self.data = data

    @cached_property
    def text(self) -> bytes:
        """Return the text in ASCII, without byte order mark and blanks at its start."""
        return decoded(self.data).lstrip(BLANKS)

    @property
    def is_xml(self) -> bool:
        """Return whether it starts as XML does."""
        return self.text.startswith(b"<")

    @property
    def root(self) -> str | None:
        """Return the root's name as ``{namespace}name``, None where it is not known."""
        return self._root[0] if self.is_xml else None

    @property
    def certain(self) -> bool:
        """Return False where more bytes may tell more."""
        return self._root[1] if self.is_xml else bool(self.text)

    @cached_property
    def _root(self) -> tuple[str | None, bool]:
        return _root(self.data.lstrip(BLANKS))


def decoded(start: bytes) -> bytes:
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
    """Return the root's name, reading neither DTD nor entity, and whether that is certain."""
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
