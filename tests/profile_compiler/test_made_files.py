"""The profile and what is made of it: in step, and the same from genuine ISO Schematron."""

import re
from pathlib import Path

import header_changes
import header_mutations
import pytest
from lxml import etree, isoschematron

from cda_tools.model.editions import EDITIONS, NEWEST
from cda_tools.reading.location import Tree
from cda_tools.resources import resource, schemas
from cda_tools.rules import texts
from cda_tools.validation.structuration_minimale import layer as structuration_minimale
from cda_tools.validation.structuration_minimale.functions import FUNCTIONS, NAMESPACES
from profile_compiler import __main__ as making
from profile_compiler.contexts import alternatives, cut, predicates
from profile_compiler.model import SOURCES, load
from profile_compiler.schematron import HOLDS, schematron
from profile_compiler.stylesheet import stylesheet
from profile_compiler.xpath import one_of

FOLDER = "structuration-minimale"
SPACE = NAMESPACES["f"]
SOME = sorted(header_changes.COMPLETE.parent.glob("SM-*-fail-a.xml"))[::4]


def test_the_made_files_are_in_step() -> None:
    for name, content in making.made().items():
        written = (schemas() / name).read_bytes().replace(b"\r\n", b"\n")
        assert written == content, f"{name}: run python -m profile_compiler"


def test_making_writes_a_sheet_and_a_schematron_an_edition_and_the_rules(tmp_path: Path) -> None:
    making.write(tmp_path)
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    files = [f"{FOLDER}/{edition}/header.{ext}" for edition in EDITIONS for ext in ("sch", "xsl")]
    assert {path for path in written if "." in path.rpartition("/")[2]} == {
        *files,
        f"rules/{FOLDER}.toml",
    }


def test_ids_are_used_once() -> None:
    text = "".join((SOURCES / f"{n}.xml").read_text("utf-8") for n in ("header", "types"))
    ids = re.findall(r'\b(?:id|closed)="(SM-[^"]+)"', text)
    repeated = {name for name in ids if ids.count(name) > 1}
    assert repeated == {"SM-CONF-02", "SM-AUTHOR-34"}  # one row an edition
    assert len(ids) > 500


def test_rules_that_differ_between_editions_are_marked() -> None:
    rules = texts.entries(FOLDER)
    marked = {rule_id for rule_id, entry in rules.items() if "differs" in entry}
    # Another value set, another condition, and a data type asked for on other elements.
    assert {"SM-CONF-02", "SM-AUTHOR-36", "SM-AUTHOR-34", "SM-T-CEFULL-01"} <= marked
    assert not {"SM-SETID-01", "SM-TITLE-01", "SM-T-IIFMT-01"} & marked
    assert len(marked) < len(rules) / 10


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_has_each_rule_once(edition: str) -> None:
    profile = load(edition)
    declared = [path[-1] for path in profile.elements()]
    ids = [check.id for one in declared for check in one.checks]
    ids += [one.id for one in declared if one.id]
    assert len(ids) == len(set(ids))
    assert ("SM-AUTHOR-36" in ids) == (edition >= "2025-06")


def test_types_and_sets_that_are_named_exist() -> None:
    profile = load()
    used = {path[-1].type for path in profile.elements()} - {""}
    used |= {one.base for one in profile.types.values()} - {""}
    assert used <= set(profile.types)
    for check in (c for path in profile.elements() for c in path[-1].checks):
        for name in check.get("set").split():
            assert resource("valuesets", f"{name}.tsv")


def test_a_context_is_cut_at_slashes_outside_predicates() -> None:
    assert cut("h:a[h:b/@c='/']/*[self::h:d]", "/") == ["h:a[h:b/@c='/']", "*[self::h:d]"]


def test_alternatives_are_cut_outside_predicates() -> None:
    assert alternatives("h:a[h:b | h:c] | h:d") == ["h:a[h:b | h:c]", "h:d"]
    assert alternatives("") == []


def test_predicates_are_what_stands_in_the_outer_brackets() -> None:
    assert predicates("h:a[h:b[1]/@c=']'][@d]") == ["h:b[1]/@c=']'", "@d"]
    assert predicates("h:a") == []


