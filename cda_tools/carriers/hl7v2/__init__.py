"""HL7v2 messages that carry documents: MDM^T02, T04, T10 (2.6) and ORU^R01 (2.5).

Those that answer them (ACK, ZAM) and those about a patient's visits (ADT) are read too: what they
say is in the context of a document that has neither bytes nor header.

Source: CI-SIS, volet Transmission de document(s) CDA en HL7v2 2.1. Nothing of PID, nor of a
mail's body, gets into a context or a finding.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from cda_tools.carriers.base import Carried, unreadable
from cda_tools.carriers.hl7v2 import agreement, answers, content, guide, movements
from cda_tools.carriers.hl7v2.content import Content, Item
from cda_tools.carriers.hl7v2.envelope import envelope
from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.carriers.hl7v2.message import Message, messages
from cda_tools.carriers.reading import with_header
from cda_tools.errors import InputError
from cda_tools.model.carriage import Action, Context
from cda_tools.model.header import Identifier
from cda_tools.model.messages import Envelope, Profile
from cda_tools.reading.safexml import DEFAULT, Limits
from cda_tools.rules.finding import Finding

CARRIER = "hl7v2"
_BLOCK = 1024 * 1024
_CARRYING = ("MDM", "ORU")
_STATING = {
    "ACK": answers.acknowledgement,
    "ZAM": answers.business,
    "ADT": movements.movement,
}


def open_messages(
    source: bytes | Path | Iterable[bytes],
    path: str,
    limits: Limits = DEFAULT,
    *,
    checks: bool = True,
) -> Iterator[Carried]:
    """Yield the documents of a message or a batch; one without a document where there is none.

    ``source``: all its bytes, its file, or blocks of it: one message at a time is in memory.
    ``checks``: check each message against its documents and the field rules of its guide.

    A message that is too long is one finding: the others of its batch are read.
    ``path!OBX[2]`` names a document, ``path!MSH[3]/OBX[1]`` in a batch. What concerns a whole
    message stands among the findings of its first document.
    """
    try:
        yield from _all_messages(source, path, limits, checks=checks)
    except InputError as error:
        reason = str(error).removeprefix(f"{path} : ")
        yield _nothing(path, "", [finding("HL7-01", reason=reason)])


def _all_messages(
    source: bytes | Path | Iterable[bytes], path: str, limits: Limits, *, checks: bool
) -> Iterator[Carried]:
    # Base64 takes a third more than what it holds.
    found = messages(_blocks(source) if isinstance(source, Path) else source, 2 * limits.size)
    first = next(found, None)
    if first is None:
        yield _nothing(path, "", [finding("HL7-01", reason="aucun segment MSH")])
        return
    second = next(found, None)
    if second is None:
        yield from _message(*first, path, "", limits, checks=checks)
        return
    for number, one in enumerate(chain((first, second), found), start=1):
        yield from _message(*one, path, f"MSH[{number}]", limits, checks=checks)


def _blocks(path: Path) -> Iterator[bytes]:
    """Yield a file block by block; raise InputError where it cannot be read to its end."""
    try:
        with path.open("rb", buffering=0) as file:
            while block := file.read(_BLOCK):
                yield block
    except OSError as error:
        raise unreadable(path, error) from None


def _with_findings(documents: list[Carried], findings: list[Finding]) -> Iterator[Carried]:
    for number, document in enumerate(documents):
        first = number == 0 and findings
        yield replace(document, findings=(*findings, *document.findings)) if first else document


def _message(
    message: Message | None,
    mended: list[Finding],
    file: str,
    number: str,
    limits: Limits,
    *,
    checks: bool,
) -> list[Carried]:
    if message is None:
        return [_nothing(file, number, mended)]
    kind = message.value("MSH", 9)
    found = content.read(message)
    if kind in _STATING and not found.items:
        return [_statement(message, mended, file, number)]
    if kind not in _CARRYING and not found.items:
        other = finding("HL7-02", "MSH-9", kind=agreement.known_kind(kind))
        return [_nothing(file, number, [*mended, other])]
    foreign = guide.is_foreign(message)
    own = agreement.of_message(message, foreign=foreign) if checks else []
    findings = [*mended, *own, *found.findings]
    if not found.items:
        return [_nothing(file, number, [finding("HL7-03", kind=kind), *findings])]
    documents = [
        with_header(
            Carried(file, inside=_inside(number, item), carrier=CARRIER, source=item.data), limits
        )
        for item in found.items
    ]
    headers = [one.header for one in documents if one.header]
    told = envelope(message)
    current = told.profile is not Profile.OLDER and not foreign
    if checks:
        asked = (agreement.action(message, one, current=current)[0] for one in found.items)
        replacing = Action.REPLACE in asked
        findings += agreement.of_identifier(message, headers, replacing=replacing, current=current)
        of_each = [one.header for one in documents]
        findings += guide.check(guide.reading(message, told, found, of_each))
    documents = [
        _told_of(message, told, found, item, one, checks=checks)
        for item, one in zip(found.items, documents, strict=True)
    ]
    return list(_with_findings(documents, findings))


def _inside(number: str, item: Item) -> str:
    return f"{number}/{item.name}" if number else item.name


def _statement(message: Message, mended: list[Finding], file: str, number: str) -> Carried:
    """Return a message that carries no document, with what it says of documents or patients."""
    told, findings = _STATING[message.value("MSH", 9)](message)
    header = envelope(message)
    context = Context(sent=header.sent, envelope=header, statement=told)
    return replace(_nothing(file, number, [*mended, *findings]), context=context)


def _told_of(
    message: Message,
    told: Envelope,
    found: Content,
    item: Item,
    document: Carried,
    *,
    checks: bool,
) -> Carried:
    """Return a document with what the message says of it."""
    header = document.header
    current = told.profile is not Profile.OLDER and not guide.is_foreign(message)
    asked, findings = agreement.action(message, item, current=current)
    whose = agreement.of_patient(message, header) if header else None
    if whose and whose.rule == agreement.OF_ANOTHER:
        # Nothing that it asks is done to a document of someone else, and nothing is compared.
        findings += [whose] * checks
        context = Context(sent=told.sent, envelope=told)
        return replace(document, context=context, findings=(*item.findings, *findings))
    if header and checks:
        findings += agreement.of_document(message, item, header, asked, current=current)
        findings += [whose] if whose else []
    alone = len(found.items) == 1
    context = Context(
        action=asked,
        id=_told(message, 12, [header.id] if header and not alone else None),
        parent_id=_told(
            message, 13, [one.id for one in header.replaces] if header and not alone else None
        ),
        flags=tuple(found.flags),
        sent=told.sent,
        envelope=told,
    )
    return replace(document, context=context, findings=(*item.findings, *findings))


def _told(message: Message, field: int, among: list[Identifier | None] | None) -> Identifier | None:
    """Return TXA-12 or TXA-13; where ``among`` is given, only if it is one of these.

    A message has one TXA and may have several documents: it tells the id of one of them.
    """
    told, _ = agreement.identifier(message, field)
    if told is None or among is None:
        return told
    return told if any(one and agreement.matches(told, one) for one in among) else None


def _nothing(file: str, number: str, findings: list[Finding]) -> Carried:
    return Carried(file, inside=number or None, carrier=CARRIER, findings=tuple(findings))
