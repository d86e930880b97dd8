"""The catalogue: complete, in step, readable in its three formats."""

import json
import re

import pytest

from cda_tools import __version__
from cda_tools.errors import InputError
from cda_tools.reports import rules as reports
from cda_tools.rules import catalogue, texts
from cda_tools.validation import LAYERS
from cda_tools.validation.layers import layers


def test_ids_are_unique_and_texts_complete() -> None:
    rules = catalogue.rules()
    assert len({rule.id for rule in rules}) == len(rules)
    for rule in rules:
        texts = (rule.title, rule.message, rule.source, rule.since, rule.right, rule.wrong)
        assert all(texts), rule.id
        assert "\n" not in rule.title
        assert rule.right != rule.wrong, rule.id


def test_layers_stand_in_their_order_then_the_other_subjects_by_name() -> None:
    found = list(dict.fromkeys(rule.layer for rule in catalogue.rules()))
    # The layers of a kit have no rules of ours: those bring their own texts.
    run = [name for name in LAYERS if name in found]
    assert len(run) > 1
    assert found[: len(run)] == run
    assert found[len(run) :] == sorted(found[len(run) :])


def test_the_rules_of_a_layer_have_its_order() -> None:
    own = {layer.name: layer.order for layer in layers() if layer.option is None}
    assert {name: texts.order(name) for name in own} == own
    others = {rule.layer for rule in catalogue.rules()} - set(own)
    assert others
    assert {texts.order(name) for name in others} == {None}


def test_since_names_a_publication_and_its_version() -> None:
    known = re.compile(
        r"(Structuration minimale 1\.\d+(\.\d+)?|Schematron \d{4}-\d\d|CDA R2"
        r"|HL7 v2\.\d|Volet (HL7v2|LPS) \d+\.\d+|Guide HL7v2 \d+(\.\d+)+|PAM France \d+\.\d+"
        r"|XML 1\.0|cda-tools \d+\.\d+)"
    )
    assert [rule.id for rule in catalogue.rules() if not known.fullmatch(rule.since)] == []


def test_no_rule_is_of_a_later_version_than_this_one() -> None:
    ours = {rule.since for rule in catalogue.rules() if rule.since.startswith("cda-tools")}
    known = tuple(int(part) for part in __version__.split(".")[:2])
    said = {tuple(map(int, since.removeprefix("cda-tools ").split("."))) for since in ours}
    assert said
    assert max(said) <= known


def test_a_rule_is_found_whatever_the_case() -> None:
    assert catalogue.rule("sm-setid-01").id == "SM-SETID-01"


def test_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(InputError, match="règle inconnue : SM-NON-01"):
        catalogue.rule("SM-NON-01")


def test_a_rule_of_a_data_type_tells_its_type() -> None:
    rule = catalogue.rule("SM-DT-II-09")
    assert (rule.title, rule.severity) == ("@root est un OID ou un UUID.", "error")
    assert rule.source.endswith("(type de données II)")


def test_text_of_one_rule_is_a_page() -> None:
    page = reports.text([catalogue.rule("SM-VERSION-01")])
    assert page.startswith("SM-VERSION-01 : « ClinicalDocument » doit contenir exactement un « ")
    assert "  Depuis     Structuration minimale 1.16" in page.splitlines()


def test_text_of_several_rules_is_a_line_each() -> None:
    rules = [catalogue.rule("SM-VERSION-01"), catalogue.rule("SM-DOC-09")]
    lines = reports.text(rules).splitlines()
    assert [line.split()[1] for line in lines] == ["erreur", "avertissement"]


def test_json_has_all_fields() -> None:
    (only,) = json.loads(reports.json([catalogue.rule("SM-DT-II-12")]))
    assert only["severity"] == "information"
    assert set(only) == {
        "id", "severity", "layer", "title", "message", "source", "since", "right", "wrong",
        "until", "sets", "otherwise",
    }  # fmt: skip


def test_the_document_is_in_step(request: pytest.FixtureRequest) -> None:
    written = (request.config.rootpath / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == reports.markdown(catalogue.rules()), "cda-tools rules --format markdown"
