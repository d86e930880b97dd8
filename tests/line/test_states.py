import pytest

from cda_tools.line.states import is_current, states
from cda_tools.model.carriage import Action, Availability, Context, Place, RegistryEntry
from cda_tools.model.document import Document
from cda_tools.model.header import Header, Identifier, ParentDocument, Patient

FIRST, SECOND = Identifier("1.2.250.1.999.1"), Identifier("1.2.250.1.999.2")


def document(path, number, replaces=None, version=None, context=None):
    related = (ParentDocument("RPLC", replaces),) if replaces else ()
    return Document(
        path,
        header=Header(id=number, related=related, version=version),
        context=context,
    )


def test_a_document_that_another_of_the_list_replaces_says_by_which_version():
    first = document("a", FIRST, version=1)
    second = document("b", SECOND, FIRST, version=2)
    assert states([second, first]) == [None, "remplacé par la v2"]
    assert states([document("b", SECOND, FIRST), first]) == [None, "remplacé"]
    assert states([first]) == [None]


def test_a_newer_version_in_the_dmp_is_told_to_the_holder_of_an_older_one():
    listed = document("dmp", SECOND, FIRST, version=2, context=Context(place=Place.DMP))
    assert states([document("a", FIRST), listed]) == ["version plus récente dans le DMP", None]
    both = [document("a", FIRST, context=Context(place=Place.DMP)), listed]
    assert states(both) == ["remplacé par la v2", None]


def test_versions_of_one_set_are_told_by_their_numbers():
    lot = Identifier("1.2.250.1.999.9")
    patient = Patient(ids=(Identifier("1.2.250.1.213.1.4.10", "255069900000034"),))
    headers = [
        Header(id=one, set_id=lot, version=number, patient=patient)
        for number, one in enumerate((FIRST, SECOND), start=1)
    ]
    found = [Document(path, header=one) for path, one in zip("ab", headers, strict=True)]
    assert states(found) == ["remplacé par la v2", None]


@pytest.mark.parametrize(
    ("availability", "state"),
    [
        (Availability.APPROVED, None),
        (Availability.DEPRECATED, "remplacé"),
        (Availability.ARCHIVED, "archivé"),
        (Availability.DELETED, "supprimé"),
        (None, None),
    ],
)
def test_a_registry_tells_what_became_of_a_document(availability, state):
    context = Context(place=Place.DMP, registry=RegistryEntry(availability=availability))
    assert states([document("a", FIRST, context=context)]) == [state]


def test_an_archived_document_is_in_force_all_the_same():
    assert [is_current(one) for one in (None, "archivé", "remplacé", "retiré", "supprimé")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_message_that_deletes_withdraws_its_document():
    gone = document("b", FIRST, context=Context(action=Action.DELETE))
    assert states([gone]) == ["retiré"]
    assert states([document("a", FIRST), gone]) == ["retiré", "retiré"]


def test_documents_that_have_nothing_to_do_with_each_other_have_no_state():
    assert states([document("a", FIRST), document("b", SECOND), Document("c")]) == [None] * 3
