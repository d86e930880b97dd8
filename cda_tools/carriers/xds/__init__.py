"""Registry answers (ITI-18, the DMP's TD3.1), their requests, acknowledgements and submissions.

Source: IHE ITI TF-2 § 3.18, TF-3 § 4.2; OASIS ebRS 3.0. SOAP or bare; MTOM is refused.
"""

from collections.abc import Iterator
from dataclasses import replace

from lxml.etree import _Element as Element

from cda_tools.carriers.base import Carried
from cda_tools.carriers.sniffing import ENOUGH, XDS, kind_of
from cda_tools.carriers.xds import ebrim, entry, objects, repository
from cda_tools.carriers.xds.datatypes import utc
from cda_tools.carriers.xds.entry import Entry, finding
from cda_tools.carriers.xds.requests import read_request
from cda_tools.carriers.xds.responses import Response, find, replacements, response
from cda_tools.model.carriage import Context, Place
from cda_tools.model.document import known
from cda_tools.model.registry import NO_QUERY, RegistryAnswer, Request, Role
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
    answer, documents = _read_list(data, path, limits)
    if not documents:
        yield Carried(path, carrier=CARRIER, findings=answer.findings)
    for number, one in enumerate(documents):
        yield replace(one, findings=answer.findings + one.findings) if number == 0 else one


def read_answer(data: bytes, path: str = "-", limits: Limits = DEFAULT) -> RegistryAnswer:
    """Return the whole list, its status and completeness included; never raises on bad data.

    What is no list (a request, an acknowledgement, a retrieved document) is XDS-02.
    """
    return _with_entries(*_read_list(data, path, limits))


def read_message(
    data: bytes, path: str = "-", limits: Limits = DEFAULT
) -> RegistryAnswer | Request:
    """Return a message of a registry or repository, whatever it is; never raises on bad data."""
    root, refused = _parsed(data, path, limits)
    if root is None:
        return refused
    request = read_request(root, path, _addressing(root, "MessageID"), _action(root))
    return request or _with_entries(*_message(root, path))


def _with_entries(answer: RegistryAnswer, documents: list[Carried]) -> RegistryAnswer:
    """Return the answer with what is wrong with its entries among its findings."""
    findings = [finding for one in documents for finding in one.findings]
    return replace(answer, findings=(*answer.findings, *findings))


def read_objects(root: Element) -> tuple[list[Entry], list[Finding], Timestamp | None]:
    """Return the documents of a SubmitObjectsRequest, what is wrong, and when it was submitted."""
    elements = root.iter(f"{ebrim.RIM}ExtrinsicObject")
    entries = [entry.read(one, number) for number, one in enumerate(elements, start=1)]
    entries, findings = replacements(root, entries)
    return entries, findings, _submitted(root)


def _read_list(data: bytes, path: str, limits: Limits) -> tuple[RegistryAnswer, list[Carried]]:
    root, refused = _parsed(data, path, limits)
    if root is None:
        return refused, []
    answer, documents = _message(root, path)
    if answer.role in NO_QUERY:
        answer = replace(answer, complete=False, findings=(*answer.findings, _no_list(root)))
    return answer, documents


def _parsed(data: bytes, path: str, limits: Limits) -> tuple[Element | None, RegistryAnswer]:
    """Return a message's root; or None, and an answer that says why it could not be read."""
    start = data[:ENOUGH]
    if kind_of(start) == XDS and b"<" not in start.lstrip(_BOM_OR_SPACE)[:2]:
        return None, RegistryAnswer(path, findings=(finding("XDS-03"),))
    try:
        return safexml.parse(data.lstrip(b" \t\r\n"), limits), RegistryAnswer(path)
    except XmlRefused as refusal:
        return None, RegistryAnswer(path, findings=(_refused(refusal),))


def _message(root: Element, path: str) -> tuple[RegistryAnswer, list[Carried]]:
    relates_to = _addressing(root, "RelatesTo")
    retrieval = repository.retrieval(root)
    payload = None if retrieval is not None else find(root)
    acknowledgement = repository.acknowledgement(root)
    if payload is not None:
        answer, documents = _list(payload, path)
        return replace(answer, relates_to=relates_to), documents
    if acknowledgement is None and retrieval is None:
        return RegistryAnswer(path, findings=(_no_list(root),), relates_to=relates_to), []
    said = Response() if acknowledgement is None else response(acknowledgement)
    answer = RegistryAnswer(
        path=path,
        status=said.status,
        findings=tuple(said.findings),
        complete=said.complete,
        relates_to=relates_to,
        refused=() if acknowledgement is None else repository.refused(acknowledgement),
    )
    if retrieval is None:
        return replace(answer, role=repository.acknowledged(_action(root))), []
    retrieved = repository.retrieved(retrieval, {})
    return replace(answer, role=Role.RETRIEVE, retrieved=retrieved), []


def _list(payload: Element, path: str) -> tuple[RegistryAnswer, list[Carried]]:
    if payload.tag == f"{ebrim.LCM}SubmitObjectsRequest":
        said, place = Response(), None
    else:
        said, place = response(payload), Place.DMP
    entries, findings, sent = read_objects(payload)
    sets, associations = objects.submission_sets(payload), objects.associations(payload)
    references = _references(payload)
    findings = [*said.findings, *findings]
    nothing = not (entries or sets or associations)
    if references and nothing:
        findings.append(finding("XDS-06", payload, count=len(references)))
    elif nothing and not said.findings:
        findings.append(finding("XDS-08", payload))
    documents = [_carried(path, one, place, sent) for one in entries]
    answer = RegistryAnswer(
        path=path,
        status=said.status,
        documents=tuple(known(documents)),
        references=references,
        findings=tuple(findings),
        complete=said.complete
        and not (references and nothing)
        and all(one.header.id for one in entries),
        role=_role(entries=bool(entries), sets=bool(sets), associations=bool(associations)),
        sets=sets,
        associations=associations,
    )
    return answer, documents


def _role(*, entries: bool, sets: bool, associations: bool) -> Role | None:
    """Return what a query's answer can only be, by its objects; None where that is not certain.

    Documents alone may answer FindDocuments as well as GetDocuments.
    """
    if entries:
        return Role.GET_DOCUMENTS_AND_ASSOCIATIONS if associations else None
    if sets:
        return Role.GET_SUBMISSION_SETS if associations else Role.FIND_SUBMISSION_SETS
    return Role.GET_ASSOCIATIONS if associations else None


def _addressing(root: Element, name: str) -> str | None:
    """Return a header of WS-Addressing, or None."""
    found = next(root.iter(f"{{http://www.w3.org/2005/08/addressing}}{name}"), None)
    return None if found is None else (found.text or "").strip() or None


def _action(root: Element) -> str:
    return _addressing(root, "Action") or ""


def _carried(file: str, one: Entry, place: Place | None, sent: Timestamp | None) -> Carried:
    return Carried(
        file,
        inside=one.label,
        carrier=CARRIER,
        header=one.header,
        context=Context(place=place, registry=one.registry, sent=sent),
        findings=one.findings,
    )


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
