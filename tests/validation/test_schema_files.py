"""The files of schemas/cda: valid, laid out as said, and equal to the tables of facts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import facts_schema
import maximal
import mutations
import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from cases import FOLDER
from cda_tools.resources import resource

CDA = resource("cda")
FILES = sorted(CDA.rglob("*.xsd"))
CASES = FOLDER / "xsd"
XS = "{http://www.w3.org/2001/XMLSchema}"

needs_facts = pytest.mark.skipif(not facts_schema.FACTS.is_dir(), reason=facts_schema.ABSENT)


@pytest.fixture(scope="module")
def ours() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(CDA / "CDA.xsd"))


@pytest.fixture(scope="module")
def facts_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return facts_schema.write(facts_schema.read(), tmp_path_factory.mktemp("facts"))


@pytest.fixture(scope="module")
def theirs(facts_file: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(facts_file))


@pytest.fixture(scope="module")
def strict() -> xmlschema.XMLSchema10:
    return xmlschema.XMLSchema10(CDA / "CDA.xsd", validation="strict")


def test_libxml2_loads_the_set_without_a_word(ours: etree.XMLSchema) -> None:
    assert not list(ours.error_log)


def test_xmlschema_loads_the_set_in_strict_mode(strict: xmlschema.XMLSchema10) -> None:
    assert strict.validity == "valid"
    assert strict.validation_attempted == "full"
    assert "{urn:hl7-org:v3}ClinicalDocument" in strict.maps.elements


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_file_is_a_valid_schema_document(file: Path) -> None:
    assert xmlschema.XMLSchema10.meta_schema.is_valid(file)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_type_and_group_says_what_it_is(file: Path) -> None:
    kinds = {XS + kind for kind in ("complexType", "simpleType", "group", "attributeGroup")}
    for component in etree.parse(file).getroot():
        if component.tag in kinds:
            said = component.findtext(f"{XS}annotation/{XS}documentation", "").strip()
            assert said.endswith("."), component.get("name")


def test_no_type_is_defined_twice() -> None:
    seen: set[tuple[str | None, str, str | None]] = set()
    for file in FILES:
        root = etree.parse(file).getroot()
        for component in root.iterchildren(XS + "complexType", XS + "simpleType"):
            key = (root.get("targetNamespace"), str(component.tag), component.get("name"))
            assert key not in seen
            seen.add(key)


def test_the_readme_names_every_file() -> None:
    told = resource("README.md").read_text(encoding="utf-8")
    for file in FILES:
        assert f"`{file.relative_to(CDA).as_posix()}`" in told


def test_data_types_live_in_each_namespace_that_includes_them(
    strict: xmlschema.XMLSchema10,
) -> None:
    for namespace in ("urn:hl7-org:v3", "urn:ihe:pharm:medication", "urn:dicom-org:ps3-20"):
        assert f"{{{namespace}}}II" in strict.maps.types


@needs_facts
def test_each_component_is_the_one_of_the_facts(
    strict: xmlschema.XMLSchema10, facts_file: Path
) -> None:
    other = xmlschema.XMLSchema10(facts_file)
    for kind in ("elements", "attributes", "types"):
        told, expected = getattr(strict.maps, kind), getattr(other.maps, kind)
        names = [name for name in expected if name.startswith("{urn:")]
        assert len(names) > 1
        for name in names:
            assert described(told[name]) == described(expected[name]), name


@needs_facts
def test_documents_that_reach_each_type_are_valid(
    ours: etree.XMLSchema, theirs: etree.XMLSchema, strict: xmlschema.XMLSchema10
) -> None:
    reached = set()
    for name, made in maximal.documents(facts_schema.read()):
        root = etree.fromstring(etree.tostring(made))
        assert theirs.validate(root), (name, theirs.error_log)
        assert ours.validate(root), (name, ours.error_log)
        wrong = [e.reason for e in strict.iter_errors(root) if "IDREF" not in str(e.reason)]
        assert not wrong, (name, wrong)
        reached.add(name)
    assert len(reached) > 350


@needs_facts
@pytest.mark.slow
@settings(max_examples=1500)
@given(st.sampled_from(sorted(CASES.glob("XSD-*-pass-a.xml"))), st.randoms(use_true_random=False))
def test_mutants_are_judged_as_by_the_facts(
    ours: etree.XMLSchema, theirs: etree.XMLSchema, path: Path, random: Any
) -> None:
    root = mutations.mutant(etree.parse(path).getroot(), random, NAMES)
    assert judged(ours, root) == judged(theirs, root)


NAMES = (
    sorted(set(facts_schema.element_names(facts_schema.read())))
    if facts_schema.FACTS.is_dir()
    else ["{urn:hl7-org:v3}id"]
)


def judged(schema: etree.XMLSchema, root: etree._Element) -> list[tuple[str, str | None, str]]:
    schema.validate(root)
    return [(error.type_name, error.path, error.message) for error in schema.error_log]


def described(component: Any) -> Any:
    """Return a component as plain data, without what depends on layout."""
    if hasattr(component, "nillable"):
        return (component.name, component.nillable, _named(component.type))
    if hasattr(component, "use"):
        return (component.use, component.fixed, component.default, _named(component.type))
    if component.is_complex():
        attributes = {name: described(a) for name, a in component.attributes.items()}
        content = _particles(component.content) if hasattr(component.content, "model") else None
        base = component.base_type.name if component.base_type is not None else None
        flags = (component.abstract, component.mixed, component.derivation)
        return (base, flags, attributes, content)
    return _simple(component)


def _named(kind: Any) -> Any:
    return kind.name or described(kind)


def _simple(kind: Any) -> Any:
    members = [member.name for member in getattr(kind, "member_types", None) or ()]
    item = kind.item_type.name if kind.is_list() else None
    base = kind.base_type.name if kind.base_type is not None else None
    patterns = kind.patterns.regexps if kind.patterns is not None else None
    facets = {
        str(name): str(facet.value)
        for name, facet in kind.facets.items()
        if hasattr(facet, "value")
    }
    return (base, members, item, kind.enumeration, patterns, facets)


def _particles(particle: Any) -> Any:
    bounds = (particle.min_occurs, particle.max_occurs)
    if hasattr(particle, "model"):
        parts = list(_parts(particle, particle.model))
        return parts[0] if bounds == (1, 1) and len(parts) == 1 else (particle.model, bounds, parts)
    if particle.type is None:
        return (particle.namespace, particle.process_contents, bounds)
    return (particle.name, bounds, _named(particle.type))


def _parts(group: Any, model: str) -> Iterator[Any]:
    """Give the parts of a group, opening those groups that change nothing in it."""
    for part in group:
        once = hasattr(part, "model") and (part.min_occurs, part.max_occurs) == (1, 1)
        if once and (part.model == model or len(part) == 1):
            yield from _parts(part, model)
        else:
            yield _particles(part)
