"""Every real message opens: documents, actions, ids, indicators, and one finding an oddity."""

from pathlib import Path

import pytest

from cda_tools.carriers import Carried, open_path
from cda_tools.document import read_carried_header

MDM = "1.2.250.1.71.4.2.2.120456789"
FORM, FORM_OF_BOTH = ["HL7-TXA-FORM"], ["HL7-TXA-FORM", "HL7-TXA-FORM"]
OLD = ["HL7-MSH-21-OLD"]
MAIL_ID = ["HL7-LPS-MAIL-ID"]
PATIENT = ["HL7-PRT-RCT-WHO", "HL7-IND-MAIL"]  # the patient as recipient, the mail unpadded
VISIBILITY = ["HL7-VIS-TABLE"]
TEXT, PADDING = ["HL7-06"], ["HL7-05"]

# File, and for each of its documents: action, TXA-12, TXA-13, number of indicators, findings.
MESSAGES = {
    "lps_v1.0_MDM_initiale_message_MDM__LPS_MSS_CR_Radio_INIT_N1.er7": [
        ("new", f"{MDM}.A71024000081", None, 5, OLD + TEXT)
    ],
    "lps_v1.0_MDM_initiale_message_MDM__LPS_MSS_CR_Radio_INIT_N1_Base64.er7": [
        ("new", f"{MDM}.A71024000081", None, 5, OLD)
    ],
    "v2.0_MDM_initiale_message_MDM_CR_Radio_INIT_N1.er7": [
        ("new", f"{MDM}.A71024000081", None, 10, OLD + TEXT)
    ],
    "v2.0_MDM_initiale_message_MDM_CR_Radio_INIT_N1_Base64.er7": [
        ("new", f"{MDM}.A71024000081", None, 10, OLD)
    ],
    "v2.1_ORU_initiale_message_ORU_CR_Bio_INIT_N1_N3.hl7": [
        ("new", None, None, 10, ["HL7-CNT-2", *PATIENT, *TEXT]),
        ("new", None, None, 10, TEXT),
    ],
    "v2.1_ORU_remplacement_message_ORU_CR_Bio_RPLC_N1_Base64_N3_Base64.er7": [
        # Its PID-3 has the INS of another of the invented patients, under another INS authority:
        # that is said of each document.
        ("replace", None, None, 10, ["HL7-CNT-2", *PATIENT, "HL7-PID-3-INS"]),
        # It asks for a replacement, and its CDA replaces nothing.
        ("replace", None, None, 10, ["HL7-11", "HL7-PID-3-INS"]),
    ],
    "v2.1_ORU_remplacement_message_ORU_CR_Bio_RPLC_N1_N3.er7": [
        ("replace", None, None, 10, ["HL7-CNT-2", *PATIENT, *TEXT]),
        ("replace", None, None, 10, TEXT),
    ],
    "vague2_lps_v1.1_MDM_initiale_message_MDM__LPS_MSS_CR_Radio_INIT_N1.er7": [
        ("new", f"{MDM}.71024000081", None, 4, FORM + MAIL_ID + TEXT)
    ],
    "vague2_lps_v1.1_MDM_initiale_message_MDM__LPS_MSS_CR_Radio_INIT_N1_Base64.er7": [
        ("new", f"{MDM}.71024000081", None, 4, FORM + MAIL_ID + PADDING)
    ],
    "vague2_lps_v1.1_MDM_remplacement_message_MDM__LPS_MSS_CR_Radio_RPLC_N1.er7": [
        ("replace", f"{MDM}.71024000082", f"{MDM}.71024000081", 4, FORM_OF_BOTH + MAIL_ID + PADDING)
    ],
    "vague2_lps_v1.1_MDM_suppression_message_MDM__LPS_MSS_CR_Radio_DEL_N1.er7": [
        ("delete", f"{MDM}.71024000082", f"{MDM}.71024000081", 4, FORM_OF_BOTH + MAIL_ID + PADDING)
    ],
    "vague2_v2.1_MDM_initiale_message_MDM_CR_Radio_INIT_N1.er7": [
        ("new", f"{MDM}.71024000081", None, 10, VISIBILITY + TEXT)
    ],
    "vague2_v2.1_MDM_initiale_message_MDM_CR_Radio_INIT_N1_Base64.er7": [
        ("new", f"{MDM}.71024000081", None, 10, FORM + VISIBILITY)
    ],
    "vague2_v2.1_MDM_remplacement_message_MDM_CR_Radio_RPLC_N1.er7": [
        ("replace", f"{MDM}.71024000082", f"{MDM}.71024000081", 10, FORM_OF_BOTH)
    ],
    "vague2_v2.1_MDM_suppression_message_MDM_CR_Radio_DEL_N1.er7": [
        ("delete", f"{MDM}.71024000082", f"{MDM}.71024000081", 10, FORM_OF_BOTH + PADDING)
    ],
    "vague2_v2.1_ORU_initiale_message_ORU_CR_Bio_INIT_N3_SEGUR.hl7": [
        ("new", None, None, 10, ["HL7-PID-3", *PATIENT])
    ],
}


def _told(carried: Carried) -> tuple[str | None, str | None, str | None, int, list[str]]:
    context = carried.context
    assert context is not None
    return (
        context.action,
        str(context.id) if context.id else None,
        str(context.parent_id) if context.parent_id else None,
        len(context.flags),
        [finding.rule for finding in carried.findings],
    )


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_a_real_message(shared: Path, name: str) -> None:
    found = list(open_path(shared / "conformance" / "corpus" / "hl7v2" / name))
    assert [_told(carried) for carried in found] == MESSAGES[name]
    for carried, (*_, told) in zip(found, MESSAGES[name], strict=True):
        document = read_carried_header(carried)
        assert (document.header is not None) is ("HL7-06" not in told)
        errors = [one.rule for one in document.findings if one.severity == "error"]
        assert errors == [rule for rule in told if rule == "HL7-06"]


def test_the_other_messages_are_acknowledgements(shared: Path) -> None:
    folder = shared / "conformance" / "corpus" / "hl7v2"
    others = [
        path
        for path in sorted(folder.iterdir())
        if path.suffix in (".hl7", ".er7") and path.name not in MESSAGES
    ]
    assert len(others) == 24 - len(MESSAGES)
    for path in others:
        (carried,) = open_path(path)
        assert carried.is_statement
        assert not [one for one in carried.findings if one.severity == "error"]
        assert carried.source is None
