"""Registry answers (ITI-18, the DMP's TD3.1), their requests, acknowledgements and submissions.

Source: IHE ITI TF-2 § 3.18, TF-3 § 4.2; OASIS ebRS 3.0. SOAP or bare, in MIME (MTOM/XOP) or not.
"""

from collections.abc import Iterator
from dataclasses import replace

from lxml.etree import _Element as Element

from cda_tools.carriers.base import Carried
from cda_tools.carriers.sniffing import ENOUGH, XDS, kind_of
from cda_tools.carriers.xds import ebrim, entry, mime, objects, repository
from cda_tools.carriers.xds.datatypes import utc
from cda_tools.carriers.xds.entry import DocumentEntry, finding
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
from cda_tools.text import clean

CARRIER = "xds"
_NO_LIST = "XDS-02"
_SUBMISSION_TIME = "submissionTime"
_BOM_OR_SPACE = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"


def open_answer(data: bytes, path: str, limits: Limits = DEFAULT) -> Iterator[Carried]:
    """Yield the documents that an answer lists, known by their metadata, or gives back (TD3.2).

    ``path!uniqueId`` names a document. What concerns the whole answer stands among the
    findings of its first document, or of one without header where it has none.
    """
    answer, documents = _read_list(data, path, limits)
    findings = answer.findings
    if answer.retrieved:
        findings = tuple(one for one in findings if one.rule != _NO_LIST)
        documents = list(_given_back(answer))
    if not documents:
        yield Carried(path, carrier=CARRIER, findings=findings)
    for number, one in enumerate(documents):
        yield replace(one, findings=findings + one.findings) if number == 0 else one


def _given_back(answer: RegistryAnswer) -> Iterator[Carried]:
    """Yield the documents that a repository gave back, those aside that have no content."""
    for number, one in enumerate(answer.retrieved, start=1):
        if one.content:
            inside = clean(one.unique_id) or f"DocumentResponse[{number}]"
            context = Context(place=Place.DMP)
            yield Carried(
                answer.path, inside=inside, carrier=CARRIER, source=one.content, context=context
            )


def read_answer(data: bytes, path: str = "-", limits: Limits = DEFAULT) -> RegistryAnswer:
    """Return the whole list, its status and completeness included; never raises on bad data.

    What is no list (a request, an acknowledgement, a retrieved document) is XDS-02.
    """
    return _with_entries(*_read_list(data, path, limits))


def read_message(
    data: bytes, path: str = "-", limits: Limits = DEFAULT
) -> RegistryAnswer | Request:
    """Return a message of a registry or repository, whatever it is; never raises on bad data."""
    root, attachments, refused = _parsed(data, path, limits)
    if root is None:
        return refused
    request = read_request(root, path, _addressing(root, "MessageID"), _action(root))
    return request or _with_entries(*_message(root, path, attachments))


def _with_entries(answer: RegistryAnswer, documents: list[Carried]) -> RegistryAnswer:
    """Return the answer with what is wrong with its entries among its findings."""
    findings = [finding for one in documents for finding in one.findings]
    return replace(answer, findings=(*answer.findings, *findings))


def read_objects(root: Element) -> tuple[list[DocumentEntry], list[Finding], Timestamp | None]:
    """Return the documents of a SubmitObjectsRequest, what is wrong, and when it was submitted."""
    elements = root.iter(f"{ebrim.RIM}ExtrinsicObject")
    entries = [entry.read(one, number) for number, one in enumerate(elements, start=1)]
    entries, findings = replacements(root, entries)
    return entries, findings, _submitted(root)


def _read_list(data: bytes, path: str, limits: Limits) -> tuple[RegistryAnswer, list[Carried]]:
    root, attachments, refused = _parsed(data, path, limits)
    if root is None:
        return refused, []
    answer, documents = _message(root, path, attachments)
    if answer.role in NO_QUERY:
        answer = replace(answer, complete=False, findings=(*answer.findings, _no_list(root)))
    return answer, documents


def _parsed(
    data: bytes, path: str, limits: Limits
) -> tuple[Element | None, dict[str, bytes], RegistryAnswer]:
    """Return a message's root and attachments; or None, and an answer that says why not."""
    start = data[:ENOUGH]
    attachments: dict[str, bytes] = {}
    if kind_of(start) == XDS and b"<" not in start.lstrip(_BOM_OR_SPACE)[:2]:
        unpacked = mime.unpack(data)
        if unpacked is None:
            return None, {}, RegistryAnswer(path, findings=(finding("XDS-03"),))
        data, attachments = unpacked
    try:
        return safexml.parse(data.lstrip(b" \t\r\n"), limits), attachments, RegistryAnswer(path)
    except XmlRefused as refusal:
        return None, {}, RegistryAnswer(path, findings=(_refused(refusal),))


def _message(
    root: Element, path: str, attachments: dict[str, bytes]
) -> tuple[RegistryAnswer, list[Carried]]:
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
    retrieved = repository.retrieved(retrieval, attachments)
    empty = sum(1 for one in retrieved if not one.content)
    findings = (finding("XDS-17", retrieval, count=empty),) if empty else ()
    findings = (*answer.findings, *findings)
    return replace(answer, role=Role.RETRIEVE, retrieved=retrieved, findings=findings), []


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


def _carried(file: str, one: DocumentEntry, place: Place | None, sent: Timestamp | None) -> Carried:
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
    return finding(_NO_LIST, body, root=local_name(next(iter(body), body)))


def _refused(refusal: XmlRefused) -> Finding:
    return finding("XDS-01", reason=refusal.finding.message.rstrip("."))
