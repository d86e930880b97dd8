"""Sendings and answers as plain values, as short as a test needs them."""

from cda_tools.model.carriage import Action, Context
from cda_tools.model.document import Document
from cda_tools.model.header import Code, Header, Identifier
from cda_tools.model.messages import Answer, AnswerKind, Envelope, Profile
from cda_tools.model.timestamp import Timestamp

DPI, PFI = ("DPI", "CLINIQUE"), ("PFI", "CLINIQUE")
BIOLOGY = "11502-2"


def sent(
    document: str,
    control: str,
    at: str,
    *,
    dmp: str | None = "Y",
    created: str = "20230615",
    sender: tuple[str, str] = DPI,
    action: Action = Action.NEW,
    message: str | None = None,
    profile: Profile = Profile.SEND,
    type_code: str = BIOLOGY,
) -> Document:
    """Return a document in a message; ``message``: what its digest is, alike in one message."""
    envelope = Envelope(
        "MDM",
        "T02",
        control,
        sender,
        PFI,
        Timestamp(at),
        profile,
        digest=message or f"{control} {at} {document}",
    )
    flags = () if dmp is None else (("DESTDMP", dmp),)
    header = Header(
        id=Identifier(document), type=Code(type_code), date=Timestamp(created) if created else None
    )
    context = Context(action=action, flags=flags, sent=Timestamp(at), envelope=envelope)
    return Document(
        f"{control}-{document}.hl7",
        inside="OBX[1]",
        carrier="hl7v2",
        header=header,
        context=context,
    )


def answer(
    control: str,
    at: str,
    value: str,
    code: str | None = None,
    *,
    kind: AnswerKind | None = None,
    to: tuple[str, str] = DPI,
) -> Document:
    """Return an ACK for AA, AE, AR; a ZAM^Z01 for all else, unless a kind is given."""
    technical = value in ("AA", "AE", "AR")
    kind = kind or (AnswerKind.TECHNICAL if technical else AnswerKind.DMP)
    envelope = Envelope(
        "ACK" if technical else "ZAM", kind.value, f"P{at}", PFI, to, Timestamp(at), Profile.SEND
    )
    context = Context(
        sent=Timestamp(at), envelope=envelope, statement=Answer(kind, control, value, code)
    )
    return Document(f"answer-{control}-{at}-{value}.hl7", carrier="hl7v2", context=context)
