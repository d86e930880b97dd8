"""What the indicator of documents sent gives: documents with their state, and counts of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from cda_tools.indicators.sendings.states import State


class Left(StrEnum):
    """Why a document does not count at all."""

    DELETION = "deletion"
    NOT_FOR_DMP = "not-for-dmp"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class SentDocument:
    """A document of the period.

    ``id``: as ``root`` or ``root^extension``; None where the document could not be read and its
    message does not tell. ``type``: ClinicalDocument/code. ``sent``: the day of sending, None
    where it is not known. ``code``: why it failed (ERR-5.1 of the ZAM, ERR-3.1 of the ACK).
    ``historical``: None where its dates do not tell. ``message``: MSH-10 of the last sending;
    ``path``: where that is; both None for a success.
    """

    id: str | None
    type: str | None
    state: State
    sent: date | None
    code: str | None
    historical: bool | None
    message: str | None
    path: str | None

    def to_dict(self) -> dict[str, Any]:
        """Return the object for JSON."""
        root, _, extension = (self.id or "").partition("^")
        return {
            "id": {"root": root, "extension": extension or None} if self.id else None,
            "type": self.type,
            "state": self.state.value,
            "sent": self.sent.isoformat() if self.sent else None,
            "code": self.code,
            "historical": self.historical,
            "message": self.message,
            "path": self.path,
        }


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents of each state; ``success_by_type``: by code, the most frequent first.

    ``success`` <= the true number of successes <= success + unanswered + undetermined.
    """

    success: int = 0
    failure: int = 0
    rejected: int = 0
    unanswered: int = 0
    undetermined: int = 0
    success_by_type: Mapping[str, int] = field(default_factory=dict)

    @property
    def sent(self) -> int:
        """Return how many were sent, whatever became of them."""
        return self.success + self.failure + self.rejected + self.unanswered + self.undetermined

    def to_dict(self) -> dict[str, Any]:
        """Return the object for JSON."""
        return {
            **{state.value: getattr(self, state.value) for state in State},
            "success_by_type": dict(self.success_by_type),
        }


def order(one: SentDocument) -> tuple[str, str, str]:
    """Return what documents are listed by: the day of sending, then the id."""
    return iso(one.sent) or "", one.id or "", one.path or ""


def iso(day: date | None) -> str | None:
    """Return a day for JSON."""
    return day.isoformat() if day else None


def counted(documents: Iterable[SentDocument], *, only_historical: bool) -> Counts:
    """Count documents by state; those that may be historical or not are undetermined."""
    states: Counter[State] = Counter()
    types: Counter[str] = Counter()
    for one in documents:
        if only_historical and one.historical is False:
            continue
        unknown = only_historical and one.historical is None
        state = State.UNDETERMINED if unknown else one.state
        states[state] += 1
        if state is State.SUCCESS:
            types[one.type or ""] += 1
    by_type = dict(sorted(types.items(), key=lambda row: (-row[1], row[0])))
    return Counts(**{state.value: states[state] for state in State}, success_by_type=by_type)
