import pytest
from documents import document
from lxml import etree

from cda_tools import InputError, read, read_header
from cda_tools.reading.safexml import Limits

H = {"h": "urn:hl7-org:v3"}


def wrapped(prefix="c"):
    """Return an autoprésentable document whose ClinicalDocument carries a prefix."""
    inner = document().decode()
    inner = inner.replace("</", f"</{prefix}:").replace("<", f"<{prefix}:")
    inner = inner.replace(f"<{prefix}:/{prefix}:", f"</{prefix}:")
    inner = inner.replace("xmlns=", f"xmlns:{prefix}=")
    return (
        '<?xml-stylesheet type="text/xsl" href="#"?>'
        '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
        f' xmlns:data="urn:asip-sante:ci-sis"><data:Contenu>{inner}</data:Contenu>'
        '<xsl:template match="/"><html/></xsl:template></xsl:stylesheet>'
    ).encode()


@pytest.mark.parametrize("prefix", ["c", "cda", "x1"])
def test_an_autopresentable_document_is_read_inside_and_said_to_be_so(prefix):
    whole = read(wrapped(prefix))
    assert whole.header.title == "Lettre de sortie"
    assert whole.header.self_presenting
    assert [finding.rule for finding in whole.findings] == ["XML-08"]
    assert read_header(wrapped(prefix)) == whole.header


def test_a_foreign_document_is_read_and_said_not_to_be_french():
    realm = '<realmCode code="BE"/>'
    foreign = read(document(realm=realm, templates='<templateId root="1.2.3"/>'))
    assert foreign.header.title == "Lettre de sortie"
    assert not foreign.header.french
    (finding,) = foreign.findings
    assert finding.rule == "XML-09"
    assert "BE" in finding.message


def test_the_hl7_france_template_alone_makes_a_document_french():
    assert read(document(realm="")).header.french


@pytest.mark.parametrize(
    "data",
    [
        b"<html/>",
        b"<ClinicalDocument/>",
        b'<x xmlns="urn:hl7-org:v3"><ClinicalDocument/></x>',
        b'<s:stylesheet xmlns:s="http://www.w3.org/1999/XSL/Transform"/>',
    ],
)
def test_xml_that_is_no_cda_is_a_finding(data):
    refused = read(data)
    assert refused.header is None
    assert [finding.rule for finding in refused.findings] == ["XML-07"]
    with pytest.raises(InputError, match="Pas de document CDA"):
        read_header(data)


def test_header_and_whole_document_give_the_same_header():
    data = document(body="<component><structuredBody><text/></structuredBody></component>")
    assert read_header(data) == read(data).header


def test_a_fault_in_the_body_does_not_keep_the_header_from_being_read():
    data = document(body="<component><structuredBody><oops></structuredBody></component>")
    assert read_header(data).title == "Lettre de sortie"
    assert [finding.rule for finding in read(data).findings] == ["XML-01"]


def test_only_the_beginning_of_a_big_file_is_read(tmp_path):
    path = tmp_path / "big.xml"
    text = "x" * 3_000_000
    path.write_bytes(
        document(body=f"<component><nonXMLBody><text>{text}</text></nonXMLBody></component>")
    )
    with path.open("ab") as file:
        file.write(b"<broken")
    assert read_header(path).title == "Lettre de sortie"


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path):
    gone = read(tmp_path / "gone.xml")
    assert [finding.rule for finding in gone.findings] == ["XML-10"]
    assert "introuvable" in gone.findings[0].message
    with pytest.raises(InputError, match="introuvable"):
        read_header(tmp_path / "gone.xml")


def as_the_document_has_it(path):
    """Return type, date, title and authors, read another way: by XPath on the whole tree."""
    tree = etree.parse(path)
    (root,) = tree.xpath("descendant-or-self::h:ClinicalDocument", namespaces=H)

    def texts(element, expression):
        found = element.xpath(expression, namespaces=H)
        return " ".join(str(found[0]).split()) if found else None

    authors = [
        (
            texts(author, "h:assignedAuthor/h:code/@displayName"),
            texts(author, "h:assignedAuthor/h:representedOrganization/h:name/text()"),
            texts(author, "h:assignedAuthor/h:assignedPerson/h:name/h:family/text()"),
            texts(author, "h:assignedAuthor/h:assignedPerson/h:name/h:given/text()"),
            texts(author, "h:assignedAuthor/h:assignedAuthoringDevice/h:softwareName/text()"),
        )
        for author in root.xpath("h:author", namespaces=H)
    ]
    return (
        texts(root, "h:code/@displayName"),
        texts(root, "h:effectiveTime/@value"),
        texts(root, "h:title/text()"),
        authors,
    )


def as_read(header):
    authors = [
        (
            author.profession and author.profession.display_name,
            author.organization and author.organization.name,
            author.name and author.name.family[0],
            author.name and author.name.given[0],
            author.device and author.device.software_name,
        )
        for author in header.authors
    ]
    return (header.type.display_name, header.date.raw, header.title, authors)


def test_real_documents_are_read_exactly_as_they_are(shared):
    paths = [*shared.glob("conformance/corpus/*/*.xml"), *shared.glob("samples/pre-1.16/*.xml")]
    assert len(paths) > 60
    for path in paths:
        whole = read(path)
        assert read_header(path) == whole.header, path.name
        assert as_read(whole.header) == as_the_document_has_it(path), path.name
        assert whole.header.date.moment, path.name
        assert whole.header.french, path.name


def test_foreign_documents_are_read_and_told_apart(shared):
    for path in shared.glob("samples/foreign/*.xml"):
        foreign = read(path)
        assert foreign.header.title, path.name
        assert [finding.rule for finding in foreign.findings] == ["XML-09"], path.name


@pytest.mark.parametrize("data", [b"", b"<a>" * 300 + b"</a>" * 300, "<a/>".encode("utf-7")])
def test_a_document_is_refused_in_the_same_words_from_its_header(tmp_path, data):
    path = tmp_path / "a.xml"
    path.write_bytes(data)
    (whole,) = read(path).findings
    with pytest.raises(InputError) as refused:
        read_header(path)
    assert str(refused.value) == f"{path} : {whole.message}"


def test_a_file_over_the_limit_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(document() + b" " * 10_000)
    refused = read(path, Limits(size=5_000))
    assert [finding.rule for finding in refused.findings] == ["XML-04"]


def test_a_name_that_no_file_can_have_is_a_finding():
    assert [finding.rule for finding in read("a\0b.xml").findings] == ["XML-10"]
