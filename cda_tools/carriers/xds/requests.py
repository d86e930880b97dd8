"""What was asked of a registry or a repository, where the request was kept.

Source: IHE ITI TF-2 § 3.18.4.1.2 (stored queries: ids, parameters, syntax of values), § 3.41,
§ 3.43; the DMP's TD2.1, TD3.1, TD3.2, TD3.3.
"""

import re

from lxml.etree import _Element as Element

from cda_tools.carriers.xds import datatypes, ebrim
from cda_tools.model.header import Patient
from cda_tools.model.registry import Request, Role

QUERIES = {
    Role.FIND_DOCUMENTS: "urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d",
    Role.FIND_SUBMISSION_SETS: "urn:uuid:f26abbcb-ac74-4422-8a30-edb644bbc1a9",
    Role.GET_DOCUMENTS: "urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4",
    Role.GET_ASSOCIATIONS: "urn:uuid:a7ae438b-4bc2-4642-93e9-be891f7bb155",
    Role.GET_DOCUMENTS_AND_ASSOCIATIONS: "urn:uuid:bab9529a-4a10-40b3-a01f-f68a615d247a",
    Role.GET_SUBMISSION_SETS: "urn:uuid:51224314-5390-4169-9b91-b1980040715a",
}
"""The number of each stored query."""

_ROLES = {number: role for role, number in QUERIES.items()}
_PAYLOADS = {
    f"{ebrim.QUERY}AdhocQueryRequest": None,
    f"{ebrim.XDSB}RetrieveDocumentSetRequest": Role.RETRIEVE,
    f"{ebrim.XDSB}ProvideAndRegisterDocumentSetRequest": Role.PROVIDE,
    f"{ebrim.LCM}SubmitObjectsRequest": None,
}
_VALUE = re.compile(r"'((?:[^']|'')*)'|([^\s,()']+)")
_UPDATE = "updatedocumentset"


def read_request(root: Element, path: str, message_id: str | None, action: str) -> Request | None:
    """Return what a message asks, or None for one that asks nothing.

    ``action``: its WS-Addressing Action, or "". A submission without one is a deposit.
    """
    payload = next(root.iter(*_PAYLOADS), None)
    if payload is None:
        return None
    role = _PAYLOADS[str(payload.tag)]
    if payload.tag == f"{ebrim.QUERY}AdhocQueryRequest":
        query = next(payload.iter(f"{ebrim.RIM}AdhocQuery"), None)
        if query is None:
            return Request(path, None, message_id)
        number = (query.get("id") or "").strip().lower()
        parameters = _parameters(query)
        return Request(
            path, _ROLES.get(number), message_id, parameters, patient=_patient(parameters)
        )
    if role is None:
        role = Role.UPDATE if _UPDATE in action.lower() else Role.PROVIDE
    documents = payload.iter(f"{ebrim.RIM}ExtrinsicObject")
    unique_ids = (ebrim.external(one, ebrim.UNIQUE_ID) for one in documents)
    deposited = tuple(one for one in unique_ids if one)
    return Request(path, role, message_id, deposited=deposited)


def _parameters(query: Element) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        ((one.get("name") or "").strip().lstrip("$"), _values(one))
        for one in query.iterchildren(f"{ebrim.RIM}Slot")
    )


def _patient(parameters: tuple[tuple[str, tuple[str, ...]], ...]) -> Patient | None:
    ids = (
        datatypes.cx(value)
        for name, values in parameters
        if name.endswith("PatientId")
        for value in values
    )
    found = tuple(one for one in ids if one)
    return Patient(ids=found) if found else None


def _values(slot: Element) -> tuple[str, ...]:
    """Return a parameter's values: ``'a'``, ``('a','b')`` or a bare number, ``''`` a quote."""
    found = []
    for value in slot.iter(f"{ebrim.RIM}Value"):
        for quoted, bare in _VALUE.findall(value.text or ""):
            found.append(bare or quoted.replace("''", "'"))
    return tuple(one for one in found if one)
