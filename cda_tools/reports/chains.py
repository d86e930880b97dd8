"""Chains as data, for JSON: the contract of ``cda-tools chain --format json``."""

from collections.abc import Iterable
from typing import Any

from cda_tools.chains import Chain, ChainFinding, Chains, Version
from cda_tools.model.document import Document
from cda_tools.reports.objects import SCHEMA_VERSION, identifier_to_json
from cda_tools.text import without_ins


def to_json(chains: Chains) -> dict[str, Any]:
    """Return ``{"chains": [...], "findings": [...]}``; an id is an object, absent is None."""
    return {
        "schema_version": SCHEMA_VERSION,
        "chains": [_chain(chain) for chain in chains.chains],
        "findings": [finding_to_json(finding) for finding in chains.findings],
    }


def unread_findings(documents: Iterable[Document]) -> list[ChainFinding]:
    """Return what stood in the way of reading documents that are in no chain, by path."""
    found = [
        ChainFinding(finding, (one.path,), (None,)) for one in documents for finding in one.findings
    ]
    return sorted(found, key=lambda one: (one.paths, one.finding.rule))


def finding_to_json(found: ChainFinding) -> dict[str, Any]:
    """Return a finding with the documents that it is about."""
    return {
        **found.finding.to_dict(),
        "documents": [
            {"path": path, "id": identifier_to_json(one)}
            for path, one in zip(found.paths, found.ids, strict=True)
        ],
    }


def _chain(chain: Chain) -> dict[str, Any]:
    return {
        "key": without_ins(chain.key),
        "by": chain.by,
        "current": identifier_to_json(chain.current),
        "documents": [_version(version) for version in chain.documents],
        "findings": [finding_to_json(finding) for finding in chain.findings],
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "id": identifier_to_json(version.id),
        "set_id": identifier_to_json(version.set_id),
        "version": version.version,
        "date": version.date.iso if version.date else None,
        "path": version.path,
        "status": version.status.value,
    }
