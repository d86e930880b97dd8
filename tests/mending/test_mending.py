import re
import subprocess
from collections import Counter

import pytest
from click.testing import CliRunner

from cda_tools import read, validate
from cda_tools.cli import cli
from cda_tools.mending import Mended, difference, mend
from cda_tools.mending.forms import right_form
from cda_tools.mending.source import source
from cda_tools.validation import Options
from conftest import ROOT

GOOD = (ROOT / "fixtures/gazelle/imagerie-v1.xml").read_text(encoding="utf-8")
LANGUAGE = '  <languageCode code="fr-FR"/>\n'
SET_ID = next(f"{line}\n" for line in GOOD.splitlines() if "<setId" in line)
NAME = GOOD.partition("<family")[2].partition(">")[2].partition("<")[0]


def mended(text, encoding="utf-8"):
    found = mend(text if isinstance(text, bytes) else text.encode(encoding), Options())
    assert found
    return found


def rules(text):
    report = validate(read(text if isinstance(text, bytes) else text.encode()))
    return [one.rule for one in report.findings]


def run(*arguments, **others):
    return CliRunner().invoke(cli, ["inspect", "--diff", *map(str, arguments)], **others)


def test_a_right_document_is_left_as_it_is():
    found = mended(GOOD)
    assert (found.before, found.after, found.done) == (GOOD, GOOD, ())
    assert difference(found, "a.xml") == difference(Mended("", "", ""), "a.xml")


@pytest.mark.parametrize("written", ["FR", "fr", "fr_FR", "FR-fr", " fr-FR "])
def test_a_language_gets_its_form(written):
    bad = GOOD.replace('languageCode code="fr-FR"', f'languageCode code="{written}"')
    assert rules(bad)
    assert mended(bad).after == GOOD


@pytest.mark.parametrize("place", ["<title", "<realmCode", "<recordTarget", "</ClinicalDocument>"])
def test_an_element_at_another_place_goes_back_to_its_own(place):
    bad = GOOD.replace(LANGUAGE, "").replace(place, LANGUAGE.strip() + place, 1)
    assert "XSD-CHILD" in " ".join(rules(bad))
    found = mended(bad)
    assert found.left == 0
    assert rules(found.after) == []
    assert Counter(re.findall("<[^>]+>", found.after)) == Counter(re.findall("<[^>]+>", bad))


def test_children_below_the_header_are_put_in_order_too():
    start = GOOD.index("<assignedAuthor>")
    end = GOOD.index("</assignedAuthor>")
    author = GOOD[start:end]
    child = author[author.index("<assignedPerson>") :].partition("</assignedPerson>")
    person = child[0] + child[1]
    moved = author.replace(person, "").replace("<assignedAuthor>", f"<assignedAuthor>{person}")
    bad = GOOD[:start] + moved + GOOD[end:]
    assert rules(bad)
    assert rules(mended(bad).after) == []


def test_a_comment_and_the_blanks_between_elements_stay_where_they_are():
    bad = GOOD.replace(LANGUAGE, "").replace(SET_ID, SET_ID + "<!-- a > b -->" + LANGUAGE)
    after = mended(bad).after
    assert rules(after) == []
    assert "<!-- a > b -->" in after


def test_what_is_missing_is_never_made_up():
    bad = GOOD.replace(SET_ID, "")
    found = mended(bad)
    assert found.after == bad
    assert found.left == len(found.findings) > 0


def test_a_child_that_the_schema_does_not_know_leaves_the_order_alone():
    bad = GOOD.replace("<realmCode", "<bogus/><realmCode", 1)
    assert mended(bad).after == bad


@pytest.mark.parametrize("declared", ["ISO-8859-1", "UTF-16", "inconnu", "us-ascii"])
def test_an_encoding_is_declared_as_the_bytes_are(declared):
    bad = GOOD.replace('encoding="UTF-8"', f'encoding="{declared}"', 1).encode()
    found = mended(bad)
    assert found.after == GOOD
    (line,) = [one for one in difference(found, "a.xml").lines if one.startswith("+<?xml")]
    assert 'encoding="UTF-8"' in line


def test_bytes_that_may_be_of_several_encodings_are_left_alone():
    bad = GOOD.encode("cp1252")  # declared UTF-8, and not that: its author knows
    assert mend(bad, Options()) is None
    latin = GOOD.replace("UTF-8", "ISO-8859-1", 1).encode("latin-1", "ignore")
    assert mended(latin).done == ()


def test_a_document_in_utf_16_is_mended_as_text():
    text = GOOD.replace("UTF-8", "UTF-16", 1)
    bad = text.replace('code="fr-FR"', 'code="FR"').encode("utf-16")
    assert mended(bad).after == text


