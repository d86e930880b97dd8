"""Whether a message says the same thing everywhere, and the same as the document it carries.

Source: CI-SIS, volet Transmission de document(s) CDA en HL7v2 2.1; HL7 v2.6 § 9.6.3 (TXA).
"""

import re

from cda_tools.carriers.hl7v2.content import Item
from cda_tools.carriers.hl7v2.envelope import identified
from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.carriers.hl7v2.message import Message
from cda_tools.model.carriage import Action
from cda_tools.model.header import Header, Identifier, Patient
from cda_tools.model.identifiers import abridges, same
from cda_tools.model.patients import is_ins, other_people
from cda_tools.rules.finding import Finding
from cda_tools.text import clean, holds_ins

_EVENTS = {"T02": Action.NEW, "T10": Action.REPLACE, "T04": Action.DELETE}
_ORDERS = {"NW": Action.NEW, "RO": Action.REPLACE, "CA": Action.DELETE}
_STATES = {"F": Action.NEW, "C": Action.REPLACE, "D": Action.DELETE}
_OID = re.compile(r"[0-2](?:\.[0-9]+)+", re.ASCII)
_URIS = ("urn:oid:", "urn:uuid:", "oid:", "uuid:")
_AROUND = "{}\"'"
_ROOTED = re.compile(r"[0-2](?:\.[0-9]+){2}", re.ASCII)
_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
OF_ANOTHER = "HL7-23"
"""The message is about another patient than its document."""
_FORESEEN = {"MDM": ("T02", "T04", "T10"), "ORU": ("R01",)}
_OWN = 12
_EVENT = re.compile(r"[A-Z][0-9]{2}", re.ASCII)


def action(
    message: Message, item: Item, *, current: bool = True
) -> tuple[Action | None, list[Finding]]:
    """Return what is asked for a document, as OBX-11 has it, else ORC-1, else the event.

    ``current``: the message follows a guide of today; older ones had other values of ORC-1.
    """
    state = item.segment.value(11)
    said = {
        "OBX-11": _STATES.get(state),
        "ORC-1": _ORDERS.get(message.value("ORC", 1)),
        "MSH-9.2": _EVENTS.get(message.value("MSH", 9, 2)),
    }
    findings = []
    if _STATES.get(state) is None and (current or not any(said.values())):
        findings.append(finding("HL7-21", item.at(11)))
    known = {place: one for place, one in said.items() if one}
    if current and len(set(known.values())) > 1:
        told = ", ".join(f"{place} : {_FRENCH[one]}" for place, one in known.items())
        findings.append(finding("HL7-07", item.at(11), told=told))
    return next(iter(known.values()), None), findings


_FRENCH = {
    Action.NEW: "nouveau document",
    Action.REPLACE: "remplacement",
    Action.DELETE: "suppression",
}


def identifier(message: Message, field: int) -> tuple[Identifier | None, bool]:
    """Return TXA-12 or TXA-13, in any of its forms, and whether it is in the specified one.

    Specified: ``extension^^root^ISO``, or ``root`` alone.
    """
    first, second, third, fourth = (message.value("TXA", field, n) for n in (1, 2, 3, 4))
    if not any((first, second, third)):
        return None, True
    if third:
        extension = None if first == third else first or None
        return Identifier(third, extension), bool(first) and not second and fourth == "ISO"
    if _is_root(_bare(second)) and not _is_root(_bare(first)):
        return Identifier(second, first or None), False
    bare = _bare(first)
    if _ROOTED.match(bare) or _UUID.fullmatch(bare):
        return Identifier(first), not second and not fourth and _is_root(first)
    return Identifier(None, first or second), False


def _bare(text: str) -> str:
    """Return an identifier without the prefix that makes a URI of it."""
    text = text.strip(_AROUND)
    folded = text.lower()
    return next((text[len(one) :] for one in _URIS if folded.startswith(one)), text)


def _is_root(text: str) -> bool:
    return bool(_OID.fullmatch(text) or _UUID.fullmatch(text))


def known_kind(kind: str) -> str:
    """Return MSH-9.1 where it has the form of one; else it could be any text."""
    return kind if kind.isascii() and kind.isalnum() and len(kind) <= 3 else "inconnu"


