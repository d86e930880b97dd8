"""Characters that an output's encoding lacks: lost in a text, but never in JSON or XML."""

import codecs
from enum import StrEnum


class Escape(StrEnum):
    """What stands for a character that cannot be written: the name of a codec error handler."""

    REPLACED = "replace"
    JSON = "cda-tools-json"
    MARKUP = "xmlcharrefreplace"


def _json(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    lost = error.object[error.start : error.end]
    units = lost.encode("utf-16-be", "surrogatepass")
    pairs = (units[i : i + 2].hex() for i in range(0, len(units), 2))
    return "".join(f"\\u{unit}" for unit in pairs), error.end


codecs.register_error(Escape.JSON, _json)
