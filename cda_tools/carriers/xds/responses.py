"""What an answer says of itself: status, errors, whether it is whole; and its associations."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from lxml.etree import _Element as Element

from cda_tools.carriers.xds import ebrim, objects
from cda_tools.carriers.xds.entry import DocumentEntry, finding
from cda_tools.model.header import ParentDocument
from cda_tools.model.identifiers import key
from cda_tools.model.registry import ResponseStatus
from cda_tools.rules.finding import Finding

_PAYLOADS = (f"{ebrim.QUERY}AdhocQueryResponse", f"{ebrim.LCM}SubmitObjectsRequest")
_CODE = re.compile(r"[A-Za-z0-9_.:-]{1,80}")
# A count of more digits, which no answer has, is as good as this one; int() takes long for many.
_DIGITS, _MOST = 100, 10**9
_RELATIONS = {"APND": "APND", "RPLC": "RPLC", "XFRM_RPLC": "RPLC", "XFRM": "XFRM"}


@dataclass(slots=True)
class Response:
    """``complete``: the registry says that nothing is left out."""

    status: ResponseStatus | None = None
    complete: bool = False
    findings: list[Finding] = field(default_factory=list)


def find(root: Element) -> Element | None:
    """Return the answer or the submission, inside SOAP or bare."""
    return next(root.iter(*_PAYLOADS), None)


def response(payload: Element) -> Response:
    """Read status, errors and counts of an answer (ebRS 3.0 § 2.1, IHE ITI TF-3 § 4.2.4)."""
    name = (payload.get("status") or "").rpartition(":")[2]
    status = next((one for one in ResponseStatus if one.value == name), None)
    findings = [
        finding(
            "XDS-12" if (one.get("severity") or "").endswith("Warning") else "XDS-04",
            one,
            code=_shown(one.get("errorCode")),
        )
        for one in payload.iter(f"{ebrim.RS}RegistryError")
    ]
    errors = [one for one in findings if one.rule == "XDS-04"]
    if status is ResponseStatus.PARTIAL:
        findings.append(finding("XDS-05", payload))
    elif status is not ResponseStatus.SUCCESS and not errors:
        findings.append(finding("XDS-13", payload))
    cut = _cut(payload)
    findings += cut
    complete = status is ResponseStatus.SUCCESS and not errors and not cut
    return Response(status, complete, findings)


def _shown(code: str | None) -> str:
    return code if code and _CODE.fullmatch(code) else "sans code"


def _cut(payload: Element) -> list[Finding]:
    """Say where an answer is part of a longer one: by its own count, or by where it starts.

    Which objects totalResultCount counts is not written: only more than all of them tells.
    """
    total, start = _number(payload, "totalResultCount"), _number(payload, "startIndex")
    count = objects.count(payload)
    if start > 0:
        return [finding("XDS-16", payload, start=start)]
    if total > count:
        return [finding("XDS-09", payload, total=total, count=count)]
    return []


def _number(payload: Element, name: str) -> int:
    """Return a count; 0 for none, or for what is no count (some registries write -1)."""
    text = (payload.get(name) or "").strip()
    return min(int(text[:_DIGITS]), _MOST) if text.isascii() and text.isdigit() else 0


def replacements(
    root: Element, entries: list[DocumentEntry]
) -> tuple[list[DocumentEntry], list[Finding]]:
    """Give each entry what it replaces, where associations RPLC say so; note ids given twice."""
    place = {one.registry.entry_uuid: number for number, one in enumerate(entries)}
    place.pop(None, None)
    targets: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for association in root.iter(f"{ebrim.RIM}Association"):
        kind = _RELATIONS.get((association.get("associationType") or "").rpartition(":")[2])
        source, target = association.get("sourceObject"), association.get("targetObject")
        if kind and source and target and source in place:
            targets[source].append((kind, target))
    related = list(entries)
    for source, told in targets.items():
        parents = [
            ParentDocument(kind, entries[place[target]].header.id)
            for kind, target in told
            if target in place
        ]
        replaced = tuple(target for kind, target in told if kind == "RPLC")
        related[place[source]] = _related(entries[place[source]], parents, replaced)
    return related, _twice(entries)


def _related(
    source: DocumentEntry, parents: list[ParentDocument], replaced: tuple[str, ...]
) -> DocumentEntry:
    return replace(
        source,
        header=replace(source.header, related=tuple(one for one in parents if one.id)),
        registry=replace(source.registry, replaces=replaced),
    )


def _twice(entries: list[DocumentEntry]) -> list[Finding]:
    """Note documents listed twice; versions of one document's metadata have one lid."""
    named = {
        (key(one.header.id), one.registry.logical_id or one.registry.entry_uuid or one.position)
        for one in entries
        if one.header.id
    }
    counts = Counter(name for name, _ in named)
    twice = sum(1 for count in counts.values() if count > 1)
    return [finding("XDS-15", count=twice)] if twice else []
