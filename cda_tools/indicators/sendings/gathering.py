"""Documents and answers turned into rows, as they come, in any order."""

import os
from collections import Counter
from collections.abc import Iterable
from datetime import date

from cda_tools.indicators.items import Item
from cda_tools.indicators.moments import end_of, span
from cda_tools.indicators.remarks import Remarks
from cda_tools.indicators.sendings import matching
from cda_tools.indicators.sendings.historical import Days, days
from cda_tools.indicators.sendings.sent import Left
from cda_tools.indicators.store import Store
from cda_tools.model.carriage import Action, Context, Place
from cda_tools.model.header import Header
from cda_tools.model.identifiers import key
from cda_tools.model.messages import Answer, AnswerKind, Envelope, Profile

TABLES = (
    "sending (row INTEGER, control TEXT, app TEXT, facility TEXT, first INTEGER, digest TEXT,"
    " doc TEXT, id TEXT, code TEXT, asked INTEGER, deletion INTEGER, day INTEGER,"
    " a INTEGER, b INTEGER, c INTEGER, d INTEGER, path BLOB, masking INTEGER, tracked INTEGER)",
    "answer (row INTEGER, about TEXT, app TEXT, facility TEXT, last INTEGER, kind TEXT,"
    " value TEXT, code TEXT, digest TEXT)",
    "reply (sent INTEGER, business INTEGER, value TEXT, last INTEGER, code TEXT, doubtful INTEGER)",
)


class Gathering:
    """Turns documents and answers into rows."""

    def __init__(self, store: Store, as_of: date | None, sent: date | None) -> None:
        """Fill ``store``; ``sent``: the day of sending of what came without message."""
        self.store = store
        self.remarks = Remarks()
        self.left: Counter[Left] = Counter()
        self.latest = matching.NEVER
        self.paired = self.masking = 0
        self._end = end_of(as_of) if as_of else None
        self._sent = sent
        self._rows = 0

    def take(self, item: Item) -> None:
        """Keep what an item says of a sending or an answer."""
        context = item.context
        envelope = context.envelope if context else None
        moment = span(envelope.sent) if envelope else None
        if moment and self._end is not None and moment.first > self._end:
            return
        statement = context.statement if context else None
        if isinstance(statement, Answer) and statement.kind is AnswerKind.OTHER:
            return
        if isinstance(statement, Answer) and envelope:
            self._note(moment.first if moment else matching.NEVER)
            self.remarks.note_all(item.findings, item.path)
            last = moment.last if moment else _FOREVER
            self._answer(envelope, statement, last)
        elif statement is None and (item.header or (envelope and context and context.action)):
            if envelope:
                self._note(moment.first if moment else matching.NEVER)
            if item.header:  # what has none is named by who read it
                self.remarks.note_all(item.findings, item.path)
            self._document(item, envelope)

    def _note(self, moment: int) -> None:
        self.latest = max(self.latest, moment)

    def _answer(self, envelope: Envelope, answer: Answer, last: int) -> None:
        self._rows += 1
        app, facility = _folded(envelope.receiver)
        self.store.add(
            "answer",
            (
                self._rows,
                answer.about,
                app,
                facility,
                last,
                answer.kind.value,
                answer.value,
                answer.code,
                envelope.digest or f"{envelope.control_id}",
            ),
        )

    def _document(self, item: Item, envelope: Envelope | None) -> None:
        context, header = item.context, item.header
        if _received(context, envelope):
            self.left[Left.RECEIVED] += 1
            return
        moment = span(context.sent) if context else None
        identifier = (header.id if header else None) or (context.id if context else None)
        day = moment.whole_day if moment else None
        if day is None and envelope is None:
            day = self._sent
        flags = context.flags if context else ()
        kind = header.type if header else None
        app, facility = _folded(envelope.sender) if envelope else ("", "")
        dates: list[int | None] = []
        for known in _dates(header):
            dates += [known[0].toordinal(), known[1].toordinal()] if known else [None, None]
        self._rows += 1
        self.store.add(
            "sending",
            (
                self._rows,
                envelope.control_id if envelope else "",
                app,
                facility,
                moment.first if moment else matching.NEVER,
                envelope.digest if envelope else "",
                key(identifier) if identifier else f"?{item.path!a}",
                str(identifier) if identifier else None,
                kind.code if kind else None,
                _asked(flags),
                context is not None and context.action is Action.DELETE,
                day.toordinal() if day else None,
                *dates,
                # A name of another encoding than the system's is no text for the database.
                os.fsencode(item.path),
                (_MASKING, "Y") in flags,
                envelope is not None,
            ),
        )


_FOREVER = 2**62
_SENT_TO_DMP = "DESTDMP"
_MASKING = "MODIF_CONF_CODE"
_YES_OR_NO = {"Y": 1, "N": 0}


def _asked(flags: Iterable[tuple[str, str]]) -> int | None:
    """Return what DESTDMP says: 1, 0, or None where it is absent, unclear or says both."""
    values = {value.upper() for name, value in flags if name == _SENT_TO_DMP}
    return _YES_OR_NO.get(values.pop()) if len(values) == 1 else None


def _folded(pair: tuple[str, str]) -> tuple[str, str]:
    return pair[0].casefold(), pair[1].casefold()


def _received(context: Context | None, envelope: Envelope | None) -> bool:
    """Tell whether a document came to the user: a mail's, a list of the DMP's."""
    if envelope and envelope.profile is Profile.LPS:
        return True
    return context is not None and context.place in (Place.DMP, Place.MSSANTE)


def _dates(header: Header | None) -> tuple[Days | None, Days | None]:
    """Return the days of creation and of signature, as the document shows them."""
    if header is None:
        return None, None
    signature = header.legal_authenticator
    return days(header.date), days(signature.time if signature else None)
