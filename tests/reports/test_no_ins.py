"""What looks like an INS is shown of no identifier, wherever a sender put it; a finding warns."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from documents import document
from make_document import document as carried_document
from make_message import mdm

from cases.makers.carriers import NEW, V1
from cda_tools import read, validate
from cda_tools.cli import cli
from cda_tools.text import HIDDEN_INS, holds_ins, without_ins

INS = "255069900000034"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (INS, True),
        (f"1.2.250.1.213.1.4.10.{INS}", True),
        (f"DOC-{INS}-1", True),
        ("1550699000000", False),
        ("155062A990000", True),
        ("155A62A99000034", False),
        ("399070001100015", False),
        ("1550620990000", False),
        ("155062A99000034", True),
        ("155002A99000034", False),
        ("2 55 06 99 900 000 34", True),
        ("DOC-2-55-06-99-900-000-34", True),
        ("2\u202f55\u202f06\u202f2A\u202f900\u202f000", True),
        ("2.55.06.99.900.000.34", False),
        ("5f0c2b1a-1185-1275-8333-444455556666", False),
        ("2025-05-14 10:20:00", False),
        ("1747123456789", False),
        ("20250514102000", False),
        ("2.25.329800735698586629295641978511506172918", False),
        (f"9{INS}", False),
        (None, False),
    ],
)
def test_an_ins_is_told_from_other_numbers(text: str | None, *, found: bool) -> None:
    assert holds_ins(text) is found
    if text:
        assert (HIDDEN_INS in without_ins(text)) is found


PARTS = {
    "root": {"id": f'<id root="1.2.250.1.999.{INS}"/>'},
    "extension": {"id": f'<id root="1.2.250.1.999" extension="{INS}"/>'},
    "setId": {"set_id": f'<setId root="1.2.250.1.999" extension="{INS}"/>'},
    "relatedDocument": {
        "related": '<relatedDocument typeCode="RPLC"><parentDocument>'
        f'<id root="1.2.3" extension="{INS}"/></parentDocument></relatedDocument>'
    },
}


@pytest.mark.parametrize("part", PARTS)
def test_no_command_shows_it_and_validation_warns(tmp_path: Path, part: str) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(document(**PARTS[part]))
    report = validate(read(path))
    assert "TXT-INS-01" in {finding.rule for finding in report.findings}
    for command in (
        ["validate"],
        ["validate", "--format", "json"],
        ["validate", "--format", "html"],
        ["inspect"],
        ["inspect", "--format", "json"],
        ["chain"],
        ["chain", "--format", "json"],
        ["chain", "--format", "mermaid"],
        ["chain", "--format", "dot"],
        ["chain", "--format", "html"],
        ["line", "--format", "json"],
    ):
        result = CliRunner().invoke(cli, [*command, str(path)])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert INS not in result.output


def test_the_patient_s_own_is_shown_where_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(document())
    asked = CliRunner().invoke(cli, ["inspect", "--patient", "--format", "json", str(path)])
    assert INS in asked.output
    assert INS not in CliRunner().invoke(cli, ["inspect", str(path)]).output


def test_a_message_that_names_a_document_so_warns_and_does_not_show_it(tmp_path: Path) -> None:
    ins = replace(V1, id=f"1.2.250.1.999.7.{INS}")
    path = tmp_path / "m.hl7"
    path.write_bytes(mdm(replace(NEW, content=carried_document(ins), txa12=ins.id)))
    for command in ("validate", "inspect", "chain", "history"):
        result = CliRunner().invoke(cli, [command, str(path)])
        assert INS not in result.output
    assert "HL7-35" in CliRunner().invoke(cli, ["validate", str(path)]).output


@pytest.mark.parametrize("number", ["399070001100015", "124789224582101"])
def test_a_structure_s_or_a_professional_s_number_is_no_ins(number: str) -> None:
    for root in ("1.2.250.1.71.4.2.1", "1.2.250.1.71.4.2.2"):
        author = f'<id root="{root}" extension="{number}"/>'
        content = document().replace(b"</assignedAuthor>", f"{author}</assignedAuthor>".encode(), 1)
        rules = {one.rule for one in validate(read(content)).findings}
        assert "TXT-INS-01" not in rules
