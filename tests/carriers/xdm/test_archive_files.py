"""Every CDA of an archive is listed once, whatever announces it; what differs is named."""

import base64
import hashlib
import io
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml.etree import _Element as Element
from make_document import BIOLOGY, PDF, document
from make_metadata import PAGES, announced, archive, entry, replacement, submission

from cases.makers.carriers import CDA, CDA_2, V1, V2
from cda_tools.carriers import Carried, open_bytes, open_path
from cda_tools.carriers.xdm import hashes, resolving
from cda_tools.chains import build
from cda_tools.document import read_carried_header
from cda_tools.reading.header import parse_header
from cda_tools.reading.safexml import Limits

SUBSET = "IHE_XDM/SUBSET01/"
DOC = (f"{SUBSET}DOC0001.XML", CDA)


def metadata(*objects: str, folder: str = SUBSET) -> tuple[str, bytes]:
    return f"{folder}METADATA.XML", submission(*objects)


TOLD = metadata(announced(V1, CDA, "DOC0001.XML"))


def opened(*files: tuple[str, bytes]) -> list[Carried]:
    return list(open_bytes(archive(files), "a.zip"))


def rules(carried: Carried) -> list[str]:
    return [finding.rule for finding in carried.findings]


def inside(documents: list[Carried]) -> list[str | None]:
    return [one.inside for one in documents]


@pytest.mark.parametrize(
    ("declared", "encoding"), [("ISO-8859-1", "utf-8"), ("ISO-8859-1", "utf-8-sig")]
)
def test_accents_of_metadata_are_said_for_what_they_are(declared: str, encoding: str) -> None:
    doc = replace(V1, title="Échographie du genou opéré")
    told = submission(announced(doc, document(doc), "DOC0001.XML")).decode()
    written = f'<?xml version="1.0" encoding="{declared}"?>{told}'.encode(encoding)
    (one,) = opened((f"{SUBSET}METADATA.XML", written), (f"{SUBSET}DOC0001.XML", document(doc)))
    assert [(told.rule, told.location) for told in one.findings] == [
        ("XML-13", f"{SUBSET}METADATA.XML")
    ]


@pytest.mark.parametrize(
    "name",
    [
        "autre.xml",
        "DOCUMENTS/autre.xml",
        "IHE_XDM/autre.xml",
        f"{SUBSET}DOCS/autre.xml",
        f"{SUBSET}autre.txt",
        "IHE_XDM/SUBSET02/DOC0001.XML",
    ],
)
def test_a_cda_that_no_metadata_announces_is_listed_and_said(name: str) -> None:
    documents = opened(TOLD, DOC, (name, CDA_2))
    assert inside(documents) == [DOC[0], name]
    assert documents[1].data() == CDA_2
    assert rules(documents[1]) == ["XDM-08"]
    assert rules(documents[0]) == (["XDM-29"] if "SUBSET02" in name else [])


def test_other_xml_of_an_archive_is_no_document() -> None:
    style = b"<xsl:stylesheet xmlns:xsl='http://www.w3.org/1999/XSL/Transform'/>"
    assert inside(opened(TOLD, DOC, ("CDA.XSL", style), ("X.XML", b"<a/>"))) == [DOC[0]]


# The URI, the name in the archive, and what must be said of it.
URIS = {
    "percent": ("Lettre%20de%20liaison.XML", "Lettre de liaison.XML", "encodée en %"),
    "percent-accent": ("Op%C3%A9ration.XML", "Opération.XML", "encodée en %"),
    "root": ("IHE_XDM/SUBSET01/DOC.XML", "DOC.XML", "part de la racine"),
    "slash-root": ("/IHE_XDM/SUBSET01/DOC.XML", "DOC.XML", "part de la racine"),
    "root-percent": ("IHE_XDM/SUBSET01/A%20B.XML", "A B.XML", "racine et est encodée en %"),
    "above": ("SUBSET01/DOC.XML", "DOC.XML", "dossier au-dessus"),
    "backslashes": ("SUBSET01\\DOC.XML", "DOC.XML", "dossier au-dessus"),
    "other-name": ("LETTRE.XML", "DOC.XML", "retrouvé par son empreinte"),
    "out": ("../../DOC.XML", "DOC.XML", "retrouvé par son empreinte"),
}


