"""Answers that list nothing: acknowledgements, and documents that a repository gave back.

Source: OASIS ebRS 3.0 § 2.1 (RegistryResponse); IHE ITI-43 (the DMP's TD3.2), ITI-41 (TD2.1),
ITI-57 (TD3.3).
"""

import base64
import binascii
import re

from lxml.etree import _Element as Element

from cda_tools.carriers.xds import ebrim
from cda_tools.carriers.xds.mime import content_id
from cda_tools.model.registry import Retrieved, Role

_ACTIONS = {
    "provideandregisterdocumentset": Role.PROVIDE,
    "updatedocumentset": Role.UPDATE,
    "retrievedocumentset": Role.RETRIEVE,
}
_ALREADY_THERE = frozenset({"XDSDuplicateUniqueIdInRegistry", "XDSNonIdenticalHash"})
_IDENTIFIER = re.compile(r"[0-9]+(?:\.[0-9]+){3,}(?:\^[^\s^,;'\"<>()]+)?")


def retrieval(root: Element) -> Element | None:
    """Return the RetrieveDocumentSetResponse that a message holds, or None."""
    return next(root.iter(f"{ebrim.XDSB}RetrieveDocumentSetResponse"), None)


def acknowledgement(root: Element) -> Element | None:
    """Return the RegistryResponse that a message holds, or None."""
    return next(root.iter(f"{ebrim.RS}RegistryResponse"), None)


def acknowledged(action: str) -> Role:
    """Return what a RegistryResponse acknowledges, by its WS-Addressing Action."""
    name = action.rpartition(":")[2].replace("-", "").lower()
    return next((role for start, role in _ACTIONS.items() if name.startswith(start)),
                Role.ACKNOWLEDGEMENT)  # fmt: skip


def retrieved(payload: Element, attachments: dict[str, bytes]) -> tuple[Retrieved, ...]:
    """Return the documents given back, in base64 or by reference (XOP) to ``attachments``.

    One that cannot be decoded, or whose attachment is not there, has no content.
    """
    found = []
    for one in payload.iter(f"{ebrim.XDSB}DocumentResponse"):
        unique_id = (one.findtext(f"{ebrim.XDSB}DocumentUniqueId") or "").strip()
        document = one.find(f"{ebrim.XDSB}Document")
        content = b"" if document is None else _content(document, attachments)
        found.append(Retrieved(unique_id, content))
    return tuple(found)


def _content(document: Element, attachments: dict[str, bytes]) -> bytes:
    include = next(document.iter("{http://www.w3.org/2004/08/xop/include}Include"), None)
    if include is not None:
        return attachments.get(content_id(include.get("href") or ""), b"")
    try:
        return base64.b64decode("".join((document.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def refused(payload: Element) -> tuple[str, ...]:
    """Return the identifiers named beside an error "already in the registry"; "" for none named."""
    found: list[str] = []
    for error in payload.iter(f"{ebrim.RS}RegistryError"):
        if (error.get("errorCode") or "").rpartition(":")[2] in _ALREADY_THERE:
            found += _IDENTIFIER.findall(error.get("codeContext") or "") or [""]
    return tuple(dict.fromkeys(found))
