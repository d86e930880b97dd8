"""What a kit is compiled to: a sheet, and plain values that the cache keeps.

A run whose kit is in the cache needs nothing else of the compiler, which is not even imported.
"""

from dataclasses import dataclass, field

from lxml.etree import _Element

FAMILY = "1.2.250.1.213.1.1.1."
"""What the templateId that names a volet's family begins with."""
EVERY_DOCUMENT = "1.2.250.1.213.1.1.1.1"
"""The templateId of every document of the CI-SIS, which names no family."""

FUNCTIONS = "urn:cda-tools:kit"
"""The namespace of our own functions in a sheet."""
XSL = "http://www.w3.org/1999/XSL/Transform"
LAYER = f"{{{FUNCTIONS}}}layer"
"""The attribute of what is of one optional layer only: its number."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a Schematron is not run, or not as it was meant. ``rule``: of ``schemas/rules/kit.toml``.

    ``what``: the file or expression, ``reason`` in French.
    """

    rule: str
    what: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Compiled:
    """One Schematron. ``number``: its layer in the sheet, None where it is not run.

    ``name``: the layer's, or that of the volet. ``file``: in the kit. ``checks``: how many run.
    ``first``, ``after``: the numbers of its sources in the sheet. ``roots``: the templateIds that a
    volet's header rules ask for. ``family``: the one that names its family. ``documents``: the
    files that it reads.
    """

    name: str
    file: str
    number: int | None
    checks: int = 0
    first: int = 0
    after: int = 0
    faults: tuple[Fault, ...] = ()
    roots: tuple[str, ...] = ()
    family: str = ""
    documents: tuple[str, ...] = ()

    def owns(self, source: int) -> bool:
        """Tell whether a source of the sheet is one of its own."""
        return self.first <= source < self.after


@dataclass(frozen=True, slots=True)
class Source:
    """A check of the sheet, or a variable that may stop it. ``message``: texts, None for a value.

    ``kind``: ``assert``, ``report`` or ``let``.
    """

    kind: str
    pattern: str
    context: str
    test: str
    file: str
    line: int | None
    message: tuple[str | None, ...] = ()


@dataclass(slots=True)
class Compilation:
    """A kit's sheet, its Schematrons, and the sources of its checks.

    ``forgiven``: names that were found in spite of their case or encoding.
    """

    sheet: bytes
    layers: list[Compiled]
    volets: list[Compiled]
    sources: list[Source] = field(default_factory=list)
    forgiven: dict[str, str] = field(default_factory=dict)


def without_others(sheet: _Element, layer: int) -> _Element:
    """Take the optional layers but one out of a sheet, to compile less of it."""
    for element in list(sheet.iter(f"{{{XSL}}}template", f"{{{XSL}}}if")):
        parent = element.getparent()
        if parent is not None and element.get(LAYER, str(layer)) != str(layer):
            parent.remove(element)
    return sheet
