"""A visit to the DMP as HTML: the screen of CDA/DD.05 and DMP/UX.15."""

from collections.abc import Iterator

from markupsafe import escape

from cda_tools.dmp import Choice, Compared, Comparison
from cda_tools.reports import rows
from cda_tools.reports.dmp import Told
from cda_tools.reports.dmp_text import (
    ABSENT,
    NEW,
    REPLACING,
    STATES,
    count_line,
    details,
    findings,
    not_here,
    summary,
)
from cda_tools.reports.paths import shown
from cda_tools.reports.rows import Group, Row

CAPTION = "Documents du dossier et du DMP"
LOCAL, IN_DMP = "Dossier local", "Dans le DMP, absents du dossier local"
_KINDS = {REPLACING: "replacing", NEW: "new", ABSENT: "absent-here"}
_CHOICES = {
    Choice.KEEP: "conserver dans le dossier local",
    Choice.REMOVE: "retirer du dossier local",
}


def html(told: Told, *, page: bool = False, count: bool = False) -> str:
    """Return a fragment, or a whole page; ``count``: the number of DMP/UX.15 alone."""
    comparison = told.comparison
    if count:
        text = escape(count_line(comparison))
        fragment = f'<p class="cda-dmp__count" lang="fr" dir="ltr">{text}</p>\n'
        return rows.page(CAPTION, [count_line(comparison)], []) if page else fragment
    render = rows.page if page else rows.snippet
    return render(CAPTION, _summary(comparison), groups(comparison))


def groups(comparison: Comparison) -> list[Group]:
    """Return the local documents, then those of the DMP that are not among them."""
    return [
        Group([_local(one) for one in comparison.documents], LOCAL),
        Group(
            [
                Row(_KINDS[state], state, version.document, "DMP")
                for state, version in not_here(comparison)
            ],
            IN_DMP,
        ),
    ]


def _summary(comparison: Comparison) -> Iterator[str]:
    yield from summary(comparison)
    for exchange in comparison.progress.exchanges:
        for finding in findings(exchange):
            yield f"{shown(exchange.answer.path)} : {finding.message}"


def _local(one: Compared) -> Row:
    return Row(
        kind=one.state,
        state=STATES[one.state],
        document=one.document,
        place=shown(one.document.path),
        details=list(details(one)),
        choices=[_CHOICES[each] for each in one.choices],
    )
