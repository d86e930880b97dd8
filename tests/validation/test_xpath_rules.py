"""The rules written as XPath: all faults are found, however many, and none costs too much."""

import pytest
from documents import PARTS, document

from cda_tools import Options, read, validate
from cda_tools.rules import texts
from cda_tools.validation import xpath_rules

INS = "279069900000016"


def found(layer: str, content: bytes) -> list[tuple[str, str]]:
    told = xpath_rules.check(layer, read(content).root, "1.16", "UTF-8")
    return [(finding.rule, finding.location) for finding in told]


@pytest.mark.parametrize("layer", ["text-1.16", "versions"])
def test_no_expression_is_of_a_form_that_libxml2_takes_quadratic_time_over(layer: str) -> None:
    for entry in texts.entries(layer).values():
        select = entry.get("select", [])
        for expression in [select] if isinstance(select, str) else select:
            assert " | " not in expression, entry["id"]
            if "descendant" in expression or "//" in expression:
                assert expression.startswith("$header/descendant-or-self::"), entry["id"]


@pytest.mark.parametrize("count", [1, 199, 200, 201, 450])
def test_every_fault_is_found_once_in_document_order(count: int) -> None:
    act = "<documentationOf><serviceEvent>{}</serviceEvent></documentationOf>"
    wrong = act.format('<code nullFlavor="NI"/>') * count
    times = act.format('<performer><time value="202503"/></performer>') * count
    content = document(acts=PARTS["acts"] + wrong + times)
    every = found("text-1.16", content)
    first = 1 + PARTS["acts"].count("<documentationOf")
    assert [place for rule, place in every if rule == "TXT-NULL-01"] == [
        f"/ClinicalDocument/documentationOf[{number}]/serviceEvent/code"
        for number in range(first, first + count)
    ]
    assert [place for rule, place in every if rule == "TXT-TIME-04"] == [
        f"/ClinicalDocument/documentationOf[{number}]/serviceEvent/performer/time"
        for number in range(first + count, first + 2 * count)
    ]


def own(root: str) -> str:
    """Return an author with an identifier of that root that looks like an INS."""
    own = f'<id root="{root}" extension="{INS}"/>'
    return PARTS["author"].replace("<assignedAuthor>", f"<assignedAuthor>{own}", 1)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"id": f'<id root="1.2.250.1.999.{INS}"/>'}, True),
        ({"set_id": f'<setId root="1.2.250.1.999" extension="{INS}"/>'}, True),
        ({"set_id": '<setId root="1.2.250.1.999" extension="2790699A00000"/>'}, False),
        ({"set_id": '<setId root="1.2.250.1.999" extension="279062A000000"/>'}, True),
        ({"set_id": f'<setId root="1.2.250.1.213.1.4.10" extension="{INS}"/>'}, True),
        ({"set_id": '<setId root="1.2.250.1.999" extension="LOT 2 79 06 99 000 000 16"/>'}, True),
        ({"set_id": '<setId root="1.2.250.1.999" extension="2\u00a079-06-99-000-000-16"/>'}, True),
        ({"id": '<id root="1.2.3" extension="0000000a-0000-4000-8000-279069900000016"/>'}, False),
        ({"id": '<id root="1.2.3" extension="f81d4fae-7dec-4000-a279-069900000016"/>'}, False),
        ({"author": own("1.2.250.1.213.1.4.8")}, False),
        ({"author": own("1.2.250.1.71.4.2.1")}, False),
        ({"author": own("1.2.250.1.999")}, True),
        ({"set_id": f'<setId root="2.25.1{INS}"/>'}, False),
    ],
)
def test_an_identifier_that_holds_an_ins_is_told(part: dict[str, str], told: bool) -> None:
    every = [rule for rule, _ in found("text-1.16", document(**part))]
    assert ("TXT-INS-01" in every) is told


@pytest.mark.parametrize("within", ["patientRole", "patient"])
def test_the_patients_own_identifier_is_not_told_whatever_its_root(within: str) -> None:
    own = f'<{within}><id root="1.2.250.1.999.3" extension="{INS}"/>'
    content = document(patient=PARTS["patient"].replace(f"<{within}>", own))
    assert "TXT-INS-01" not in [rule for rule, _ in found("text-1.16", content)]


@pytest.mark.parametrize("act", ["documentationOf", "componentOf"])
@pytest.mark.parametrize("person", ["performer", "encounterParticipant"])
def test_the_times_of_whoever_takes_part_in_care_are_looked_at(act: str, person: str) -> None:
    """Also where the schema does not admit them."""
    care = f'<{act}><other><{person}><time value="202503"/></{person}></other></{act}>'
    assert ("TXT-TIME-04", f"/ClinicalDocument/{act}/other/{person}/time") in found(
        "text-1.16", document(acts=care, encounter="")
    )


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("202503&#10;", "TXT-TIME-04"),
        ("2025030410+0100", "TXT-TIME-04"),
        ("202503+0100", "TXT-TIME-04"),
        ("2025030410", "TXT-TIME-03"),
        ("20250304101500", "TXT-TIME-03"),
        ("20250304101500.5", "TXT-TIME-03"),
        ("20250304", None),
        ("2025", None),
        ("202503041015+0100", None),
    ],
)
def test_dates_of_a_form_that_is_not_foreseen_are_told(value: str, rule: str | None) -> None:
    person = f'<participant><time value="{value}"/></participant>'
    every = [name for name, _ in found("text-1.16", document(acts=person + PARTS["acts"]))]
    assert [name for name in every if name in {"TXT-TIME-03", "TXT-TIME-04"}] == (
        [rule] if rule else []
    )


def test_the_strict_option_reads_the_same_rules() -> None:
    content = document(set_id=f'<setId root="1.2.250.1.999.{INS}"/>')
    report = validate(read(content), Options(layers=("text-1.16",), strict=True))
    assert [finding.rule for finding in report.findings] == ["TXT-INS-01"]
