"""The validation report of the Gazelle validation service, models 0.1 (v1) and 2.0 (v2).

Readers compute the results again, the heaviest of PASSED, FAILED and UNDEFINED wins: a layer
that did not run because an earlier one failed has no sub-report (it is told in
``additionalMetadata``), and one without anomaly holds one assertion that passed.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import version as installed
from typing import Any
from uuid import uuid4

from cda_tools.batch import Result
from cda_tools.reports.contracts.places import xpath
from cda_tools.reports.contracts.several import only
from cda_tools.reports.contracts.verdict import (
    Item,
    Judged,
    Level,
    Outcome,
    Step,
    judged,
    worst,
)
from cda_tools.reports.paths import relative, shown
from cda_tools.reports.run import Run

DISCLAIMER = (
    "Vérification automatique par cda-tools : elle ne remplace pas l'avis de l'éditeur du "
    "référentiel."
)
NOTHING = "Aucune anomalie."
_SEVERITIES = {
    Level.ERROR: ("ERROR", "MANDATORY", "FAILED"),
    Level.WARNING: ("WARNING", "RECOMMENDED", "FAILED"),
    Level.INFORMATION: ("INFO", "PERMITTED", "PASSED"),
}
_COUNTERS = (
    "numberOfAssertions",
    "numberOfFailedWithInfos",
    "numberOfFailedWithWarnings",
    "numberOfFailedWithErrors",
    "numberOfUnexpectedErrors",
)
_UNDEFINED = "numberOfUndefined"


class Model(StrEnum):
    """The two models of a report."""

    V1 = "0.1"
    V2 = "2.0"


def report(
    verdicts: Sequence[Judged],
    when: datetime,
    *,
    version: str,
    model: Model = Model.V2,
    names: Sequence[str] = (),
) -> dict[str, Any]:
    """Return the report of one or several documents; ``when`` has an offset.

    Several documents, or ``names`` (one for each), make a sub-report a document.
    """
    if len(verdicts) == 1 and not names:
        reports = _reports(verdicts[0], model)
    else:
        titles = names or [one.path for one in verdicts]
        reports = [_document(name, one, model) for name, one in zip(titles, verdicts, strict=True)]
    profile = verdicts[0].profile if verdicts else "1.16"
    outcome = worst(one.outcome for one in verdicts)
    found = _frame(profile, when, version, model) | {"overallResult": outcome.value}
    metadata = _metadata(verdicts)
    if metadata:
        found["additionalMetadata"] = metadata
    return found | {
        "reports": reports,
        "counters": _sum((one["subCounters"] for one in reports), model),
    }


def undefined(
    profile: str, name: str, message: str, when: datetime, *, version: str, model: Model
) -> dict[str, Any]:
    """Return the report of a request for which nothing could be validated."""
    sub = _sub("check", [], [{"name": name, "message": message}], model)
    frame = _frame(profile, when, version, model)
    return frame | {
        "overallResult": Outcome.UNDEFINED.value,
        "reports": [sub],
        "counters": sub["subCounters"],
    }


def _frame(profile: str, when: datetime, version: str, model: Model) -> dict[str, Any]:
    method = {
        "validationServiceName": "cda-tools",
        "validationServiceVersion": version,
        "validationProfileID": profile,
    }
    if model is Model.V2:
        method["validationProfileName"] = profile_name(profile)
    method["validationProfileVersion"] = profile
    return {
        "modelVersion": model.value,
        "uuid": str(uuid4()),
        "dateTime": when.isoformat(timespec="milliseconds"),
        "disclaimer": DISCLAIMER,
        "validationMethod": method,
    }


def profile_name(profile: str) -> str:
    """Return a profile's name as it is shown."""
    return f"CDA, structuration minimale {profile}"


def _metadata(verdicts: Sequence[Judged]) -> list[dict[str, str]]:
    editions = ", ".join(dict.fromkeys(one.edition for one in verdicts))
    not_run = dict.fromkeys(name for one in verdicts for name in one.not_run)
    kits = ", ".join(dict.fromkeys(one.kit for one in verdicts if one.kit))
    values = {"edition": editions, "kit": kits, "layersNotRun": ", ".join(not_run)}
    return [{"name": name, "value": value} for name, value in values.items() if value]


def _document(name: str, verdict: Judged, model: Model) -> dict[str, Any]:
    reports = _reports(verdict, model)
    return {
        "name": name,
        "subReportResult": verdict.outcome.value,
        "subReports": reports,
        "subCounters": _sum((one["subCounters"] for one in reports), model),
    }