@pytest.mark.parametrize("case", URIS)
def test_a_uri_is_resolved_tolerantly_and_its_form_is_named(case: str) -> None:
    uri, name, words = URIS[case]
    (carried,) = opened(metadata(announced(V1, CDA, uri)), (f"{SUBSET}{name}", CDA))
    assert carried.inside == f"{SUBSET}{name}"
    assert carried.data() == CDA
    assert rules(carried) == ["XDM-25"]
    assert words in carried.findings[0].message


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_composed_or_not_are_the_same_name(form: str) -> None:
    uri = unicodedata.normalize(form, "Opération.XML")
    other = unicodedata.normalize("NFD" if form == "NFC" else "NFC", uri)
    (carried,) = opened(metadata(announced(V1, CDA, uri)), (f"{SUBSET}{other}", CDA))
    assert carried.data() == CDA
    assert rules(carried) == []


def without_flag(data: bytes) -> bytes:
    """Clear the bit that says that names are in UTF-8, as many a zip tool leaves it."""
    cleared = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = cleared.find(mark)
        while at >= 0:
            cleared[at + offset + 1] &= ~0x08
            at = cleared.find(mark, at + 4)
    return bytes(cleared)


def test_names_in_utf_8_are_read_though_no_flag_says_so() -> None:
    files = [metadata(announced(V1, CDA, "Opérée.XML")), (f"{SUBSET}Opérée.XML", CDA)]
    data = without_flag(archive(files))
    with zipfile.ZipFile(io.BytesIO(data)) as written:
        assert f"{SUBSET}Opérée.XML" not in written.namelist()
    (carried,) = open_bytes(data, "a.zip")
    assert carried.inside == f"{SUBSET}Opérée.XML"
    assert rules(carried) == []


def test_names_of_another_code_page_are_found_by_what_the_files_hold() -> None:
    files = [metadata(announced(V1, CDA, "Opérée.XML")), (f"{SUBSET}Op_r_e.XML", CDA)]
    data = archive(files).replace(b"Op_r_e", b"Op\xe9r\xe9e")
    (carried,) = open_bytes(data, "a.zip")
    assert carried.data() == CDA
    assert rules(carried) == ["XDM-25"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (announced(V1, CDA, "X.XML").replace('name="URI"', 'name="NoURI"'), "hash"),
        (entry(V1, uuid="Document01"), "uniqueId"),
        (entry(replace(V1, id="1.2.250.1.999.7.9"), uuid="Document01", size=len(CDA)), "size"),
    ],
)
def test_without_uri_a_document_is_matched_by_hash_unique_id_or_size(told: str, words: str) -> None:
    documents = opened(metadata(told), DOC)
    assert inside(documents) == [DOC[0]]
    assert documents[0].data() == CDA
    assert rules(documents[0])[0] == "XDM-26"
    assert ("XDM-18" in rules(documents[0])) is (words != "hash")


def test_two_documents_never_have_one_file() -> None:
    same_uri = metadata(announced(V1, CDA, "A.XML"), announced(V2, CDA_2, "A.XML", number=2))
    one, two = opened(same_uri, (f"{SUBSET}A.XML", CDA), (f"{SUBSET}B.XML", CDA_2))
    assert (one.data(), two.data()) == (CDA, CDA_2)
    assert (rules(one), rules(two)) == ([], ["XDM-25"])
    one, two = opened(same_uri, (f"{SUBSET}A.XML", CDA))
    assert (one.data(), two.source) == (CDA, None)
    assert rules(two) == ["XDM-27"]
    assert two.header is not None


