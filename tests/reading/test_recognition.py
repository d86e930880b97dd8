"""What is no document is named for what it is, and contradictions of its encoding are told."""

import gzip

import pytest
from documents import document
from lxml import etree

from cda_tools import read
from cda_tools.reading import recognition
from cda_tools.rules import texts

DOCUMENT = document()
DECLARED = b'<?xml version="1.0" encoding="UTF-8"?>' + DOCUMENT
CONTENTS = {
    "gzip": gzip.compress(DOCUMENT, mtime=0),
    "pdf": b"%PDF-1.7\n",
    "zip": b"PK\x03\x04",
    "office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100,
    "rtf": b"{\\rtf1\\ansi",
    "jpeg": b"\xff\xd8\xff\xe0",
    "dicom": b"\0" * 128 + b"DICM",
    "tar": b"a.xml" + b"\0" * 252 + b"ustar\0",
    "http": b"POST /Registry HTTP/1.1\r\nHost: x\r\n\r\n<a/>",
    "mime": b"Content-Type: text/xml\r\n\r\n<a/>",
    "json": b'{"document": "<ClinicalDocument/>"}',
    "base64": b"PD94bWwgdmVyc2lvbj0iMS4wIj8+PENsaW5pY2FsRG9jdW1lbnQ+",
    "hex": DOCUMENT[:200].hex().encode(),
    "escaped": b"&lt;?xml version=&quot;1.0&quot;?&gt;",
    "html": b"<html><body/></html>",
    "bom": b"\xef\xbb\xbf\xef\xbb\xbf" + DOCUMENT,
    "invisible": "\u200b".encode() + DOCUMENT,
    "text-before-xml": b"2025-06-10 INFO recu : " + DOCUMENT,
    "text": "Compte rendu dicté".encode(),
    "binary": b"\x01\x02\x03\x04\x05\x06\x07",
    "zeros": b"\0" * 500,
    "quoted": b'"<?xml version=\\"1.0\\"?><ClinicalDocument/>"',
    "quoted-printable": b'<?xml version=3D"1.0"?>\r\n<ClinicalDocument/>',
    "pkcs7": b"0\x82\x10\x00\x06\x09*\x86H\x86\xf7\r\x01\x07\x02" + bytes(20),
    "tnef": b"\x78\x9f\x3e\x22" + bytes(20),
    "empty": b" \r\n",
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_contents_are_told_from_their_first_bytes(kind: str) -> None:
    assert recognition.kind(CONTENTS[kind]) == kind
    assert recognition.contents(CONTENTS[kind]) == texts.table("xml", "contents")[kind]


@pytest.mark.parametrize("around", ['"%s"', "'%s'\n", "`%s`", "data:text/xml;base64,%s"])
def test_base64_is_told_in_quotes_and_in_a_data_uri(around: str) -> None:
    written = around % CONTENTS["base64"].decode()
    assert recognition.kind(written.encode()) == "base64"
    assert recognition.kind((around % "Compte rendu").encode()) == "text"


@pytest.mark.parametrize("kind", sorted(set(CONTENTS) - {"zip", "mime", "html", "empty", "json"}))
def test_a_file_that_is_no_xml_is_not_called_malformed_xml(kind: str) -> None:
    (finding,) = read(CONTENTS[kind]).findings
    assert finding.rule == "XML-11"
    assert texts.table("xml", "contents")[kind] in finding.message


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\r\n%PDF-1.4\n", "pdf"),
        (b"\xef\xbb\xbf%PDF-1.4\n", "pdf"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\n\r\nPK\x03\x04\0\1", "http"),
        (b"[InternetShortcut]\r\nURL=https://exemple.fr\r\n", "text"),
        (b"[1, 2]", "json"),
        (b"Bonjour ceci est un texte", "text"),
        (b"Bonjour\tceci est du texte en clair", "text"),
        (b"  PD94bWwgdmVyc2lv\r\n  bj0iMS4wIj8+PENs\r\n", "base64"),
        (DOCUMENT.replace(b"<title>", b"<title>\x02"), "xml"),
        (b"\xef\xbb\xbf" + DOCUMENT.replace(b"<title>", b"<title>\x02"), "xml"),
    ],
)
def test_what_stands_before_or_in_it_hides_no_kind(data: bytes, kind: str) -> None:
    assert recognition.kind(data) == kind


@pytest.mark.parametrize(
    ("data", "rule", "words"),
    [
        (DOCUMENT.replace(b"<title>", b"<title>\x02"), "XML-01", "un caractère interdit"),
        (DECLARED + DECLARED, "XML-01", "plusieurs documents sont bout à bout"),
        (b"\n" + DECLARED, "XML-01", "n'est pas au tout début"),
        (b"<!DOCTYPE html><html><body/></html>", "XML-11", "une page HTML"),
    ],
)
def test_the_reason_is_the_true_one(data: bytes, rule: str, words: str) -> None:
    (finding,) = read(data).findings
    assert finding.rule == rule
    assert words in finding.message


