"""Runs the layers on a document, in their order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lxml.etree import _Element as Element

from cda_tools.document import Document
from cda_tools.errors import CdaToolsError
from cda_tools.model.header import Header
from cda_tools.reading import safexml
from cda_tools.rules.finding import Finding
from cda_tools.validation import troubles
from cda_tools.validation.limits import limited
from cda_tools.validation.report import LayerResult, Report

LAYERS = ("xml", "xsd", "structuration-minimale", "text-1.16", "versions")
PROFILES = ("1.16", "pre-1.16", "auto")

# The day from which setId and versionNumber are mandatory.
_PUBLISHED_1_16 = date(2024, 9, 25)


@dataclass(frozen=True, slots=True)
class Options:
    """How to validate.

    ``profile``: one of PROFILES; ``auto`` is pre-1.16 for a document dated before 25/09/2024.
    ``strict``: warnings of the layer text-1.16 are errors. ``layers``: those to run, among
    LAYERS; ``xml`` always runs. ``schema``: another XML Schema than ours.
    """

    profile: str = "1.16"
    strict: bool = False
    layers: tuple[str, ...] = LAYERS
    schema: Path | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a profile or a layer that does not exist."""
        unknown = [name for name in self.layers if name not in LAYERS]
        if self.profile not in PROFILES:
            unknown.append(self.profile)
        if unknown:
            raise ValueError(f"couche ou profil inconnu : {', '.join(unknown)}")


def validate(document: Document, options: Options | None = None) -> Report:
    """Return the verdict of each layer on a document that was read whole.

    Layers that were not asked for, or that an error in the XML stops, are there as not run; so
    is one that breaks on the document, which is a finding of the layer ``check``.
    Raise InputError where ``schema`` cannot be used.

    >>> from cda_tools import read, validate
    >>> report = validate(read("fixtures/gazelle/sans-setid.xml"))
    >>> report.valid, sorted({finding.rule for finding in report.findings})
    (False, ['SM-SETID-01', 'SM-VERSION-01', 'VER-11'])
    """
    options = options or Options()
    profile = effective_profile(options.profile, document.header)
    layers = _carriage(document)
    broken = []
    for name in LAYERS[1:]:
        if document.root is None or name not in options.layers or _needs_header(name, document):
            layers.append(LayerResult(name, ran=False))
            continue
        before = [finding for layer in layers for finding in layer.findings]
        job = _Job(document.root, document.encoding, profile, options, before)
        try:
            findings = limited(_CHECKS[name](job), name, document.root)
        except CdaToolsError:
            raise
        except Exception as error:
            layers.append(LayerResult(name, ran=False))
            broken.append(troubles.unexpected(f"couche {name}", error))
        else:
            layers.append(LayerResult(name, ran=True, findings=tuple(findings)))
    if broken:
        layers.append(troubles.layer(*broken))
    return Report(document.path, profile, tuple(layers))


def _needs_header(name: str, document: Document) -> bool:
    """Tell whether a layer has nothing to say of XML that is no ClinicalDocument.

    The official schema and Schematron give their verdict on any XML: so do these layers.
    """
    return document.header is None and name not in {"xsd", "structuration-minimale"}


def effective_profile(profile: str, header: Header | None) -> str:
    """Return the profile that applies: ``auto`` is settled by the document's date."""
    if profile != "auto":
        return profile
    moment = header.date.moment if header and header.date else None
    return "pre-1.16" if moment and moment.date() < _PUBLISHED_1_16 else "1.16"


def _carriage(document: Document) -> list[LayerResult]:
    """Return the layer xml, and before it what the carrier says of itself, if anything.

    The layer xml did not run where the carrier brought no document, but metadata or nothing.
    """
    by_layer: dict[str, list[Finding]] = {}
    for finding in document.findings:
        by_layer.setdefault(finding.layer, []).append(finding)
    xml = by_layer.pop(safexml.LAYER, [])
    carriage = [
        LayerResult(name, ran=True, findings=tuple(found), checks=False)
        for name, found in by_layer.items()
    ]
    ran = document.root is not None or bool(xml)
    return [*carriage, LayerResult(safexml.LAYER, ran=ran, findings=tuple(xml))]


@dataclass(frozen=True, slots=True)
class _Job:
    """What a layer is given: the ClinicalDocument, and what was found before."""

    root: Element
    encoding: str
    profile: str
    options: Options
    before: list[Finding]


# Each layer is imported when it first runs: schemas and rules are compiled once a process.


def _xsd(job: _Job) -> list[Finding]:
    from cda_tools.validation.xsd import layer as xsd  # noqa: PLC0415

    return xsd.check(job.root, job.options.schema)


def _structuration_minimale(job: _Job) -> list[Finding]:
    from cda_tools.validation.structuration_minimale import layer as structuration_minimale  # noqa: PLC0415

    return structuration_minimale.check(job.root, job.profile)


def _text_1_16(job: _Job) -> list[Finding]:
    from cda_tools.validation import text_1_16  # noqa: PLC0415

    return text_1_16.check(
        job.root, profile=job.profile, encoding=job.encoding, strict=job.options.strict
    )


def _versions(job: _Job) -> list[Finding]:
    from cda_tools.validation import versions  # noqa: PLC0415

    return versions.check(job.root, profile=job.profile, encoding=job.encoding, before=job.before)


_CHECKS: dict[str, Callable[[_Job], list[Finding]]] = {
    "xsd": _xsd,
    "structuration-minimale": _structuration_minimale,
    "text-1.16": _text_1_16,
    "versions": _versions,
}
