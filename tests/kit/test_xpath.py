"""XPath 2.0: what is parsed, what is refused and why, and that it means the same in 1.0."""

from pathlib import Path

import pytest
from lxml import etree

from cda_tools.kit.compiled import FUNCTIONS
from cda_tools.kit.folder import open_folder
from cda_tools.kit.lists import Lists
from cda_tools.kit.runtime import Functions
from cda_tools.kit.xpath.parser import Syntax, Unsupported, parse
from cda_tools.kit.xpath.scope import Prefixes, Scope
from cda_tools.kit.xpath.terms import Kind, Term, literal
from cda_tools.kit.xpath.translate import Translator
from conftest import ROOT

XSL = "{http://www.w3.org/1999/XSL/Transform}"
SPACES = {
    "c": "urn:hl7-org:v3",
    "x": "http://www.w3.org/2001/XMLSchema-instance",
    "fn": "http://www.w3.org/2005/xpath-functions",
}
DOCUMENT = """<a xmlns="urn:hl7-org:v3" xmlns:o="urn:other" n="3" t=" 4 " w="trois">
  <b id="1" v="5">un</b><b id="2">deux</b><o:b id="9"/><e/>
  <d><b id="3"><b id="4"/></b></d><f v="1e1"/><f v="-INF"/>
</a>"""


def scope(**variables: Term) -> Scope:
    return Scope(SPACES, Prefixes(), variables)


def translated(expression: str, **variables: Term) -> str:
    return Translator(scope(**variables)).boolean(parse(expression))


def sheet(test: str, spaces: dict[str, str], version: str) -> etree._Element:
    """Return a style sheet that says ``true`` where the test holds for the root element."""
    made = etree.Element(f"{XSL}stylesheet", nsmap=spaces, version=version)
    outcome = etree.SubElement(etree.SubElement(made, f"{XSL}template", match="/*"), "o")
    etree.SubElement(outcome, f"{XSL}if", test=test).text = "true"
    return made


def evaluated(expression: str):
    """Return the value of an expression as a boolean on DOCUMENT's root, or ``stop``."""
    functions = Functions(Lists(open_folder(ROOT / "fixtures" / "kit")))
    here = scope()
    text = Translator(here).boolean(parse(expression))
    spaces = {prefix: uri for uri, prefix in here.prefixes.known.items()} | {"k": FUNCTIONS}
    run = etree.XSLT(sheet(text, spaces, "1.0"), extensions=functions.extensions(FUNCTIONS))
    value = "true" in str(run(etree.fromstring(DOCUMENT)))
    return "stop" if functions.run.stops else value


def listed(name: str) -> list[str]:
    """Return the expressions of a file, one a line; ``# `` starts a comment."""
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


SAME = listed("expressions.txt")
REFUSED = listed("refused.txt")


@pytest.fixture(scope="module")
def saxon():
    """Return a function that gives the value by SaxonC, or ``stop``."""
    saxonche = pytest.importorskip("saxonche", reason="the independent engine is not installed")
    with saxonche.PySaxonProcessor(license=False) as processor:
        node = processor.parse_xml(xml_text=DOCUMENT)

        def value(expression: str):
            made = etree.tostring(sheet(expression, SPACES, "2.0")).decode()
            compiler = processor.new_xslt30_processor()
            try:
                run = compiler.compile_stylesheet(stylesheet_text=made)
                return "true" in run.transform_to_string(xdm_node=node)
            except saxonche.PySaxonApiError:
                return "stop"

        yield value


@pytest.mark.parametrize("expression", SAME)
def test_an_expression_means_what_saxon_makes_of_it(expression, saxon):
    assert evaluated(expression) == saxon(expression)


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("c:b[", "incomplète"),
        ("contains(@n, 'a']", "attendu"),
        ("c:b)", "inattendu"),
        ("a = b = c", "deux comparaisons"),
        ("$absente", "non déclarée"),
        ("z:b", "non déclaré"),
        ("sans-nom(c:b)", "inconnue"),
        ("not()", "0 arguments"),
        ("ici::c:b", "axe"),
        ("c:b/@", "nom attendu"),
        ("c:b # c:c", "caractère"),
        ("c:b (: ouvert", "commentaire"),
        ("'a' = 1", "chaîne comparée"),
        ("if (c:b) then c:c", "else"),
    ],
)
def test_what_is_no_xpath_is_said_to_be_none(expression, reason):
    with pytest.raises(Syntax, match=reason):
        translated(expression)


@pytest.mark.parametrize("expression", [*REFUSED, "(" * 80 + "1" + ")" * 80, "1" * 60_000])
def test_what_cannot_be_proved_equal_is_refused(expression):
    with pytest.raises(Unsupported):
        translated(expression, v=Term("$v", Kind.NODES, free=True))


@pytest.mark.parametrize("operator", [" and ", " or ", " | "])
def test_a_thousand_operands_are_no_depth(operator):
    assert translated(operator.join(["c:b"] * 1000)).count("h:b") == 1000


def test_a_variable_as_a_step_is_its_nodes_where_the_path_finds_any():
    text = translated("c:b/$v", v=Term("$v", Kind.NODES, free=True))
    assert text == "k:where(boolean(h:b), $v)"


def test_a_boolean_variable_as_a_step_is_a_value_for_each_node():
    text = translated("c:b/$v", v=Term("$v", Kind.BOOLEAN, free=True))
    assert text == "boolean(k:only(h:b, 0)[boolean($v)])"


@pytest.mark.parametrize("value", ["a", "l'a", 'le "a"', "l'un et \"l'autre\""])
def test_a_string_is_written_as_it_is(value):
    assert etree.fromstring("<a/>").xpath(f"string({literal(value)})") == value
