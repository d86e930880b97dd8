"""Whether METADATA.XML tells the truth of a document: its bytes, and its header.

Source: IHE ITI TF-3 § 4.2.3.2 (hash, size); CI-SIS mapping of the CDA header to metadata.
"""

from cda_tools.carriers.xdm import hashes
from cda_tools.carriers.xdm.archive import finding
from cda_tools.model.carriage import RegistryEntry
from cda_tools.model.header import Code, Header
from cda_tools.model.identifiers import code_system, same
from cda_tools.model.patients import other_people
from cda_tools.model.timestamp import Precision, Timestamp
from cda_tools.rules.finding import Finding
from cda_tools.text import clean

_LONGEST_NAME = 40


def of_bytes(data: bytes, entry: RegistryEntry) -> list[Finding]:
    """Check size and hash; one finding where both differ, since one change explains both."""
    if entry.hash is None or entry.size is None:
        missing = " et ".join(
            word for word, value in (("hash", entry.hash), ("size", entry.size)) if value is None
        )
        findings = [finding("XDM-18", missing=missing)]
    else:
        findings = []
    changed = False
    if entry.hash is not None:
        told = _of_hash(entry.hash, data)
        findings += told
        changed = any(one.rule == "XDM-06" for one in told)
    if not changed and entry.size is not None and entry.size != len(data):
        findings.append(finding("XDM-07", told=entry.size, found=len(data)))
    return findings


def _of_hash(told: str, data: bytes) -> list[Finding]:
    """Check the form of a hash first: in another, it tells nothing of a change."""
    if hashes.is_specified(told):
        return [] if hashes.matches(told, data) else [_changed(told)]
    form = hashes.form(told)
    findings = [finding("XDM-23", form=form)]
    if form != hashes.UNKNOWN and not hashes.matches(told, data):
        findings.append(_changed(told))
    return findings


def _changed(told: str) -> Finding:
    return finding("XDM-06", algorithm=hashes.algorithm(told))


def of_header(told: Header, found: Header) -> list[Finding]:
    """Check uniqueId, title, typeCode, patient and date against the document's header."""
    findings = []
    if told.id and found.id and not same(told.id, found.id):
        findings.append(finding("XDM-09"))
    if told.title and found.title and told.title != found.title:
        findings.append(finding("XDM-10"))
    if told.type and found.type:
        findings += _of_type(told.type, found.type)
    if other_people(told.patient, found.patient):
        findings.append(finding("XDM-12"))
    if _other_moment(told.date, found.date):
        findings.append(finding("XDM-13"))
    return findings


def _of_type(told: Code, found: Code) -> list[Finding]:
    """Compare code and system; a system by another of its names is said, and is the same."""
    system, other = code_system(told.system), code_system(found.system)
    same_system = system is None or other is None or system == other
    if told.code != found.code or not same_system:
        named = (not same_system) and told.code == found.code
        return [finding("XDM-11", told=_shown(told, named), found=_shown(found, named))]
    if system != told.system and other is not None:
        name = told.system or ""
        shown = name if name.isascii() and len(name) <= _LONGEST_NAME else "un autre nom"
        return [finding("XDM-24", told=shown, expected=other)]
    return []


def _shown(code: Code, with_system: bool) -> str:
    text = clean(code.code) or "absent"
    return f"{text}, système {clean(code.system) or 'absent'}" if with_system else text


def _other_moment(told: Timestamp | None, found: Timestamp | None) -> bool:
    """Compare two times in UTC, as far as the less precise goes; others cannot be compared."""
    if told is None or found is None or told.utc is None or found.utc is None:
        return False
    precision = min(told.precision or Precision.SECOND, found.precision or Precision.SECOND)
    step = {Precision.HOUR: 3600, Precision.MINUTE: 60}.get(precision, 1)
    return int(told.utc.timestamp()) // step != int(found.utc.timestamp()) // step
