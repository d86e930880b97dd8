import pytest

from cda_tools.errors import ResourceError
from cda_tools.resources import schemas
from cda_tools.rules import texts, wording
from cda_tools.rules.finding import Severity

FILES = sorted(path.stem for path in (schemas() / "rules").glob("*.toml"))
ALL = [(name, entry) for name in FILES for entry in texts.entries(name).values()]


@pytest.mark.parametrize(("name", "entry"), ALL, ids=lambda value: str(value)[:40])
def test_every_rule_has_its_texts(name, entry):
    for key in ("id", "title", "message", "source", "since", "right", "wrong"):
        assert entry[key].strip(), (entry["id"], key)
    assert Severity(entry["severity"])


def test_no_id_is_used_twice():
    ids = [entry["id"] for _, entry in ALL]
    assert len(ids) == len(set(ids))


def test_a_finding_takes_message_and_severity_from_its_rule():
    one = texts.finding("XML-07", layer="xml", location="/x", line=3, root="html")
    assert (one.rule, one.severity, one.layer) == ("XML-07", Severity.ERROR, "xml")
    assert (one.location, one.line) == ("/x", 3)
    assert "« html »" in one.message


def test_an_unknown_rule_is_an_error_of_the_installation():
    with pytest.raises(ResourceError, match="XML-99"):
        texts.finding("XML-99", layer="xml", location=None, line=None)


def test_a_damaged_file_of_rules_is_an_error_of_the_installation(monkeypatch, tmp_path):
    (tmp_path / "broken.toml").write_text("[[rule]", encoding="utf-8")
    monkeypatch.setattr(wording, "resource", lambda *parts: tmp_path / parts[-1])
    with pytest.raises(ResourceError, match=r"broken\.toml"):
        texts.entries("broken")
