import gzip
import zlib

import pytest
from lxml import etree
from rendered import PDF, PNG, encoded

from cda_tools.rendering import encapsulated
from cda_tools.rendering.encapsulated import File, Kind, read
from cda_tools.rendering.showing import text


def ed(content, **attributes):
    element = etree.Element("{urn:hl7-org:v3}value", attributes)
    element.text = content
    return element


def deflated(data):
    maker = zlib.compressobj(wbits=-15)
    return maker.compress(data) + maker.flush()


@pytest.mark.parametrize(
    ("data", "declared", "media_type", "kind"),
    [
        (PDF, "application/pdf", "application/pdf", Kind.PDF),
        (b"\r\n" + PDF, "application/octet-stream", "application/pdf", Kind.PDF),
        (PNG, "image/jpeg", "image/png", Kind.IMAGE),
        (b"\xff\xd8\xff\xe0", "image/jpg", "image/jpeg", Kind.IMAGE),
        (b"GIF89a", "image/gif", "image/gif", Kind.IMAGE),
        (b"RIFF\0\0\0\0WEBP", "image/webp", "image/webp", Kind.IMAGE),
        (b"<svg/>", "image/svg+xml", "image/svg+xml", Kind.OTHER),
        (b"II*\0", "image/tiff", "image/tiff", Kind.OTHER),
        (b"rien", "application/pdf", "application/pdf", Kind.OTHER),
        (b"rien", "TEXT/Plain", "text/plain", Kind.TEXT),
    ],
)
def test_a_file_is_what_its_bytes_are(data, declared, media_type, kind):
    found = read(ed(encoded(data), mediaType=declared, representation="B64"))
    assert (found.media_type, found.kind, found.data) == (media_type, kind, data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("DF", deflated(PDF)),
        ("DF", zlib.compress(PDF)),
        ("ZL", zlib.compress(PDF)),
        ("gz", gzip.compress(PDF, mtime=0)),
        ("DF", PDF),
    ],
)
def test_a_compressed_file_is_expanded(name, data):
    content = encoded(data)
    found = read(ed(content, mediaType="application/pdf", representation="B64", compression=name))
    assert found.data == PDF


def test_a_file_that_would_expand_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(encapsulated, "MOST_BYTES", 1024 * 1024)
    content = encoded(zlib.compress(bytes(5_000_000)))
    found = read(ed(content, mediaType="image/png", representation="B64", compression="ZL"))
    assert (found.data, found.problem) == (None, "décompressé, il dépasse 1 Mio")


@pytest.mark.parametrize("name", ["Z", "ZL", "?"])
def test_a_compression_that_cannot_be_undone_is_told(name):
    found = read(ed("AAAA", mediaType="image/png", representation="B64", compression=name))
    assert found.problem == f"compression illisible ({name})"


def test_base64_may_be_folded_unpadded_or_not_said_to_be_base64():
    folded = "\n".join(encoded(PDF).rstrip("=")[i : i + 4] for i in range(0, 40, 4))
    assert read(ed(folded, mediaType="application/pdf")).data == PDF
    assert read(ed("pas du base64 !", mediaType="application/pdf")).data == b"pas du base64 !"


def test_a_thumbnail_and_a_comment_are_no_part_of_the_file():
    value = ed(encoded(PDF)[:8], mediaType="application/pdf", representation="B64")
    value.append(etree.Comment("suite"))
    value[0].tail = encoded(PDF)[8:]
    for name in ("reference", "thumbnail"):
        etree.SubElement(value, f"{{urn:hl7-org:v3}}{name}").text = encoded(PNG)
    assert (read(value).media_type, read(value).data) == ("application/pdf", PDF)


def test_a_text_in_xml_keeps_its_words():
    value = ed("un ", mediaType="text/xml")
    etree.SubElement(value, "deux").text = "deux"
    value[0].tail = " trois"
    assert read(value).data == b"un deux trois"


@pytest.mark.parametrize(
    ("content", "problem"),
    [("AAAAA", "son base64 est incomplet"), ("%%%", "son contenu n'est pas du base64")],
)
def test_what_cannot_be_decoded_says_why(content, problem):
    found = read(ed(content, mediaType="application/pdf", representation="B64"))
    assert (found.data, found.problem) == (None, problem)


def test_a_compressed_file_that_was_cut_is_not_shown_in_part():
    content = encoded(zlib.compress(PDF * 100)[:-5])
    found = read(ed(content, mediaType="application/pdf", representation="B64", compression="ZL"))
    assert (found.data, found.problem) == (None, "compressé, il est incomplet")


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("5 € à".encode(), "UTF-8"),
        ("5 € à".encode(), "inconnu"),
        ("5 € à".encode(), "base64"),
        ("5 € à".encode("iso-8859-15"), "ISO-8859-15"),
        ("5 € à".encode("cp1252"), "UTF-8"),
        ("5 € à".encode("utf-16"), "UTF-8"),
        ("5 € à".encode("utf-16-be"), "UTF-16BE"),
        ("\ufeff5 € à".encode(), "UTF-8"),
    ],
)
def test_a_text_is_read_in_its_charset(data, charset):
    found = read(ed(encoded(data), mediaType="text/plain", representation="B64", charset=charset))
    assert text(found.data, found.charset) == "5 € à"


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (1, "1 octet"),
        (999, "999 octets"),
        (1_000, "1 ko"),
        (287_400, "287 ko"),
        (999_600, "1,0 Mo"),
        (3_140_000, "3,1 Mo"),
    ],
)
def test_sizes_are_said_as_the_french_say_them(size, said):
    assert File("x", Kind.OTHER, bytes(size)).size == said
