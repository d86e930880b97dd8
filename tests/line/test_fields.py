import pytest
from documents import AUTHOR, header

from cda_tools.line import line_fields, one_line
from cda_tools.model.header import Code, Header
from cda_tools.model.timestamp import Timestamp

NO_STRUCTURE = AUTHOR[: AUTHOR.index("<representedOrganization>")] + "</assignedAuthor></author>"


def test_type_date_title_author_profession_and_structure_are_shown():
    assert one_line(header()) == (
        "Lettre · 04/03/2025 10:15 · Lettre de sortie · "
        "Dr Léonie BRUMAIRE (Médecin généraliste, Maison de santé des Tilleuls)"
    )


def test_a_profession_that_left_its_value_set_keeps_its_label():
    code = '<code code="G15_35" codeSystem="1.2.250.1.213.1.1.4.5"/>'
    start, end = AUTHOR.index("<code"), AUTHOR.index("<assignedPerson>")
    author = f"{AUTHOR[:start]}{code}{AUTHOR[end:]}"
    assert "(Aide-soignant, Maison" in one_line(header(author=author))


def test_further_authors_are_counted():
    assert one_line(header(author=AUTHOR * 3)).endswith("des Tilleuls) +2")


@pytest.mark.parametrize(
    "title", ["Lettre", "LETTRE", "lettre.", "«&#160;Lettre&#160;»", "Lèttré", " Let-tre "]
)
def test_a_title_that_repeats_the_type_is_shown_once(title):
    read = header(title=f"<title>{title}</title>")
    assert line_fields(read).title is None
    assert one_line(read).count("ettr") <= 1
    assert line_fields(read, repeat_title=True).title == read.title


@pytest.mark.parametrize(
    ("kind", "title", "shown"),
    [
        ("Lettre", "Lettre 2", "2"),
        ("Lettre", "Lettre de sortie", "Lettre de sortie"),
        ("Lettre", "Lettre : de sortie", "de sortie"),
        ("Lettre", "Lettres de sortie", "Lettres de sortie"),
        ("Lettre", "Lettre ...", None),
        ("CR d'imagerie", "Compte rendu d’imagerie - Scanner", "Scanner"),
        ("CR d'imagerie", "COMPTE-RENDU D'IMAGERIE", None),
        ("CR d'imagerie", "C.R. d'imagerie (scanner)", "scanner"),
        ("CR d'imagerie", "Comptes rendus d'imagerie du genou", "du genou"),
        ("CR d'imagerie", "Compterendu d'imagerie [1] [2]", "[1] [2]"),
        ("CR d'imagerie", "Imagerie", "Imagerie"),
        ("Compte rendu opératoire", "CR opératoire", None),
        ("Suivi du cœur", "Suivi du coeur - 3e mois", "3e mois"),
        ("Bilan", "Sans rapport", "Sans rapport"),
    ],
)
def test_a_title_says_what_the_type_does_not(kind, title, shown):
    assert line_fields(Header(type=Code("x", None, kind), title=title)).title == shown
    assert line_fields(Header(type=Code("x", None, kind), title=title), repeat_title=True).title


def test_a_title_is_whole_where_the_type_is_not_shown():
    read = Header(type=Code("x", None, "CR d'imagerie"), title="CR d'imagerie - Scanner")
    assert one_line(read, fields=("title",)) == "CR d'imagerie - Scanner"
    assert one_line(read, fields=("type", "title")) == "CR d'imagerie · Scanner"


def test_punctuation_alone_is_compared_as_it_is():
    read = Header(type=Code("x", None, "???"), title="!!!")
    assert line_fields(read).title == "!!!"


def test_the_structure_is_borrowed_from_the_same_person_who_signs():
    assert line_fields(header(author=NO_STRUCTURE)).structure == "Clinique des Tilleuls"


def test_the_structure_is_borrowed_from_the_custodian_where_another_signs():
    other = NO_STRUCTURE.replace("899700000017", "899700000025")
    assert line_fields(header(author=other)).structure == "Hôpital des Tilleuls"
    assert line_fields(header(author=NO_STRUCTURE, signer="")).structure == "Hôpital des Tilleuls"


