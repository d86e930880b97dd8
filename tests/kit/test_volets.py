"""Which volet a document claims."""

import pytest
from documents_of_kits import root

from cda_tools.kit.compiled import Compiled
from cda_tools.kit.compiling import _family
from cda_tools.kit.volets import claimed, named

F = "1.2.250.1.213.1.1.1."
IHE = "1.3.6.1.4.1.19376.1"
VOLETS = [
    Compiled(name, f"CI-SIS_{name}.sch", number, roots=roots, family=_family(roots))
    for number, (name, roots) in enumerate(
        [
            ("BIO-CR-BIO_2021.01", (f"{IHE}.3.3",)),
            ("BIO-CR-BIO_2024.01", (f"{IHE}.3.3",)),
            ("CSE-CS8_2024.01", (f"{F}5", f"{F}5.1")),
            ("CSE-CS9_2024.01", (f"{F}5", f"{F}5.2")),
            ("VSM_1.4_2022.01", (f"{F}13",)),
            ("VSM_2023.01", (f"{F}13",)),
            ("SDM-MR_2022.01", (f"{F}30", f"{IHE}.9")),
            ("SDM-MR_2025.01", (f"{F}30", f"{IHE}.9")),
            ("TLM-CR_2022.01", (f"{IHE}.2.20",)),
            ("TLM-DA_2022.01", (f"{F}38", f"{IHE}.9")),
        ]
    )
]


def claim(*templates: str, body: str = "structuredBody", code: str = "", date: str = ""):
    ids = "".join(
        f'<templateId root="{t.partition("=")[0]}"'
        + (f' extension="{t.partition("=")[2]}"' if "=" in t else "")
        + "/>"
        for t in templates
    )
    text = (
        f'<ClinicalDocument xmlns="urn:hl7-org:v3">{ids}<code code="{code}"/>'
        f'<effectiveTime value="{date}"/>'
        f"<component><{body}/></component></ClinicalDocument>"
    )
    return claimed(root(text.encode()), VOLETS)


@pytest.mark.parametrize(
    ("templates", "volet"),
    [
        ((f"{F}55=2024.01",), "BIO-CR-BIO_2024.01"),
        ((f"{F}55",), "BIO-CR-BIO_2021.01"),
        ((f"{F}1", f"{F}5", f"{F}5.2=2024.01"), "CSE-CS9_2024.01"),
        ((f"{F}5.1=2024.01", f"{F}5"), "CSE-CS8_2024.01"),
        ((f"{F}13=201310",), "VSM_1.4_2022.01"),
        ((f"{F}13=2023.01",), "VSM_2023.01"),
        ((f"{F}30=2025.01", f"{IHE}.3.3"), "SDM-MR_2025.01"),
    ],
)
def test_the_root_names_the_family_and_the_extension_its_version(templates, volet):
    found = claim(*templates)
    assert (found.volet.name, found.wanted, found.by) == (volet, None, None)


@pytest.mark.parametrize(
    ("extension", "nearest"),
    [("2022.06", "SDM-MR_2022.01"), ("2026.01", "SDM-MR_2025.01"), ("2020", "SDM-MR_2022.01")],
)
def test_a_version_that_the_kit_lacks_is_the_nearest_one_and_said(extension, nearest):
    found = claim(f"{F}30={extension}")
    assert (found.volet.name, found.wanted) == (nearest, extension)


@pytest.mark.parametrize(
    ("date", "volet"),
    [
        ("", "BIO-CR-BIO_2021.01"),
        ("2020", "BIO-CR-BIO_2021.01"),
        ("202312312300", "BIO-CR-BIO_2021.01"),
        ("20240104160527+0100", "BIO-CR-BIO_2024.01"),
    ],
)
def test_a_document_without_family_is_of_the_only_volet_that_asks_for_its_template(date, volet):
    found = claim(f"{F}1", f"{IHE}.3.3", date=date)
    assert (found.volet.name, found.by) == (volet, f"{IHE}.3.3")


@pytest.mark.parametrize("templates", [(), (f"{F}1",), (f"{F}999=2024.01",), (f"{IHE}.9",)])
def test_an_unknown_volet_is_none_and_its_templates_are_told(templates):
    found = claim(*templates)
    assert found.volet is None
    assert not found.level_1
    assert len(found.templates) == len(templates)


def test_a_level_1_document_has_no_volet_whatever_it_claims():
    found = claim(f"{F}55=2024.01", body="nonXMLBody")
    assert (found.volet, found.level_1) == (None, True)


def test_but_for_the_one_volet_of_level_1():
    found = claim(f"{IHE}.2.20", body="nonXMLBody", code="85208-7")
    assert (found.volet.name, found.level_1) == ("TLM-CR_2022.01", True)


@pytest.mark.parametrize("name", ["VSM_2023.01", "ci-sis_vsm_2023.01", "CI-SIS_VSM_2023.01.sch"])
def test_a_volet_is_named_with_or_without_what_all_files_begin_with(name):
    assert named(name, VOLETS).name == "VSM_2023.01"
    assert named("VSM", VOLETS) is None
