"""An engine that knows nothing of ours: ISO's own style sheets, as lxml carries them, in SaxonC.

They follow the three official steps (includes, abstract patterns, XSLT); SaxonC evaluates the
expressions as XPath 2.0.
"""

import re
from collections import Counter
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

from lxml import etree
from saxonche import PySaxonApiError, PySaxonProcessor

SVRL = "{http://purl.oclc.org/dsdl/svrl}"
STEPS = ("iso_dsdl_include.xsl", "iso_abstract_expand.xsl", "iso_svrl_for_xslt1.xsl")
SKELETON = files("lxml.isoschematron") / "resources" / "xsl" / "iso-schematron-xslt1"
STOP = "stop"


@contextmanager
def engine():
    """Give an Official; SaxonC is started once a process."""
    with PySaxonProcessor(license=False) as processor, as_file(SKELETON) as folder:
        yield Official(processor, folder)


class Official:
    """Compiles Schematrons and runs them on documents."""

    def __init__(self, processor, folder: Path) -> None:
        self._processor = processor
        self._steps = [self._sheet(folder / name) for name in STEPS]
        self._compiled = {}

    def _sheet(self, path: Path):
        return self._processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(path))

    def compiled(self, schematron: Path):
        """Return the style sheet of a Schematron, written beside it so that its paths hold."""
        if schematron not in self._compiled:
            node = self._processor.parse_xml(xml_file_name=str(schematron))
            for step in self._steps:
                text = step.transform_to_string(xdm_node=node)
                # The skeleton writes XSLT 1.0 and refuses the rest; what it writes is 2.0 as well.
                text = text.replace('queryBinding="xslt2"', 'queryBinding="xslt"')
                # It declares each prefix, which for this one is not allowed.
                text = re.sub(r'<(\w+:)?ns [^>]*prefix="xml"[^>]*/>', "", text)
                node = self._processor.parse_xml(xml_text=text)
            sheet = etree.fromstring(text.encode())
            sheet.set("version", "2.0")
            for element in sheet.iter(f"{SVRL}*"):
                # A test is quoted as an attribute value template, in which braces are doubled.
                if "test" in element.attrib:
                    element.set("test", element.get("test").replace("{", "{{").replace("}", "}}"))
            written = schematron.with_suffix(".made.xsl")
            written.write_bytes(etree.tostring(sheet))
            self._compiled[schematron] = self._sheet(written)
        return self._compiled[schematron]

    def run(self, schematron: Path, document: bytes, name: Path):
        """Return how often rules fired and a Counter of what failed, or STOP.

        What failed: pattern, ``assert`` or ``report``, location, text with its blanks folded.
        """
        name.write_bytes(document)
        node = self._processor.parse_xml(xml_file_name=str(name))
        sheet = self.compiled(schematron)  # what does not compile is no stop: it is raised
        try:
            outcome = sheet.transform_to_string(xdm_node=node)
        except PySaxonApiError:
            return STOP
        root = etree.fromstring(outcome.encode())
        failed: Counter[tuple[str | None, str, str, str]] = Counter()
        pattern = None
        for element in root:
            if element.tag == f"{SVRL}active-pattern":
                pattern = element.get("id")
            elif element.tag in {f"{SVRL}failed-assert", f"{SVRL}successful-report"}:
                kind = "assert" if element.tag.endswith("assert") else "report"
                text = " ".join("".join(element.itertext()).split())
                failed[pattern, kind, element.get("test"), text] += 1
        return len(root.findall(f"{SVRL}fired-rule")), failed
