"""Files in a multipart body, kept in memory: the usual parsers put them on the disk.

Parsing is python-multipart's (the parser of Starlette); only where the parts go is ours.
"""

from email.message import Message

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError

from cda_tools.serve.asking import Ask, Refused
from cda_tools.serve.content import Input, label

_MOST = 1000
_HEADERS = 16 * 1024  # bytes of the headers of one part


class _Parts:
    """Takes the parts as the parser meets them."""

    def __init__(self) -> None:
        self.inputs: list[Input] = []
        self._headers: dict[str, str] = {}
        self._name = bytearray()
        self._value = bytearray()
        self._data = bytearray()
        self._size = 0

    def begin(self) -> None:
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
        },
    )
    try:
        parser.write(ask.body)
        parser.finalize()
    except FormParserError:
        raise Refused("multipart illisible ou coupé") from None
    if not parts.inputs:
        raise Refused("aucun fichier dans le formulaire")
    return parts.inputs
