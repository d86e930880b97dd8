"""Historical documents: edge days, leap years, dates that are missing or partial."""

from dataclasses import replace
from datetime import date

import pytest

from cda_tools.indicators.history import (
    Reason,
    TypeCount,
    Verdict,
    five_years_before,
    indicator,
    is_historical,
)
from cda_tools.model.carriage import Action, Context, Place, RegistryEntry
from cda_tools.model.document import Document
from cda_tools.model.header import Authenticator, Code, Header, Identifier
from cda_tools.model.timestamp import Timestamp

SENT = date(2025, 6, 10)
BIOLOGY = Code("11502-2", "2.16.840.1.113883.6.1", "CR d'examens biologiques")


def doc(
    created: str | None = None,
    signed: str | None = None,
    *,
    number: int = 1,
    context: Context | None = None,
    code: Code | None = None,
) -> Document:
    signature = Authenticator(time=Timestamp(signed)) if signed else None
    header = Header(
        id=Identifier(f"1.2.3.{number}"),
        type=code,
        date=Timestamp(created) if created else None,
        legal_authenticator=signature,
    )
    return Document(f"{number}.xml", header=header, context=context)


@pytest.mark.parametrize(
    ("day", "sent", "historical"),
    [
        (date(2021, 1, 15), SENT, True),
        (date(2025, 6, 9), SENT, True),
        (date(2025, 6, 10), SENT, False),
        (date(2025, 6, 11), SENT, False),
        (date(2020, 6, 10), SENT, True),
        (date(2020, 6, 9), SENT, False),
        (date(2019, 2, 28), date(2024, 2, 29), True),
        (date(2019, 2, 27), date(2024, 2, 29), False),
        (date(2020, 2, 29), date(2025, 2, 28), True),
        (date(2020, 2, 29), date(2025, 3, 1), False),
        (date(2020, 2, 28), date(2025, 2, 28), True),
    ],
)
def test_edge_days(day: date, sent: date, *, historical: bool) -> None:
    assert is_historical(day, sent) is historical


def test_five_years_before_the_first_years() -> None:
    assert five_years_before(date(3, 2, 1)) == date(1, 2, 1)


@pytest.mark.parametrize(
    ("created", "signed", "verdict", "reason"),
    [
        ("20210115", None, Verdict.HISTORICAL, None),
        # Either date is enough.
        ("20250610101500+0200", "20250609235959+0200", Verdict.HISTORICAL, None),
        ("20150101", "20220101", Verdict.HISTORICAL, None),
        ("20220101", "20250610", Verdict.HISTORICAL, None),
        (None, "20220101", Verdict.HISTORICAL, None),
        ("20150101", "20150102", Verdict.RECENT, None),
        ("20250610000000+0200", None, Verdict.RECENT, None),
        ("29180101", None, Verdict.RECENT, None),
        # The day is the one that the document shows.
        ("20250609233000-1000", None, Verdict.HISTORICAL, None),
        # Partial dates count where every day that they may mean counts.
        ("2021", None, Verdict.HISTORICAL, None),
        ("202505", None, Verdict.HISTORICAL, None),
        ("2019", None, Verdict.RECENT, None),
        ("2026", None, Verdict.RECENT, None),
        ("2020", None, Verdict.UNDETERMINED, Reason.PARTIAL_DATE),
        ("202006", None, Verdict.UNDETERMINED, Reason.PARTIAL_DATE),
        ("202506", None, Verdict.UNDETERMINED, Reason.PARTIAL_DATE),
        ("2025", None, Verdict.UNDETERMINED, Reason.PARTIAL_DATE),
        ("202506", "20250601", Verdict.HISTORICAL, None),
        (None, None, Verdict.UNDETERMINED, Reason.NO_DATE),
        ("20250230", "?", Verdict.UNDETERMINED, Reason.NO_DATE),
    ],
)
def test_creation_or_signature(
    created: str | None, signed: str | None, verdict: Verdict, reason: Reason | None
) -> None:
    (judged,) = indicator([doc(created, signed)], sent=SENT).documents
    assert (judged.verdict, judged.reason, judged.sent) == (verdict, reason, SENT)


