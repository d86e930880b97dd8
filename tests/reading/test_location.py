from lxml import etree

from cda_tools.reading.location import Locator, Positions, Tree, xpath

NAMESPACES = {"h": "urn:hl7-org:v3", "s": "urn:hl7-org:sdtc"}


def paths(xml):
    return [xpath(element) for element in etree.fromstring(xml).iter("*")]


def test_positions_are_given_only_among_several_of_the_same_name():
    content = "<author/><author><time/></author><id/>"
    xml = f'<ClinicalDocument xmlns="urn:hl7-org:v3">{content}</ClinicalDocument>'
    assert paths(xml) == [
        "/ClinicalDocument",
        "/ClinicalDocument/author[1]",
        "/ClinicalDocument/author[2]",
        "/ClinicalDocument/author[2]/time",
        "/ClinicalDocument/id",
    ]


def test_elements_of_another_namespace_are_other_elements():
    xml = (
        '<c:ClinicalDocument xmlns:c="urn:hl7-org:v3" xmlns:s="urn:hl7-org:sdtc">'
        "<c:id/><s:id/></c:ClinicalDocument>"
    )
    assert paths(xml)[1:] == ["/ClinicalDocument/id", "/ClinicalDocument/id"]


def test_a_path_starts_at_the_document_inside_its_style_sheet():
    xml = '<x xmlns:c="urn:hl7-org:v3"><y/><c:ClinicalDocument><c:id/></c:ClinicalDocument></x>'
    assert paths(xml)[-1] == "/ClinicalDocument/id"


def test_a_root_that_is_no_document_is_named():
    assert paths("<html><p/></html>") == ["/html", "/html/p"]


def test_the_children_of_an_element_are_numbered_once():
    asked = []

    class Counting(dict):
        def __setitem__(self, parent, numbers):
            asked.append(parent)
            super().__setitem__(parent, numbers)

    root = etree.fromstring("<a><b><c/><c/><!-- --><d/><c/></b><b/></a>")
    locator = Locator()
    locator._numbered = Counting()
    found = [locator.xpath(element) for element in root.iter("*")]
    assert found == [
        *("/a", "/a/b[1]", "/a/b[1]/c[1]", "/a/b[1]/c[2]", "/a/b[1]/d", "/a/b[1]/c[3]", "/a/b[2]")
    ]
    assert asked == [root, root[0]]


def test_an_element_is_found_again_by_its_position():
    root = etree.fromstring("<a><!-- --><b><c/>x<c/><d/></b><?e?><b><c/></b></a>")
    positions, tree = Positions(), Tree(root)
    found = {element: positions.of(element) for element in root.iter("*")}
    assert list(found.values()) == [(), (0,), (0, 0), (0, 1), (0, 2), (1,), (1, 0)]
    assert [tree.element(position) for position in found.values()] == list(found)