def test_each_file_is_looked_into_once_however_many_documents_are_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[bytes] = []

    def counting(chunks: Iterable[bytes], limits: Limits) -> Element:
        looked.append(data := b"".join(chunks))
        return parse_header([data], limits)

    monkeypatch.setattr(resolving, "parse_header", counting)
    some = [replace(V1, id=f"1.2.250.1.999.7.9{number}") for number in range(10, 20)]
    told = [
        entry(one, uuid=f"Document{number}", uri=f"{number}.XML", hash="0" * 40)
        for number, one in enumerate(some)
    ]
    names = [f"{SUBSET}DOC{number}.XML" for number in range(len(some))]
    files = zip(reversed(names), map(document, reversed(some)), strict=True)
    documents = opened(metadata(*told), *files)
    assert inside(documents) == names
    assert [looked.count(document(one)) for one in some] == [1] * len(some)


def test_the_uri_goes_before_the_hash() -> None:
    swapped = metadata(announced(V1, CDA_2, "A.XML"), announced(V2, CDA, "B.XML", number=2))
    one, two = opened(swapped, (f"{SUBSET}A.XML", CDA), (f"{SUBSET}B.XML", CDA_2))
    assert (one.data(), two.data()) == (CDA, CDA_2)
    assert "XDM-06" in rules(one)


def test_an_association_of_metadata_links_two_documents_that_say_nothing() -> None:
    old = replace(V1, set_id=None)
    new = replace(V2, set_id=None, version=None, replaces=None)
    contents = document(old), document(new)
    told = metadata(
        announced(old, contents[0], "A.XML", number=1),
        announced(new, contents[1], "B.XML", number=2),
        replacement("Document02", "Document01"),
    )
    documents = opened(told, (f"{SUBSET}A.XML", contents[0]), (f"{SUBSET}B.XML", contents[1]))
    (chain,) = build([read_carried_header(one) for one in documents]).chains
    assert str(chain.current) == new.id
    assert len(chain.documents) == 2


SHA1, SHA256 = hashlib.sha1(CDA).digest(), hashlib.sha256(CDA).digest()
FORMS = {
    base64.b64encode(SHA1).decode(): "SHA-1 en base64",
    base64.urlsafe_b64encode(SHA1).decode().rstrip("="): "SHA-1 en base64",
    SHA256.hex(): "SHA-256 en hexadécimal",
    base64.b64encode(SHA256).decode(): "SHA-256 en base64",
    hashlib.md5(CDA).hexdigest(): "MD5 en hexadécimal",
    hashlib.sha512(CDA).hexdigest().upper(): "SHA-512 en hexadécimal",
    "sha1:" + SHA1.hex(): "SHA-1 en hexadécimal, avec autre chose",
    SHA1.hex(":"): "SHA-1 en hexadécimal, avec autre chose",
    "0x" + SHA1.hex(): "SHA-1 en hexadécimal, avec autre chose",
}


@pytest.mark.parametrize("told", FORMS)
def test_a_hash_of_another_form_is_no_changed_document(told: str) -> None:
    (carried,) = opened(metadata(entry(V1, uuid="D", uri="A", hash=told, size=len(CDA))), DOC)
    assert rules(carried) == ["XDM-25", "XDM-23"]
    assert FORMS[told] in carried.findings[1].message
    changed = (DOC[0], CDA + b"\n")
    told_of = metadata(entry(V1, uuid="D", uri="DOC0001.XML", hash=told, size=len(CDA)))
    (carried,) = opened(told_of, changed)
    assert rules(carried) == ["XDM-23", "XDM-06"]


@pytest.mark.parametrize("told", ["inconnu", "12", SHA1.hex()[:39], "da39a3ee é", "ABCDEFGH"])
def test_a_hash_that_is_none_tells_nothing_of_the_document(told: str) -> None:
    (carried,) = opened(metadata(entry(V1, uuid="D", uri=DOC[0], hash=told, size=len(CDA))), DOC)
    assert rules(carried) == ["XDM-25", "XDM-23"]
    assert hashes.UNKNOWN in carried.findings[1].message