def test_every_kind_has_its_words() -> None:
    words = texts.table("xml", "contents")
    assert {name for _, name in recognition._STARTS} <= set(words)


def test_every_code_of_the_parser_has_a_french_sentence() -> None:
    reasons = texts.table("xml", "reasons")
    names = [name for name in vars(etree.ErrorTypes) if name.startswith(("ERR_", "NS_", "WAR_"))]
    assert len(names) > 100
    missing = set(names) - set(reasons) - {"ERR_OK", "ERR_UNSUPPORTED_ENCODING"}
    assert missing == set()
    assert not any("ERR_" in text or "WAR_" in text for text in reasons.values())


def declared(name: str) -> str:
    return f'<?xml version="1.0" encoding="{name}"?>\n{DOCUMENT.decode()}'


@pytest.mark.parametrize("name", ["UTF-16", "utf-16", "UTF-32", "ISO-10646-UCS-2", "UTF-16LE"])
def test_a_wide_encoding_declared_over_narrow_bytes_is_refused(name: str) -> None:
    (finding,) = read(declared(name).encode()).findings
    assert finding.rule == "XML-12"
    assert name in finding.message


@pytest.mark.parametrize("name", ["UTF-8", "ISO-8859-1", "windows-1252"])
@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_narrow_encoding_declared_over_wide_bytes_is_refused(name: str, codec: str) -> None:
    (finding,) = read(declared(name).encode(codec)).findings
    assert finding.rule == "XML-12"
    assert "UTF-16" in finding.message


def test_an_encoding_that_is_as_declared_is_read() -> None:
    for name, codec in (("UTF-16", "utf-16"), ("ISO-8859-1", "latin-1"), ("UTF-8", "utf-8-sig")):
        document = read(declared(name).encode(codec))
        assert document.header is not None
        assert [one.rule for one in document.findings] == []


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("ISO-8859-1", b"\xef\xbb\xbf%b", "marque d'ordre"),
        ("ISO-8859-1", b"%b", "octets sont de l'UTF-8"),
        ("windows-1252", b"%b", "octets sont de l'UTF-8"),
    ],
)
def test_accents_that_another_reader_shows_wrong_are_warned_of(
    name: str, data: bytes, words: str
) -> None:
    text = declared(name).replace("</title>", " É</title>", 1)
    (finding,) = read(data % text.encode()).findings
    assert finding.rule == "XML-13"
    assert words in finding.message


def test_windows_bytes_in_a_document_of_iso_8859_are_warned_of() -> None:
    text = declared("ISO-8859-1").replace("</title>", " cœur</title>", 1)
    (finding,) = read(text.encode("cp1252")).findings
    assert finding.rule == "XML-13"
    assert "Windows-1252" in finding.message


@pytest.mark.parametrize("namespace", ["urn:hl7-org:v3 ", "urn:hl7-org:v2", " urn:hl7-org:v3"])
def test_another_namespace_is_named_though_the_parser_warns_of_it(namespace: str) -> None:
    (finding,) = read(DOCUMENT.replace(b'"urn:hl7-org:v3"', f'"{namespace}"'.encode())).findings
    assert finding.rule == "XML-07"
    assert f"{{{namespace}}}ClinicalDocument" in finding.message


@pytest.mark.parametrize("names", [("1a", "b"), ("b", "b"), ("1a", "1a")])
def test_what_xml_id_asks_for_makes_no_document_malformed(names: tuple[str, str]) -> None:
    first, second = (f'xml:id="{name}"'.encode() for name in names)
    data = DOCUMENT.replace(b"<title", b"<title " + first, 1)
    document = read(data.replace(b"<languageCode", b"<languageCode " + second, 1))
    assert document.findings == ()
    assert document.header is not None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<?xml encoding="UTF-8" version="1.0"?><a/>', "version, qui vient avant encoding"),
        (b'<a xmlns:w=""/>', "préfixe d'espace de noms est déclaré vide"),
        (b"<a>&#xZ;</a>", "référence de caractère est mal écrite"),
        (b"<a b=c/>", "entre guillemets"),
        (b"<a>&#0;</a>", "interdit"),
        (b'<?xml version="1.0" encoding="%"?><a/>', "nom d'encodage"),
    ],
)
def test_what_is_malformed_is_told_in_words(data: bytes, words: str) -> None:
    (finding,) = read(data).findings
    assert finding.rule == "XML-01"
    assert words in finding.message
