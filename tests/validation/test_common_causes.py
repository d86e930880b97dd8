"""Findings of the schema and of the header profile that have one cause name each other."""

import pytest
from documents import PARTS, document

from cda_tools import read, validate
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation.common_causes import name_each_other
from cda_tools.validation.report import LayerResult


def named(content: bytes) -> dict[str, str]:
    """Return, by rule, the rules of another layer that a finding of it names."""
    told = {}
    for finding in validate(read(content)).findings:
        _, there, also = finding.message.partition("même cause que ")
        if there:
            told[finding.rule] = also.rstrip(".")
    return told


def without(part: str) -> bytes:
    return document(**{part: ""})


@pytest.mark.parametrize(
    ("content", "schema", "profile"),
    [
        (without("date"), "XSD-CHILD-MISSING", "SM-DATE-01"),
        (without("custodian"), "XSD-CHILD-MISSING", "SM-CUSTODIAN-01"),
        (
            document(set_id=PARTS["set_id"] + PARTS["set_id"]),
            "XSD-CHILD",
            "SM-SETID-01",
        ),
        (document(set_id='<setId root="1.2.250.01"/>'), "XSD-FORM", "SM-T-IIROOT-01"),
        (document(version='<versionNumber value="deux"/>'), "XSD-FORM", "SM-VERSION-03"),
        (document(title=PARTS["title"] + "<remarque/>"), "XSD-CHILD", "SM-DOC-09"),
    ],
)
def test_one_fault_that_both_find_is_named_by_both(content, schema, profile) -> None:
    told = named(content)
    assert profile in told[schema].split(", ")
    assert schema in told[profile].split(", ")


def test_two_faults_do_not_name_each_other() -> None:
    content = document(date="", set_id='<setId root="1.2.250.01"/>')
    told = named(content)
    assert "SM-T-IIROOT-01" not in told["XSD-CHILD-MISSING"]
    assert "SM-DATE-01" not in told["XSD-FORM"]


def test_the_same_attribute_of_another_element_of_the_name_is_another_fault() -> None:
    day = PARTS["author"].replace("20250304101500+0100", "20250231101500+0100")
    word = PARTS["author"].replace("20250304101500+0100", "hier")
    findings = validate(read(document(author=day + word))).findings
    noted = [one.location for one in findings if "même cause" in one.message]
    assert {one.location for one in findings} >= {
        "/ClinicalDocument/author[1]/time",
        "/ClinicalDocument/author[2]/time",
    }
    assert set(noted) == {"/ClinicalDocument/author[2]/time"}


@pytest.mark.parametrize(
    ("content", "schema", "profile"),
    [
        # The profile misses an element that has a nullFlavor, whatever else is wrong with it.
        (
            document(version='<versionNumber nullFlavor="UNK" value="x"/>'),
            "XSD-FORM",
            "SM-VERSION-01",
        ),
        (document(id='<id nullFlavor="UNK" root="a b"/>'), "XSD-FORM", "SM-ID-01"),
        # It asks for a signature S: the time is another matter.
        (
            document(
                signer=PARTS["signer"]
                .replace('<time value="20250304101530+0100"/>', "")
                .replace('code="S"', 'code="I"')
            ),
            "XSD-CHILD-MISSING",
            "SM-LEGALAUTH-01",
        ),
    ],
)
def test_what_only_stands_in_the_same_element_is_another_fault(content, schema, profile) -> None:
    rules = {one.rule for one in validate(read(content)).findings}
    assert {schema, profile} <= rules
    told = named(content)
    assert profile not in told.get(schema, "").split(", ")
    assert schema not in told.get(profile, "").split(", ")


def test_an_unknown_null_flavor_is_why_the_profile_misses_the_element() -> None:
    told = named(document(date='<effectiveTime nullFlavor="ZZZ"/>'))
    assert told["XSD-CODE"] == "SM-DATE-01"
    assert told["SM-DATE-01"] == "XSD-CODE"


def test_a_message_that_ends_with_a_note_keeps_it() -> None:
    """A fault of an identity with INS names the rules of its own layer; another layer's follow."""
    finding = Finding(
        "SM-DATE-01",
        Severity.ERROR,
        "structuration-minimale",
        fields=(("name", "ClinicalDocument"), ("found", "0"), ("also", "SM-A"), ("notes", "also")),
        about=("/a/b",),
    )
    other = Finding("XSD-CHILD-MISSING", Severity.ERROR, "xsd", about=("/a", "/a/b"))
    layers = [
        LayerResult("xsd", ran=True, findings=(other,)),
        LayerResult("structuration-minimale", ran=True, findings=(finding,)),
    ]
    schema, profile = name_each_other(layers)
    assert dict(schema.findings[0].fields) == {"also": "SM-DATE-01", "notes": "also"}
    assert dict(profile.findings[0].fields)["also"] == "SM-A, XSD-CHILD-MISSING"
    assert dict(profile.findings[0].fields)["notes"] == "also"


def test_findings_of_one_layer_alone_are_left_as_they_are() -> None:
    finding = Finding("XSD-CODE", Severity.ERROR, "xsd", about=("/a/@b",))
    layers = [LayerResult("xsd", ran=True, findings=(finding, finding))]
    assert name_each_other(layers) == layers
