"""What the commands print as JSON is what ``schemas/json`` publishes."""

import json
from functools import cache

import jsonschema
import pytest
from click.testing import CliRunner
from referencing import Registry, Resource

from cda_tools.cli import cli
from cda_tools.resources import resource
from conftest import ROOT

GAZELLE = ROOT / "fixtures" / "gazelle"
CARRIERS = GAZELLE / "carriers"
MESSAGES = [str(path) for path in sorted(CARRIERS.glob("*.hl7"))]
COMMANDS = {
    "validate": ["validate", "--format=json", GAZELLE],
    "inspect": ["inspect", "--format=json", "--patient", GAZELLE],
    "line": ["line", "--format=json", GAZELLE],
    "chain": ["chain", "--format=json", GAZELLE],
    "intake": ["intake", "--format=json", GAZELLE / "imagerie-v1.xml", GAZELLE / "imagerie-v2.xml"],
    "history": ["history", "--format=json", *MESSAGES],
    "consent": ["consent", "--format=json", *MESSAGES],
    "rules": ["rules", "--format=json"],
    "rules-diff": ["rules", "diff", "--format=json", "2025-02", "2025-06"],
    "dmp": ["dmp", "--format=json", CARRIERS / "local", CARRIERS / "dmp-liste.xml"],
}


@cache
def registry() -> Registry:
    schemas = [json.loads(path.read_text("utf-8")) for path in resource("json").glob("*.json")]
    return Registry().with_resources((one["$id"], Resource.from_contents(one)) for one in schemas)


def validator(name):
    schema = registry().contents(f"{name}.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, registry=registry())


def printed(arguments):
    return CliRunner().invoke(cli, [str(one) for one in arguments]).stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_prints_what_its_schema_says(name):
    found = json.loads(printed(COMMANDS[name]))
    assert found
    validator(name).validate(found)


@pytest.mark.parametrize("names", [["J47", "J01"], ["--kit", ROOT / "fixtures" / "kit"]])
def test_what_rules_shows_besides_rules_has_its_schema(names):
    found = json.loads(printed(["rules", "--format=json", *names]))
    assert found
    validator("rules").validate(found)


def test_the_defects_of_a_kit_are_findings_of_the_summary():
    kit = ROOT / "fixtures" / "kit"
    arguments = ["validate", "--format=json", "--kit", kit, GAZELLE / "imagerie-v2.xml"]
    found = json.loads(printed(arguments))
    check = validator("validate")
    check.validate(found)
    (defect,) = found["summary"]["kit_defects"]
    assert defect["rule"] == "KIT-08"
    del defect["message"]
    assert not check.is_valid(found)


def test_a_line_of_jsonl_is_a_document(tmp_path):
    check = validator("validate-document")
    arguments = ["validate", "--format=jsonl", "--no-progress", GAZELLE]
    known = tmp_path / "known.jsonl"
    known.write_text(printed(arguments), encoding="utf-8")
    lines = printed([*arguments, "--baseline", known]).splitlines()
    assert len(lines) > 40
    for line in lines:
        check.validate(json.loads(line))


def test_every_schema_is_of_a_command_and_the_others_are_shared():
    names = {path.stem for path in resource("json").glob("*.json")}
    assert names == {*COMMANDS, "validate-document", "common"}


@pytest.mark.parametrize("name", ["validate", "chain", "history", "consent", "dmp", "rules-diff"])
def test_another_version_of_the_form_is_told_apart(name):
    found = json.loads(printed(COMMANDS[name])) | {"schema_version": 2}
    assert not validator(name).is_valid(found)
