import re

import pytest

from cda_tools.cli.config import Config, find, load
from cda_tools.errors import InputError
from conftest import ROOT

OWN = """
profile = "auto"
edition = "2025-02"
strict = true
fail-on = "warning"
include = ["*.xml"]
exclude = ["archives/*"]

[ignore]
TXT-TITLE-01 = "titres imposés par l'établissement"
"""
SHARED = '[project]\nname = "x"\n\n[tool.cda-tools]\nfail-on = "information"\n'


def test_settings_are_defaults_of_the_options_and_ignored_rules(tmp_path):
    path = tmp_path / "cda-tools.toml"
    path.write_text(OWN, encoding="utf-8")
    assert load(path) == Config(
        defaults={
            "profile": "auto",
            "edition": "2025-02",
            "strict": True,
            "fail_on": "warning",
            "include": ["*.xml"],
            "exclude": ["archives/*"],
        },
        ignored={"TXT-TITLE-01": "titres imposés par l'établissement"},
    )


def test_settings_may_stand_in_pyproject(tmp_path):
    path = tmp_path / "pyproject.toml"
    path.write_text(SHARED, encoding="utf-8")
    assert load(path) == Config({"fail_on": "information"})


def test_the_nearest_file_with_our_settings_is_used(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(SHARED, encoding="utf-8")
    (tmp_path / "a" / "pyproject.toml").write_text("[project]\nname = 'y'\n", encoding="utf-8")
    assert find(inner) == tmp_path / "pyproject.toml"
    (tmp_path / "cda-tools.toml").touch()
    assert find(inner) == tmp_path / "cda-tools.toml"
    (inner / "cda-tools.toml").touch()
    assert find(inner) == inner / "cda-tools.toml"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("profile = ", "TOML illisible"),
        ("\udcff", "TOML illisible"),
        ("edition = '2024-01'", "« edition » : attendu : 2025-06, 2025-02"),
        ("colour = 1", "réglage inconnu « colour »"),
        ('profile = "1.15"', "« profile » : attendu : 1.16, pre-1.16, auto"),
        ('strict = "yes"', "« strict » : attendu : true ou false"),
        ('fail-on = "fatal"', "« fail-on » : attendu : error, warning, information"),
        ('exclude = "a/*"', "« exclude » : une liste de motifs"),
        ("include = [1]", "« include » : une liste de motifs"),
        ('ignore = ["TXT-TITLE-01"]', "« ignore » : une table"),
        ('[ignore]\nTXT-TITLE-01 = " "', "avec un motif non vide"),
        ('[ignore]\nXML-01 = "why"', "XML- et CHK- ne peuvent pas être ignorées"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path, text, words):
    path = tmp_path / "cda-tools.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match=r"cda-tools\.toml : ") as error:
        load(path)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match=r"none\.toml : "):
        load(tmp_path / "none.toml")


def test_the_example_of_the_documentation_loads(tmp_path):
    text = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    path = tmp_path / "pyproject.toml"
    path.write_text(example, encoding="utf-8")
    found = load(path)
    assert found.defaults["fail_on"] == "warning"
    assert list(found.ignored) == ["TXT-TITLE-01"]


def test_the_table_of_pyproject_is_taken_in_a_file_of_its_own_too(tmp_path):
    path = tmp_path / "cda-tools.toml"
    path.write_text('[tool.cda-tools]\nfail-on = "information"\n', encoding="utf-8")
    assert load(path) == Config({"fail_on": "information"})


def test_a_rule_that_does_not_exist_cannot_be_ignored(tmp_path):
    path = tmp_path / "cda-tools.toml"
    path.write_text('ignore = { TXT-TITRE-01 = "faute de frappe" }\n', encoding="utf-8")
    with pytest.raises(InputError, match="règle inconnue : TXT-TITRE-01"):
        load(path)