@pytest.mark.parametrize(
    ("element", "attribute", "value", "right"),
    [
        ("effectiveTime", "value", "2025-05-13T16:45:00+02:00", "20250513164500+0200"),
        ("time", "value", "2025-05-13", "20250513"),
        ("low", "value", "2025-05-13T16:45Z", "202505131645+0000"),
        ("time", "value", "13/05/2025", None),
        ("time", "value", "20250513164500+02:00", "20250513164500+0200"),
        ("time", "value", "20250513T144500Z", "20250513144500+0000"),
        ("time", "value", "20250513T16", "2025051316"),
        ("time", "value", "20250513164500+0200", None),
        ("time", "value", "2025051", None),
        ("birthTime", "value", "19710604", None),
        ("languageCode", "code", "en_us", "en-US"),
        ("languageCode", "code", "français", None),
        ("realmCode", "code", "fr", "FR"),
        ("realmCode", "code", "US", None),
        ("code", "code", " 11488-4 ", "11488-4"),
        ("id", "extension", " 7 ", None),
        ("code", "displayName", " Bilan ", None),
        ("id", "root", "1.2 3", None),
    ],
)
def test_a_value_gets_another_form_only_where_that_says_the_same(element, attribute, value, right):
    assert right_form(element, attribute, value) == right


def test_a_value_that_is_written_with_references_is_left_alone():
    bad = GOOD.replace('languageCode code="fr-FR"', 'languageCode code="&#70;R"')
    assert mended(bad).after == bad


def test_elements_are_found_in_the_text_as_they_stand():
    text = '<?xml version="1.0"?>\n<a x=">"><b/><c y=\'/>\'>é</c><!-- <d/> --><e></e ></a>\n'
    found = source(text)
    assert found
    parts = [found.slice(one.start, one.end).decode() for one in found.root.children]
    assert parts == ["<b/>", "<c y='/>'>é</c>", "<e></e >"]
    assert found.slice(found.root.start, found.root.end).decode() == text.splitlines()[1]
    assert source("<a>") is None


def test_a_diff_applies_and_gives_the_mended_document(tmp_path):
    bad = GOOD.replace(LANGUAGE, "").replace(SET_ID, SET_ID + LANGUAGE.replace("fr-FR", "FR"))
    found = mended(bad)
    for patient in (False, True):
        (tmp_path / "a.xml").write_text(bad, encoding="utf-8")
        shown = difference(found, "a.xml", patient=patient)
        assert shown.hidden == 0
        done = subprocess.run(
            ["git", "apply", "--unidiff-zero", "-"],
            input="".join(f"{line}\n" for line in shown.lines).encode(),
            cwd=tmp_path,
            check=False,
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "a.xml").read_text(encoding="utf-8") == found.after


def test_no_line_with_the_patient_is_shown_unless_that_is_asked_for(tmp_path):
    path = tmp_path / "a.xml"
    text = GOOD.replace(LANGUAGE, "").replace("</recordTarget>", "</recordTarget>" + LANGUAGE)
    path.write_text(text.replace("\n", " "), encoding="utf-8")
    done = run(path)
    assert NAME
    assert NAME not in done.output
    assert done.stdout == ""
    assert "1 modification non montrée" in done.stderr
    assert NAME in run(path, "--patient").stdout


def test_half_of_a_move_is_never_shown(tmp_path):
    path = tmp_path / "a.xml"
    bad = GOOD.replace(SET_ID, "").replace("  <recordTarget", f"{SET_ID.strip()}<recordTarget")
    bad = bad.replace('languageCode code="fr-FR"', 'languageCode code="FR"')
    path.write_text(bad, encoding="utf-8")
    done = run(path)
    assert '+  <languageCode code="fr-FR"/>' in done.stdout
    assert "setId" not in done.stdout
    assert "modification non montrée" in done.stderr


def test_the_move_of_a_title_or_of_an_author_s_time_is_shown(tmp_path):
    path = tmp_path / "a.xml"
    title = next(f"{line}\n" for line in GOOD.splitlines() if "<title>" in line)
    time = next(f"{line}\n" for line in GOOD.splitlines() if "<time value" in line)
    bad = GOOD.replace(title, "").replace("  <setId", f"{title}  <setId")
    head, _, rest = bad.partition(time)
    bad = head + rest.replace("    </assignedAuthor>\n", f"    </assignedAuthor>\n{time}", 1)
    path.write_text(bad, encoding="utf-8")
    done = run(path)
    assert f"+{title}" in done.stdout
    assert f"-{time}" in done.stdout
    assert "non montrée" not in done.stderr


def test_a_document_in_another_encoding_than_it_declares_is_a_finding(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(GOOD.encode("latin-1", "replace"))
    done = run(path)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "encodage déclaré" in done.stderr


def test_the_command_writes_in_no_document_and_says_what_it_leaves(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(GOOD.replace('code="fr-FR"', 'code="FR"'), encoding="utf-8")
    before = path.read_bytes()
    done = run(path, ROOT / "fixtures/gazelle/sans-setid.xml")
    assert done.exit_code == 1
    assert path.read_bytes() == before
    assert "forme de la valeur : languageCode/@code" in done.stderr
    assert "rien à corriger sans l'auteur (2 constats demandent l'auteur)" in done.stderr


def test_what_a_message_carries_is_said_to_be_left(tmp_path):
    done = run(ROOT / "fixtures/gazelle/carriers/mdm-t02.hl7")
    assert done.stdout == ""
    assert "porté par un message" in done.stderr
    assert run("--format", "json", ROOT / "fixtures/gazelle/imagerie-v1.xml").exit_code == 2
    empty = tmp_path / "vide.xml"
    empty.write_bytes(b"")
    assert run(empty).stdout == ""
    assert run("-", input=GOOD.replace('"fr-FR"', '"FR"').encode()).stdout.startswith("--- a/-")
