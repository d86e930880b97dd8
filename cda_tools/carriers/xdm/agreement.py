"""Whether METADATA.XML tells the truth of a document: its bytes, and its header.

Source: IHE ITI TF-3 § 4.2.3.2 (hash, size); CI-SIS mapping of the CDA header to metadata.
"""

import hashlib

from cda_tools.carriers.xdm.archive import finding
from cda_tools.model.carriage import RegistryEntry
from cda_tools.model.header import Code, Header
from cda_tools.model.identifiers import same
from cda_tools.model.patients import other_people
from cda_tools.model.timestamp import Precision, Timestamp
from cda_tools.rules.finding import Finding
from cda_tools.text import clean


def of_bytes(data: bytes, entry: RegistryEntry) -> list[Finding]:
    """Check size and SHA-1; one finding where both differ, since one change explains both."""
    if entry.hash is None or entry.size is None:
        missing = " et ".join(
            word for word, value in (("hash", entry.hash), ("size", entry.size)) if value is None
        )
        findings = [finding("XDM-18", missing=missing)]
    else:
        findings = []
    digest = hashlib.sha1(data, usedforsecurity=False).hexdigest()
    if entry.hash is not None and entry.hash != digest:
        findings.append(finding("XDM-06"))
    elif entry.size is not None and entry.size != len(data):
        findings.append(finding("XDM-07", told=entry.size, found=len(data)))
    return findings


def of_header(told: Header, found: Header) -> list[Finding]:
    """Check uniqueId, title, typeCode, patient and date against the document's header."""
    findings = []
    if told.id and found.id and not same(told.id, found.id):
        findings.append(finding("XDM-09"))
    if told.title and found.title and told.title != found.title:
        findings.append(finding("XDM-10"))
    if told.type and found.type and not _same_code(told.type, found.type):
        findings.append(finding("XDM-11", told=_shown(told.type), found=_shown(found.type)))
    if other_people(told.patient, found.patient):
        findings.append(finding("XDM-12"))
    if _other_moment(told.date, found.date):
        findings.append(finding("XDM-13"))
    return findings


def _shown(code: Code) -> str:
    return clean(code.code) or "absent"


def _same_code(one: Code, other: Code) -> bool:
    same_system = one.system is None or other.system is None or one.system == other.system
    return one.code == other.code and same_system


def _other_moment(told: Timestamp | None, found: Timestamp | None) -> bool:
    """Compare two times in UTC, as far as the less precise goes; others cannot be compared."""
    if told is None or found is None or told.utc is None or found.utc is None:
        return False
    precision = min(told.precision or Precision.SECOND, found.precision or Precision.SECOND)
    step = {Precision.HOUR: 3600, Precision.MINUTE: 60}.get(precision, 1)
    return int(told.utc.timestamp()) // step != int(found.utc.timestamp()) // step
