"""The documents of fixtures/gazelle: in step with their generator, listed, and our own."""

import base64
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from lxml import etree

from cda_tools import Options, Severity, read, validate

ROOT = Path(__file__).resolve().parents[1]
GAZELLE = ROOT / "fixtures" / "gazelle"
SHARED = ROOT.parent / "shared"
HL7 = "{urn:hl7-org:v3}"
LAYERS = ("xml", "xsd", "structuration-minimale", "text-1.16", "versions")
FILES = sorted(GAZELLE.glob("*.xml"))
INS_ROOT = "1.2.250.1.213.1.4."
UNREADABLE = {"faux-xml-tronque.xml"}


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(folder / "source" / "build.py"), "--check"]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def rows() -> dict[str, dict[str, str]]:
    """Return the README's table of documents, by file name."""
    lines = (GAZELLE / "README.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head = next(line for line in cells if line[0] == "file")
    return {
        line[0].strip("`"): dict(zip(head, line, strict=True))
        for line in cells
        if line[0].endswith(".xml`")
    }


def tree(path: Path) -> etree._ElementTree:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    return etree.parse(path, parser)


def names(document: etree._ElementTree) -> set[str]:
    """Return the family names and the names of structures that a document's header holds."""
    found = document.iter(f"{HL7}family", f"{HL7}name")
    texts = {" ".join((element.text or "").split()).upper() for element in found}
    return {text for text in texts if len(text) > 1}


def national_identifiers(document: etree._ElementTree) -> set[str]:
    """Return the INS and the identifiers of professionals and structures."""
    return {
        element.get("extension", "")
        for element in document.iter(f"{HL7}id")
        if element.get("root", "").startswith((INS_ROOT, "1.2.250.1.71.4.2."))
    } - {""}


def test_the_documents_are_in_step_with_their_generator() -> None:
    done = check(GAZELLE.parent)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_document_edited_by_hand_and_a_missing_one_are_named(tmp_path: Path) -> None:
    fixtures = tmp_path / "fixtures"
    shutil.copytree(GAZELLE.parent, fixtures)
    folder = fixtures / "gazelle"
    edited = folder / "masque.xml"
    edited.write_bytes(edited.read_bytes() + b"\n")
    (folder / "imagerie-v2.xml").unlink()
    done = check(fixtures)
    assert done.returncode == 1
    assert re.findall(r"^([\w.-]+\.xml):", done.stderr, re.M) == ["imagerie-v2.xml", "masque.xml"]


def test_every_document_has_its_row_and_every_row_its_document() -> None:
    assert set(rows()) == {path.name for path in FILES}
    written = tomllib.loads(
        (GAZELLE.parent / "source" / "documents.toml").read_text(encoding="utf-8")
    )
    assert set(rows()) == {entry["file"] for entry in written["document"]}


@pytest.mark.parametrize("row", rows().values(), ids=lambda row: row["file"].strip("`"))
def test_a_row_gives_a_verdict_for_each_layer(row: dict[str, str]) -> None:
    verdicts = [row[layer] for layer in LAYERS]
    assert set(verdicts) <= {"valid", "invalid", "not run"}
    assert ("not run" in verdicts) == (row["xml"] == "invalid")
    assert bool(row["main finding"]) == ("invalid" in verdicts)


def test_documents_are_utf8_with_line_feeds_and_no_byte_order_mark() -> None:
    for path in FILES:
        content = path.read_bytes()
        content.decode("utf-8")
        assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n'), path.name
        assert b"\r" not in content, path.name
        assert content.endswith(b">\n"), path.name


def test_only_the_documents_wrong_in_their_xml_cannot_be_parsed() -> None:
    unreadable = set()
    for path in FILES:
        try:
            etree.parse(path)
        except etree.XMLSyntaxError:
            unreadable.add(path.name)
    assert unreadable == UNREADABLE
    assert {name for name, row in rows().items() if row["xml"] == "invalid"} == {
        *UNREADABLE,
        "faux-doctype.xml",
    }


def test_no_two_documents_have_the_same_id() -> None:
    found = [tree(path).find(f".//{HL7}ClinicalDocument/{HL7}id") for path in FILES]
    found += [tree(path).getroot().find(f"{HL7}id") for path in FILES]
    ids = [(ii.get("root"), ii.get("extension")) for ii in found if ii is not None]
    assert len(ids) == len(set(ids)) == len(FILES)


@pytest.mark.parametrize(
    ("successor", "predecessor"),
    [
        ("imagerie-v2", "imagerie-v1"),
        ("trois-versions-2", "trois-versions-1"),
        ("trois-versions-3", "trois-versions-2"),
        ("ancienne-v2", "ancienne-v1"),
        ("fourche-a", "fourche-v1"),
        ("fourche-b", "fourche-v1"),
        ("version-fausse", "version-fausse-v1"),
        ("remplacement-orphelin", None),
    ],
)
def test_a_replacement_names_the_version_it_replaces(
    successor: str, predecessor: str | None
) -> None:
    parent = tree(GAZELLE / f"{successor}.xml").find(f".//{HL7}parentDocument/{HL7}id")
    assert parent is not None
    owners = [
        path.stem
        for path in FILES
        if (own := tree(path).getroot().find(f"{HL7}id")) is not None
        and dict(own.attrib) == dict(parent.attrib)
    ]
    assert owners == ([predecessor] if predecessor else [])


def test_people_are_invented() -> None:
    people = tomllib.loads((GAZELLE.parent / "source" / "people.toml").read_text(encoding="utf-8"))
    for patient in people["patients"].values():
        ins = patient["ins"]
        assert re.fullmatch(r"[12]\d{4}99999\d{5}", ins), "born in commune 99999, which is none"
        assert int(ins[13:]) == 97 - int(ins[:13]) % 97, "the key is right all the same"
        assert ins[1:5] == patient["birth_date"][2:6]
        assert (ins[0] == "1") == (patient["gender"]["code"] == "M")
        assert patient["birth_family"].startswith("FICTIF-")
    for professional in people["professionals"].values():
        assert re.fullmatch(r"899700\d{6}", professional["id"]), "no RPPS begins with 99"
    for key, structure in people["structures"].items():
        assert key == "expression_patient" or re.fullmatch(r"199\d{7}", structure["id"])


def test_the_pdf_of_a_level_1_document_is_whole() -> None:
    found = 0
    for path in FILES:
        for text in tree(path).iter(f"{HL7}text"):
            if text.get("representation") != "B64":
                continue
            found += 1
            pdf = base64.b64decode(re.sub(r"\s", "", text.text or ""), validate=True)
            assert pdf.startswith(b"%PDF-1.4\n")
            assert pdf.endswith(b"%%EOF\n")
            table = int(re.findall(rb"startxref\n(\d+)", pdf)[0])
            assert pdf[table:].startswith(b"xref\n")
            for number, offset in enumerate(re.findall(rb"(\d{10}) 00000 n", pdf), start=1):
                assert pdf[int(offset) :].startswith(b"%d 0 obj\n" % number)
            length, stream = re.findall(rb"/Length (\d+) >>\nstream\n(.*)endstream", pdf, re.S)[0]
            assert len(stream) == int(length)
    assert found == 7


def test_the_style_sheet_of_the_self_displaying_document_shows_it() -> None:
    document = etree.parse(GAZELLE / "autopresentable.xml")
    shown = str(etree.XSLT(document)(document))
    assert "<h1>Dosage de la TSH</h1>" in shown
    assert "<p>Thyréostimuline (TSH) | 5,8 mUI/L | 0,4 – 4,0</p>" in shown


# The rest of ../shared was partly made from our own fixtures: their people are ours.
WRITTEN_BY_OTHERS = (
    "conformance/corpus",
    "samples/pre-1.16",
    "samples/xdm",
    "samples/xds",
    "samples/foreign",
)


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not beside this checkout")
def test_nobody_of_the_shared_documents_appears() -> None:
    folders = [SHARED / folder for folder in WRITTEN_BY_OTHERS]
    theirs = [tree(path) for folder in folders for path in folder.rglob("*.xml")]
    ours = [tree(path) for path in FILES]
    assert len(theirs) > 50
    their_names = set().union(*map(names, theirs))
    their_numbers = set().union(*map(national_identifiers, theirs))
    assert len(their_names) > 50
    assert len(their_numbers) > 50
    assert set().union(*map(names, ours)) & their_names == set()
    assert set().union(*map(national_identifiers, ours)) & their_numbers == set()
    text = "".join(path.read_text(encoding="utf-8") for path in FILES)
    assert [number for number in their_numbers if len(number) >= 8 and number in text] == []


@pytest.mark.parametrize("row", rows().values(), ids=lambda row: row["file"].strip("`"))
def test_the_table_says_what_validation_finds(row: dict[str, str]) -> None:
    report = validate(read(GAZELLE / row["file"].strip("`")))
    words = {True: "valid", False: "invalid", None: "not run"}
    found = {layer.name: words[layer.valid] for layer in report.layers}
    assert found == {name: row[name] for name in LAYERS}
    errors = {one.rule for one in report.findings if one.severity is Severity.ERROR}
    assert errors == set(re.findall(r"`([A-Z0-9-]+)`", row["main finding"]))


def test_the_documents_without_setid_are_valid_before_1_16() -> None:
    for name in ("sans-setid.xml", "ancienne-v1.xml", "ancienne-v2.xml"):
        for profile in ("pre-1.16", "auto"):
            report = validate(read(GAZELLE / name), Options(profile=profile))
            assert report.valid, (name, profile)
