"""No finding holds the identity of anyone or the text of the body, whatever is wrong."""

from random import Random

import header_changes
import header_mutations
import mutations
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.etree import _Element

from cases import FOLDER
from cda_tools import Options, read, validate
from cda_tools.reading.privacy import HIDDEN, quoted
from cda_tools.validation.layers import layers as all_layers
from cda_tools.validation.xsd import layer as xsd

WORD = "MARQUEUR"
INS = "274119999900580"
# What a letter may be quoted in, outside recordTarget: there the canary is a number of an INS.
CODED = {
    *("code", "use", "qualifier", "classCode", "moodCode", "typeCode", "determinerCode", "unit"),
    *("nullFlavor", "mediaType", "representation", "compression", "language", "type", "operator"),
    *("inclusive", "negationInd", "independentInd", "contextControlCode", "partType", "charset"),
    *("contextConductionInd", "inversionInd", "separatableInd", "institutionSpecified"),
    *("integrityCheckAlgorithm", "extravalidationterminologies"),
}
NAMES = ["{urn:hl7-org:v3}" + name for name in ("id", "telecom", "name", "time", "prefix")]
STRUCTURED = (FOLDER / "xsd" / "XSD-FORM-pass-a.xml").read_bytes()


def maximal() -> _Element:
    """Return a header that holds every element, with a body of text and of entries."""
    header = etree.fromstring(etree.tostring(header_changes.complete()))
    body = header.find("{urn:hl7-org:v3}component")
    header.replace(body, etree.fromstring(STRUCTURED).find("{urn:hl7-org:v3}component"))
    return header


def marked(root: _Element, random: Random, share: float) -> None:
    """Put a canary in a share of all attributes and texts.

    Not in typeId: without it the header profile has nothing to say.
    """
    for element in root.iter("*"):
        if etree.QName(element).localname == "typeId":
            continue
        inside = [etree.QName(e).localname for e in (element, *element.iterancestors())]
        if random.random() < share and (len(element) == 0 or random.random() < 0.2):
            element.text = random.choice((WORD, f"{WORD} x", INS))
        for name in element.attrib:
            if random.random() < share:
                coded = etree.QName(name).localname in CODED and "recordTarget" not in inside
                element.set(name, INS if coded else random.choice((WORD, f"{WORD} %", f"{INS} ")))


def messages(root: _Element, profile: str = "1.16") -> list[str]:
    report = validate(read(etree.tostring(root, encoding="UTF-8")), Options(profile=profile))
    assert all(layer.ran for layer in report.layers)
    told = [finding.message for finding in report.findings if finding.layer != "xml"]
    return told + [finding.message for finding in xsd.check(root, explain=True)]


@settings(deadline=None, max_examples=120)
@given(st.integers(0, 10**9), st.sampled_from((0.02, 0.1, 0.5)))
def test_no_finding_holds_a_canary(seed: int, share: float) -> None:
    root, random = maximal(), Random(seed)
    marked(root, random, share)
    root = header_mutations.mutated(root, random.randrange(10**6))
    root = mutations.mutant(root, random, NAMES)
    told = messages(root, random.choice(("1.16", "pre-1.16")))
    assert not [message for message in told if WORD in message or INS in message]


def test_the_canaries_set_off_findings_of_every_layer() -> None:
    root = maximal()
    marked(root, Random(7), 0.5)
    report = validate(read(etree.tostring(root, encoding="UTF-8")))
    layers = {finding.layer for finding in report.findings if HIDDEN in finding.message}
    assert layers == {one.name for one in all_layers() if not one.option} - {"xml"}


def test_a_patient_who_is_the_author_is_not_quoted() -> None:
    root = maximal()
    author = header_changes.find(root, "author[1]/assignedAuthor")
    author[0].set("root", f"{INS} ")
    author[0].set("extension", "1.2.250.1.213.1.4.10")
    header_changes.find(author, "telecom").set("value", "06 39 98 01 05 %")
    header_changes.find(author, "assignedPerson/name/prefix").text = "HERMINE"
    told = messages(root)
    assert len(told) > 3
    assert not [m for m in told if INS in m or "98 01" in m or "HERMINE" in m]


