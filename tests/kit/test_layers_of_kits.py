"""The kit's layers in a validation: states, verdict, edition, options."""

import pickle

import pytest

from cda_tools import Options, read, validate
from cda_tools.errors import InputError
from cda_tools.model.editions import NEWEST
from conftest import ROOT

SMALL = str(ROOT / "fixtures" / "kit")
KIT_LAYERS = ("modeles-ihe", "modeles-cda", "modeles-ans", "terminologies", "volet")


def states(name: str, **options) -> dict[str, str]:
    report = validate(read(ROOT / "fixtures" / "gazelle" / name), Options(kit=SMALL, **options))
    return {layer.name: layer.state.value for layer in report.layers if layer.name in KIT_LAYERS}


def test_without_a_kit_there_are_none_of_its_layers(gazelle):
    report = validate(read(gazelle / "imagerie-v2.xml"))
    assert not {layer.name for layer in report.layers} & {*KIT_LAYERS}
    assert report.kit is None


def test_a_document_that_passes_header_and_schema_fails_its_volet(gazelle):
    report = validate(read(gazelle / "imagerie-v2.xml"), Options(kit=SMALL))
    assert report.valid is False
    assert [layer.name for layer in report.layers if layer.valid is False] == ["volet"]
    assert report.kit.startswith("kit (")
    assert report.edition == NEWEST


def test_each_layer_has_its_state(gazelle):
    assert states("imagerie-v2.xml") == {
        "modeles-ihe": "conforme",
        "modeles-cda": "neutre",
        "modeles-ans": "conforme",
        "terminologies": "conforme",
        "volet": "non conforme",
    }


def test_a_document_of_no_volet_is_not_validated_where_the_rest_passes(gazelle):
    report = validate(read(gazelle / "auteur-dispositif.xml"), Options(kit=SMALL))
    volet = next(layer for layer in report.layers if layer.name == "volet")
    assert (volet.state.value, report.valid) == ("non exécutée", None)
    (finding,) = volet.findings
    assert finding.rule == "KIT-12"
    assert "1.3.6.1.4.1.19376.1.5.3.1.1.1" in finding.message


def test_a_level_1_document_is_neutral_for_the_volet(gazelle):
    report = validate(read(gazelle / "lettre-niveau-1-pdf.xml"), Options(kit=SMALL))
    volet = next(layer for layer in report.layers if layer.name == "volet")
    assert (volet.state.value, report.valid) == ("neutre", True)


def test_no_volet_asked_for_leaves_the_layer_out(gazelle):
    report = validate(read(gazelle / "imagerie-v2.xml"), Options(kit=SMALL, volet="none"))
    assert report.valid is True
    assert states("imagerie-v2.xml", volet="none")["volet"] == "non exécutée"


def test_a_volet_that_is_named_is_the_one(gazelle):
    report = validate(
        read(gazelle / "auteur-dispositif.xml"), Options(kit=SMALL, volet="img-demo_2024.01")
    )
    volet = next(layer for layer in report.layers if layer.name == "volet")
    assert volet.findings[0].message == "Volet contrôlé : IMG-DEMO_2024.01."


def test_a_self_presenting_document_is_run_whole(gazelle):
    report = validate(read(gazelle / "autopresentable.xml"), Options(kit=SMALL))
    assert all(layer.ran for layer in report.layers if layer.name in KIT_LAYERS[:4])


def test_xml_that_is_no_document_is_neutral(tmp_path):
    (tmp_path / "a.xml").write_text("<a/>", "utf-8")
    report = validate(read(tmp_path / "a.xml"), Options(kit=SMALL))
    found = {layer.name: layer.state.value for layer in report.layers}
    assert [found[name] for name in KIT_LAYERS] == ["neutre"] * 4 + ["non exécutée"]


@pytest.mark.parametrize(
    ("options", "error", "reason"),
    [
        ({"kit": "nulle-part"}, InputError, "kit inconnu"),
        ({"kit": SMALL, "volet": "IMG-DEMO"}, InputError, "proches : IMG-DEMO_20"),
        ({"volet": "IMG-DEMO_2024.01"}, ValueError, "qu'avec un kit"),
    ],
)
def test_options_that_cannot_be_are_refused(options, error, reason):
    with pytest.raises(error, match=reason):
        Options(**options)


def test_options_with_a_kit_go_to_worker_processes():
    options = Options(kit=SMALL, volet="IMG-DEMO_2024.01")
    assert pickle.loads(pickle.dumps(options)) == options
