"""A mail saved whole (.eml): its attachments are read, its text is not.

Source: RFC 5322 (header), RFC 2045 to 2049; CI-SIS, volet Transmission au LPS d'un document CDA
provenant d'un courriel MSSanté 1.1 (IHE_XDM.ZIP as an attachment). Nothing of the header or of the
text gets into a finding.
"""

from collections.abc import Iterator
from dataclasses import replace

from cda_tools.carriers import mime, sniffing
from cda_tools.carriers.base import Carried
from cda_tools.carriers.mime import MimePart
from cda_tools.reading import recognition
from cda_tools.reading.safexml import DEFAULT, Limits, too_big
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding
from cda_tools.text import clean

CARRIER = LAYER = "mail"
_TEXTS = ("text/plain", "text/html")
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
_MOST_INSIDE = 3


def open_mail(
    data: bytes, path: str, limits: Limits = DEFAULT, *, deep: int = 0
) -> Iterator[Carried]:
    """Yield the documents of a mail's attachments: ``m.eml!IHE_XDM.ZIP!IHE_XDM/SUBSET01/…``.

    What is attached and is no document is a finding of the first, or of one without header where
    there is none. ``deep``: how many mails this one came in.
    """
    if len(data) > 2 * limits.size:  # base64 takes a third more than what it holds
        yield Carried(path, carrier=CARRIER, findings=(too_big(limits).finding,))
        return
    findings: list[Finding] = []
    documents: list[Carried] = []
    for number, part in enumerate(mime.parts(data), start=1):
        found = list(_opened(part, number, path, limits, deep))
        documents += found
        if not found and (part.name or part.type not in _TEXTS) and part.data.strip():
            findings.append(_finding("MAIL-02", kind=_kind(part)))
    if not documents:
        findings.insert(0, _finding("MAIL-01"))
        documents = [Carried(path, carrier=CARRIER)]
    first, *others = documents
    yield replace(first, findings=(*findings, *first.findings))
    yield from others


def _opened(part: MimePart, number: int, path: str, limits: Limits, deep: int) -> Iterator[Carried]:
    """Yield the documents of an attachment; nothing where it is none and carries none."""
    from cda_tools.carriers.opening import open_bytes  # noqa: PLC0415  which opens mails

    start = part.data[: sniffing.ENOUGH]
    kind = sniffing.kind_of(start)
    if kind is None or (kind == sniffing.CDA and not sniffing.is_clinical(start)):
        return
    if kind == sniffing.XDM and recognition.is_office(start):
        return
    name = clean(part.name) or f"MIME[{number}]"
    if kind != sniffing.MAIL:
        found = open_bytes(part.data, path, limits)
    elif deep < _MOST_INSIDE:
        found = open_mail(part.data, path, limits, deep=deep + 1)
    else:
        return
    for one in found:
        yield replace(one, inside=f"{name}!{one.inside}" if one.inside else name)


def _kind(part: MimePart) -> str:
    if part.type in _SEALED:
        return texts.table(LAYER, "words")["sealed"]
    return recognition.contents(part.data)


def _finding(rule: str, **fields: str) -> Finding:
    return texts.finding(rule, layer=LAYER, location=None, line=None, **fields)
