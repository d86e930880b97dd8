"""The decision table: what became of a document that was sent, from its sendings and answers.

A document is sent by one or more messages ("tries", in the order of MSH-7), each of which may have
answers. Source: CI-SIS, volet Transmission de document(s) CDA en HL7v2 2.1.3 (ACK, ZAM); the
indicator of Ségur vague 2, « documents historiques : envoyés avec succès ».
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What became of a document; only SUCCESS is proved by the DMP's own answer."""

    SUCCESS = "success"
    FAILURE = "failure"
    REJECTED = "rejected"
    UNANSWERED = "unanswered"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a try. ``business``: from the DMP (ZAM^Z01); else technical (ACK).

    ``moment``: the last second that its MSH-7 may mean. ``doubtful``: it may be the answer to
    another message.
    """

    business: bool
    value: str
    moment: int
    code: str | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Try:
    """One sending. ``asked``: DESTDMP, None where the message does not tell."""

    asked: bool | None
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A state, the try (its index) whose day is the day of sending, and why not."""

    state: State
    decided_by: int
    code: str | None = None


def decide(tries: Sequence[Try]) -> Decision:
    """Return what became of a document with at least one try, oldest first.

    >>> decide([Try(True, (Reply(True, "N", 5, "DMPClosed"),)), Try(True, (Reply(True, "Y", 9),))])
    Decision(state=<State.SUCCESS: 'success'>, decided_by=1, code=None)
    """
    for number, one in enumerate(tries):
        if any(reply.business and reply.value == "Y" for reply in _sure(one)):
            return Decision(State.SUCCESS, number)
    last = len(tries) - 1
    if _doubtful(tries):
        return Decision(State.UNDETERMINED, last)
    answers = sorted(
        _sure(tries[last]), key=lambda reply: (reply.moment, reply.value, reply.code or "")
    )
    business = [reply for reply in answers if reply.business]
    if any(reply.value != "N" for reply in business) or tries[last].asked is None:
        return Decision(State.UNDETERMINED, last)
    if business:
        return Decision(State.FAILURE, last, business[-1].code)
    refused = [reply for reply in answers if not reply.business and reply.value in ("AE", "AR")]
    accepted = [reply for reply in answers if not reply.business and reply.value == "AA"]
    if refused and not (accepted and accepted[-1].moment > refused[-1].moment):
        return Decision(State.REJECTED, last, refused[-1].code)
    return Decision(State.UNANSWERED, last)


def _sure(one: Try) -> list[Reply]:
    return [reply for reply in one.replies if not reply.doubtful]


def _doubtful(tries: Sequence[Try]) -> bool:
    """Tell whether an answer that may be another message's could change the state.

    Any answer to the last try could; to an earlier one, only a success.
    """
    *earlier, last = tries
    if any(reply.doubtful for reply in last.replies):
        return True
    return any(
        reply.doubtful and reply.business and reply.value == "Y"
        for one in earlier
        for reply in one.replies
    )
