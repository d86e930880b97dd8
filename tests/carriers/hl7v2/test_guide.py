"""The guides' rules: by profile, without false alarm on real messages, quoting no one."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from make_document import Doc, document
from make_message import RECIPIENT, SENDER, Mdm, mdm, oru

from cases.makers.guide import dropped, lps, numbered, sent, without
from cda_tools.carriers import open_bytes, open_path
from cda_tools.model.carriage import Action
from cda_tools.rules.finding import Finding, Severity


def findings(data: bytes) -> list[Finding]:
    return [one for carried in open_bytes(data, "m.hl7") for one in carried.findings]


def rules(data: bytes) -> set[str]:
    return {one.rule for one in findings(data)}


def test_no_official_message_that_carries_its_document_has_an_error(shared: Path) -> None:
    folder = shared / "conformance" / "corpus" / "hl7v2"
    seen = 0
    for path in sorted(folder.iterdir()):
        if path.suffix in (".hl7", ".er7"):
            for carried in open_path(path):
                errors = {one.rule for one in carried.findings if one.severity is Severity.ERROR}
                assert errors <= {"HL7-06"}, path.name
                seen += 1
    assert seen > 20


def test_the_full_messages_among_the_samples_break_nothing(shared: Path) -> None:
    for name in ("ack-01-mdm-t02", "ack-04-oru-deux-documents", "ack-09-mdm-t02-rejete"):
        path = shared / "samples" / "messages-2026" / f"{name}.hl7"
        told = [one.rule for carried in open_path(path) for one in carried.findings]
        assert told in ([], ["HL7-CNT-2"]), name


def test_our_own_messages_break_nothing(gazelle: Path) -> None:
    for path in sorted((gazelle / "carriers").glob("*.hl7")):
        told = {one.rule for carried in open_path(path) for one in carried.findings}
        assert told <= {"HL7-CNT-2"}, path.name


@pytest.mark.parametrize("profile", ["2.0^CISIS_CDA_HL7_V2", "1.2^CISIS_CDA_HL7_V1"])
def test_an_older_message_is_said_to_be_old_and_nothing_else(profile: str) -> None:
    message = sent(profile=profile, order="SC", txa17="LA", participants=())
    assert rules(message) == {"HL7-MSH-21-OLD"}
    assert "HL7-MSH-3" in rules(without(message, "|PFI|", "||"))


def test_an_indicator_of_an_older_profile_is_known_by_its_code() -> None:
    message = sent(profile="1.2^CISIS_CDA_HL7_V1", dmp="N")
    message = message.replace(b"^MetaDMPMSS||", b"^||")
    (carried,) = open_bytes(message, "m.hl7")
    assert carried.context is not None
    assert dict(carried.context.flags)["DESTDMP"] == "N"


def test_a_message_of_another_guide_is_left_alone() -> None:
    told = rules(sent(profile="1.0^CISIS_TLR_HL7_V2", participants=(), number=""))
    assert told == set()


def test_a_message_without_profile_is_read_as_what_it_looks_like() -> None:
    assert rules(sent(profile="")) == {"HL7-MSH-21"}
    assert rules(lps(profile="")) == {"HL7-MSH-21"}
    assert rules(lps(profile="9.9^AUTRE")) == {"HL7-MSH-21"}


def test_each_part_of_the_sender_that_lacks_is_named() -> None:
    bare = SENDER.replace("^ORMEAU^Gaspard^^^^^^ASIP-SANTE-PS&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS", "")
    (one,) = (one for one in findings(sent(participants=(bare, RECIPIENT))))
    assert (one.rule, one.location) == ("HL7-PRT-SB-5", "PRT[1]-5")
    assert ".2, .3, .9.2, .9.3, .13" in one.message


def test_a_device_may_send() -> None:
    before, _, after = SENDER.partition("|899700000124")
    structure = after.partition("|||")[2]
    device = f"{before}||||{structure.strip('|')}||DISPOSITIF-1"
    assert rules(sent(participants=(device, RECIPIENT))) == set()


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        # The commonest sending of all is in no row of the guide's table: nothing is said.
        ({"INVISIBLE_PATIENT": "N"}, set()),
        ({"INVISIBLE_PATIENT": "N", "INVISIBLE_REP_LEGAUX": "Y"}, {"HL7-VIS-TABLE"}),
        ({"INVISIBLE_REP_LEGAUX": "Y"}, {"HL7-VIS-TABLE"}),
        # To the DMP alone: no mail, so outside of the table.
        ({"DESTMSSANTEPS": "N", "MASQUE_PS": "Y", "INVISIBLE_REP_LEGAUX": "Y"}, set()),
        ({"MASQUE_PS": "Y"}, {"HL7-VIS-MASKED"}),
    ],
)
def test_visibility_against_destination(changed: dict[str, str], expected: set[str]) -> None:
    assert rules(sent(indicators=changed)) == expected


def test_hidden_from_the_representatives_and_sent_to_the_patient_is_no_error() -> None:
    to = RECIPIENT.replace("cabinet-tamaris.mssante.example", "patient.mssante.fr")
    row = {
        "INVISIBLE_PATIENT": "N",
        "INVISIBLE_REP_LEGAUX": "Y",
        "DESTMSSANTEPS": "N",
        "DESTMSSANTEPAT": "Y",
    }
    assert rules(sent(dmp="N", participants=(SENDER, to), indicators=row)) == set()


def test_the_nearest_row_of_the_table_is_named_with_what_differs() -> None:
    (one,) = findings(sent(indicators={"INVISIBLE_REP_LEGAUX": "Y"}))
    assert "ligne 2 (envoi au professionnel), qui diffère par INVISIBLE_REP_LEGAUX" in one.message


def test_two_ins_of_one_authority_are_two_patients_of_two_authorities_a_doubt() -> None:
    good = sent()
    number = "279069900000016"
    other = without(good, number, "179069900111199")
    assert rules(other) == {"HL7-23"}
    assert rules(without(other, "213.1.4.10", "213.1.4.9")) == {"HL7-PID-3-INS"}
    # The key of two digits after the thirteen does not tell two people apart.
    assert rules(without(good, number, number[:13])) == set()


@pytest.mark.parametrize("profile", ["2.0^CISIS_CDA_HL7_V2", "1.0^CISIS_TLR_HL7_V2", ""])
def test_another_patient_is_said_whatever_guide_the_message_follows(profile: str) -> None:
    message = sent(profile=profile)
    other = without(message, "279069900000016", "179069900111199")
    told = {"HL7-23", "HL7-PID-3-INS"}
    assert told & rules(other) == {"HL7-23"}
    assert told & rules(without(other, "213.1.4.10", "213.1.4.9")) == {"HL7-PID-3-INS"}
    assert not told & rules(message)


def test_an_ins_whose_authority_has_a_name_alone_is_compared() -> None:
    named = without(sent(), "ASIP-SANTE-INS-NIA&1.2.250.1.213.1.4.10&ISO", "ASIP-SANTE-INS-NIR")
    assert "HL7-PID-3-INS" not in rules(named)
    # It is no INS as the guide wants it.
    assert "HL7-PID-INS" in rules(named)
    assert "HL7-PID-3-INS" in rules(without(named, "279069900000016", "179069900111199"))


def test_another_local_identifier_is_said_once() -> None:
    ins = "279069900000016^^^ASIP-SANTE-INS-NIA&1.2.250.1.213.1.4.10&ISO^INS"
    known = document(Doc("1.2.250.1.999.7.101")).replace(
        b"1.2.250.1.213.1.4.10", b"1.2.250.1.999.8"
    )
    other = without(
        mdm(Mdm(known, txa12="1.2.250.1.999.7.101", dmp="N")),
        ins,
        "7002^^^X&1.2.250.1.999.8&ISO^PI",
    )
    assert rules(other) == {"HL7-23"}


def test_txa_that_has_root_and_extension_in_one_is_told_apart() -> None:
    doc = Doc(id="1.2.250.1.999.7", extension="101", set_id="1.2.250.1.999.7.100")
    message = Mdm(document(doc), txa12="1.2.250.1.999.7.101", dmp="N")
    assert rules(mdm(message)) == {"HL7-08"}
    assert rules(mdm(replace(message, txa12="101^^1.2.250.1.999.7^ISO"))) == set()


def test_what_a_field_holds_is_never_quoted() -> None:
    secret = "JULIENNE-SECRETE"
    message = without(sent(), "|O|||", f"|{secret}|||")
    message = without(message, "|MASQUE_PS^", f"|{secret}^")
    message = without(message, "SB^^", f"{secret}^^")
    message = without(message, "|P|2.6", f"|{secret}|2.6")
    told = findings(message)
    assert len(told) >= 4
    assert all(secret not in one.message for one in told)


def test_an_oru_with_three_documents_has_too_many() -> None:
    docs = [document(Doc(id=f"1.2.250.1.999.7.{n}", type=BIOLOGY)) for n in (1, 2, 3)]
    assert "HL7-CNT" in rules(oru(*docs))


BIOLOGY = ("11502-2", "2.16.840.1.113883.6.1", "CR d'examens biologiques")


def _to(who: str) -> str:
    """Return a recipient, its fields from PRT-5 on."""
    address = "^^X.400^boite@clinique.mssante.example"
    fields = (who.split("|") + [""] * 11)[:10]
    return f"PRT||UC||RCT^^participation|{'|'.join(fields)}|{address}"


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("|||Service^^^^^LOCAL^UF^^^6268", set()),
        ("|||Clinique^^^^^A&1.2.250.1.71.4.2.2&ISO^FINEG^^^990000045", set()),
        ("|||Clinique^^^^^A&1.2.250.1.71.4.2.2&ISO^SIRET^^^1", {"HL7-PRT-RCT-WHO"}),
        ("|||||LOGICIEL-1", set()),
        ("", {"HL7-PRT-RCT-WHO"}),
        ("8997^X^Y^^^^^^A&1.2.250.1.71.4.2.1&ISO^D", {"HL7-PRT-RCT-WHO"}),
    ],
)
def test_a_recipient_is_a_person_an_organisation_or_an_application(
    who: str, expected: set[str]
) -> None:
    assert rules(sent(participants=(SENDER, _to(who)))) == expected


def test_the_patient_among_the_recipients_of_a_message_that_is_not_for_them() -> None:
    patient = RECIPIENT.replace("cabinet-tamaris.mssante.example", "patient.mssante.fr")
    assert rules(sent(participants=(SENDER, RECIPIENT, patient))) == {"HL7-PRT-PAT"}


def test_a_comment_is_read_behind_the_patient_s_destination_alone() -> None:
    good = sent()
    behind = without(good, "OBX|10|CWE|ACK_RECEPTION", "NTE|1|||FIN\rOBX|10|CWE|ACK_RECEPTION")
    assert rules(behind) == {"HL7-NTE-4"}  # FIN, and the patient is no recipient
    assert rules(without(good, "PRT||UC||SB", "NTE|1|||TEXTE\rPRT||UC||SB")) == set()


@pytest.mark.parametrize(
    ("text", "by", "rule"),
    [
        ("OBR|1|||18748-4^CR d'imagerie médicale^LN", "OBR|1|||", "HL7-OBR-4"),
        ("OBR|1|||18748-4^", "OBR|1|||99999-9^", "HL7-OBR-4"),
        ("|TEXT|2025", "|XML|2025", "HL7-TXA-1"),
        ("OBX|2|CWE", "OBX|2|CE", "HL7-IND-FORM"),
        ("||N^^expandedYes-NoIndicator", "||N", "HL7-IND-FORM"),
        ("NoIndicator||||||F", "NoIndicator||||||P", "HL7-IND-FORM"),
        ("OBR|1|||18748-4^CR d'imagerie médicale", "OBR|1|||11488-4^CR", "HL7-OBR-4"),
    ],
)
def test_other_ways_to_break_a_rule(text: str, by: str, rule: str) -> None:
    assert rules(without(sent(), text, by)) == {rule}


@pytest.mark.parametrize("by", ["", "IPP0042^^^HOPITAL^PI"])
def test_a_patient_whom_nothing_identifies_is_not_taken_for_the_document_s(by: str) -> None:
    mine = "279069900000016^^^ASIP-SANTE-INS-NIA&1.2.250.1.213.1.4.10&ISO^INS"
    told = rules(without(sent(), mine, by))
    assert told == {"HL7-PID-INS", "HL7-PID-3-NONE"}


@pytest.mark.parametrize("name", ["PID", "PV1", "ORC", "TXA"])
def test_a_segment_whose_fields_are_needed_is_needed(name: str) -> None:
    told = findings(dropped(sent(), f"{name}|"))
    (one,) = (one for one in told if one.rule == "HL7-SEGMENT-NONE")
    assert (one.location, one.severity) == (name, Severity.ERROR)


def test_each_document_of_an_oru_is_compared_with_the_patient() -> None:
    doc = Doc(id="1.2.250.1.999.7.1", type=BIOLOGY)
    local = "IPP0042^^^VAL-ORMEAU&1.2.250.1.999.7.1&ISO^PI"
    good = document(doc)
    other = document(replace(doc, id="1.2.250.1.999.7.2")).replace(
        b"<patientRole", b"<!-- --><patientRole", 1
    )
    other = re.sub(
        rb'<id [^>]*extension="279069900000016"[^>]*/>',
        b'<id root="1.2.250.1.999.7.1" extension="IPP0007"/>',
        other,
    )
    message = without(oru(good, other), "PID|||", f"PID|||{local}~")
    assert rules(message) == {"HL7-23", "HL7-PID-3", "HL7-CNT-2"}


def test_a_deletion_may_name_any_earlier_version() -> None:
    doc = Doc(
        id="1.2.250.1.999.7.102", set_id="1.2.250.1.999.7.100", replaces="1.2.250.1.999.7.101"
    )
    deletion = Mdm(document(doc), event="T04", txa12=doc.id, txa13=doc.id)
    assert rules(mdm(deletion)) == set()
    assert rules(mdm(replace(deletion, event="T10"))) == {"HL7-10"}


@pytest.mark.parametrize("profile", ["2.1^CISIS_CDA_HL7_V2", "2.0^CISIS_CDA_HL7_V2"])
def test_a_number_of_the_sender_s_own_in_txa_12_is_a_matter_of_form(profile: str) -> None:
    told = rules(sent(txa12="2638", profile=profile)) - {"HL7-MSH-21-OLD"}
    assert told == {"HL7-08"}


def test_an_older_message_without_obx_11_is_read_from_what_else_it_says() -> None:
    old = {"profile": "2.0^CISIS_CDA_HL7_V2", "state": ""}
    assert rules(sent(**old)) == {"HL7-MSH-21-OLD"}
    (carried,) = open_bytes(sent(**old), "m.hl7")
    assert carried.context is not None
    assert carried.context.action is Action.NEW


def test_a_message_of_another_guide_has_events_and_orders_of_its_own() -> None:
    other = {"profile": "1.0^CISIS_TLR_HL7_V2", "order": "SC", "txa12": "1.2.250.1.999.7.101^X"}
    assert rules(without(sent(**other), "MDM^T02", "MDM^T06")) == set()


def test_an_identifier_with_an_extension_is_told_in_an_oru_too() -> None:
    doc = Doc(id="1.2.250.1.999.7", extension="201", type=BIOLOGY)
    assert rules(oru(document(doc))) == {"HL7-TXA-DMP"}


def test_the_text_of_a_mail_stands_behind_the_indicators() -> None:
    rows = sent().decode().split("\r")
    mail = next(row for row in rows if "|CORPSMAIL_PS^" in row)
    masked = next(row for row in rows if "|MASQUE_PS^" in row)
    rows.remove(mail)
    rows.insert(rows.index(masked), mail)
    assert rules(numbered(rows)) == {"HL7-IND-ORDER"}


def test_a_document_sent_to_the_dmp_and_to_the_patient_alone_is_in_no_row_of_the_table() -> None:
    to = RECIPIENT.replace("cabinet-tamaris.mssante.example", "patient.mssante.fr")
    row = {"INVISIBLE_PATIENT": "N", "DESTMSSANTEPS": "N", "DESTMSSANTEPAT": "Y"}
    assert rules(sent(participants=(SENDER, to), indicators=row)) == {"HL7-VIS-TABLE"}
    assert rules(sent(dmp="N", participants=(SENDER, to), indicators=row)) == set()
