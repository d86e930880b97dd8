"""What is said of a kit: what it is, what it holds, what is wrong in it."""

from collections.abc import Iterable, Iterator
from typing import Any

from cda_tools.kit.compiled import Compiled
from cda_tools.kit.kit import Kit
from cda_tools.reports.words import SEVERITIES
from cda_tools.rules.finding import Finding
from cda_tools.text import clean


def text(kit: Kit, found: list[Finding]) -> Iterator[str]:
    """Yield the lines of a kit's page."""
    yield f"Kit {kit.name}"
    yield f"  dossier            {clean(str(kit.folder.root))}"
    yield f"  empreinte          {kit.digest[:24]}"
    yield f"  profil d'en-tête   {_edition(kit)}"
    for layer in kit.layers:
        yield f"  {layer.name:<19}{_state(layer)}"
    run = [volet for volet in kit.volets if volet.number is not None]
    checks = sum(volet.checks for volet in run)
    yield f"  volets             {len(run)} sur {len(kit.volets)}, {_checks(checks)}"
    yield from defect_lines(found)


def defect_lines(found: Iterable[Finding]) -> Iterator[str]:
    """Yield a line a defect; nothing where there is none."""
    for finding in found:
        where = f" {clean(finding.location)}" if finding.location else ""
        yield f"  {SEVERITIES[finding.severity]} {finding.rule}{where}"
        yield f"    {clean(finding.message)}"


def to_json(kit: Kit, found: list[Finding]) -> dict[str, Any]:
    """Return the JSON object of a kit."""
    return {
        "name": kit.name,
        "path": str(kit.folder.root),
        "digest": kit.digest,
        "edition": kit.edition,
        "layers": [_object(layer) for layer in kit.layers],
        "volets": [_object(volet) for volet in kit.volets],
        "defects": [finding.to_dict() for finding in found],
    }


def _edition(kit: Kit) -> str:
    return f"édition {kit.edition}" if kit.edition else "inconnu de l'outil"


def _state(compiled: Compiled) -> str:
    return _checks(compiled.checks) if compiled.number is not None else "non exécutée"


def _checks(number: int) -> str:
    return f"{number} contrôle{'s' if number > 1 else ''}"


def _object(compiled: Compiled) -> dict[str, Any]:
    return {
        "name": compiled.name,
        "file": compiled.file,
        "runs": compiled.number is not None,
        "checks": compiled.checks,
    }
