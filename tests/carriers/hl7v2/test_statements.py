"""ACK, ZAM and ADT: what they say, what they break, and how a long file of them is read."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from make_answer import Adt, ack, adt, zam

from cda_tools import read_all
from cda_tools.carriers import hl7v2, open_bytes
from cda_tools.carriers.base import Carried
from cda_tools.model.messages import (
    Answer,
    AnswerKind,
    FileMove,
    Merge,
    Movement,
    MovementAction,
    Number,
    Profile,
)
from cda_tools.reading.safexml import Limits

VISIT = Adt("2001", "V1", "20250610093000", zfa="INO|20250610093000|IC|20250610093000")


def opened(data: bytes) -> Carried:
    (carried,) = open_bytes(data, "m.hl7")
    return carried


def rules(data: bytes) -> list[str]:
    return [one.rule for one in opened(data).findings]


def movement(data: bytes) -> Movement:
    context = opened(data).context
    assert context is not None
    assert isinstance(context.statement, Movement)
    return context.statement


def test_an_acknowledgement_says_what_it_answers_and_whom() -> None:
    carried = opened(ack("A001", "AE", error="ERR||TXA^1^17|101^x|E"))
    assert carried.is_statement
    context = carried.context
    assert context is not None
    assert context.statement == Answer(AnswerKind.TECHNICAL, "A001", "AE", "101")
    assert context.envelope is not None
    assert context.envelope.receiver == ("RIS", "VAL-ORMEAU")
    assert context.envelope.profile is Profile.ABSENT


def test_an_acknowledgement_of_a_zam_or_an_adt_answers_no_document() -> None:
    for event in ("Z01", "A01"):
        context = opened(ack("A001", event=event)).context
        assert context is not None
        assert isinstance(context.statement, Answer)
        assert context.statement.kind is AnswerKind.OTHER


@pytest.mark.parametrize(
    ("event", "kind"),
    [("Z01", AnswerKind.DMP), ("Z02", AnswerKind.MAIL), ("Z03", AnswerKind.READING)],
)
def test_a_zam_says_what_became_of_a_message(event: str, kind: AnswerKind) -> None:
    error = "ERR|||207^x|E|550^Boîte de M. SECRET^SMTPERRORCODE"
    context = opened(zam("A001", "N", event=event, error=error)).context
    assert context is not None
    assert context.statement == Answer(kind, "A001", "N", "550")
    assert "SECRET" not in repr(context)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (ack("A1").replace(b"MSA|", b"MSX|"), ["HL7-ACK-1"]),
        (ack("A1", "AR", error="ERR|||999^x|E"), ["HL7-ACK-2"]),
        (ack("A1", "AR", error="ERR|||207^x|Z"), ["HL7-ACK-2"]),
        (zam("A1", "P"), ["HL7-ZAM-1"]),
        (zam("A1").replace(b"OBX|", b"OBY|"), ["HL7-ZAM-1"]),
        (zam("A1").replace(b"ACK_RECEPTION_DMP", b"ACK_RECEPTION_MSS"), ["HL7-ZAM-1"]),
        (zam("A1", "N", error="ERR|||207^x|E"), ["HL7-ZAM-3"]),
        (zam("A1", "N", error="ERR|||207^x|E|M. SECRET^x"), ["HL7-ZAM-3"]),
        (zam("A1", "Y", error="ERR|||0^x|I\rERR|||0^x|I"), ["HL7-ZAM-3"]),
        (zam("A1", "Y", error="ERR|||0^x|I"), []),
        (zam("A1").replace(b"EVN|", b"EVX|"), ["HL7-ZAM-4"]),
        (zam("A1").replace(b"EVN||2025", b"EVN||2026"), ["HL7-ZAM-4"]),
        # To the minute with an offset, to the second without: nothing says it is later.
        (zam("A1").replace(b"|20250610093500||ZAM", b"|202506100935+0200||ZAM"), []),
        (zam("A1").replace(b"2.1^CISIS_CDA_HL7_V2", b""), ["HL7-MSH-21"]),
    ],
)
def test_what_an_answer_breaks(data: bytes, expected: list[str]) -> None:
    assert rules(data) == expected


@pytest.mark.parametrize("code", ["Patient SECRET", "279069900000016", "X" * 81])
def test_what_is_no_code_is_not_told_as_one(code: str) -> None:
    for data in (
        zam("A1", "N", error=f"ERR|||207^x|E|{code}^x^DMP_ERROR_CODE"),
        ack("A1", "AE", error=f"ERR|||{code}^x|E"),
    ):
        carried = opened(data)
        assert code not in repr(carried.context)
        assert all(code not in one.message for one in carried.findings)


def test_a_zam_of_an_unknown_event_says_nothing() -> None:
    carried = opened(zam("A1").replace(b"ZAM^Z01", b"ZAM^Z09"))
    assert not carried.is_statement
    assert [one.rule for one in carried.findings] == ["HL7-ZAM-1"]


def test_a_movement_is_read_field_by_field() -> None:
    said = movement(adt(VISIT))
    assert (said.event, said.action, said.patient_class) == ("A04", MovementAction.INSERT, "O")
    assert said.visit == Number("V1", "1.2.250.1.999.7.3")
    assert said.file == Number("D25-0001", "1.2.250.1.999.7.2")
    assert said.unit == Number("CARD", "1.2.250.1.999.7.4")
    assert said.id == Number("M1", "1.2.250.1.999.7.5")
    assert said.feeding is not None
    assert (said.feeding.value, said.feeding.date and said.feeding.date.raw) == (
        "INO",
        "20250610093000",
    )
    assert "VO000417" not in repr(said)


@pytest.mark.parametrize(
    ("changed", "event", "action"),
    [
        ({"event": "A11", "action": "CANCEL", "original": "A04"}, "A04", MovementAction.CANCEL),
        ({"event": "A11", "action": "", "original": ""}, "A01", MovementAction.CANCEL),
        ({"event": "A13", "action": "INSERT"}, "A03", MovementAction.CANCEL),
        ({"event": "Z99", "action": "UPDATE", "original": "A01"}, "A01", MovementAction.UPDATE),
        ({"event": "Z99", "action": ""}, "", MovementAction.UPDATE),
        ({"event": "A08", "action": "x", "original": "A01"}, "A01", MovementAction.UPDATE),
        ({"event": "A02", "action": ""}, "A02", MovementAction.INSERT),
    ],
)
def test_what_a_message_does_to_which_movement(
    changed: dict[str, str], event: str, action: MovementAction
) -> None:
    said = movement(adt(replace(VISIT, **changed)))
    assert (said.event, said.action) == (event, action)


@pytest.mark.parametrize(
    ("zfa", "feeding", "consultation", "expected"),
    [
        ("INO|20250610|INC|20250610", "INO", "INC", []),
        ('""||""|', "", "", []),
        ("NA||NA|", "NA", "NA", []),
        ("|||", None, None, []),
        ("OUI|20250610|NA|", None, "NA", ["HL7-ADT-7"]),
        ("INO||NA|", "INO", "NA", ["HL7-ADT-7"]),
        ("INO|hier|NA|", "INO", "NA", ["HL7-ADT-7"]),
        ("INO|20270610|NA|", "INO", "NA", ["HL7-ADT-7"]),
        ("INO|20250610100000+0300|NA|", "INO", "NA", []),
    ],
)
def test_what_was_collected(
    zfa: str, feeding: str | None, consultation: str | None, expected: list[str]
) -> None:
    data = adt(replace(VISIT, zfa=zfa))
    said = movement(data)
    assert (said.feeding and said.feeding.value) == feeding
    assert (said.consultation and said.consultation.value) == consultation
    assert rules(data) == expected


def test_fields_shifted_by_one_are_read_where_they_are() -> None:
    said = movement(adt(VISIT).replace(b"||INSERT", b"|||INSERT"))
    assert (said.action, said.unit) == (
        MovementAction.INSERT,
        Number("CARD", "1.2.250.1.999.7.4"),
    )


def test_a_visit_without_number_has_that_of_its_file() -> None:
    said = movement(adt(VISIT).replace(b"|V1^", b"|^"))
    assert (said.visit, said.visit_from_file) == (said.file, True)


@pytest.mark.parametrize("changed", [{"patient_class": "N"}, {"event": "A28"}, {"event": "A31"}])
def test_some_messages_are_about_no_visit(changed: dict[str, str]) -> None:
    assert movement(adt(replace(VISIT, **changed))).visit is None


def test_a_merge_and_a_file_that_moves() -> None:
    context = opened(adt(replace(VISIT, event="A40", prior="VO000998"))).context
    assert context is not None
    assert isinstance(context.statement, Merge)
    assert [one.extension for one in context.statement.prior.ids] == ["VO000998"]
    moved = adt(replace(VISIT, event="A44", prior="VO000998")).replace(b"MRG|", b"MRG|||D7^^^A|")
    context = opened(moved).context
    assert context is not None
    assert isinstance(context.statement, FileMove)
    assert context.statement.file == Number("D7", "A")


def test_an_adt_without_patient_says_so() -> None:
    assert rules(adt(VISIT).replace(b"PID|", b"PIX|")) == ["HL7-ADT-1"]


def batch(count: int) -> bytes:
    return b"BHS|^~\\&|M\r" + b"".join(zam(f"A{number}") for number in range(count)) + b"BTS|9\r"


def test_a_file_longer_than_any_document_may_be_is_read_to_its_end(tmp_path: Path) -> None:
    limits = Limits(size=4096)
    data = batch(200)
    assert len(data) > 2 * limits.size
    path = tmp_path / "lot.hl7"
    path.write_bytes(data)
    from_file = list(read_all(path, limits))
    assert len(from_file) == 200
    assert len(list(read_all(io.BytesIO(data), limits))) == 200
    assert all(one.is_statement for one in from_file)
    assert from_file[7].path.endswith("lot.hl7!MSH[8]")


def test_messages_are_read_one_at_a_time() -> None:
    taken = 0

    def blocks():  # type: ignore[no-untyped-def]
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield zam(f"A{number}")

    found = hl7v2.open_messages(blocks(), "-")
    for _ in range(5):
        next(found)
    assert taken < 20


def test_a_file_that_fails_on_the_way_says_so_after_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lot.hl7"
    path.write_bytes(batch(3))

    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 0:
                raise OSError(5, "Input/output error")
            return super().read(len(batch(3)) // 2)

    monkeypatch.setattr(Path, "open", lambda *_, **__: Failing(batch(3)))
    found = list(hl7v2.open_messages(path, str(path)))
    assert [one.rule for one in found[-1].findings] == ["HL7-01"]
    assert "erreur" in found[-1].findings[0].message.lower()
