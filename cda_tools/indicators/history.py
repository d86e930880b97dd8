"""The indicator of documents sent to the DMP: how many, of which type, with what success.

Each document is known by its id, is sent by messages, and has one state by the decision table
(``sendings/states.py``). It counts in the period that has its day of sending, whenever the answer
came. Which documents are historical: ``sendings/historical.py``. The result does not depend on the
order of the messages, and memory hardly grows with them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cda_tools.indicators.items import Item
from cda_tools.indicators.moments import day_of
from cda_tools.indicators.remarks import Remark
from cda_tools.indicators.sendings.gathering import TABLES, Gathering
from cda_tools.indicators.sendings.judging import find_answers, judged
from cda_tools.indicators.sendings.sent import Counts, Left, SentDocument, counted, iso, order
from cda_tools.indicators.sendings.states import State
from cda_tools.indicators.store import Store

__all__ = ["Counts", "History", "Left", "SentDocument", "State", "history"]


@dataclass(frozen=True, slots=True)
class History:
    """The indicator over a period, from ``since`` to ``until`` (both included; None: no bound).

    ``as_of``: later messages were not looked at; the day of the latest message where none was
    given. ``historical``, ``all``: the counts. ``orphans``: answers to no message that was read.
    ``paired``: successes that were sent by two in one message (one report in two formats).
    ``masking``: successes that only change who may see a document. ``left``: what does not count.
    """

    since: date | None
    until: date | None
    as_of: date | None
    historical: Counts
    all: Counts
    orphans: int
    documents: tuple[SentDocument, ...]
    findings: tuple[Remark, ...]
    paired: int = 0
    masking: int = 0
    left: Mapping[Left, int] = field(default_factory=dict)

    def head(self) -> dict[str, Any]:
        """Return the object for JSON without its lists, which may be long."""
        return {
            "schema_version": 1,
            "period": [iso(self.since), iso(self.until)],
            "as_of": iso(self.as_of),
            "historical": self.historical.to_dict(),
            "all": self.all.to_dict(),
            "orphans": self.orphans,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return the object for JSON: the contract of ``cda-tools history --format json``."""
        return {
            **self.head(),
            "documents": [one.to_dict() for one in self.documents],
            "findings": [one.to_dict() for one in self.findings],
        }


def history(
    items: Iterable[Item],
    *,
    since: date | None = None,
    until: date | None = None,
    as_of: date | None = None,
    sent: date | None = None,
) -> History:
    """Count what was sent to the DMP, from documents, messages and answers in any order.

    ``as_of``: messages sent after that day are not looked at, so that an earlier report can be
    made again. ``sent``: the day of sending of documents that came without message. Raise
    nothing: what cannot be used is among ``findings``, or is a document whose state is
    UNDETERMINED.
    """
    with Store(*TABLES) as store:
        gathering = Gathering(store, as_of, sent)
        for item in items:
            gathering.take(item)
        orphans = find_answers(store, gathering.remarks)
        documents = sorted(judged(store, since, until, gathering), key=order)
    return History(
        since,
        until,
        as_of or (day_of(gathering.latest) if gathering.latest >= 0 else None),
        counted(documents, only_historical=True),
        counted(documents, only_historical=False),
        orphans,
        tuple(documents),
        gathering.remarks.all(),
        gathering.paired,
        gathering.masking,
        dict(sorted(gathering.left.items())),
    )