def test_the_day_of_sending_is_the_carrier_s_before_the_user_s() -> None:
    told = Context(sent=Timestamp("20250101"))
    (judged,) = indicator([doc("20241231", context=told)], sent=date(2024, 1, 1)).documents
    assert (judged.verdict, judged.sent) == (Verdict.HISTORICAL, date(2025, 1, 1))


@pytest.mark.parametrize("sent", [None, Timestamp("2025"), Timestamp("?")])
def test_an_unknown_day_of_sending_is_told(sent: Timestamp | None) -> None:
    (judged,) = indicator([doc("20210115", context=Context(sent=sent))]).documents
    assert (judged.verdict, judged.reason) == (Verdict.UNDETERMINED, Reason.NO_SENDING_DATE)


def test_a_registry_s_utc_is_turned_to_local_days() -> None:
    submitted = Context(sent=Timestamp("20250609223000+0000"), registry=RegistryEntry())
    # 00:30 on the 10th in France, both of them: the same day.
    (judged,) = indicator([doc("20250609223000+0000", context=submitted)]).documents
    assert (judged.verdict, judged.sent) == (Verdict.RECENT, date(2025, 6, 10))


@pytest.mark.parametrize(
    ("context", "reason"),
    [
        (Context(action=Action.DELETE), Reason.DELETION),
        (Context(flags=(("DESTDMP", "N"),)), Reason.NOT_FOR_DMP),
        (Context(place=Place.DMP), Reason.RECEIVED),
        (Context(place=Place.MSSANTE), Reason.RECEIVED),
    ],
)
def test_what_was_not_sent_to_the_dmp_does_not_count(context: Context, reason: Reason) -> None:
    result = indicator([doc("20210115", context=context)], sent=SENT)
    assert [(one.verdict, one.reason) for one in result.documents] == [(Verdict.NOT_SENT, reason)]
    assert result.total == 0


def test_the_same_document_sent_again_counts_once() -> None:
    documents = [doc("20210115"), doc("20210115"), doc("20210115", number=2)]
    result = indicator(documents, sent=SENT)
    assert result.total == 2
    assert result.documents[1].reason is Reason.TWICE
    unnamed = replace(documents[0], header=Header(date=Timestamp("20210115")))
    assert indicator([unnamed, unnamed], sent=SENT).total == 2


def test_a_deletion_does_not_hide_what_was_sent() -> None:
    deletion = doc("20210115", context=Context(action=Action.DELETE))
    assert indicator([deletion, doc("20210115")], sent=SENT).total == 1


def test_a_period_takes_its_first_and_last_day() -> None:
    days = ["20250531", "20250601", "20250630", "20250701"]
    documents = [
        doc("20210115", number=number, context=Context(sent=Timestamp(day)))
        for number, day in enumerate(days)
    ]
    result = indicator(documents, first=date(2025, 6, 1), last=date(2025, 6, 30))
    assert [one.sent for one in result.documents] == [date(2025, 6, 1), date(2025, 6, 30)]
    assert result.total == 2
    assert indicator(documents, first=date(2025, 6, 1)).total == 3
    assert indicator(documents, last=date(2025, 6, 30)).total == 3


def test_types_are_counted_most_first() -> None:
    bare = Code("11502-2", BIOLOGY.system)
    documents = [
        doc("20210115", number=1),
        doc("20210115", number=2, code=bare),
        doc("20210115", number=3, code=BIOLOGY),
        doc("20250610", number=4, code=BIOLOGY),
    ]
    assert indicator(documents, sent=SENT).by_type == (
        TypeCount("11502-2", BIOLOGY.system, BIOLOGY.display_name, 2),
        TypeCount(None, None, None, 1),
    )
