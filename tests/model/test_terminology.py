import csv

import pytest

from cda_tools.errors import ResourceError
from cda_tools.model import terminology
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
