"""What a kit's messages may say of a document: codes and labels, never the patient nor the text.

A kit's text interpolates what its author wanted. Ours shows an attribute that names or codes
something, outside whatever identifies a patient or a relative; else that it is not shown.
"""

from typing import Any

from lxml.etree import _Element

from cda_tools.reading.location import local_name
from cda_tools.reading.privacy import HIDDEN, PRIVATE

_SHOWN = frozenset(
    {
        *("code", "codeSystem", "codeSystemName", "codeSystemVersion", "displayName", "unit"),
        *("nullFlavor", "typeCode", "classCode", "moodCode", "negationInd", "inversionInd"),
    }
)
_LONGEST = 120


def shown(nodes: list[Any]) -> str:
    """Return the values of attributes that may be shown, blank-separated; nothing for none."""
    texts = dict.fromkeys(_shown(node) for node in nodes)
    return " ".join(text for text in texts if text)


def shown_text(element: _Element, text: str, names: list[str]) -> str:
    """Return a text computed from attributes of these names, near ``element``, if it may be."""
    if _private(element) or not set(names) <= _SHOWN:
        return HIDDEN
    return _folded(text)


def _shown(node: Any) -> str:
    name = getattr(node, "attrname", None)
    parent = getattr(node, "getparent", lambda: None)()
    if name is None or parent is None or name not in _SHOWN or _private(parent):
        return HIDDEN
    return _folded(str(node))


def _private(element: _Element) -> bool:
    current: _Element | None = element
    while current is not None:
        if local_name(current) in PRIVATE:
            return True
        current = current.getparent()
    return False


def _folded(text: str) -> str:
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text