@pytest.fixture(scope="module", params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def genuine(edition: str) -> isoschematron.Schematron:
    """The Schematron as lxml compiles it, on its own."""
    space = etree.FunctionNamespace(SPACE)
    space.update(FUNCTIONS)
    path = resource(FOLDER, edition, "header.sch")
    schema = isoschematron.Schematron(etree.parse(path), store_report=True, validate_schema=False)
    yield schema
    for name in FUNCTIONS:
        del space[name]


SVRL = "{http://purl.oclc.org/dsdl/svrl}"


def as_iso_says(genuine: isoschematron.Schematron, root: etree._Element) -> list[tuple[str, str]]:
    tree = etree.ElementTree(root)
    genuine.validate(tree)
    told = []
    for node in genuine.validation_report.getroot().iter(
        f"{SVRL}failed-assert", f"{SVRL}successful-report"
    ):
        found = tree.xpath(node.get("location"))
        told.append((node.get("id"), tree.getpath(found[0])))
    return sorted(told)


@pytest.mark.slow
def test_iso_schematron_says_the_same(genuine: isoschematron.Schematron, edition: str) -> None:
    differing = {}
    for path in SOME:
        root = structuration_minimale.header_of(etree.parse(path).getroot())
        tree = root.getroottree()
        ours_tree = Tree(root)
        ours = sorted(
            (f.rule, tree.getpath(ours_tree.element(f.at)))
            for f in structuration_minimale.failures(ours_tree, root, edition=edition)[0]
        )
        theirs = as_iso_says(genuine, root)
        if ours != theirs:
            differing[path.name] = (ours, theirs)
    assert differing == {}


def told(sheet: etree.XSLT, root: etree._Element) -> list[dict[str, str]]:
    return [dict(node.attrib) for node in sheet(root).getroot()]


@pytest.fixture(scope="module")
def long_way() -> etree.XSLT:
    """The style sheet without the quick tests (``holds``) of the types."""
    schema = schematron(load())
    for rule in schema.iter():
        rule.attrib.pop(HOLDS, None)
    functions = {(SPACE, name): function for name, function in FUNCTIONS.items()}
    return etree.XSLT(etree.ElementTree(stylesheet(schema)), extensions=functions)


@pytest.fixture
def header() -> etree._Element:
    return etree.parse(header_changes.COMPLETE).getroot()


@pytest.mark.slow
def test_short_cuts_change_nothing(
    long_way: etree.XSLT, header: etree._Element, gazelle: Path
) -> None:
    short_way = structuration_minimale.transform(NEWEST)
    usual = [etree.parse(path).getroot() for path in sorted(gazelle.glob("[!f]*.xml"))]
    headers = [header, *(structuration_minimale.header_of(document) for document in usual)]
    differing = []
    failing = 0
    for seed in range(1500):
        root = header_mutations.mutated(headers[seed % len(headers)], seed)
        expected = told(long_way, root)
        failing += bool(expected)
        if told(short_way, root) != expected:
            differing.append(seed)
    assert differing == []
    assert failing > 500


@pytest.mark.parametrize(
    ("path", "attribute", "value"),
    [
        ("recordTarget/patientRole/telecom", "value", "tel:"),
        ("recordTarget/patientRole/telecom", "use", "H MC"),
        ("recordTarget/patientRole/telecom", "nullFlavor", "UNK"),
        (
            "recordTarget/patientRole/patient/birthplace[1]/place/addr/useablePeriod",
            "updateMode",
            "R",
        ),
        ("recordTarget/patientRole/patient/birthplace[1]/place/addr/city", "nullFlavor", "UNK"),
        ("legalAuthenticator/assignedEntity/assignedPerson/name/given", "qualifier", "LS"),
        ("id", "root", f"1.{'2' * 127}"),
        ("id", "root", "1.2.3."),
        ("id", "extension", "x" * 65),
        ("componentOf/encompassingEncounter/effectiveTime/high", "value", "1999"),
        ("componentOf/encompassingEncounter/effectiveTime/high", "value", "20+01"),
        ("effectiveTime", "value", "20+01"),
        ("effectiveTime", "value", "٢٠١٩"),
        ("realmCode", "codeSystemName", "ISO 3166"),
        ("languageCode", "displayName", "français"),
    ],
)
def test_no_short_cut_passes_a_near_miss(
    long_way: etree.XSLT, header: etree._Element, path: str, attribute: str, value: str
) -> None:
    parent = header_changes.find(header, path.rpartition("/")[0]) if "/" in path else header
    name = f"{header_mutations.HL7}{path.rpartition('/')[2]}"
    element = parent.find(name)
    if element is None:
        element = etree.SubElement(parent, name)
        element.text = "texte"
    element.set(attribute, value)
    expected = told(long_way, header)
    assert expected
    assert told(structuration_minimale.transform(NEWEST), header) == expected


@pytest.mark.parametrize("words", [[], ["A", "B C"], [""]])
def test_a_list_of_words_has_no_blank_in_a_word(words: list[str]) -> None:
    with pytest.raises(ValueError, match="no list of words"):
        one_of(words)
