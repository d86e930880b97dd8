"""A report whose schema errors say what the schema asks for at that place."""

from dataclasses import replace

from lxml.etree import _Element as Element

from cda_tools.validation.options import Options
from cda_tools.validation.report import Report

_XSD = "xsd"


def explained(report: Report, root: Element, options: Options) -> Report:
    """Return the report with the content model in words in the messages of the layer xsd.

    It costs nothing where that layer found no error; the first time it reads the schema, which
    takes about a second.
    """
    broken = next((one for one in report.layers if one.name == _XSD and one.valid is False), None)
    if broken is None:
        return report
    from cda_tools.validation.xsd.explain import explain  # noqa: PLC0415  slow: only when needed

    findings = list(broken.findings)
    for index, one in enumerate(explain(root, options.schema)):
        model = f" Le schéma attend : {one.model}." if one.model else ""
        findings[index] = replace(findings[index], text=one.reason.rstrip(".") + "." + model)
    layers = tuple(
        replace(layer, findings=tuple(findings)) if layer is broken else layer
        for layer in report.layers
    )
    return replace(report, layers=layers)
