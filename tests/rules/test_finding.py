"""Findings: ordered by weight, small, and worded last, in the language of the moment."""

import itertools
import pickle
import string

import pytest

from cda_tools.errors import ResourceError
from cda_tools.resources import schemas
from cda_tools.rules import texts, wording
from cda_tools.rules.finding import Severity, worst

FILES = sorted(path.stem for path in (schemas() / "rules").glob("*.toml"))


def placeholders(message):
    return [name for _, name, _, _ in string.Formatter().parse(message) if name]


@pytest.fixture
def made_up_language(monkeypatch, tmp_path):
    """A language whose every message begins with the rule's id and keeps its fields."""
    for name in FILES:
        lines = []
        for rule, entry in texts.entries(name).items():
            fields = " ".join(f"{{{field}}}" for field in placeholders(entry["message"]))
            lines += ["[[rule]]", f'id = "{rule}"', f"message = '''blip {rule} {fields}'''"]
        (tmp_path / f"{name}.toml").write_text("\n".join(lines), encoding="utf-8")
    shipped = wording.resource
    language = tmp_path.name

    def resource(*parts):
        return tmp_path if parts == ("rules", language) else shipped(*parts)

    monkeypatch.setattr(wording, "resource", resource)
    return language


def test_severities_are_ordered_by_weight_not_by_letter():
    assert sorted(Severity) == [Severity.INFORMATION, Severity.WARNING, Severity.ERROR]
    for light, heavy in itertools.combinations(sorted(Severity), 2):
        assert light < heavy
        assert light <= heavy
        assert heavy > light
        assert heavy >= light
        assert not heavy <= light
        assert not light >= heavy


def test_the_worst_of_findings_is_the_heaviest():
    warning = texts.finding("TXT-LANG-01", layer="text-1.16", location=None, line=1, value="x")
    error = texts.finding("XML-07", layer="xml", location=None, line=1, root="html")
    assert worst([warning, error, warning]) is Severity.ERROR
    assert worst([]) is None


def test_a_finding_keeps_its_fields_and_travels_between_processes():
    one = texts.finding("XML-07", layer="xml", location="/x", line=3, root="html")
    assert one.fields == (("root", "html"),)
    assert one.text is None
    assert pickle.loads(pickle.dumps(one)) == one
    assert {one, pickle.loads(pickle.dumps(one))} == {one}


def test_a_finding_with_its_own_text_says_it_in_any_language(made_up_language):
    one = texts.worded(
        "p/1a2b3c", Severity.ERROR, "Texte du kit.", layer="modeles-cda", location=None, line=None
    )
    with texts.speaking(made_up_language):
        assert one.message == "Texte du kit."


def test_every_rule_is_said_in_a_second_language_with_the_same_fields(made_up_language):
    for name in FILES:
        for rule, entry in texts.entries(name).items():
            fields = {field: f"<{field}>" for field in placeholders(entry["message"])}
            one = texts.finding(rule, layer=name, location=None, line=None, **fields)
            french = one.message
            with texts.speaking(made_up_language):
                said = one.message
            assert said.startswith(f"blip {rule}"), rule
            assert said != french
            assert all(value in said for value in fields.values()), rule
            assert one.message == french


def test_what_a_language_lacks_is_said_in_french(made_up_language, monkeypatch, tmp_path):
    (tmp_path / "xml.toml").unlink()
    one = texts.finding("XML-07", layer="xml", location=None, line=None, root="html")
    french = one.message
    with texts.speaking(made_up_language):
        assert one.message == french


def test_a_language_without_a_folder_is_refused():
    with pytest.raises(ResourceError, match="rules/xx"), texts.speaking("xx"):
        pass


def test_any_layer_may_end_with_the_count_of_what_is_not_told():
    one = texts.finding("MORE-01", layer="versions", location="/x", line=1, count=7)
    assert (one.layer, one.severity) == ("versions", Severity.INFORMATION)
    assert one.message.startswith("7 autres constats")
