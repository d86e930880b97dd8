"""Files in a multipart body, kept in memory: the usual parsers put them on the disk.

Parsing is python-multipart's (the parser of Starlette); only where the parts go is ours.
"""

from email.message import Message

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError

from cda_tools.serve.asking import Ask, Refused
from cda_tools.serve.content import Input, label

_MOST = 1000
_MOST_PARTS = 2 * _MOST  # with the fields that are no files
_HEADERS = 16 * 1024  # bytes of the headers of one part
_BOUNDARY = 70  # characters (RFC 2046 § 5.1.1)


class _Parts:
    """Takes the parts as the parser meets them."""

    def __init__(self) -> None:
        self.inputs: list[Input] = []
        self._headers: dict[str, str] = {}
        self._name = bytearray()
        self._value = bytearray()
        self._data = bytearray()
        self._size = 0
        self._begun = 0
        self.ended = False

    def begin(self) -> None:
        self._begun += 1
        if self._begun > _MOST_PARTS:
            raise Refused(f"plus de {_MOST_PARTS} champs et fichiers à la fois")
        self._headers, self._size = {}, 0
        self._data = bytearray()

    def header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]
        self._count(end - start)

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]
        self._count(end - start)

    def header_end(self) -> None:
        self._headers[self._name.decode("latin-1").lower()] = self._value.decode("utf-8", "replace")
        self._name, self._value = bytearray(), bytearray()

    def data(self, data: bytes, start: int, end: int) -> None:
        self._data += data[start:end]

    def end(self) -> None:
        disposition = Message()
        disposition["content-disposition"] = self._headers.get("content-disposition", "")
        filename = disposition.get_filename()
        if filename is None:
            return  # a field of the form, not a file
        if len(self.inputs) >= _MOST:
            raise Refused(f"plus de {_MOST} fichiers à la fois")
        name = label(filename, f"fichier-{len(self.inputs) + 1}")
        self.inputs.append(Input(name, bytes(self._data)))

    def end_of_all(self) -> None:
        self.ended = True

    def _count(self, size: int) -> None:
        self._size += size
        if self._size > _HEADERS:
            raise Refused("en-têtes d'une partie trop longs")


def files(ask: Ask) -> list[Input]:
    """Return the files of a multipart body, in order.

    Raise Refused for a body that is cut or wrong, and where it holds no file.
    """
    content_type = Message()
    content_type["content-type"] = ask.content_type
    boundary = content_type.get_param("boundary")
    if not isinstance(boundary, str) or not boundary:
        raise Refused("multipart sans boundary")
    if len(boundary) > _BOUNDARY:
        raise Refused("boundary trop long")
    parts = _Parts()
    parser = MultipartParser(
        boundary.encode("latin-1", "replace"),
        {
            "on_part_begin": parts.begin,
            "on_part_data": parts.data,
            "on_part_end": parts.end,
            "on_header_field": parts.header_name,
            "on_header_value": parts.header_value,
            "on_header_end": parts.header_end,
            "on_end": parts.end_of_all,
        },
    )
    try:
        parser.write(ask.body)
        parser.finalize()
    except FormParserError:
        raise Refused("multipart illisible ou coupé") from None
    if not parts.ended:  # the parser says nothing of it, and the last file would be lost
        raise Refused("multipart illisible ou coupé")
    if not parts.inputs:
        raise Refused("aucun fichier dans le formulaire")
    return parts.inputs
