"""Documents that came by different ways are one chain, or one story."""

from pathlib import Path

from cda_tools.carriers import open_path
from cda_tools.chains import Status, build
from cda_tools.document import read_carried_header
from cda_tools.model.document import Document
from cda_tools.model.header import Identifier


def received(*paths: Path) -> list[Document]:
    found = []
    for path in paths:
        for carried in open_path(path):
            document = read_carried_header(carried)
            if document.header:
                found.append(document)
    return found


def test_an_initial_message_its_replacement_and_its_deletion_are_one_chain(gazelle: Path) -> None:
    names = ("mdm-t02.hl7", "mdm-t10.hl7", "mdm-t04.hl7")
    (chain,) = build(received(*(gazelle / "carriers" / name for name in names))).chains
    assert [(str(one.id), one.status) for one in chain.documents] == [
        ("1.2.250.1.999.7.101", Status.SUPERSEDED),
        ("1.2.250.1.999.7.102", Status.WITHDRAWN),
        ("1.2.250.1.999.7.102", Status.WITHDRAWN),
    ]
    assert chain.current is None
    assert chain.findings == ()


def test_a_message_and_a_file_are_one_chain(gazelle: Path) -> None:
    folder = gazelle / "carriers"
    (chain,) = build(received(folder / "mdm-t02.hl7", folder / "imagerie-v2.xml")).chains
    assert [one.status for one in chain.documents] == [Status.SUPERSEDED, Status.CURRENT]


def test_an_association_of_a_registry_makes_a_chain(gazelle: Path) -> None:
    listed = received(gazelle / "carriers" / "dmp-liste-avec-association.xml")
    chains = [chain for chain in build(listed).chains if len(chain.documents) > 1]
    (chain,) = chains
    assert chain.current == Identifier("1.2.250.1.999.7.102")


def test_real_messages_are_one_chain(shared: Path) -> None:
    folder = shared / "conformance" / "corpus" / "hl7v2"
    names = (
        "vague2_v2.1_MDM_initiale_message_MDM_CR_Radio_INIT_N1_Base64.er7",
        "vague2_v2.1_MDM_remplacement_message_MDM_CR_Radio_RPLC_N1.er7",
        "vague2_v2.1_MDM_suppression_message_MDM_CR_Radio_DEL_N1.er7",
    )
    (chain,) = build(received(*(folder / name for name in names))).chains
    assert [one.status for one in chain.documents] == [
        Status.SUPERSEDED,
        Status.WITHDRAWN,
        Status.WITHDRAWN,
    ]
