"""Tells from its first bytes what a file is: a CDA document, or a carrier of documents."""

import re
from collections.abc import Callable

from cda_tools.carriers.kinds import hl7v2, kinds
from cda_tools.carriers.starts import Start
from cda_tools.reading import prolog

CDA, HL7V2, MAIL, XDM, XDS = "cda", "hl7v2", "mail", "xdm", "xds"

ENOUGH = 32 * 1024
"""Bytes that tell the kind of nearly every file, and hold most headers."""
AT_MOST = 1024 * 1024
"""Bytes read at most, where a long comment stands before the root."""

# The usual case, told without a parser: instructions and comments, then the document.
_PLAIN_CDA = re.compile(prolog.PLAIN + rb"<(?:[\w.-]+:)?ClinicalDocument[\s/>]")
_CLINICAL = re.compile(rb"<(?:[\w.-]+:)?ClinicalDocument[\s/>]")


def kind_of(start: bytes) -> str | None:
    """Return ``cda``, or the name of a kind of carrier, for a file that starts so, else None.

    Any XML that is no carrier is ``cda``: reading it tells what is wrong. ``start``: at least its
    first ENOUGH bytes, or all of them.
    """
    kind, _ = sniff(start)
    return kind


def told(read: Callable[[int], bytes | None]) -> tuple[str | None, bytes]:
    """Return the kind, as :func:`kind_of`, of what a file reads, and as few bytes as told it."""
    start = read(ENOUGH) or b""
    kind, certain = sniff(start)
    if not certain:
        start += read(AT_MOST) or b""
        kind, _ = sniff(start)
    return kind, start


def is_clinical(start: bytes) -> bool:
    """Tell whether a ClinicalDocument starts here, and not just any XML."""
    # A name that is not there is told sooner than a kind: most fields of a message are short.
    return bool(_CLINICAL.search(start.replace(b"\0", b""))) and kind_of(start) == CDA


def is_logged(start: bytes) -> bool:
    """Tell whether a message stands behind other text: a log, or a page about messages."""
    return not hl7v2.starts(Start(start))


def sniff(start: bytes) -> tuple[str | None, bool]:
    """Return the kind, and whether that is certain; more bytes may tell where it is not."""
    if _PLAIN_CDA.match(start):
        return CDA, True
    seen = Start(start)
    for kind in kinds():
        if kind.matches(seen):
            return kind.name, True
    return (CDA if seen.is_xml else None), seen.certain
