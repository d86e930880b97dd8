"""Runs the layers on a document, in their order."""

from datetime import date

from cda_tools.collector import collector_paused
from cda_tools.document import Readable, read
from cda_tools.errors import CdaToolsError
from cda_tools.model.document import Document
from cda_tools.model.header import Header
from cda_tools.reading import safexml
from cda_tools.rules.finding import Finding
from cda_tools.validation import troubles
from cda_tools.validation.common_causes import name_each_other
from cda_tools.validation.layers import Job, Layer, layers
from cda_tools.validation.limits import limited
from cda_tools.validation.options import Options
from cda_tools.validation.report import LayerResult, Report

# The day from which setId and versionNumber are mandatory.
_PUBLISHED_1_16 = date(2024, 9, 25)


def validate(document: Document | Readable, options: Options | None = None) -> Report:
    """Return the verdict of each layer on a document that was read whole, or can be read.

    ``document``: what :func:`cda_tools.read` returned, or what it takes.

    Layers that were not asked for, or that an error in the XML stops, are there as not run; so
    is one that breaks on the document, which is a finding of the layer ``check``.
    Raise InputError where ``schema`` cannot be used, and as :func:`cda_tools.read` does.

    >>> from cda_tools import validate
    >>> report = validate("fixtures/gazelle/sans-setid.xml")
    >>> report.valid, sorted({finding.rule for finding in report.findings})
    (False, ['SM-SETID-01', 'SM-VERSION-01', 'VER-11'])
    """
    options = options or Options()
    if not isinstance(document, Document):
        document = read(document)
    profile = effective_profile(options.profile, document.header)
    with collector_paused():
        results = _results(document, profile, options)
    return Report(
        document.path,
        profile,
        tuple(results),
        options.edition,
        options.kit_label,
        inside=document.inside,
    )


def _results(document: Document, profile: str, options: Options) -> list[LayerResult]:
    """Return what the carrier and each layer say, and of what broke in the layer ``check``."""
    results = _carriage(document)
    broken: list[Finding] = []
    for layer in layers():
        if not layer.exists(options):
            continue
        before = tuple(finding for result in results for finding in result.findings)
        job = Job(document, profile, options, before)
        try:
            results.append(_result(layer, job))
        except CdaToolsError:
            raise
        except MemoryError:
            results.append(LayerResult(layer.name, ran=False))
            broken.append(troubles.out_of_memory())
        except Exception as error:
            results.append(LayerResult(layer.name, ran=False))
            broken.append(troubles.unexpected(f"couche {layer.name}", error))
    results = name_each_other(results)
    if broken:
        results.append(troubles.layer(*broken))
    return results


def _result(layer: Layer, job: Job) -> LayerResult:
    asked = job.options.asks(layer.name) or layer.name == safexml.LAYER
    if not asked or not layer.can_run(job.document):
        return LayerResult(layer.name, ran=False, asked=asked)
    checked = layer.check(job)
    findings = tuple(checked.findings)
    if findings and job.document.root is not None:
        findings = tuple(limited(findings, layer.name, job.document.root))
    return LayerResult(
        layer.name,
        ran=checked.ran,
        findings=findings,
        applied=checked.applied,
    )


def effective_profile(profile: str, header: Header | None) -> str:
    """Return the profile that applies: ``auto`` is settled by the document's date."""
    if profile != "auto":
        return profile
    moment = header.date.moment if header and header.date else None
    return "pre-1.16" if moment and moment.date() < _PUBLISHED_1_16 else "1.16"


def _carriage(document: Document) -> list[LayerResult]:
    """Return what the carrier says of itself, if anything: one result a subject."""
    by_layer: dict[str, list[Finding]] = {}
    for finding in document.findings:
        if finding.layer != safexml.LAYER:
            by_layer.setdefault(finding.layer, []).append(finding)
    return [LayerResult(name, ran=True, findings=tuple(found)) for name, found in by_layer.items()]
