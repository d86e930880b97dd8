"""An engine that is not ours (ISO's style sheets in SaxonC) says the same of the same documents.

The small kit always; and the kit that CDA_TOOLS_KIT names, if it names one, with its examples and
mutants of them (CDA_TOOLS_KIT_MUTANTS: how many of each, 2 by default).
"""

import os
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest
from documents_of_kits import section, written
from lxml import etree

from cda_tools.kit.folder import open_folder
from cda_tools.kit.kit import Kit
from cda_tools.reading import safexml
from cda_tools.validation.kit_layers import message
from conftest import ROOT

pytest.importorskip("saxonche", reason="the independent engine is not installed")

from official_engine import STOP, PySaxonApiError, engine

H = "{urn:hl7-org:v3}"
SMALL = ROOT / "fixtures" / "kit"
OURS = sorted((ROOT / "fixtures" / "gazelle").glob("*.xml"))
RICH = written(
    section(
        '<templateId root="1.1.1"/><templateId root="1.1.2"/><code code="19005-8"/>'
        "<title>Conclusion</title><text><table/></text>"
        '<entry typeCode="COMP"><act><templateId root="3.3.3"/><id root="1"/><author><time/>'
        '</author><repeatNumber value="3"/></act></entry>'
        '<entry><observation ID="x"><templateId root="2.2.2"/><id/><code code="A">'
        '<qualifier code="Q"/></code><text>Bien.</text><value code="A"/><author><time/><id/>'
        "</author><participant/><entryRelationship><act><id/></act></entryRelationship>"
        "<reference/></observation></entry>"
        '<entry><observation><code code="INCIDENCE" codeSystem="1.2.3.4"/>'
        '<value code="FACE" codeSystem="1.2.3.4"/></observation></entry>'
        '<entry><organizer><component/><component typeCode="X"/></organizer></entry>'
    )
    + section('<code code="55752-0"/><entry><act><act/></act></entry>')
)
ROOTS = ["1.1.1", "1.1.2", "2.2.2", "3.3.3", "1.2.250.1.213.1.1.2.999"]
VALUES = ["A", "B", "Q", "", " ", "3", "-1", "x", "1e2", "COMP", "FACE", "19005-8", "INCIDENCE"]


def mutant(document: bytes, seed: int, roots: list[str]) -> bytes:
    """Return the document with a few changes: elements lost, doubled, moved, attributes changed."""
    chance = random.Random(seed)
    root = etree.fromstring(document, etree.XMLParser(remove_comments=True, huge_tree=True))
    for _ in range(chance.choice([1, 1, 2, 4])):
        elements = [e for e in root.iter("*") if e.getparent() is not None]
        element = chance.choice(elements)
        match chance.randrange(7):
            case 0:
                element.getparent().remove(element)
            case 1:
                element.addnext(etree.fromstring(etree.tostring(element, with_tail=False)))
            case 2:
                chance.choice(elements).append(
                    etree.fromstring(etree.tostring(element, with_tail=False))
                )
            case 3:
                etree.SubElement(element, f"{H}templateId", root=chance.choice(roots))
            case 4:
                element.text = chance.choice(["", "Conclusion", "mal", "Bien."])
            case _:
                name = chance.choice([*element.attrib, "code", "value", "nullFlavor", "typeCode"])
                element.set(name, chance.choice(VALUES))
    return etree.tostring(root)


def ours(kit: Kit, document: bytes, file: str):
    """Return what our engine says of one Schematron, as the other engine does."""
    compiled = next(one for one in (*kit.layers, *kit.volets) if one.file == file)
    volet = compiled.name if compiled in kit.volets else "none"
    verdict = kit.check(safexml.parse(document), volet)
    if any(compiled.owns(stop.number) for stop in verdict.stopped):
        return STOP
    outcome = verdict.outcomes[compiled.number]
    failed = Counter()
    for one in outcome.failed:
        source = kit.sources[one.number]
        # What a message may not quote is not compared.
        text = message(source, one.values)
        pattern = source.pattern
        failed[pattern, source.kind, source.test, text] += 1
    return outcome.fired, failed


