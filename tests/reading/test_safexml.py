import time

import pytest
from documents import document
from hypothesis import given
from hypothesis import strategies as st

from cda_tools.reading.safexml import Limits, XmlRefused, blocks, encoding, parse, parse_until
from cda_tools.rules.finding import Severity


def refusal(data, limits=None):
    """Return what a refused document's finding says, after checking both ways of reading it."""
    with pytest.raises(XmlRefused) as whole:
        parse(data, limits or Limits())
    with pytest.raises(XmlRefused) as until:
        list(parse_until(blocks(data), ["never"], limits or Limits()))
    finding = whole.value.finding
    assert finding.severity is Severity.ERROR
    assert until.value.finding.severity is Severity.ERROR
    return finding


@pytest.mark.parametrize(
    ("data", "part", "line"),
    [
        (b"", "vide", 1),
        (b"<a>\n<b>\n</a>", "balise fermante", 3),
        (b"<a>\n\xe9</a>", "encodage", 2),
        (b"<a>\n&nbsp;</a>", "entité", 2),
        (b"<a>\n", "tronqué", None),
        (b"<x:a/>", "préfixe", 1),
        (b"<a b='1' b='2'/>", "deux fois", 1),
        (b"<a/>\n<b/>", "fin du document", 2),
    ],
)
def test_malformed_xml_is_told_in_french_with_its_line(data, part, line):
    finding = refusal(data)
    assert finding.rule == "XML-01"
    assert part in finding.message
    assert line is None or finding.line == line


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1/">]><a>&x;</a>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="UTF-7"?><!DOCTYPE a><a/>',
        "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a d='&b;'/>".encode("utf-16-le"),
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a d='&b;'>".encode("utf-16-le"),
        b" \n<!-- comment --><!DOCTYPE a [<!ENTITY b 'c'>]>\n<a/>",
        b"<!--" + b"x" * 20_000 + b"--><!DOCTYPE a><a/>",
    ],
)
def test_a_doctype_is_refused_in_any_encoding(data):
    assert refusal(data).rule == "XML-02"


def test_the_billion_laughs_cost_nothing():
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "ha"}">' for i in range(12))
    data = f'<!DOCTYPE a [{entities}]><a b="&e11;">&e11;</a>'.encode()
    started = time.process_time()
    assert refusal(data).rule == "XML-02"
    assert time.process_time() - started < 5


def test_an_unknown_encoding_is_refused():
    assert refusal(b'<?xml version="1.0" encoding="nowhere"?><a/>').rule == "XML-03"


def test_the_size_limit_can_be_set():
    data = document()
    assert refusal(data, Limits(size=len(data) - 1)).rule == "XML-04"
    assert parse(data, Limits(size=len(data))) is not None


@pytest.mark.parametrize(
    "declared", ["UTF-8", "ISO-8859-1", "UTF-16", "windows-1252", "ISO-8859-15"]
)
def test_declared_encodings_are_read(declared):
    text = f'<?xml version="1.0" encoding="{declared}"?><a>élève</a>'
    data = text.encode(declared)
    root = parse(data)
    assert root.text == "élève"
    assert encoding(root, data) == declared.upper()


def test_a_byte_order_mark_is_read():
    assert parse(b"\xef\xbb\xbf<a>\xc3\xa9</a>").text == "é"
    data = "<a>é</a>".encode("utf-16")
    assert encoding(parse(data), data) == "UTF-16"


def test_instructions_and_comments_are_ignored():
    root = parse(b'<?xml-stylesheet href="x.xsl"?><a>one<!-- two --> three<?four?></a>')
    assert root.text == "one three"
    assert root.getprevious() is None


def test_a_pdf_of_forty_megabytes_in_base64_is_read():
    text = b"QUJD" * 10_000_000
    root = parse(b"<a><text mediaType='application/pdf'>" + text + b"</text></a>")
    assert len(root[0].text) == 40_000_000


def test_limits_stay_beside_a_big_text():
    big = b"x" * 10_100_000
    assert refusal(b"<a>" * 300 + big + b"</a>" * 300).rule == "XML-05"
    with pytest.raises(XmlRefused) as caught:
        parse(b"<a b='" + b"y" * 11_000_000 + b"'>" + big + b"</a>")
    assert caught.value.finding.rule == "XML-06"
    with pytest.raises(XmlRefused) as caught:
        parse(b"<a>" + big)
    assert caught.value.finding.rule == "XML-05"


def test_depth_stays_limited_in_small_documents():
    assert refusal(b"<a>" * 300 + b"</a>" * 300).rule in {"XML-01", "XML-05"}


def test_reading_stops_at_the_tag_asked_for():
    data = document(body="<component><structuredBody>" + "<never-closed>" * 5)
    element = next(parse_until(blocks(data), ["{urn:hl7-org:v3}structuredBody"]))
    assert element.getparent() is not None


@given(st.binary(max_size=300))
def test_no_bytes_make_parsing_fail_otherwise(data):
    try:
        parse(data)
    except XmlRefused as refused:
        assert refused.finding.rule.startswith("XML-")


@given(st.data())
def test_no_damage_to_a_document_makes_parsing_fail_otherwise(data):
    whole = bytearray(document())
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        parse(bytes(whole))
    except XmlRefused as refused:
        assert refused.finding.line is None or refused.finding.line >= 1
