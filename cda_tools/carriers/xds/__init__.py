"""Registry answers (ITI-18, the DMP's TD3.1) and submissions (SubmitObjectsRequest).

Source: IHE ITI TF-2 § 3.18, TF-3 § 4.2; OASIS ebRS 3.0. SOAP or bare; MTOM is refused.
"""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from cda_tools.carriers.base import Carried
from cda_tools.carriers.sniffing import ENOUGH, XDS, kind_of
from cda_tools.carriers.xds import ebrim, entry
from cda_tools.carriers.xds.datatypes import utc
from cda_tools.carriers.xds.entry import Entry, finding
from cda_tools.carriers.xds.responses import Response, find, replacements, response
from cda_tools.model.carriage import Context, Place, Received
from cda_tools.model.registry import RegistryAnswer
from cda_tools.model.timestamp import Timestamp
from cda_tools.reading import safexml
from cda_tools.reading.location import local_name
from cda_tools.reading.safexml import DEFAULT, Limits, XmlRefused
from cda_tools.rules.finding import Finding

CARRIER = "xds"
_SUBMISSION_TIME = "submissionTime"
_BOM_OR_SPACE = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"


def open_answer(data: bytes, path: str, limits: Limits = DEFAULT) -> Iterator[Carried]:
    """Yield the documents that an answer lists, known by their metadata alone.

    ``path!uniqueId`` names a document. What concerns the whole answer stands among the
    findings of its first document, or of one without header where it lists none.
    """
    answer, entries = _read(data, path, limits)
    if not entries:
        yield Carried(path=path, carrier=CARRIER, source=None, findings=answer.findings)
    for number, (received, one) in enumerate(zip(answer.documents, entries, strict=True)):
        yield Carried(
            path=received.path,
            carrier=CARRIER,
            source=None,
            header=received.header,
            context=received.context,
            findings=answer.findings + one.findings if number == 0 else one.findings,
        )


def read_answer(data: bytes, path: str = "-", limits: Limits = DEFAULT) -> RegistryAnswer:
    """Return the whole answer, its status and completeness included; never raises on bad data."""
    answer, entries = _read(data, path, limits)
    findings = [one for each in entries for one in each.findings]
    return RegistryAnswer(
        path=answer.path,
        status=answer.status,
        documents=answer.documents,
        references=answer.references,
        findings=(*answer.findings, *findings),
        complete=answer.complete,
    )


def read_objects(root: Element) -> tuple[list[Entry], list[Finding], Timestamp | None]:
    """Return the documents of a SubmitObjectsRequest, what is wrong, and when it was submitted."""
    elements = root.iter(f"{ebrim.RIM}ExtrinsicObject")
    entries = [entry.read(one, number) for number, one in enumerate(elements, start=1)]
    entries, findings = replacements(root, entries)
    return entries, findings, _submitted(root)


def _read(data: bytes, path: str, limits: Limits) -> tuple[RegistryAnswer, list[Entry]]:
    start = data[:ENOUGH]
    if kind_of(start) == XDS and b"<" not in start.lstrip(_BOM_OR_SPACE)[:2]:
        return RegistryAnswer(path, findings=(finding("XDS-03"),)), []
    try:
        root = safexml.parse(data.lstrip(b" \t\r\n"), limits)
    except XmlRefused as refusal:
        return RegistryAnswer(path, findings=(_refused(refusal),)), []
    payload = find(root)
    if payload is None:
        return RegistryAnswer(path, findings=(_no_list(root),)), []
    if payload.tag == f"{ebrim.LCM}SubmitObjectsRequest":
        said, place = Response(), None
    else:
        said, place = response(payload), Place.DMP
    entries, findings, sent = read_objects(payload)
    references = _references(payload)
    findings = [*said.findings, *findings]
    if references and not entries:
        findings.append(finding("XDS-06", payload, count=len(references)))
    elif not entries and not said.findings:
        findings.append(finding("XDS-08", payload))
    answer = RegistryAnswer(
        path=path,
        status=said.status,
        documents=tuple(_received(path, one, place, sent) for one in entries),
        references=references,
        findings=tuple(findings),
        complete=said.complete and not references and all(one.header.id for one in entries),
    )
    return answer, entries


def _received(path: str, one: Entry, place: Place | None, sent: Timestamp | None) -> Received:
    context = Context(place=place, registry=one.registry, sent=sent)
    return Received(f"{path}!{one.label}", one.header, CARRIER, context)


def _references(payload: Element) -> tuple[str, ...]:
    elements = payload.iter(f"{ebrim.RIM}ObjectRef")
    return tuple(one.get("id") or "" for one in elements)


def _submitted(root: Element) -> Timestamp | None:
    for package in root.iter(f"{ebrim.RIM}RegistryPackage"):
        if text := ebrim.value(package, _SUBMISSION_TIME):
            return utc(text)
    return None


def _no_list(root: Element) -> Finding:
    fault = next(root.iter("{*}Fault"), None)
    if fault is not None:
        return finding("XDS-14", fault)
    body = next(root.iter("{*}Body"), root)
    return finding("XDS-02", body, root=local_name(next(iter(body), body)))


def _refused(refusal: XmlRefused) -> Finding:
    return finding("XDS-01", reason=refusal.finding.message.rstrip("."))
