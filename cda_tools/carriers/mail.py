"""A mail saved whole (.eml): its attachments are read, its text is not.

Source: RFC 5322 (header), RFC 2045 to 2049; CI-SIS, volet Transmission au LPS d'un document CDA
provenant d'un courriel MSSanté 1.1 (IHE_XDM.ZIP as an attachment). Nothing of the header or of the
text gets into a finding.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, pairwise

from cda_tools.carriers import mime, nested
from cda_tools.carriers.base import Carried
from cda_tools.carriers.mime import MimePart
from cda_tools.reading import recognition
from cda_tools.reading.safexml import DEFAULT, Limits, too_big
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding
from cda_tools.text import clean

CARRIER = LAYER = "mail"
_TEXTS = ("text/plain", "text/html")
# The line that starts each mail of a mailbox, and the field that follows it (RFC 4155).
_POSTMARK = re.compile(rb"^From [^\r\n]*\r?\n(?=[!-9;-~]+:)", re.MULTILINE)
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")


def open_mail(data: bytes, path: str, limits: Limits = DEFAULT) -> Iterator[Carried]:
    """Yield the documents of a mail's attachments: ``m.eml!IHE_XDM.ZIP!IHE_XDM/SUBSET01/…``.

    What is attached and is no document is a finding of the first, or of one without header where
    there is none.
    """
    if len(data) > 2 * limits.size:  # base64 takes a third more than what it holds
        yield Carried(path, carrier=CARRIER, findings=(too_big(limits).finding,))
        return
    findings: list[Finding] = []
    documents: list[Carried] = []
    parts = chain.from_iterable(map(mime.parts, _mails(data)))
    for number, part in enumerate(parts, start=1):
        found = list(_opened(part, number, path, limits))
        documents += found
        if not found and (part.name or part.type not in _TEXTS) and part.data.strip():
            findings.append(_finding("MAIL-02", kind=_kind(part)))
    if not documents:
        findings.insert(0, _finding("MAIL-01"))
        documents = [Carried(path, carrier=CARRIER)]
    first, *others = documents
    yield replace(first, findings=(*findings, *first.findings))
    yield from others


def _mails(data: bytes) -> list[bytes]:
    """Return the mails of a mailbox (mbox), or the one mail that a file is."""
    if not _POSTMARK.match(data):
        return [data]
    starts = [match.start() for match in _POSTMARK.finditer(data)]
    return [data[start:end] for start, end in pairwise((*starts, len(data)))]


def _opened(part: MimePart, number: int, path: str, limits: Limits) -> Iterator[Carried]:
    """Yield the documents of an attachment; nothing where it is none and carries none."""
    return nested.documents(part.data, path, clean(part.name) or f"MIME[{number}]", limits)


def _kind(part: MimePart) -> str:
    if part.type in _SEALED:
        return texts.table(LAYER, "words")["sealed"]
    return recognition.contents(part.data)


def _finding(rule: str, **fields: str) -> Finding:
    return texts.finding(rule, layer=LAYER, location=None, line=None, **fields)
