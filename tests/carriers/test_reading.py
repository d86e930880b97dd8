"""What a carrier reads of its document to compare the two is read once."""

import pytest
from make_document import Doc, document
from make_message import Mdm, mdm
from make_metadata import announced, archive, submission

from cda_tools.carriers import open_bytes, open_path
from cda_tools.carriers import reading as module
from cda_tools.carriers.reading import read_carried, read_carried_header
from cda_tools.reading import safexml

V1 = Doc(id="1.2.250.1.999.7.101", set_id="1.2.250.1.999.7.100")
CDA = document(V1)
SUBSET = "IHE_XDM/SUBSET01/"
ARCHIVE = archive(
    [
        (f"{SUBSET}METADATA.XML", submission(announced(V1, CDA, "DOC0001.XML"))),
        (f"{SUBSET}DOC0001.XML", CDA),
    ]
)
MESSAGE = mdm(Mdm(CDA, txa12=V1.id))
CARRIERS = pytest.mark.parametrize("data", [ARCHIVE, MESSAGE, CDA], ids=["xdm", "hl7v2", "cda"])


@pytest.fixture
def count(monkeypatch) -> dict[str, int]:
    """Count the headers that are made of a tree, and the trees that are read up to the body."""
    counts = {"headers": 0, "parses": 0}
    read, parse = module.read_clinical_document, module.parse_header

    def reading(element):
        counts["headers"] += 1
        return read(element)

    def parsing(chunks, limits):
        counts["parses"] += 1
        return parse(chunks, limits)

    monkeypatch.setattr(module, "read_clinical_document", reading)
    monkeypatch.setattr(module, "parse_header", parsing)
    return counts


@CARRIERS
def test_a_document_s_header_is_read_once(data, count) -> None:
    (carried,) = open_bytes(data, "a")
    assert read_carried_header(carried).header is not None
    assert count == {"headers": 1, "parses": 1}


@CARRIERS
def test_a_whole_document_s_header_is_read_once(data, count) -> None:
    (carried,) = open_bytes(data, "a")
    found = read_carried(carried)
    assert found.tree is not None
    assert found.header is not None
    assert count["headers"] == 1


@CARRIERS
def test_what_is_read_is_the_same_in_a_carrier_and_outside_of_it(data) -> None:
    (alone,), (carried,) = open_bytes(CDA, "a"), open_bytes(data, "a")
    whole, header = read_carried(carried), read_carried_header(carried)
    assert whole.header == header.header == read_carried(alone).header
    assert whole.encoding == "UTF-8"
    assert header.tree is None


def test_remarks_of_the_layer_xml_are_kept_with_the_header() -> None:
    foreign = CDA.replace(b'<realmCode code="FR"/>', b'<realmCode code="BE"/>', 1)
    foreign = foreign.replace(b"2.16.840.1.113883.2.8.2.1", b"2.16.840.1.113883.2.8.2.9")
    (carried,) = open_bytes(mdm(Mdm(foreign, txa12=V1.id)), "a")
    for found in (read_carried(carried), read_carried_header(carried)):
        (remark,) = (one for one in found.findings if one.rule.startswith("XML-"))
        assert (remark.rule, remark.location, remark.line) == ("XML-09", "/ClinicalDocument", 2)


def test_an_author_behind_the_body_is_found_in_a_carrier_too() -> None:
    start, author, rest = CDA.partition(b"<author>")
    moved, end, after = (author + rest).partition(b"</author>")
    late = start + after.replace(b"</ClinicalDocument>", moved + end + b"</ClinicalDocument>")
    (alone,), (carried,) = open_bytes(late, "a"), open_bytes(mdm(Mdm(late)), "a")
    found = read_carried(carried).header
    assert found == read_carried(alone).header
    assert found is not None
    assert len(found.authors) == 1


@pytest.mark.parametrize("data", [MESSAGE, CDA], ids=["hl7v2", "cda"])
@pytest.mark.parametrize("read", [read_carried, read_carried_header])
def test_a_limit_means_the_same_for_a_header_and_a_whole_document(data, read, tmp_path) -> None:
    limits = safexml.Limits(size=len(CDA) - 1)
    path = tmp_path / "a"
    path.write_bytes(data)
    for opened in (open_bytes(data, "a", limits), open_path(path, limits)):
        (carried,) = opened
        assert [one.rule for one in read(carried, limits).findings] == ["XML-04"]
