"""What a consumer does with each document that arrives: as text or JSON."""

from collections.abc import Iterator
from typing import Any

from cda_tools.chains.intake import Decision, IntakeAction
from cda_tools.model.document import Known
from cda_tools.reports.chains import finding_to_json
from cda_tools.reports.objects import SCHEMA_VERSION, identifier_to_json
from cda_tools.text import clean

ACTIONS = {
    IntakeAction.ACCEPT: "accepté",
    IntakeAction.STORE: "conservé",
    IntakeAction.REJECT: "rejeté",
    IntakeAction.WITHDRAW: "à supprimer",
}


def to_json(one: Known, decision: Decision) -> dict[str, Any]:
    """Return the object of one document."""
    return {
        "schema_version": SCHEMA_VERSION,
        "path": one.path,
        "id": identifier_to_json(one.header.id),
        "action": decision.action.value,
        "reason": decision.reason,
        "supersedes": [identifier_to_json(each) for each in decision.supersedes],
        "becomes_current": decision.becomes_current,
        "findings": [finding_to_json(found) for found in decision.findings],
    }


def lines(one: Known, decision: Decision) -> Iterator[str]:
    """Yield the decision, then what it replaces and what chaining says."""
    yield f"{ACTIONS[decision.action]} · {clean(one.path)} · {clean(decision.reason)}"
    for each in details(decision):
        yield f"    {each}"


def details(decision: Decision) -> Iterator[str]:
    """Yield what a document replaces, and what chaining says of it."""
    for each in decision.supersedes:
        yield f"remplace {clean(str(each))}"
    for found in decision.findings:
        yield f"{found.finding.rule} : {clean(found.finding.message)}"