@pytest.mark.parametrize(
    ("system", "found"),
    [
        ("LOINC", ["XDM-24"]),
        ("LN", ["XDM-24"]),
        ("urn:oid:2.16.840.1.113883.6.1", ["XDM-24"]),
        ("http://loinc.org", ["XDM-24"]),
        ("2.16.840.1.113883.6.1", []),
        ("1.2.250.1.213.1.1.4.12", ["XDM-11"]),
    ],
)
def test_a_code_system_by_another_name_is_the_same_and_another_is_named(
    system: str, found: list[str]
) -> None:
    told = announced(V1, CDA, "DOC0001.XML").replace(">2.16.840.1.113883.6.1<", f">{system}<")
    (carried,) = opened(metadata(told), DOC)
    assert rules(carried) == found
    if found == ["XDM-11"]:
        assert "système 1.2.250.1.213.1.1.4.12" in carried.findings[0].message
        assert "système 2.16.840.1.113883.6.1" in carried.findings[0].message


def test_another_type_is_named_without_its_system() -> None:
    told = metadata(announced(replace(V1, type=BIOLOGY), CDA, "DOC0001.XML"))
    (carried,) = opened(told, DOC)
    assert rules(carried) == ["XDM-11"]
    assert "système" not in carried.findings[0].message


def test_what_iti_32_requires_at_the_root_is_asked_of_a_zip(tmp_path: Path) -> None:
    for missing in (("INDEX.HTM",), ("README.TXT",), ("INDEX.HTM", "README.TXT")):
        pages = [page for page in PAGES if page[0] not in missing]
        (carried,) = open_bytes(archive([*pages, TOLD, DOC], pages=False), "a.zip")
        assert rules(carried) == ["XDM-28"]
        assert carried.findings[0].message.endswith(f"{' et '.join(missing)}.")
    for name, content in (TOLD, DOC):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    assert [rules(one) for one in open_path(tmp_path)] == [[]]


def test_what_systems_leave_behind_is_no_file_of_the_archive() -> None:
    left = [".DS_Store", "Thumbs.db", "desktop.ini", "._DOC0001.XML", "THUMBS.DB"]
    (carried,) = opened(TOLD, DOC, *((f"{SUBSET}{name}", b"\0\1") for name in left))
    assert rules(carried) == []


def test_pages_of_a_flat_archive_are_foreseen() -> None:
    told = ("METADATA.XML", submission(announced(V1, CDA, "DOC0001.XML")))
    (carried,) = opened(*PAGES, told, ("DOC0001.XML", CDA))
    assert rules(carried) == ["XDM-16"]


def test_an_office_file_beside_a_document_is_no_archive() -> None:
    office = archive([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")])
    (carried,) = opened(TOLD, DOC, (f"{SUBSET}LETTRE.DOCX", office))
    assert rules(carried) == ["XDM-08"]


def test_a_zip_of_documents_alone_and_one_of_anything() -> None:
    one, two = opened(("a.xml", CDA), ("b/c.cda", CDA_2), ("d.pdf", PDF))
    assert (one.data(), two.data()) == (CDA, CDA_2)
    assert (rules(one), rules(two)) == (["XDM-03"], [])
    (nothing,) = opened(("a.class", b"\xca\xfe\xba\xbe"), ("META-INF/MANIFEST.MF", b"x"))
    assert rules(nothing) == ["XDM-30"]


def test_an_entry_without_a_name_is_none() -> None:
    data = archive([TOLD, DOC, ("X", b"x")])
    nameless = data.replace(b"X" + b"x", b"x", 1)
    with zipfile.ZipFile(io.BytesIO(data)) as written:
        offset = written.getinfo("X").header_offset
    changed = bytearray(data)
    changed[offset + 26 : offset + 28] = b"\0\0"
    central = data.rindex(b"PK\x01\x02")
    changed[central + 28 : central + 30] = b"\0\0"
    for damaged in (bytes(changed), nameless):
        assert list(open_bytes(damaged, "a.zip"))
