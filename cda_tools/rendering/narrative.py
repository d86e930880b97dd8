"""The narrative of a section (StrucDoc.Text) as HTML, word for word.

Source: HL7 CDA R2 § 4.3.5 (narrative block). Every text is kept, escaped, in its order; a text
that stands where HTML allows none (between the rows of a table) stands before its table.
"""

import re
from collections.abc import Callable

from lxml.etree import _Element as Element
from markupsafe import Markup, escape

from cda_tools.reading.location import local_name
from cda_tools.rendering.encapsulated import Kind
from cda_tools.rendering.media import Media
from cda_tools.rendering.showing import Budget, shown

# Elements of the narrative that are the same in HTML.
_SAME = {"sub": "sub", "sup": "sup", "content": "span", "paragraph": "div", "caption": "div"}
_ROWS = {"thead", "tbody", "tfoot", "tr"}
_CELLS = {"th", "td"}
_STYLES = {
    "bold": "bold",
    "italics": "italics",
    "bolditalics": "bold italics",
    "underline": "underline",
    "emphasis": "italics",
    "lrule": "lrule",
    "rrule": "rrule",
    "toprule": "toprule",
    "botrule": "botrule",
    "arabic": "arabic",
    "littleroman": "littleroman",
    "bigroman": "bigroman",
    "littlealpha": "littlealpha",
    "bigalpha": "bigalpha",
    "disc": "disc",
    "circle": "circle",
    "square": "square",
}
_ALIGNED = frozenset({"left", "center", "right", "justify"})
_SAFE_LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_SPAN = re.compile(r"[1-9][0-9]{0,2}")
_SCOPES = frozenset({"row", "col", "rowgroup", "colgroup"})
_REVISIONS = {"insert": ("ins", "ajouté"), "delete": ("del", "supprimé")}


