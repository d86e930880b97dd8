"""A message about one patient asks nothing of a document of another."""

import pytest
from click.testing import CliRunner

from cda_tools import read_all
from cda_tools.cli import cli

OWN, OTHER = b"279069900000016", b"274119999900580"
OF_MESSAGE = OWN + b"^^^ASIP-SANTE-INS-NIA"


@pytest.fixture
def sent(gazelle, tmp_path):
    """Return the folder of a document, its replacement and its deletion; the last is another's."""
    for name in ("mdm-t02", "mdm-t10", "mdm-t04"):
        data = (gazelle / "carriers" / f"{name}.hl7").read_bytes()
        assert data.count(OF_MESSAGE) == 1
        if name == "mdm-t04":
            data = data.replace(OF_MESSAGE, OF_MESSAGE.replace(OWN, OTHER))
        (tmp_path / f"{name}.hl7").write_bytes(data)
    return tmp_path


def test_it_is_read_without_what_the_message_asks(sent):
    (document,) = read_all(sent / "mdm-t04.hl7")
    assert [one.rule for one in document.findings if one.rule.startswith("HL7-2")] == ["HL7-23"]
    assert document.context.action is None
    assert document.context.id is None
    assert document.context.parent_id is None


@pytest.mark.parametrize("checks", [True, False])
def test_also_where_messages_are_not_checked(sent, checks):
    (document,) = read_all(sent / "mdm-t04.hl7", headers=True, checks=checks)
    assert document.context.action is None


@pytest.mark.parametrize(("whose", "deleted"), [(OTHER, False), (OWN, True)])
def test_intake_deletes_what_is_the_patients_own_alone(sent, whose, deleted):
    last = sent / "mdm-t04.hl7"
    of_another = OF_MESSAGE.replace(OWN, OTHER)
    last.write_bytes(last.read_bytes().replace(of_another, OF_MESSAGE.replace(OWN, whose)))
    paths = [str(sent / f"{name}.hl7") for name in ("mdm-t02", "mdm-t10", "mdm-t04")]
    output = CliRunner().invoke(cli, ["intake", *paths]).output
    assert ("à supprimer" in output) is deleted
