"""The body of a document, section by section, with the findings that concern each.

Source: HL7 CDA R2 § 4.3 (structuredBody, nonXMLBody).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml.etree import _Element as Element
from markupsafe import Markup

from cda_tools.reading.datatypes import attribute, child, children, text
from cda_tools.reading.location import Locator
from cda_tools.rendering import encapsulated
from cda_tools.rendering.encapsulated import File
from cda_tools.rendering.media import Media
from cda_tools.rendering.narrative import Narrative
from cda_tools.rendering.showing import Budget, shown
from cda_tools.rules.finding import Finding

_DEEPEST_HEADING = 6


@dataclass(slots=True)
class Section:
    """A section to show: ``level`` is that of its heading, from 2."""

    level: int
    title: str | None
    narrative: Markup
    files: Sequence[Markup] = ()
    findings: list[Finding] = field(default_factory=list)


def sections(
    document: Element,
    narrative: Narrative,
    media: Media,
    budget: Budget,
    places: "Places",
) -> list[Section]:
    """Return the sections of a structuredBody in their order, those inside others after them."""
    body = child(child(document, "component"), "structuredBody")
    return list(_below(body, 2, _Room(narrative, media, budget, places)))


@dataclass(slots=True)
class _Room:
    narrative: Narrative
    media: Media
    budget: Budget
    places: "Places"


def _below(element: Element | None, level: int, room: _Room) -> Iterator[Section]:
    for component in children(element, "component"):
        for section in children(component, "section"):
            # A second text is one too many for the schema, and is shown all the same.
            written = Markup().join(map(room.narrative.html, children(section, "text")))
            found = Section(min(level, _DEEPEST_HEADING), _title(section), written)
            unshown = list(room.media.unshown(section))
            found.files = [shown(one.file, one.title, room.budget) for one in unshown]
            for one in unshown:
                room.media.note(one)
            room.places.note(section, found)
            yield found
            yield from _below(section, level + 1, room)


def _title(section: Element) -> str | None:
    """Return a section's title, else the label of its code."""
    code = child(section, "code")
    label = attribute(code, "displayName") if code is not None else None
    return text(child(section, "title")) or label


def file_of_body(document: Element) -> File | None:
    """Return the file that is the document's body (nonXMLBody), None for a structured one."""
    content = child(child(child(document, "component"), "nonXMLBody"), "text")
    return None if content is None else encapsulated.read(content)


class Places:
    """Gives each finding to the section it is in; what is in none is about the header."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Hold the findings until the sections are known."""
        self._findings = list(findings)
        self._locator = Locator()
        self._sections: dict[str, Section] = {}

    def note(self, element: Element, section: Section) -> None:
        """Note where a section is; nothing where there are no findings to place."""
        if self._findings:
            self._sections[self._locator.xpath(element)] = section

    def place(self) -> list[Finding]:
        """Give each section its findings, and return those that are in none of them."""
        others = []
        for finding in self._findings:
            place = finding.location or ""
            while place and place not in self._sections:
                place = place.rpartition("/")[0]
            if place:
                self._sections[place].findings.append(finding)
            else:
                others.append(finding)
        return others
