"""Lots and associations: the registry objects of an answer that are no documents.

Source: OASIS ebRIM 3.0; IHE ITI TF-3 § 4.2.2 (associations), § 4.2.3.3 (submission sets).
"""

from lxml.etree import _Element as Element

from cda_tools.carriers.xds import datatypes, ebrim
from cda_tools.model.header import Patient
from cda_tools.model.registry import Association, SubmissionSet

_OBJECTS = tuple(
    f"{ebrim.RIM}{name}"
    for name in ("ExtrinsicObject", "RegistryPackage", "Association", "ObjectRef")
)
_REFERENCE = "reference"


def count(payload: Element) -> int:
    """Return how many objects an answer has: which of them a registry counts is not written."""
    return sum(1 for _ in payload.iter(*_OBJECTS))


def submission_sets(payload: Element) -> tuple[SubmissionSet, ...]:
    """Return the lots in their order; a folder, which is a RegistryPackage too, is none."""
    folders = _folders(payload)
    found = []
    for package in payload.iter(f"{ebrim.RIM}RegistryPackage"):
        name = (package.get("id") or "").strip()
        if not name or name.lower() in folders:
            continue
        patient = datatypes.cx(ebrim.external(package, ebrim.SET_PATIENT_ID))
        found.append(
            SubmissionSet(
                entry_uuid=name,
                unique_id=ebrim.external(package, ebrim.SET_UNIQUE_ID) or None,
                submitted=datatypes.utc(ebrim.value(package, "submissionTime")),
                patient=Patient(ids=(patient,)) if patient else None,
            )
        )
    return tuple(found)


def _folders(payload: Element) -> set[str]:
    """Return the ids of folders: their Classification is in them, or beside them."""
    found = set()
    for one in payload.iter(f"{ebrim.RIM}Classification"):
        if (one.get("classificationNode") or "").strip().lower() == ebrim.FOLDER:
            parent = one.getparent()
            inside = parent is not None and parent.tag == f"{ebrim.RIM}RegistryPackage"
            name = parent.get("id") if parent is not None and inside else None
            found.add((name or one.get("classifiedObject") or "").strip().lower())
    return found


def associations(payload: Element) -> tuple[Association, ...]:
    """Return the associations in their order; one without both ends is none."""
    found = []
    for one in payload.iter(f"{ebrim.RIM}Association"):
        kind = (one.get("associationType") or "").strip().rpartition(":")[2]
        source = (one.get("sourceObject") or "").strip()
        target = (one.get("targetObject") or "").strip()
        if kind and source and target:
            status = ebrim.value(one, "SubmissionSetStatus").lower()
            found.append(Association(kind, source, target, original=status != _REFERENCE))
    return tuple(found)
