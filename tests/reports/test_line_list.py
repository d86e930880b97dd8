from dataclasses import replace

from click.testing import CliRunner
from documents import document
from make_document import Doc
from make_metadata import answer, entry

from cda_tools import read_all
from cda_tools.carriers.base import Carried
from cda_tools.carriers.reading import read_carried_header
from cda_tools.cli import cli
from cda_tools.model.document import Document
from cda_tools.reports import line as report
from cda_tools.rules import texts
from conftest import ROOT

GAZELLE = ROOT / "fixtures" / "gazelle"


def read(**parts):
    path = parts.pop("path", "a.xml")
    return read_carried_header(Carried(file=path, source=document(**parts)))


def dated(path, date, title="Bilan"):
    return read(path=path, date=f'<effectiveTime value="{date}"/>', title=f"<title>{title}</title>")


BROKEN = read_carried_header(Carried(file="broken.xml", source=b"<oops>"))


def paths(lines):
    return [line.path for line in lines]


def test_lines_are_sorted_by_date_with_the_newest_first_and_what_has_none_last():
    found = report.lines(
        [
            dated("old", "20200101"),
            dated("none", "20250230"),
            BROKEN,
            dated("new", "202501011200+0100"),
            dated("summer", "202407011200+0200"),
        ]
    )
    assert paths(report.ordered(found, "date")) == ["new", "summer", "old", "none", "broken.xml"]


def test_lines_are_sorted_by_a_text_without_case_or_accents_then_by_date():
    found = report.lines(
        [
            dated("b", "20200101", "écho"),
            BROKEN,
            dated("a", "20200101", "Bilan"),
            dated("c", "20210101", "ECHO"),
        ]
    )
    assert paths(report.ordered(found, "title")) == ["a", "c", "b", "broken.xml"]


def test_a_list_without_superseded_documents_keeps_those_that_cannot_be_read():
    first = read(path="v1")
    second = read(
        path="v2",
        id='<id root="1.2.250.1.999.1.2"/>',
        version='<versionNumber value="2"/>',
        acts='<relatedDocument typeCode="RPLC"><parentDocument><id root="1.2.250.1.999.1.1"/>'
        "</parentDocument></relatedDocument>",
    )
    found = report.lines([first, second, BROKEN])
    assert found[0].fields.state == "remplacé par la v2"
    assert found[0].text.endswith(" · remplacé par la v2")
    assert paths(report.current(found)) == ["v2", "broken.xml"]


def test_a_link_has_its_values_encoded_and_is_left_out_where_one_is_missing():
    line = report.lines([read(path="dossier/é &.xml", id='<id root="1.2.3" extension="A B"/>')])[0]
    assert report.link("view?id={id}", line) == "view?id=1.2.3%5EA%20B"
    assert report.link("{root}/{extension}", line) == "1.2.3/A%20B"
    assert report.link("f?{path}", line) == "f?dossier%2F%C3%A9%20%26.xml"
    nameless = report.lines([read(id="")])[0]
    assert report.link("view?id={id}", nameless) is None
    assert report.link("view", nameless) == "view"


def test_an_id_that_holds_an_ins_is_neither_shown_nor_put_in_a_link():
    line = report.lines([read(id='<id root="1.2.3" extension="255069900000034"/>')])[0]
    assert report.link("view?id={id}", line) is None
    assert report.html_entries([line], ("type",), "v?{id}")[0].data["id"] == "1.2.3^(INS masqué)"
    assert "255069900000034" not in str(report.to_json(line))


def test_the_json_of_a_line_has_its_id_and_its_state():
    line = report.lines([read()])[0]
    found = report.to_json(line)
    assert found["id"] == {"root": "1.2.250.1.999.1.1", "extension": None}
    assert found["fields"]["state"] is None
    assert report.to_json(report.lines([BROKEN])[0])["id"] is None


def unread(path, *rules):
    findings = [texts.finding(rule, layer="xds", location=None, line=None) for rule in rules]
    return Document(path, findings=tuple(findings))


LISTED = "XDS-08"


def test_what_is_not_read_is_named_with_the_gravest_finding_and_the_number_of_others():
    broken = BROKEN.findings[0]
    document = unread("a.xml", LISTED)
    document = replace(document, findings=(*document.findings, broken))
    line = report.lines([document])[0]
    assert line.whole == f"document illisible · a.xml · {broken.message} +1"
    assert len(report.to_json(line)["findings"]) == 2


def test_a_list_that_holds_nothing_is_no_document_that_cannot_be_read():
    assert report.lines([unread("a.xml", LISTED)])[0].whole.startswith("aucun document · a.xml · ")


ACK = b"MSH|^~\\&|A|B|C|D|20250101||ACK^T02^ACK|1|P|2.6\rMSA|AA|1\r"


def test_messages_without_document_are_left_out_of_a_list_that_has_others(tmp_path):
    (tmp_path / "ack.hl7").write_bytes(ACK)
    found = report.lines([read(), *read_all(tmp_path / "ack.hl7")])
    assert found[1].whole == f"message sans document · {tmp_path / 'ack.hl7'}"
    assert paths(report.with_documents(found)) == ["a.xml"]
    assert report.with_documents(found[1:]) == found[1:]
    done = CliRunner().invoke(
        cli, ["line", str(tmp_path / "ack.hl7"), str(GAZELLE / "imagerie-v1.xml")]
    )
    assert done.stdout.count("\n") == 1
    assert done.stderr == "1 message sans document : laissé de côté\n"


ACKNOWLEDGEMENT = (
    b'<RegistryResponse xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0" '
    b'status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success"/>'
)
LOT = '<rim:RegistryPackage id="urn:uuid:9"/>'
SIGNATURE = Doc(id="1.2.250.1.999.7.9", type=("E1762", "1.2.840.10065.1.12", "Full Document"))


def test_messages_of_a_registry_that_list_no_document_are_left_out_too(tmp_path):
    (tmp_path / "acquittement.xml").write_bytes(ACKNOWLEDGEMENT)
    (tmp_path / "lots.xml").write_bytes(answer(LOT))
    (alone,) = report.lines(read_all(tmp_path / "lots.xml"))
    assert alone.whole == f"message sans document · {tmp_path / 'lots.xml'}"
    done = CliRunner().invoke(cli, ["line", str(tmp_path), str(GAZELLE / "imagerie-v1.xml")])
    assert done.stdout.count("\n") == 1
    assert done.stderr == "2 messages sans document : laissés de côté\n"
    assert done.exit_code == 0


def test_the_signature_of_a_lot_is_no_document_of_the_list(tmp_path):
    letter = entry(Doc(id="1.2.250.1.999.7.8"), uuid="urn:uuid:8")
    (tmp_path / "liste.xml").write_bytes(answer(letter, entry(SIGNATURE, uuid="urn:uuid:9")))
    done = CliRunner().invoke(cli, ["line", str(tmp_path)])
    assert done.stdout.count("\n") == 1
    assert done.stderr == "1 signature de lot : laissée de côté\n"
