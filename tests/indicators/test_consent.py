"""The decision table of consents, row by row, and what holds whatever the messages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stays import file_moved, merged, message, moved, person

from cda_tools.indicators import consent
from cda_tools.indicators.consent import Consent, Episode, Reach
from cda_tools.model.document import Document
from cda_tools.model.messages import Movement, MovementAction

OCTOBER = {"since": date(2026, 10, 1), "until": date(2026, 10, 31)}


def october(*items: Document, episode: Episode = Episode.UNIT, within: int = 12) -> Consent:
    return consent(items, episode=episode, within=Reach(months=within), **OCTOBER)


def feeding(result: Consent) -> dict[str, str]:
    """Return what each visit knows on feeding: ``INO``, ``INO*`` where inherited, ``-``."""
    return {
        one.visit: f"{one.feeding.value or '-'}{'*' if one.feeding.inherited else ''}"
        for one in result.list
    }


def rules(result: Consent) -> list[str]:
    return [one.finding.rule for one in result.findings]


BEFORE = moved("V1", "20260912093000", feeding="INO", consultation="IC")
AFTER = moved("V2", "20261014100000")


def test_an_own_decision_stands_whatever_was_said_before() -> None:
    assert feeding(october(BEFORE, moved("V2", "20261014", feeding="IO"))) == {"V2": "IO"}


@pytest.mark.parametrize("value", [None, "NA"])
def test_a_visit_without_decision_inherits_the_earlier_one_of_its_episode(
    value: str | None,
) -> None:
    result = october(BEFORE, moved("V2", "20261014100000", feeding=value, consultation=value))
    (one,) = result.list
    assert (one.feeding.value, one.feeding.inherited) == ("INO", True)
    assert (one.consultation.value, one.consultation.inherited) == ("IC", True)
    assert result.result.feeding.inherited == 1


def test_of_two_earlier_decisions_the_later_collected_one_is_inherited() -> None:
    later = moved("V0", "20260901", feeding="IO", collected="20260920")
    assert feeding(october(BEFORE, later, AFTER)) == {"V2": "IO*"}


def test_a_decision_collected_after_the_end_of_the_visit_is_not_inherited() -> None:
    late = moved("V1", "20260912", feeding="INO", collected="20261020")
    ended = moved("V2", "20261014", discharged="20261015")
    assert feeding(october(late, ended)) == {"V2": "-"}
    assert feeding(october(late, AFTER)) == {"V2": "INO*"}  # still open


def test_a_cancelled_visit_gives_nothing_and_does_not_count() -> None:
    cancel = moved("V1", "20260912093000", action="CANCEL", sent="20260913")
    assert feeding(october(BEFORE, cancel, AFTER)) == {"V2": "-"}
    gone = moved("V2", "20261014100000", action="CANCEL", sent="20261015")
    assert october(AFTER, gone).visits == 0


def test_an_admission_sent_again_after_its_cancellation_lives() -> None:
    cancel = moved("V2", "20261014", action="CANCEL", sent="20261015")
    again = moved("V2", "20261014", sent="20261016", feeding="INO")
    assert feeding(october(again, cancel, AFTER)) == {"V2": "INO"}
    update = moved("V2", "20261014", action="UPDATE", sent="20261017", feeding="INO")
    assert october(cancel, AFTER, update).visits == 0


def test_a_cancellation_read_before_what_it_cancels_wins_if_sent_after_it() -> None:
    cancel = moved("V2", "20261014100000", action="CANCEL", sent="20261015")
    assert october(cancel, AFTER).visits == october(AFTER, cancel).visits == 0


def test_a_cancelled_discharge_opens_the_visit_again() -> None:
    late = moved("V1", "20260912", feeding="INO", collected="20261020")
    left = moved("V2", "20261015", "A03", movement="M2")
    undone = moved("V2", "20261015", "A03", movement="M2", action="CANCEL", sent="20261016")
    assert feeding(october(late, AFTER, left)) == {"V2": "-"}
    assert feeding(october(late, AFTER, left, undone)) == {"V2": "INO*"}


def test_an_update_replaces_keeps_or_deletes_what_was_collected() -> None:
    first = moved("V2", "20261006", feeding="IO")

    def updated(value: str | None) -> dict[str, str]:
        update = moved("V2", "20261006", action="UPDATE", sent="20261007", feeding=value)
        return feeding(october(BEFORE, first, update))

    assert updated("INO") == {"V2": "INO"}
    assert updated(None) == {"V2": "IO"}
    assert updated("") == updated("NA") == {"V2": "INO*"}


def test_a_changed_mind_at_a_transfer_counts() -> None:
    transfer = moved("V2", "20261020", "A02", movement="M2", feeding="IO")
    assert feeding(october(moved("V2", "20261014", feeding="INO"), transfer)) == {"V2": "IO"}


def test_a_pre_admission_gives_its_decision_to_its_own_visit() -> None:
    planned = moved("V2", "20261001", "A05", movement="M0", feeding="INO")
    assert feeding(october(planned, AFTER)) == {"V2": "INO"}


def test_a_planned_visit_that_never_was_does_not_count_but_may_be_inherited_from() -> None:
    planned = moved("V1", "20261001", "A05", feeding="INO")
    assert feeding(october(planned, AFTER)) == {"V2": "INO*"}
    cancelled = moved("V1", "20261001", "A05", action="CANCEL", sent="20261002")
    assert feeding(october(planned, cancelled, AFTER)) == {"V2": "-"}


def test_from_emergency_to_a_stay_is_one_visit_of_the_last_class() -> None:
    arrived = moved("V2", "20261014", patient_class="E")
    stays = moved("V2", "20261015", "A06", movement="M2", patient_class="I")
    (one,) = october(arrived, stays).list
    assert one.patient_class == "I"


@pytest.mark.parametrize(
    ("start", "visits"),
    [("20260930235900", 0), ("20261001", 1), ("20261031235000", 1), ("20261101", 0)],
)
def test_a_visit_is_of_the_month_in_which_it_began(start: str, visits: int) -> None:
    assert october(moved("V2", start)).visits == visits


def test_the_admission_s_own_date_is_the_start() -> None:
    assert october(moved("V2", "20261102", admitted="20261031")).visits == 1


def test_one_movement_number_in_two_visits_is_two_movements() -> None:
    cancel = moved("V1", "20261002", action="CANCEL", sent="20261003")
    assert october(moved("V1", "20261002"), AFTER, cancel).visits == 1


def test_one_number_of_two_authorities_is_two_visits() -> None:
    assert october(AFTER, moved("V2", "20261015", authority="AUTRE")).visits == 2


def test_a_merge_after_the_month_joins_the_patients_for_all_times() -> None:
    other = moved("V1", "20260912", who=person("P9"), feeding="INO")
    merge = merged(person("P1"), person("P9"), "20261112")
    assert feeding(october(other, AFTER, episode=Episode.PATIENT)) == {"V2": "-"}
    assert feeding(october(merge, other, AFTER, episode=Episode.PATIENT)) == {"V2": "INO*"}


def test_a_file_that_moves_to_another_patient_takes_its_visits_along() -> None:
    wrong = moved("V1", "20260912", who=person("P9"), feeding="INO", file="D1")
    move = file_moved(person("P1"), "D1", "20261112")
    assert feeding(october(wrong, AFTER)) == {"V2": "-"}
    assert feeding(october(move, wrong, AFTER)) == {"V2": "INO*"}


def test_two_ins_are_two_patients_even_where_a_local_number_joins_them() -> None:
    one = moved("V1", "20260912", who=person("P1", "INS2790612999999"), feeding="INO")
    two = moved("V2", "20261014", who=person("P1", "INS1790612888888"))
    result = october(one, two, episode=Episode.PATIENT)
    assert feeding(result) == {"V2": "-"}
    assert rules(result) == ["CON-02"]


def test_patients_without_any_identifier_are_not_one() -> None:
    nobody = person()
    one = moved("V1", "20260912", who=nobody, feeding="INO")
    two = moved("V2", "20261014", who=nobody)
    assert feeding(october(one, two, episode=Episode.PATIENT)) == {"V2": "-"}


def test_a_decision_without_date_is_dated_by_its_movement() -> None:
    undated = moved("V1", "20260912", feeding="INO", collected="")
    assert feeding(october(undated, AFTER)) == {"V2": "INO*"}


def test_the_two_subjects_are_resolved_apart() -> None:
    (one,) = october(BEFORE, moved("V2", "20261014", consultation="INC")).list
    assert (one.feeding.inherited, one.consultation.inherited) == (True, False)


def test_what_was_inherited_is_not_inherited_again() -> None:
    chained = [
        moved("V0", "20240912", feeding="INO"),
        moved("V1", "20250912"),
        moved("V2", "20261001"),
    ]
    assert feeding(october(*chained, within=13)) == {"V2": "-"}


def test_episodes_by_file_by_unit_and_by_patient() -> None:
    items = [
        moved("V1", "20260912", unit="CARD", file="D1", feeding="INO"),
        moved("V2", "20261002", unit="CHIR", file="D1"),
        moved("V3", "20261003", unit="CARD", file="D2"),
        moved("V4", "20261004", unit="DERM", file="D3"),
    ]

    def known(episode: Episode) -> list[str]:
        return [
            name
            for name, value in feeding(october(*items, episode=episode)).items()
            if value != "-"
        ]

    assert known(Episode.VISIT) == []
    assert known(Episode.FILE) == ["V2"]
    assert known(Episode.UNIT) == ["V3"]
    assert known(Episode.PATIENT) == ["V2", "V3", "V4"]


@pytest.mark.parametrize(
    ("earlier", "start", "within", "expected"),
    [
        ("20251014", "20261014", Reach(months=12), "INO*"),
        ("20251013", "20261014", Reach(months=12), "-"),
        ("20230228", "20240229", Reach(months=12), "INO*"),
        ("20260716", "20261014", Reach(days=90), "INO*"),
        ("20260715", "20261014", Reach(days=90), "-"),
    ],
)
def test_how_far_back_a_visit_of_the_same_unit_may_be(
    earlier: str, start: str, within: Reach, expected: str
) -> None:
    items = [moved("V1", earlier, feeding="INO"), moved("V2", start)]
    result = consent(items, within=within)
    assert feeding(result)["V2"] == expected


def test_a_table_names_the_episodes_and_the_visits_that_it_lacks_are_said() -> None:
    items = [BEFORE, AFTER, moved("V3", "20261015")]
    result = consent(items, episode={"V1": "E1", "V2": "E1"}, **OCTOBER)
    assert (feeding(result), result.episode) == ({"V2": "INO*", "V3": "-"}, "table")
    assert [(one.finding.rule, one.places) for one in result.findings] == [("CON-04", ("V3",))]


def test_a_decision_of_no_visit_counts_in_the_upper_bound_alone() -> None:
    note = message(
        Movement(
            person("P1"),
            "A28",
            MovementAction.INSERT,
            feeding=BEFORE.context.statement.feeding,  # type: ignore[union-attr]
        ),
        "20260912",
    )
    result = october(note, AFTER)
    assert feeding(result) == {"V2": "-"}
    assert result.bounds[Episode.PATIENT].feeding.values["INO"] == 1
    late = moved("V0", "20260901", who=person("P1"))
    assert october(late, note, episode=Episode.PATIENT).visits == 0


def test_a_cancellation_of_nothing_known_and_a_visit_without_start_are_said() -> None:
    cancel = moved("V2", "20261014100000", movement="M9", action="CANCEL")
    assert rules(october(AFTER, cancel)) == ["CON-01"]
    assert rules(october(moved("V5", "?"))) == ["CON-03"]


def test_counts_by_class_add_up() -> None:
    result = october(AFTER, moved("V3", "20261015", patient_class="I", feeding="INO"))
    assert {name: one.feeding.informed for name, one in result.by_class.items()} == {"I": 1, "O": 0}


def test_no_identity_is_in_the_result() -> None:
    who = person("IPP-SECRET", "INS2790612999999")
    result = october(moved("V2", "20261014", who=who))
    assert "SECRET" not in repr(result)
    assert "2790612" not in repr(result)


MESSAGES = st.builds(
    moved,
    st.sampled_from(["V1", "V2", "V3", None]),
    st.sampled_from(["20250930", "20260912", "20261002", "20261014", "20261014103000", "20261020"]),
    st.sampled_from(["A01", "A04", "A05", "A02", "A03", "A06"]),
    who=st.sampled_from([person("P1"), person("P2"), person("P1", "INS2790612999999")]),
    action=st.sampled_from(["INSERT", "INSERT", "INSERT", "UPDATE", "CANCEL"]),
    movement=st.sampled_from(["M1", "M1", "M2", None]),
    feeding=st.sampled_from([None, "", "NA", "INO", "IO"]),
    consultation=st.sampled_from([None, "", "NA", "IC", "INC"]),
    collected=st.sampled_from([None, "", "20260101", "20261010"]),
    sent=st.sampled_from(["20261001", "20261014103000", "20261015", "20261101"]),
    unit=st.sampled_from(["CARD", "CHIR", ""]),
    file=st.sampled_from([None, "D1", "D2"]),
    patient_class=st.sampled_from(["I", "O", "E"]),
    discharged=st.sampled_from([None, None, "20261021"]),
)
CHANGES = st.one_of(
    st.builds(merged, st.just(person("P1")), st.just(person("P2")), st.just("20261120")),
    st.builds(file_moved, st.just(person("P2")), st.just("D1"), st.just("20261120")),
)
ITEMS = st.lists(st.one_of(MESSAGES, MESSAGES, MESSAGES, CHANGES), max_size=12)
EPISODES = st.sampled_from([one for one in Episode if one is not Episode.TABLE])


@given(items=ITEMS, episode=EPISODES, data=st.data())
def test_the_order_of_messages_never_matters(
    items: list[Document], episode: Episode, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(items))
    assert (
        october(*items, episode=episode).to_dict() == october(*shuffled, episode=episode).to_dict()
    )


@given(items=ITEMS)
def test_the_bounds_hold_for_the_informed(items: list[Document]) -> None:
    informed = {
        episode: (october(*items, episode=episode).result.feeding.informed)
        for episode in Episode
        if episode is not Episode.TABLE
    }
    assert informed[Episode.VISIT] <= informed[Episode.FILE] <= informed[Episode.PATIENT]
    assert informed[Episode.VISIT] <= informed[Episode.UNIT] <= informed[Episode.PATIENT]


@given(items=ITEMS)
def test_a_visit_whose_movements_are_all_cancelled_in_the_end_never_counts(
    items: list[Document],
) -> None:
    cancels = [
        moved("V1", "20261002", event, movement=movement, action="CANCEL", sent="20270101", who=who)
        for event in ("A01", "A02", "A03", "A05", "A06")
        for movement in ("M1", "M2", None)
        for who in (person("P1"), person("P2"), person("P1", "INS2790612999999"))
    ]
    assert "V1" not in feeding(october(*items, *cancels))


@given(items=ITEMS, data=st.data())
def test_copies_of_messages_never_matter(items: list[Document], data: st.DataObject) -> None:
    copies = data.draw(st.lists(st.sampled_from(items), max_size=4)) if items else []
    once, twice = october(*items), october(*items, *copies)
    assert (once.result, once.list) == (twice.result, twice.list)


def test_a_visit_whose_number_is_the_patient_s_is_listed_without_it() -> None:
    number = "279069900000016"
    result = october(moved(number, "20261014", feeding="INO"), episode=Episode.UNIT)
    assert number not in str(result.to_dict())
    assert result.visits == 1
    table = consent([moved(number, "20261014")], episode={number: "E1"}, **OCTOBER)
    assert table.findings == ()


def test_a_visit_of_many_movements_each_of_a_unit_of_its_own_is_counted() -> None:
    moves = [
        moved(
            "V1",
            f"202609{day:02}{hour:02}0000",
            "A02" if day + hour > 1 else "A01",
            movement=f"M{day}-{hour}",
            unit=f"U{day}-{hour}",
            feeding="INO" if hour % 2 else "IO",
        )
        for day in range(1, 29)
        for hour in range(24)
    ]
    result = october(*moves, moved("V2", "20261001", unit="U1-0"))
    assert feeding(result) == {"V2": "INO*"}  # the last of all movements, whatever its unit
