"""For people: findings grouped by document, then a summary."""

from collections import Counter
from collections.abc import Iterable, Iterator

from cda_tools.batch import Result
from cda_tools.reports.escapes import Escape
from cda_tools.reports.paths import shown
from cda_tools.reports.run import Run
from cda_tools.reports.screen import place, verdict
from cda_tools.reports.tally import FREQUENT, RuleTally, Tally, Verdict
from cda_tools.reports.words import SEVERITIES
from cda_tools.rules.finding import Finding, Severity
from cda_tools.text import clean
from cda_tools.validation import State

ESCAPE = Escape.REPLACED

_TITLE_WIDTH = 90
_LINES = 12  # line numbers of findings that say the same


def render(results: Iterable[Result], run: Run) -> Iterator[str]:
    """Yield each document's block, then the summary."""
    tally = Tally()
    for result in tally.watch(results):
        if not run.quiet or any(run.fails(one) for one in result.report.findings):
            lines = _document(result, explain=run.options.explain)
            yield "".join(f"{line}\n" for line in lines)
    yield "".join(f"{line}\n" for line in summary(tally, run))


def _document(result: Result, *, explain: bool) -> Iterator[str]:
    report = result.report
    yield f"{shown(report.path)} : {Verdict.of(report)}"
    for layer in report.layers:
        if layer.findings:
            yield f"  {layer.name} : {verdict(layer)}"
        for alike in _alike(layer.findings):
            yield from _findings(alike, explain=explain)
    not_run = [layer.name for layer in report.layers if not layer.ran and not layer.findings]
    if not_run:
        yield f"  non exécuté : {', '.join(not_run)}"
    hidden = result.known + len(result.ignored)
    if hidden:
        yield f"  constats masqués : {hidden}"


def _alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Return findings that say the same of several places together, in the order of the first."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        groups.setdefault((one.rule, one.message), []).append(one)
    return list(groups.values())


def _findings(alike: list[Finding], *, explain: bool) -> Iterator[str]:
    first = alike[0]
    start = f"    {SEVERITIES[first.severity]} {first.rule}"
    if len(alike) == 1:
        yield f"{start} {place(first)}".rstrip()
    else:
        lines = [str(one.line) for one in alike if one.line]
        told = ", ".join(lines[:_LINES]) + (", …" if len(lines) > _LINES else "")
        places = f" : lignes {told}" if lines else ""
        yield f"{start} × {len(alike)}{places} ({first.location or 'sans endroit'})"
    yield f"      {clean(first.message)}"
    if explain:
        from cda_tools.reports.remedies import remedy  # noqa: PLC0415  reads the whole catalogue

        yield from (f"      {line}" for line in remedy(first))


def summary(tally: Tally, run: Run) -> Iterator[str]:
    """Yield the lines that sum a run up."""
    yield ""
    yield f"Bilan ({run.described})"
    if run.interrupted:
        yield "  VALIDATION INTERROMPUE : seuls les documents ci-dessus ont été validés"
    yield f"  documents {tally.documents:>22}"
    if run.left_out.total:
        yield f"  laissés de côté {run.left_out.total:>16}"
    yield f"  conformes {tally.valid:>22}"
    yield f"  non conformes {tally.invalid:>18}"
    if tally.unchecked:
        yield f"  non validés {tally.unchecked:>20}"
    yield from _kit_defects(run)
    yield from _hidden(tally, run)
    yield f"  {tally.summary}"
    yield ""
    yield from _layers(tally, official=True)
    yield from _layers(tally, official=False)
    # A single document's findings stand just above; the catalogue of texts is not worth reading.
    rules = tally.rules() if tally.documents > 1 else []
    if rules:
        yield ""
        yield "  Règles les plus fréquentes"
        yield from (_rule(rule) for rule in rules[:FREQUENT])
    if len(rules) > FREQUENT:
        yield f"    et {len(rules) - FREQUENT} autres règles"


def _kit_defects(run: Run) -> Iterator[str]:
    """Yield how many defects the kit has; each is told in full on stderr, before the documents."""
    defects = [one.rule for one in run.kit_defects if one.severity > Severity.INFORMATION]
    if defects:
        counted = (
            f"{rule} × {number}" if number > 1 else rule
            for rule, number in Counter(defects).items()
        )
        yield f"  défauts du kit {len(defects):>17}   ({', '.join(counted)})"


def _layers(tally: Tally, *, official: bool) -> Iterator[str]:
    layers = {name: one for name, one in tally.layers.items() if one.official is official}
    neutral = any(layer.neutral for layer in layers.values())
    words = ("conformes", "non conformes") if official else (State.NO_ERROR, State.ERRORS)
    title = "couche officielle" if official else "autre couche"
    if layers:
        yield (
            f"  {title:<24}{words[0]:>14}{words[1]:>15}"
            f"{'neutre' if neutral else '':>{8 * neutral}}{'non exécutée':>14}"
        )
    for name, layer in layers.items():
        yield (
            f"  {name:<24}{layer.valid:>14}{layer.invalid:>15}"
            f"{layer.neutral if neutral else '':>{8 * neutral}}{layer.not_run:>14}"
        )


def _rule(rule: RuleTally) -> str:
    from cda_tools.reports.texts import text_of  # noqa: PLC0415  reads the whole catalogue

    text = text_of(rule.rule)
    of_kit = f"règle du kit, couche {rule.layer}" if "/" in rule.rule else ""
    title = text.title if text else of_kit
    if len(title) > _TITLE_WIDTH:
        title = title[: _TITLE_WIDTH - 1].rstrip() + "…"
    return (
        f"  {rule.count:>8}  {rule.rule + ' ':<18}{SEVERITIES[rule.severity]:<15}{title}".rstrip()
    )


def _hidden(tally: Tally, run: Run) -> Iterator[str]:
    if run.baseline:
        yield f"  constats connus masqués {tally.known:>8}   ({shown(run.baseline)})"
    for rule, reason in run.ignored.items():
        yield f"  règle ignorée {rule} : {tally.ignored[rule]} constat(s) ; motif : {reason}"
