"""Documents that come as text, decoded once already: a JSON string, a column of a table."""

import re

# The declaration of a decoded text says nothing of its characters any more.
_DECLARED = re.compile(r"(<\?xml[^>]*?)\s+encoding\s*=\s*(\"[^\"]*\"|'[^']*')", re.IGNORECASE)


def bytes_of(text: str) -> bytes:
    """Return a document's bytes, in UTF-8, without the encoding that it declares.

    Raise UnicodeEncodeError for half of a surrogate pair, which no encoding holds.
    """
    return _DECLARED.sub(r"\1", text, count=1).encode("utf-8")
