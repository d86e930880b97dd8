import gzip
import zlib

import pytest
from lxml import etree
from rendered import PDF, PNG, encoded

from cda_tools.rendering import encapsulated
from cda_tools.rendering.encapsulated import File, Kind, read


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
