import pytest
from lxml import etree

from cda_tools.reports.contracts.places import executable, fhirpath

DOCUMENT = (
    '<h:ClinicalDocument xmlns:h="urn:hl7-org:v3"><h:author/><h:author><h:time/></h:author>'
    "</h:ClinicalDocument>"
)
AUTHOR = "/ClinicalDocument/author[2]/time"


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_location_leads_to_one_element_whatever_the_prefixes(wrapped):
    text = f"<sheet><other/>{DOCUMENT}</sheet>" if wrapped else DOCUMENT
    tree = etree.fromstring(text)
    found = tree.xpath(executable(AUTHOR, wrapped=wrapped))
    assert [etree.QName(one).localname for one in found] == ["time"]
    assert found[0].getparent().getprevious() is not None


@pytest.mark.parametrize("place", [None, "", "OBX[1]", "/a/@b", "/a['x']", "//a", "/a/text()"])
def test_what_is_no_element_is_the_document_and_has_no_fhirpath(place):
    assert executable(place, wrapped=False) == "/"
    assert fhirpath(place) is None


def test_a_fhirpath_counts_from_zero():
    assert fhirpath(AUTHOR) == "ClinicalDocument.author[1].time"
