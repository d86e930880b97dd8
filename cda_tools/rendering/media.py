"""The files of a document's entries (observationMedia), by the ID that the narrative refers to.

Source: HL7 CDA R2 § 4.3.5.6 (renderMultiMedia), § 4.3.6.5 and 4.3.6.6 (observationMedia,
regionOfInterest); CI-SIS, section FR-Document-PDF-copie.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from cda_tools.reading.datatypes import HL7, child, children, text
from cda_tools.rendering import encapsulated
from cda_tools.rendering.encapsulated import File, Kind

PDF_COPY = "1.2.250.1.213.1.1.2.243"
_MEDIA = f"{HL7}observationMedia"
_REGION = f"{HL7}regionOfInterest"
_SECTION = f"{HL7}section"
_COPY_CODE = "55108-5"
_LOINC = "2.16.840.1.113883.6.1"


@dataclass(frozen=True, slots=True)
class Medium:
    """An observationMedia: ``title`` is that of its section. ``copy``: it is the PDF copy."""

    element: Element
    file: File
    title: str
    copy: bool = False


class Media:
    """All media of a document. ``find`` and ``unshown`` say which the narrative asks for."""

    def __init__(self, document: Element) -> None:
        """Read every observationMedia of a ClinicalDocument, once."""
        self.all = [_medium(element) for element in document.iter(_MEDIA)]
        self._shown: set[Element] = set()
        self._by_section: dict[Element | None, list[Medium]] = {}
        for one in self.all:
            self._by_section.setdefault(_section_of(one.element), []).append(one)
        self._by_id = {
            identifier: [medium]
            for medium in reversed(self.all)
            if (identifier := medium.element.get("ID"))
        }
        by_element = {medium.element: medium for medium in self.all}
        for region in document.iter(_REGION):
            identifier = region.get("ID")
            if identifier and identifier not in self._by_id:
                self._by_id[identifier] = [by_element[one] for one in region.iter(_MEDIA)]

    def find(self, references: str) -> list[Medium]:
        """Return the media of a ``referencedObject``, a list of IDs, and note them as shown.

        A region of several media has them once: a page does not grow with the square of its
        references. An image that stands in several places has them all.
        """
        found = []
        for name in references.split():
            media = self._by_id.get(name, [])
            found += media
            self._shown.update(one.element for one in media)
            if len(media) > 1:
                self._by_id[name] = media[:1]
        return found

    def note(self, medium: Medium) -> None:
        """Note a medium as shown."""
        self._shown.add(medium.element)

    def copies(self) -> list[Medium]:
        """Return the PDF copies of the document, which are shown first."""
        return [one for one in self.all if one.copy and one.file.kind is Kind.PDF]

    def unshown(self, section: Element) -> Iterator[Medium]:
        """Yield the media of a section, not of those below it, that nothing has shown yet."""
        for one in self._by_section.get(section, ()):
            if one.element not in self._shown:
                yield one


def _medium(element: Element) -> Medium:
    section = _section_of(element)
    value = child(element, "value")
    file = (
        encapsulated.read(value)
        if value is not None
        else File("type non indiqué", Kind.OTHER, problem="le fichier manque")
    )
    title = (text(child(section, "title")) if section is not None else None) or "Fichier joint"
    return Medium(element, file, title, section is not None and is_copy(section))


def _section_of(element: Element) -> Element | None:
    return next(element.iterancestors(_SECTION), None)


def is_copy(section: Element) -> bool:
    """Tell whether a section holds the PDF copy of its document, by its template or its code."""
    if any(one.get("root") == PDF_COPY for one in children(section, "templateId")):
        return True
    code = child(section, "code")
    return code is not None and (code.get("code"), code.get("codeSystem")) == (_COPY_CODE, _LOINC)
