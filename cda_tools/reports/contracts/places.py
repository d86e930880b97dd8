"""An item's place in the words of other tools: an XPath that runs, a FHIRPath."""

import re

_STEP = re.compile(r"/([^/\[\]]+)(?:\[(\d+)\])?")
_ELEMENTS = re.compile(r"(/[\w.\-]+(\[\d+\])?)+\Z")


def executable(location: str | None, *, wrapped: bool) -> str:
    """Return an XPath that leads to the element whatever the prefixes; ``/`` where there is none.

    ``wrapped``: the ClinicalDocument, with which our locations begin, lies inside another root.
    """
    if location is None or not _ELEMENTS.match(location):
        return "/"
    steps = [f"*[local-name()='{name}'][{number or 1}]" for name, number in _STEP.findall(location)]
    start = "(//*[local-name()='ClinicalDocument'])[1]" if wrapped else f"/{steps[0]}"
    return "/".join((start, *steps[1:]))


def xpath(location: str | None) -> str | None:
    """Return the place where it is an XPath; None for the name of a file in an archive."""
    return location if location and location.startswith("/") else None


def fhirpath(location: str | None) -> str | None:
    """Return the place as a FHIRPath, whose indexes begin at 0; None where it is no element."""
    if location is None or not _ELEMENTS.match(location):
        return None
    return ".".join(
        name + (f"[{int(number) - 1}]" if number else "")
        for name, number in _STEP.findall(location)
    )
