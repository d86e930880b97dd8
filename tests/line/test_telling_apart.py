import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from cda_tools.line import FIELDS, compose, fit_all
from cda_tools.line.cutting import cut_around, head, tail
from cda_tools.line.fields import LineFields
from cda_tools.line.telling_apart import cores


def lines(*titles):
    return [
        LineFields(
            type="Test rapide d'orientation diagnostique",
            date="06/01/2024 11:36",
            title=title,
            author="Dr Pierre DIDOT",
        )
        for title in titles
    ]


def shown(width, *titles):
    return [compose(line, FIELDS) for line in fit_all(lines(*titles), FIELDS, width)]


SERVICES = ("Réunion du CHU de Brévanne / Sein / suite", "Réunion du CHU de Brévanne / Os / suite")


@pytest.mark.parametrize("width", [60, 70, 80, 100])
def test_titles_keep_the_word_that_tells_them_apart(width):
    first, second = shown(width, *SERVICES)
    assert "Sein" in first
    assert "Os" in second
    assert max(map(len, (first, second))) <= width


def test_the_type_gives_way_for_a_title_that_tells_documents_apart():
    angina, cystitis = shown(60, "Prélèvement : angine", "Prélèvement : cystite")
    assert angina.endswith("· P…angine")
    assert cystitis.endswith("cystite")
    assert "…" in angina.split(" · ")[0]


@pytest.mark.parametrize("width", [60, 110])
def test_a_word_without_end_is_cut_and_not_left_out(width):
    first, second = shown(width, "x" * 5000, "Bilan")
    assert "xxxxxx" in first
    assert len(first) <= width
    assert first != second


def test_titles_that_differ_by_case_or_accents_alone_are_told_apart():
    first, second = shown(64, "CERTIFICAT DE SANTE de l'enfant", "Certificat de santé de l'enfant")
    assert first != second


def test_lines_that_are_the_same_document_twice_stay_the_same():
    assert len(set(shown(60, *["Prélèvement : angine"] * 3))) == 1


def test_a_title_without_a_word_of_its_own_leaves_it_to_the_others():
    assert cores(["Bilan", "Bilan annuel"]) == {"Bilan": (0, 5), "Bilan annuel": (6, 12)}
    long = "Bilan " + "bilan " * 5
    assert cores([long, "Bilan annuel"]) == {"Bilan annuel": (6, 12)}
    first, second = shown(60, "Bilan de la consultation", "Bilan de la consultation annuelle")
    assert first != second


def test_words_of_its_own_that_follow_each_other_are_kept_together():
    assert cores(["Bilan du genou droit", "Bilan du coude"])["Bilan du genou droit"] == (9, 20)
    far = "unique " + "x" * 30 + " autre"
    assert cores([far, "Bilan"])[far] == (0, 6)


def test_a_word_that_says_nothing_by_itself_tells_no_title_apart():
    hip, knee = "Port d'une prothèse de hanche", "Port de prothèse du genou, prothèse de hanche"
    assert cores([hip, knee])[hip] == (5, 19)  # "d'une prothèse"
    assert cores(["Pose d'une attelle", "Pose du plâtre"])["Pose d'une attelle"] == (11, 18)
    assert cores(["Bilan de", "Bilan"])["Bilan de"] == (6, 8)


def test_the_last_sign_of_a_title_is_not_cut_for_an_ellipsis_as_wide():
    assert cut_around("Sortie de l'unité (UNV)", 5, (19, 22)) == "…UNV)"


TITLES = st.text("ab é報\u0301-/", max_size=60)


@given(TITLES, st.integers(2, 40), st.data())
def test_a_text_is_cut_to_its_room_around_what_matters(text, room, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for core in (None, (start, end)):
        cut = cut_around(text, room, core)
        assert wcswidth(cut) <= room
        if core and wcswidth(text[start:end]) + 2 <= room:
            assert text[start:end] in cut


@given(st.lists(TITLES, max_size=6), st.integers(28, 90))
def test_any_list_of_lines_stays_within_its_width(titles, width):
    for line in shown(width, *titles):
        assert 0 < wcswidth(line) <= width


def test_a_text_of_marks_alone_is_cut_in_a_time_that_grows_with_it():
    marks = "a" + "\u0301" * 20_000
    assert head(marks, 5) == marks
    assert tail(marks + "bcd", 2) == "cd"
