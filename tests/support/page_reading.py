"""A reader of rendered pages of the tests' own: what a browser would show, and what it may not."""

from html.parser import HTMLParser

from lxml import etree

HL7 = "{urn:hl7-org:v3}"
_VOID = {"br", "img", "meta"}
_FORBIDDEN = {"script", "link", "iframe", "form", "base", "embed", "video", "audio", "svg", "input"}
_FETCHED = {"src", "data", "srcset", "poster", "background", "action", "formaction", "style"}


class Page(HTMLParser):
    """The texts of a page, its elements, and what would run or be fetched."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.text, self.elements, self.unsafe, self.links = "", [], [], []
        self._open = []
        self.feed(markup)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)
        if tag in _FORBIDDEN:
            self.unsafe.append(tag)
        for name, given in attrs:
            value = given or ""
            if name.startswith("on") or (
                name in _FETCHED and not value.startswith(("data:image/", "data:application/pdf;"))
            ):
                self.unsafe.append((tag, name, value[:40]))
            if name == "href":
                self.links.append(value)
                if not value.startswith(("http:", "https:", "mailto:", "tel:", "#")):
                    self.unsafe.append((tag, name, value))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if "style" not in self._open:
            self.text += data

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def lost_words(document, page):
    """Return the words of a document's sections, titles included, that a page does not have.

    Words are compared in number: one that is there twice is shown twice at least. A word may be
    divided between elements (``H<sub>2</sub>O``): each piece counts.
    """
    shown = page.text
    lost = []
    for section in document.tree.iter(f"{HL7}section"):
        for name in ("title", "text"):
            for element in section.iterchildren(HL7 + name):
                lost += [word for word in _words(element) if word not in shown]
    wanted = "".join("".join(_texts(document.tree)).split())
    if not lost and len(wanted) > len("".join(shown.split())):
        lost.append("some of the words that are there more than once")
    return lost


def _words(element):
    return [word for text in element.xpath(".//text()") for word in text.split()]


def _texts(tree):
    for text in tree.iter(f"{HL7}text"):
        if text.getparent().tag == f"{HL7}section":
            for node in text.iter():
                if node.tag is etree.Comment or node.tag is etree.PI:
                    continue
                yield node.text or ""
                yield from (child.tail or "" for child in node)
