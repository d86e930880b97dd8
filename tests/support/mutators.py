"""Structure-aware mutators: what goes wrong in documents, messages, archives and mails.

Each is a hypothesis strategy that takes sound bytes and gives bytes of the same kind in which
something was dropped, repeated, moved, cut or replaced by what senders or attackers put there.
"""

import io
import random
import warnings
import zipfile
from collections.abc import Callable

from hypothesis import strategies as st
from lxml import etree

HOSTILE = (
    *("", " ", "\t\n", "0", "-1", "9" * 40, "1" * 5000, "null", "\u00a0", "\ufeff", "\u202e", "é"),
    *(
        "<b>",
        "&amp;",
        "]]>",
        "../../etc/passwd",
        "C:\\a",
        "urn:oid:1.2.3",
        "1.2.3",
        "1..2",
        "99999999",
    ),
    *("20251399", "2025-06-10", "255069900000034", "^~\\&|", "\\X0D\\", "{0}", "%s", "\x7f"),
)
_SEPARATORS = (
    b"|",
    b"^",
    b"~",
    b"\\",
    b"&",
    b"\r",
    b"\n",
    b"\0",
    b"\x0b",
    b"\xef\xbb\xbf",
    b"\xe9",
)

Mutator = Callable[[bytes, random.Random], bytes]


def xml(data: bytes, chance: random.Random) -> bytes:
    """Change one thing in the tree of an XML document; its bytes where it is none."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError:
        return raw(data, chance)
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    one = chance.choice(elements)
    parent = one.getparent()
    match chance.randrange(7):
        case 0 if parent is not None:
            parent.remove(one)
        case 1 if parent is not None:
            for _ in range(chance.choice((1, 2, 200))):
                one.addnext(etree.fromstring(etree.tostring(one, with_tail=False)))
        case 2 if one.attrib:
            one.set(chance.choice(list(one.attrib)), _printable(chance))
        case 3:
            one.text = _printable(chance)
        case 4:
            one.tag = chance.choice(("{urn:hl7-org:v3}id", "{urn:x}y", "ClinicalDocument"))
        case 5:
            chance.choice(elements).append(etree.fromstring(etree.tostring(one, with_tail=False)))
        case _:
            one.tail = _printable(chance)
    return etree.tostring(root, encoding=chance.choice(("UTF-8", "UTF-16", "ISO-8859-1")))


def _printable(chance: random.Random) -> str:
    text = chance.choice(HOSTILE)
    return "".join(one for one in text if one in "\t\n" or ord(one) >= 32)


def hl7v2(data: bytes, chance: random.Random) -> bytes:
    """Change one thing in a message: a segment, a field, a separator, a line end."""
    rows = data.split(b"\r")
    number = chance.randrange(len(rows))
    fields = rows[number].split(b"|")
    match chance.randrange(8):
        case 0 if number:
            del rows[number]
        case 1:
            rows.insert(number, rows[number])
        case 2:
            other = chance.randrange(len(rows))
            rows[number], rows[other] = rows[other], rows[number]
        case 3:
            at = chance.randrange(len(fields))
            fields[at] = chance.choice(HOSTILE).encode()
            rows[number] = b"|".join(fields)
        case 4:
            at = chance.randrange(len(rows[number]) + 1)
            rows[number] = rows[number][:at] + chance.choice(_SEPARATORS) + rows[number][at:]
        case 5:
            return chance.choice((b"\n", b"\r\n", b"\\r", b"<CR>", b"\r\0", b"\r  ")).join(rows)
        case 6:
            signs = chance.choice(
                ("", "^~\\\\&", "^\u02dc\\&", "^~&", "^~\\&amp;", "^~\\&#", "$!?%")
            )
            return data.replace(b"MSH|^~\\&|", f"MSH|{signs}|".encode(), 1)
        case _:
            return raw(data, chance)
    return b"\r".join(rows)


def zipped(data: bytes, chance: random.Random) -> bytes:
    """Change one file of an archive, its name or its content; the bytes where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [(one.filename, archive.read(one)) for one in archive.infolist()]
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError):
        return raw(data, chance)
    if not files:
        return raw(data, chance)
    number = chance.randrange(len(files))
    name, content = files[number]
    match chance.randrange(6):
        case 0:
            del files[number]
        case 1:
            files.append(
                (chance.choice(("a.xml", "../b.xml", "IHE_XDM/X/c.xml", "é.xml")), content)
            )
        case 2:
            files[number] = (chance.choice((name.lower(), f"X/{name}", "METADATA.XML")), content)
        case 3:
            files[number] = (name, xml(content, chance))
        case 4:
            return chance.choice((b"\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"\0" * 40)) + data
        case _:
            return raw(data, chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that is there twice
        for one, kept in files:
            archive.writestr(zipfile.ZipInfo(one), kept)
    return buffer.getvalue()


def mail(data: bytes, chance: random.Random) -> bytes:
    """Change a line of a mail's headers or parts."""
    lines = data.split(b"\r\n")
    number = chance.randrange(min(len(lines), 40))
    match chance.randrange(3):
        case 0:
            del lines[number]
        case 1:
            lines[number] = chance.choice(HOSTILE).encode()
        case _:
            return raw(data, chance)
    return b"\r\n".join(lines)


def raw(data: bytes, chance: random.Random) -> bytes:
    """Cut, flip, repeat or move bytes, whatever they are."""
    if not data:
        return b"\0"
    at, other = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    match chance.randrange(5):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + data[other:]
        case 2:
            return data[:other] + data[at:]
        case 3:
            changed = bytearray(data)
            for _ in range(chance.randrange(1, 20)):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            return bytes(changed)
        case _:
            return data[:at] + chance.choice(_SEPARATORS) * chance.choice((1, 3, 3000)) + data[at:]


_BY_SUFFIX: dict[str, Mutator] = {"xml": xml, "hl7": hl7v2, "zip": zipped, "eml": mail}


def mutate(name: str, data: bytes, chance: random.Random) -> bytes:
    """Change one to three things in a file, by what it is."""
    mutator = _BY_SUFFIX.get(name.rpartition(".")[2], raw)
    for _ in range(chance.randrange(1, 4)):
        data = mutator(data, chance)
    return data


def mutated(files: dict[str, bytes]) -> st.SearchStrategy[tuple[str, bytes]]:
    """Give a file of ``files`` by its name, and what became of it."""
    names = sorted(files)
    return st.builds(
        lambda name, chance: (name, mutate(name, files[name], chance)),
        st.sampled_from(names),
        st.randoms(use_true_random=False),
    )