def _quoted(path: str, attribute: str, value: str) -> str:
    root = etree.Element("ClinicalDocument")
    element = root
    for name in path.split("/"):
        element = etree.SubElement(element, name)
    return quoted(element, attribute, value)


@pytest.mark.parametrize(
    ("path", "attribute", "value"),
    [
        ("code", "code", "11502-2"),
        ("code", "codeSystem", "2.16.840.1.113883.6.1"),
        ("languageCode", "code", "fr FR"),
        ("templateId", "root", "1.2.250.01.213"),
        ("id", "root", "2.25.329800735698586629295641978511506172918"),
        ("id", "root", "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"),
        ("effectiveTime", "value", "2025-03-10T09:45:00+01:00"),
        ("author/time", "value", "10/03/2025"),
        ("documentationOf/serviceEvent/effectiveTime/low", "value", "20250310"),
        ("versionNumber", "value", "1.5"),
        ("author/assignedAuthor/telecom", "use", "MC"),
        ("recordTarget/patientRole/telecom", "use", "MC"),
        ("recordTarget/patientRole/patient/name/family", "qualifier", "BR ZZ"),
        ("recordTarget/patientRole/patient/name/given", "qualifier", "CALLME"),
        ("recordTarget/patientRole/patient/birthTime", "nullFlavor", "NASK"),
        ("component/section/entry/observation", "classCode", "OBX"),
        ("component/section/entry/value", "{urn:x}type", "PQQ"),
        ("component/section/entry/value", "xsi:type", "PQQ"),
        ("component/section/templateId", "root", "1.2.03"),
    ],
)
def test_codes_roots_times_and_the_version_are_quoted(
    path: str, attribute: str, value: str
) -> None:
    assert _quoted(path, attribute, value) == f"« {value} »"


@pytest.mark.parametrize(
    ("path", "attribute", "value"),
    [
        ("recordTarget/patientRole/id", "root", "1.2.250"),
        ("recordTarget/patientRole/telecom", "use", "OCTAVIE"),
        ("recordTarget/patientRole/telecom", "use", "0639980105"),
        ("recordTarget/patientRole/patient/name/family", "qualifier", "PERVENCHE"),
        ("recordTarget/patientRole/patient/administrativeGenderCode", "code", "F"),
        ("author/assignedAuthor/id", "root", f"{INS} "),
        ("author/assignedAuthor/id", "root", f"1.2.250.1.213.1.4.10.{INS}"),
        ("author/assignedAuthor/id", "root", "06.39.98.01.05"),
        ("author/assignedAuthor/id", "extension", "1"),
        ("author/assignedAuthor/code", "code", "2 74 11 99 999 005 80"),
        ("author/assignedAuthor/code", "displayName", "x"),
        ("author/assignedAuthor/telecom", "value", "tel:1"),
        ("author/assignedAuthor/assignedPerson/birthTime", "value", "19741130"),
        ("author/assignedAuthor/assignedPerson/name/prefix", "", "MME"),
        ("author/time", "value", "FICTIF"),
        ("author/time", "value", INS),
        ("versionNumber", "value", "20250310"),
        ("component/section/code", "code", "x"),
        ("component/section/entry/effectiveTime/low", "value", "20250310"),
        ("component/section/text/content", "ID", "x"),
        ("component/section/entry/observation", "classCode", INS),
        ("code", "codeSystemName", "x"),
    ],
)
def test_what_could_be_identity_or_content_is_not(path: str, attribute: str, value: str) -> None:
    assert _quoted(path, attribute, value) == HIDDEN


def test_an_empty_value_is_said_to_be_so_everywhere() -> None:
    assert _quoted("recordTarget/patientRole/id", "extension", " \n") == "« » (vide)"