def of_message(message: Message, *, foreign: bool = False) -> list[Finding]:
    """Check the kind of message and its event, and that no patient is in TXA-12 or TXA-13.

    ``foreign``: the message follows a guide of another subject, which has events of its own.
    """
    kind, event = message.value("MSH", 9), message.value("MSH", 9, 2)
    findings = []
    if foreign:
        pass
    elif kind not in _FORESEEN:
        findings.append(finding("HL7-33", "MSH-9", kind=known_kind(kind)))
    elif event not in _FORESEEN[kind]:
        told = event if _EVENT.fullmatch(event) else "inconnu"
        findings.append(finding("HL7-34", "MSH-9", event=told))
    for field in (12, 13):
        one, _ = identifier(message, field)
        if one is not None and (holds_ins(one.root) or holds_ins(one.extension)):
            findings.append(finding("HL7-35", f"TXA-{field}", field=field))
    return findings


def of_identifier(
    message: Message, headers: list[Header], *, replacing: bool, current: bool = True
) -> list[Finding]:
    """Check TXA-12 and TXA-13 against ClinicalDocument/id and parentDocument/id, and their form.

    ``replacing``: a document is to be replaced; a deletion may name any earlier version.
    """
    ids = [header.id for header in headers if header.id]
    parents = [one.id for header in headers for one in header.replaces if one.id]
    findings = []
    for field, rule, known in ((_OWN, "HL7-09", ids), (13, "HL7-10", parents)):
        told, specified = identifier(message, field)
        if told is None:
            continue
        at = f"TXA-{field}"
        unlike = current and not (specified and _whole(told, known))
        if unlike:
            form = "HL7-TXA-FORM" if _only_named(message, field, told, known) else "HL7-08"
            findings.append(finding(form, at, field=field))
        compared = known and (field == _OWN or replacing)
        other = _as_unique_id(message, field)
        if compared and not any(matches(told, one) or same(other, one) for one in known):
            if told.root is not None:
                findings.append(finding(rule, at))
            elif not unlike:  # a number of the sender's own tells no document, right or wrong
                findings.append(finding("HL7-08", at, field=field))
    return findings


def _as_unique_id(message: Message, field: int) -> Identifier | None:
    """Return ``root^extension``, as registries write it, where the field may be that."""
    root, extension = message.value("TXA", field), message.value("TXA", field, 2)
    return Identifier(root, extension) if _is_root(_bare(root)) and extension else None


def _whole(told: Identifier, known: list[Identifier]) -> bool:
    """Tell whether TXA has all of an identifier, root and extension each in its place."""
    matching = [one for one in known if matches(told, one)]
    return not matching or any(
        same(told, one) and (one.extension is None) == (told.extension is None) for one in matching
    )


def _only_named(message: Message, field: int, told: Identifier, known: list[Identifier]) -> bool:
    """Tell whether TXA has the root alone as it should, and only a name in its second component."""
    alone = bool(message.value("TXA", field, 2)) and not message.value("TXA", field, 3)
    if not alone or told.extension is not None:
        return False
    return not known or any(same(told, one) and one.extension is None for one in known)


def matches(told: Identifier, full: Identifier) -> bool:
    """Tell whether a TXA identifier is the document's, in one of the forms seen."""
    return same(told, full) or abridges(told, full)


def of_document(
    message: Message, item: Item, header: Header, asked: Action | None, *, current: bool = True
) -> list[Finding]:
    """Check one document's OBX against its header."""
    findings = []
    code = item.segment.value(3)
    if header.type and header.type.code and code != header.type.code:
        findings.append(finding("HL7-12", item.at(3), told=clean(header.type.code)))
    if asked is Action.REPLACE and not header.replaces:
        findings.append(finding("HL7-11", item.at(11)))
    named = not message.all("TXA") or identifier(message, 13)[0] is not None
    if current and asked is Action.REPLACE and not named:
        findings.append(finding("HL7-20", "TXA-13"))
    if asked is Action.NEW and header.replaces:
        findings.append(finding("HL7-22", item.at(11)))
    return findings


def of_patient(message: Message, header: Header) -> Finding | None:
    """Return what says that a message is about another patient than its document.

    OF_ANOTHER, or a doubt: an INS of each, of two authorities, may be one person's.
    """
    patient = identified(message.all("PID"))
    if not other_people(patient, header.patient):
        return None
    doubt = _ins_of_other_kinds(patient, header.patient)
    return finding("HL7-PID-3-INS" if doubt else OF_ANOTHER, "PID-3")


def _ins_of_other_kinds(one: Patient, other: Patient | None) -> bool:
    """Tell whether each has an INS, and no authority gave both one.

    A person's NIR and NIA may differ: the guide's rules have a word of their own for it.
    """
    mine, theirs = (
        {identifier.root for identifier in patient.ids if is_ins(identifier)} if patient else set()
        for patient in (one, other)
    )
    return bool(mine and theirs) and not mine & theirs
