import csv

import pytest

from cda_tools.errors import ResourceError
from cda_tools.model import terminology
from cda_tools.model.editions import NEWEST
from cda_tools.model.header import Code
from cda_tools.resources import resource

LOINC = "2.16.840.1.113883.6.1"


def test_the_documents_own_label_wins():
    code = Code("11502-2", LOINC, "Analyses")
    assert terminology.label(code, terminology.DOCUMENT_TYPES) == "Analyses"


def test_a_code_without_label_takes_that_of_the_value_set():
    label = terminology.label(Code("11502-2", LOINC), terminology.DOCUMENT_TYPES)
    assert label == "CR d'examens biologiques"


def test_code_and_code_system_both_count():
    assert terminology.label(Code("11502-2", "1.2.3"), terminology.DOCUMENT_TYPES) is None


def test_an_unknown_code_still_shows_its_label():
    assert terminology.label(Code("?", LOINC, "Inconnu"), terminology.DOCUMENT_TYPES) == "Inconnu"
    assert terminology.label(None, terminology.DOCUMENT_TYPES) is None


def test_an_unknown_value_set_is_an_error_of_the_installation():
    with pytest.raises(ResourceError, match="introuvable"):
        terminology.value_set("J999")


def index():
    with resource("valuesets", "index.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", index(), ids=lambda row: row["file"])
def test_every_set_of_the_index_is_there_with_its_source_and_date(row):
    assert row["oid"].replace(".", "").isdigit()
    assert row["date"]
    assert row["source"]
    labels = terminology.value_set(row["file"].removesuffix(".tsv"))
    assert labels
    assert all(code and system and label for (code, system), label in labels.items())


@pytest.mark.parametrize("row", index(), ids=lambda row: row["file"])
def test_what_stands_for_a_retired_code_is_a_code_of_today_that_says_the_same(row):
    name = row["file"].removesuffix(".tsv")
    today = {code: label for (code, _), label in terminology.codes(name, NEWEST).items()}
    for concept in terminology.concepts(name):
        assert not concept.until or concept.since < concept.until
        if concept.instead:
            assert concept.until
            assert today[concept.instead] == concept.label


def test_a_set_has_the_codes_of_an_edition_and_keeps_all_labels():
    old, new = (terminology.codes("J01", name) for name in ("2025-02", "2025-06"))
    assert (len(old), len(new)) == (396, 391)
    retired = ("G15_35", "1.2.250.1.213.1.1.4.5")
    assert retired in old.keys() - new.keys()
    assert terminology.value_set("J01")[retired] == "Aide-soignant"
    assert terminology.value_set("J01").keys() == old.keys() | new.keys()


def test_a_label_that_changed_is_the_newest():
    key = ("SA63", "1.2.250.1.71.4.2.4")
    labels = [terminology.codes("J02", name)[key] for name in ("2025-02", "2025-06")]
    assert labels[0] != labels[1]
    assert terminology.value_set("J02")[key] == labels[1]


def test_a_code_is_retired_only_after_it_left():
    assert terminology.retired("J01", "350", "2025-02") is None
    gone = terminology.retired("J01", "350", "2025-06")
    assert (gone.until, gone.instead) == ("2025-03-28", "372")
    assert terminology.retired("J02", "SA63", "2025-06") is None
    assert terminology.retired("J01", "inconnu", "2025-06") is None