def _reports(verdict: Judged, model: Model) -> list[dict[str, Any]]:
    found = [_step(step, model) for step in verdict.steps if step.shown]
    if verdict.unlooked:
        # Nothing failed, and something was not looked at: a reader must not find it passed.
        layers = ", ".join(verdict.not_run)
        error = {"name": "incomplete", "message": f"Couches non exécutées : {layers}."}
        found.append(_sub("check", [], [error], model))
    return found


def _step(step: Step, model: Model) -> dict[str, Any]:
    errors = [
        {"name": item.rule, "message": item.message}
        for item in step.items
        if item.level is Level.FATAL
    ]
    items = [item for item in step.items if item.level is not Level.FATAL]
    assertions = [_assertion(item, model) for item in items]
    if not assertions and not errors:
        severity, priority, result = _SEVERITIES[Level.INFORMATION]
        assertions = [
            {"description": NOTHING, "severity": severity, "priority": priority, "result": result}
        ]
    return _sub(step.name, assertions, errors, model)


def _assertion(item: Item, model: Model) -> dict[str, Any]:
    severity, priority, result = _SEVERITIES[item.level]
    found: dict[str, Any] = {
        "assertionID": item.rule,
        "assertionType": item.layer,
        "description": item.message,
    }
    place = item.location or (f"line {item.line}" if item.line else None)
    if place:
        found["subjectLocation"] = place
    if (path := xpath(item.location)) and model is Model.V2:
        found["subjectLocations"] = [
            {"inputId": "contentToValidate", "type": "XPath", "value": path}
        ]
    return found | {"severity": severity, "priority": priority, "result": result}


def _sub(
    name: str, assertions: list[dict[str, Any]], errors: list[dict[str, str]], model: Model
) -> dict[str, Any]:
    failed = [one["severity"] for one in assertions if one["result"] == "FAILED"]
    if errors:
        result = Outcome.UNDEFINED
    else:
        result = Outcome.FAILED if "ERROR" in failed else Outcome.PASSED
    found: dict[str, Any] = {"name": name, "subReportResult": result.value}
    if assertions:
        found["assertionReports"] = assertions
    if errors:
        found["unexpectedErrors"] = errors
    numbers = (
        len(assertions),
        failed.count("INFO"),
        failed.count("WARNING"),
        failed.count("ERROR"),
        len(errors),
    )
    counters = dict(zip(_COUNTERS, numbers, strict=True))
    if model is Model.V2:
        counters[_UNDEFINED] = 0
    return found | {"subCounters": counters}


def _sum(counters: Iterable[dict[str, int]], model: Model) -> dict[str, int]:
    names = (*_COUNTERS, _UNDEFINED) if model is Model.V2 else _COUNTERS
    total = dict.fromkeys(names, 0)
    for one in counters:
        for name, number in one.items():
            total[name] += number
    return total


def rendered(results: Iterable[Result], run: Run, model: Model) -> Iterator[str]:
    """Yield the report of a run of ``validate``, in pieces: the documents' verdicts come last."""
    tool = installed("cda-tools")
    single, results = only(results)
    when = datetime.now(UTC)
    profile = run.options.profile
    if single and not run.interrupted:
        yield _dump(report([judged(single.report)], when, version=tool, model=model)) + "\n"
        return
    outcomes: set[Outcome] = set()
    counters: list[dict[str, int]] = [_sum((), model)]
    frame = _dump(_frame(profile, when, tool, model)).removesuffix("}")
    separator = f'{frame}, "reports": [\n'
    for result in results:
        verdict = judged(result.report)
        outcomes.add(verdict.outcome)
        found = _document(shown(relative(verdict.path)), verdict, model)
        counters = [_sum((*counters, found["subCounters"]), model)]
        yield separator + _dump(found)
        separator = ",\n"
    empty = "" if outcomes else separator
    metadata = {
        "edition": run.options.edition,
        "kit": run.options.kit_label,
        "interrupted": "true" if run.interrupted else "",
    }
    told = [{"name": name, "value": value} for name, value in metadata.items() if value]
    end = {
        "overallResult": worst(outcomes).value,
        "additionalMetadata": told,
        "counters": counters[0],
    }
    yield f"{empty}\n],\n{_dump(end).removeprefix('{')}\n"


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
