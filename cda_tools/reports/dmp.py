"""A visit to the DMP as data: the contract of ``cda-tools dmp --format json``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cda_tools.carriers.xds.requests import QUERIES
from cda_tools.dmp import Compared, Comparison, Exchange
from cda_tools.dmp.counting import Count
from cda_tools.dmp.picture import Version
from cda_tools.dmp.queries import Query
from cda_tools.dmp.states import Reason, State
from cda_tools.dmp.structures import Structure
from cda_tools.line import one_line
from cda_tools.model.document import Known
from cda_tools.model.signatures import is_signature
from cda_tools.reports.objects import SCHEMA_VERSION, identifier_to_json
from cda_tools.text import without_ins

SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Told:
    """What a run of ``dmp`` tells: states, the structures that it counts by, what to send next.

    ``altered``: by path, whether the bytes are other than those of the DMP, where both are known.
    """

    comparison: Comparison
    structures: tuple[Structure, ...] = ()
    queries: tuple[Query, ...] = ()
    altered: Mapping[str, bool] = field(default_factory=dict)


def line(one: Known) -> str:
    """Return a document's line."""
    return one_line(one.header)


def to_json(told: Told) -> dict[str, Any]:
    """Return everything; documents of the DMP are named by uniqueId, and described once."""
    comparison = told.comparison
    return {
        "schema_version": SCHEMA_VERSION,
        "complete": comparison.complete,
        "other_patient": comparison.other_patient,
        "answers": [answer_to_json(one) for one in comparison.progress.exchanges],
        "documents": [
            {**_compared(one), "hash_differs": told.altered.get(one.document.path)}
            for one in comparison.documents
        ],
        "new": _names(comparison.new),
        "replacing": _names(comparison.replacing),
        "duplicates": _names(comparison.duplicates),
        "ignored": [
            {"unique_id": name(one), "why": _why_ignored(one)} for one in comparison.ignored
        ],
        "asked_not_returned": list(comparison.not_returned),
        "absent_here": _names(comparison.absent_here),
        "entries": [_entry(one) for one in comparison.absent_here],
        "structures": structures_to_json(told.structures),
        "counts": counts_to_json(comparison),
        "retrieve": [
            {"unique_id": name(one), "repository": one.registry.repository}
            for one in to_retrieve(comparison)
        ],
        "next": [query_to_json(one) for one in told.queries],
        "date_appel_dmp": comparison.memory.date,
    }


def to_retrieve(comparison: Comparison) -> tuple[Version, ...]:
    """Return what the user may want to retrieve (TD3.2): what is new, and what replaces."""
    return (*comparison.replacing, *comparison.new)


def answer_to_json(exchange: Exchange) -> dict[str, Any]:
    """Return what an answer is and says of itself; ``role`` is null where nothing tells."""
    answer = exchange.answer
    return {
        "path": answer.path,
        "role": exchange.role,
        "request": exchange.request.path if exchange.request else None,
        "status": answer.status,
        "whole": exchange.whole,
        "documents": len(answer.documents),
        "submission_sets": len(answer.sets),
        "associations": len(answer.associations),
        "references": len(answer.references),
        "retrieved": len(answer.retrieved),
        "findings": [one.to_dict() for one in (*exchange.findings, *answer.findings)],
    }


def query_to_json(query: Query) -> dict[str, Any]:
    """Return a query to send: name, number, returnType, slots in their syntax, and why."""
    return {
        "query": query.role,
        "id": QUERIES[query.role],
        "return_type": "LeafClass",
        "parameters": dict(query.parameters),
        "why": query.why,
        "on_demand": query.on_demand,
    }


def structures_to_json(structures: Sequence[Structure]) -> list[dict[str, Any]]:
    """Return the structures as they were given and as they are compared."""
    return [
        {"given": one.given, "form": one.form, "compared": one.compared.partition("^")[2]}
        for one in structures
    ]


def counts_to_json(comparison: Comparison) -> dict[str, Any]:
    """Return the counts of the list, with those since the last visit; null where not known.

    ``not_accessible``: how many entries lots announce and no answer has; they are not counted.
    """
    counts = comparison.counts
    listed = _count(counts.listed)
    return {
        "listed": listed.pop("total"),
        **listed,
        "absent_here": counts.absent_here,
        "absent_here_third_party": counts.absent_here_third_party,
        "not_accessible": len(comparison.not_returned),
        "since_last_visit": _count(counts.since) if counts.since else None,
    }


def _count(count: Count) -> dict[str, Any]:
    return {
        "total": count.total,
        "third_party": count.third_party,
        "ours_invisible_to_patient": count.ours_invisible_to_patient,
        "unknown_invisible_to_patient": count.unknown_invisible_to_patient,
        "ux15": count.ux15,
        "here": count.here,
        "by_patient": count.by_patient,
        "institution_unknown": count.institution_unknown,
        "ux15_with_unknown": count.ux15_with_unknown,
        "at_least": count.at_least,
    }


def _names(versions: Iterable[Version]) -> list[str]:
    return [name(one) for one in versions]


def name(version: Version) -> str:
    """Return a document's uniqueId as it may be shown: what looks like an INS is left out."""
    return without_ins(version.unique_id)


def chain(one: Compared) -> list[str | None]:
    """Return the uniqueIds of what replaced a document, from its own to the last."""
    return [without_ins(each) if each else None for each in one.chain]


def _why_ignored(version: Version) -> str:
    if is_signature(version.document):
        return SIGNATURE
    availability = version.registry.availability
    return availability.value if availability else "unknown"


def _entry(version: Version) -> dict[str, Any]:
    availability = version.registry.availability
    return {
        "unique_id": name(version),
        "entry_uuid": version.registry.entry_uuid,
        "logical_id": version.registry.logical_id,
        "version": version.registry.version,
        "availability": availability.value if availability else None,
        "confidentiality": list(version.codes),
        "line": line(version.document),
    }


def _compared(one: Compared) -> dict[str, Any]:
    return {
        "path": one.document.path,
        "file": one.document.file,
        **_document(one.document),
        "state": one.state,
        "reason": one.reason,
        "reasons": [one.reason] if one.reason is Reason.ABSENT else [],
        "hint": one.hint,
        "newer": _newer(one),
        "chain": chain(one),
        "by": one.by,
        "added": list(one.added),
        "removed": list(one.removed),
        "availability": list(one.availability) if one.availability else None,
        "choices": list(one.choices),
        "duplicate_of": one.duplicate_of,
        "candidates": [_document(each) for each in one.candidates],
        "findings": [finding.to_dict() for finding in one.findings],
    }


def _newer(one: Compared) -> dict[str, Any] | None:
    if one.state is not State.NEWER_LISTED or one.newer is None:
        return None
    return {**_document(one.newer), "chain": chain(one), "local": one.newer_at_hand}


def _document(one: Known) -> dict[str, Any]:
    identifier = one.header.id
    return {
        "unique_id": without_ins(str(identifier)) if identifier else None,
        "id": identifier_to_json(identifier),
        "line": line(one),
    }