def test_the_structure_of_a_device_may_be_named_by_the_one_it_is_a_part_of():
    writer = (
        "<author><assignedAuthor><assignedAuthoringDevice><softwareName>Automate</softwareName>"
        "</assignedAuthoringDevice><representedOrganization>"
        "<asOrganizationPartOf><wholeOrganization><name>Laboratoire des Tilleuls</name>"
        "</wholeOrganization></asOrganizationPartOf></representedOrganization></assignedAuthor>"
        "</author>"
    )
    assert line_fields(header(author=writer)).structure == "Laboratoire des Tilleuls"


def test_nothing_is_borrowed_for_a_patient_and_the_name_is_shown_on_request_only():
    writer = (
        '<author><assignedAuthor><id root="1.2.250.1.213.1.4.10" extension="255069900000034"/>'
        "<assignedPerson><name><given>FLORIANE</given><family>QUENOUILLE</family></name>"
        "</assignedPerson></assignedAuthor></author>"
    )
    read = header(author=writer)
    assert one_line(read).endswith("· Patient")
    assert "QUENOUILLE" not in one_line(read)
    assert one_line(read, patient=True).endswith("· FLORIANE QUENOUILLE")


def test_a_device_is_shown_by_its_software():
    writer = (
        "<author><assignedAuthor><assignedAuthoringDevice><manufacturerModelName>."
        "</manufacturerModelName><softwareName>Laborantin</softwareName>"
        "</assignedAuthoringDevice></assignedAuthor></author>"
    )
    assert line_fields(header(author=writer)).author == "Laborantin"


def test_a_person_stands_before_a_device_and_the_device_is_counted():
    device = (
        "<author><assignedAuthor><assignedAuthoringDevice><softwareName>Dossier partagé"
        "</softwareName></assignedAuthoringDevice></assignedAuthor></author>"
    )
    fields = line_fields(header(author=device + AUTHOR))
    assert (fields.author, fields.others) == ("Dr Léonie BRUMAIRE", 1)
    assert fields.structure == "Maison de santé des Tilleuls"


def test_a_structure_stands_for_an_author_without_name_and_is_said_once():
    writer = (
        "<author><assignedAuthor><representedOrganization><name>Les Tilleuls</name>"
        "</representedOrganization></assignedAuthor></author>"
    )
    fields = line_fields(header(author=writer))
    assert (fields.author, fields.structure) == ("Les Tilleuls", None)


def test_missing_parts_leave_no_separator():
    read = header(title="", author="", custodian="")
    assert one_line(read) == "Lettre · 04/03/2025 10:15 · auteur non indiqué"


def test_an_empty_document_says_what_is_missing():
    assert one_line(Header()) == (
        "type non indiqué · date non indiquée · sans titre · auteur non indiqué"
    )


def test_a_type_without_label_is_shown_by_its_code():
    assert line_fields(Header(type=Code("00000-0", "1.2"))).type == "type 00000-0"


def test_an_impossible_date_is_shown_as_it_is_and_has_no_datetime():
    fields = line_fields(Header(date=Timestamp("20250230")))
    assert (fields.date, fields.datetime) == ("« 20250230 » ?", None)
    assert line_fields(Header(date=Timestamp("é" * 50))).date == "date illisible"


def test_a_long_date_that_cannot_be_read_says_that_it_is_cut():
    assert line_fields(Header(date=Timestamp("2022-03-03 19:32"))).date == "« 2022-03-03 19… » ?"


def test_fields_can_be_chosen_and_put_in_order():
    assert one_line(header(), fields=("date", "type")) == "04/03/2025 10:15 · Lettre"
    assert one_line(header(), fields=("structure", "type")) == (
        "Maison de santé des Tilleuls · Lettre"
    )
    with pytest.raises(ValueError, match="couleur"):
        one_line(header(), fields=("couleur",))