class Narrative:
    """Turns the narratives of one document into HTML; anchors are unique in its page."""

    def __init__(self, media: Media, budget: Budget) -> None:
        """Show ``media`` where the narrative refers to them, within a ``budget``."""
        self._media = media
        self._budget = budget
        self._anchors: set[str] = set()
        self._numbers: dict[str, int] = {}

    def html(self, text: Element) -> Markup:
        """Return the HTML of a section's ``text`` element."""
        out: list[str] = []
        self._mixed(text, out)
        return Markup("".join(out))

    def _mixed(self, element: Element, out: list[str]) -> None:
        """Write an element's texts and children, in their order."""
        _say(element.text, out)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, out)
            _say(child.tail, out)

    def _element(self, element: Element, out: list[str]) -> None:
        name = local_name(element)
        writer = _WRITERS.get(name)
        if writer:
            writer(self, element, out)
        else:
            self._wrapped(element, _SAME.get(name, "span"), out)

    def _wrapped(self, element: Element, tag: str, out: list[str]) -> None:
        """Write an element as ``tag``, within ins or del where it is a revision."""
        begin, end = _revision(element)
        out.append(f"{begin}<{tag}{self._attributes(element)}>")
        self._mixed(element, out)
        out.append(f"</{tag}>{end}")

    def _attributes(self, element: Element) -> str:
        name = local_name(element)
        classes = [name] if name in {"paragraph", "caption"} else []
        for word in element.get("styleCode", "").split():
            style = _STYLES.get(word.lower())
            if style and style not in classes:
                classes.append(style)
        align = element.get("align", "").lower()
        if align in _ALIGNED:
            classes.append(f"align-{align}")
        text = f' class="{" ".join(classes)}"' if classes else ""
        return self._anchor(element) + text

    def _anchor(self, element: Element) -> str:
        identifier = element.get("ID")
        if not identifier or identifier in self._anchors:
            return ""
        self._anchors.add(identifier)
        return f' id="n-{escape(_anchor(identifier))}"'

    def _break(self, element: Element, out: list[str]) -> None:
        out.append("<br>")
        if element.text or len(element):
            self._mixed(element, out)

    def _link(self, element: Element, out: list[str]) -> None:
        href = "".join(element.get("href", "").split())
        if href.startswith("#") and len(href) > 1:
            out.append(f'<a href="#n-{escape(_anchor(href[1:]))}"{self._attributes(element)}>')
            self._mixed(element, out)
            out.append("</a>")
        elif _SAFE_LINK.match(href):
            out.append(
                f'<a href="{escape(href)}" rel="noopener noreferrer nofollow"'
                f"{self._attributes(element)}>"
            )
            self._mixed(element, out)
            out.append("</a>")
        else:
            # A file of the sender's, or a program: named, and leads nowhere.
            self._wrapped(element, "span", out)
            if href:
                shown_href = escape(href if len(href) <= 200 else href[:199] + "…")
                out.append(f' <span class="muted">[{shown_href}]</span>')

    def _image(self, element: Element, out: list[str]) -> None:
        references = element.get("referencedObject", "")
        # Its caption is the only text that it may have.
        if element.text or len(element):
            out.append('<span class="media">')
            self._mixed(element, out)
            out.append("</span>")
        found = self._media.find(references)
        for medium in found:
            if medium.copy and medium.file.kind is Kind.PDF:
                out.append('<a href="#copie-pdf">Copie PDF, au début de la page</a>')
            else:
                out.append(shown(medium.file, medium.title, self._budget))
        if not found:
            name = escape(" ".join(references.split())[:100])
            out.append(f'<span class="file">[média « {name} » absent du document]</span>')

    def _footnote(self, element: Element, out: list[str]) -> None:
        number = self._number(element.get("ID"))
        out.append(
            f'<span class="footnote"{self._attributes(element)}>'
            f'<sup class="muted">[{number}]</sup> '
        )
        self._mixed(element, out)
        out.append("</span>")

    def _footnote_reference(self, element: Element, out: list[str]) -> None:
        identifier = element.get("IDREF", "")
        number = self._number(identifier)
        out.append(f'<sup><a href="#n-{escape(_anchor(identifier))}">[{number}]</a></sup>')
        self._mixed(element, out)

    def _number(self, identifier: str | None) -> int:
        return self._numbers.setdefault(
            identifier or f"\0{len(self._numbers)}", len(self._numbers) + 1
        )

    def _list(self, element: Element, out: list[str]) -> None:
        tag = "ol" if element.get("listType", "").lower() == "ordered" else "ul"
        items: list[str] = []
        beside: list[str] = []
        _say_words(element.text, beside)
        for child in element:
            if isinstance(child.tag, str):
                if local_name(child) == "item":
                    self._wrapped_item(child, items)
                else:
                    self._element(child, beside)
            _say_words(child.tail, beside)
        out += beside
        out.append(f"<{tag}{self._attributes(element)}>")
        out += items
        out.append(f"</{tag}>")

    def _wrapped_item(self, element: Element, out: list[str]) -> None:
        begin, end = _revision(element)
        out.append(f"<li{self._attributes(element)}>{begin}")
        self._mixed(element, out)
        out.append(f"{end}</li>")

    def _table(self, element: Element, out: list[str]) -> None:
        captions: list[str] = []
        stray: list[str] = []
        rows: list[str] = []
        self._rows(element, rows, stray, captions)
        out += stray
        out.append(f'<div class="table" tabindex="0"><table{self._attributes(element)}>')
        if captions:
            out.append("<caption>")
            out += captions
            out.append("</caption>")
        out += rows
        out.append("</table></div>")

    def _rows(
        self, element: Element, out: list[str], stray: list[str], captions: list[str]
    ) -> None:
        """Write what may stand in a table; what may not goes to ``stray``."""
        _say_words(element.text, stray)
        for child in element:
            if isinstance(child.tag, str):
                name = local_name(child)
                if name in _ROWS:
                    out.append(f"<{name}{self._attributes(child)}>")
                    self._rows(child, out, stray, captions)
                    out.append(f"</{name}>")
                elif name in _CELLS:
                    self._cell(child, name, out)
                elif name == "caption":
                    self._mixed(child, captions)
                elif name in {"col", "colgroup"}:
                    self._rows(child, stray, stray, captions)
                else:
                    self._element(child, stray)
            _say_words(child.tail, stray)

    def _cell(self, element: Element, name: str, out: list[str]) -> None:
        spans = "".join(
            f' {span}="{value}"'
            for span in ("colspan", "rowspan")
            if _SPAN.fullmatch(value := element.get(span, "").strip())
        )
        scope = element.get("scope", "")
        if name == "th" and scope in _SCOPES:
            spans += f' scope="{scope}"'
        out.append(f"<{name}{spans}{self._attributes(element)}>")
        self._mixed(element, out)
        out.append(f"</{name}>")

    def _loose(self, element: Element, out: list[str]) -> None:
        """Write a row or a cell that stands outside a table."""
        self._wrapped(element, "div", out)


def _revision(element: Element) -> tuple[str, str]:
    """Return what stands before and after an element that was added or deleted, in HTML."""
    tag, word = _REVISIONS.get(element.get("revised", ""), ("", ""))
    return (f'<{tag} title="{word}">', f"</{tag}>") if tag else ("", "")


def _anchor(identifier: str) -> str:
    return re.sub(r"\s", "_", identifier)


def _say(text: str | None, out: list[str]) -> None:
    if text:
        out.append(escape(text))


def _say_words(text: str | None, out: list[str]) -> None:
    if text and not text.isspace():
        out.append(escape(text))


_WRITERS: dict[str, Callable[[Narrative, Element, list[str]], None]] = {
    "br": Narrative._break,
    "linkHtml": Narrative._link,
    "renderMultiMedia": Narrative._image,
    "footnote": Narrative._footnote,
    "footnoteRef": Narrative._footnote_reference,
    "list": Narrative._list,
    "table": Narrative._table,
    **dict.fromkeys((*_ROWS, *_CELLS, "item"), Narrative._loose),
}
