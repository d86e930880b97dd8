"""The JSON of a finding, an identifier, a layer and a document: one form in every command."""

import json
from typing import TYPE_CHECKING, Any

from cda_tools.model.header import Identifier
from cda_tools.rules.finding import Finding

if TYPE_CHECKING:
    from cda_tools.batch import Result
    from cda_tools.validation.report import LayerResult, Report


def report_to_json(report: "Report") -> dict[str, Any]:
    """Return the object of the jsonl contract for one document."""
    return {
        "path": report.path,
        "valid": report.valid,
        "profile": report.profile,
        "layers": [layer_to_json(layer) for layer in report.layers],
    }


def layer_to_json(layer: "LayerResult") -> dict[str, Any]:
    """Return one layer; ``valid`` is null where it did not run."""
    return {
        "name": layer.name,
        "ran": layer.ran,
        "valid": layer.valid,
        "issues": [finding_to_json(finding) for finding in layer.findings],
    }


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """Return one finding; ``location`` and ``line`` are null where there are none."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "location": finding.location,
        "line": finding.line,
    }


def identifier_to_json(identifier: Identifier | None) -> dict[str, str | None] | None:
    """Return ``{"root": …, "extension": …}``, or None."""
    if identifier is None:
        return None
    return {"root": identifier.root, "extension": identifier.extension}


def result_to_json(result: "Result") -> dict[str, Any]:
    """Return a document's object; ``hidden`` is there only where findings were left out."""
    found = report_to_json(result.report)
    if result.known or result.ignored:
        found["hidden"] = {"baseline": result.known, "ignored": len(result.ignored)}
    return found


def line(result: "Result") -> str:
    """Return the document's object on one line, without its end."""
    return json.dumps(result_to_json(result), ensure_ascii=False)