def compared(theirs, file: str):
    """Return what the other engine says with our names: a pattern without id is its file's."""
    if theirs == STOP:
        return STOP
    stem = file.rpartition("/")[2].rpartition(".")[0]
    fired, failed = theirs
    named = Counter()
    for (pattern, kind, test, text), count in failed.items():
        named[pattern or stem, kind, " ".join(test.split()), text] += count
    return fired, named


@pytest.fixture(scope="module")
def official():
    with engine() as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a copy of the small kit: the other engine writes its sheets beside Schematrons."""
    return Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("kit") / "kit"))


def files_of(kit: Kit) -> list[str]:
    return [one.file for one in (*kit.layers, *kit.volets) if one.number is not None]


@pytest.mark.parametrize("seeds", [range(n, n + 25) for n in range(0, 100, 25)], ids=str)
def test_the_small_kit_says_the_same_of_mutants(small, official, folder, tmp_path, seeds):
    for seed in seeds:
        document = mutant(RICH, seed, ROOTS) if seed else RICH
        for file in files_of(small):
            theirs = official.run(folder / file, document, tmp_path / "d.xml")
            assert ours(small, document, file) == compared(theirs, file), (seed, file)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_the_small_kit_says_the_same_of_our_documents(small, official, folder, tmp_path, path):
    document = path.read_bytes()
    try:
        safexml.parse(document)
    except safexml.XmlRefused:
        return  # neither engine has a document
    for file in files_of(small):
        theirs = official.run(folder / file, document, tmp_path / "d.xml")
        assert ours(small, document, file) == compared(theirs, file), file


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """Return the kit that CDA_TOOLS_KIT names and a copy of its Schematrons and lists."""
    named = os.environ.get("CDA_TOOLS_KIT")
    if not named:
        pytest.skip("CDA_TOOLS_KIT names no official kit")
    kit = Kit(open_folder(Path(named)), "officiel")
    copy = tmp_path_factory.mktemp("real")
    for name in ("schematrons", "jeuxDeValeurs"):
        shutil.copytree(kit.folder.root / name, copy / name)
    for compiled in (*kit.layers, *kit.volets):
        for document in compiled.documents:
            # Where a list is missing, Saxon 9 goes on with an empty one; SaxonC stops.
            path = (copy / compiled.file).parent / document
            if not path.exists():
                path.write_text("<empty/>", "utf-8")
    return kit, copy


@pytest.mark.slow
def test_a_real_kit_says_the_same_of_its_examples_and_their_mutants(real, official, tmp_path):
    kit, copy = real
    many = int(os.environ.get("CDA_TOOLS_KIT_MUTANTS", "2"))
    roots = sorted({root for volet in kit.volets for root in volet.roots})
    generic = [one.file for one in kit.layers if one.number is not None]
    compared_runs = 0
    for path in sorted((kit.folder.root / "ExemplesCDA").glob("*.xml")):
        example = path.read_bytes()
        claim = kit.check(safexml.parse(example)).claim
        files = [*generic, *([claim.volet.file] if claim and claim.volet else [])]
        files = [file for file in files if _compiles(official, copy / file)]
        for seed in range(many + 1):
            document = mutant(example, seed, roots) if seed else example
            for file in files:
                theirs = compared(official.run(copy / file, document, tmp_path / "d.xml"), file)
                found = ours(kit, document, file)
                assert _without_text(found) == _without_text(theirs), (path.name, seed, file)
                compared_runs += 1
    assert compared_runs


def _compiles(official, schematron: Path) -> bool:
    """Tell whether the other engine has a sheet: SaxonC 13 breaks on some, by its own fault."""
    try:
        official.compiled(schematron)
    except PySaxonApiError as error:
        assert "Bad parent pointer" in str(error), schematron
        return False
    return True


def _without_text(outcome):
    if outcome == STOP:
        return STOP
    fired, failed = outcome
    found = Counter()
    for (pattern, kind, test, _), count in failed.items():
        found[pattern, kind, test] += count
    return fired, found
