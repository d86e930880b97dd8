"""What a consumer does with each document that arrives, as HTML rows."""

from collections.abc import Iterable

from cda_tools.chains.intake import Decision
from cda_tools.model.document import Known
from cda_tools.reports import rows
from cda_tools.reports.intake import ACTIONS, details
from cda_tools.reports.paths import shown
from cda_tools.reports.rows import Group, Row
from cda_tools.text import clean

CAPTION = "Documents reçus"


def html(results: Iterable[tuple[Known, Decision]], *, page: bool = False) -> str:
    """Return a fragment, or a whole page, of one row a document."""
    found = [
        Row(
            decision.action,
            ACTIONS[decision.action],
            one,
            shown(one.path),
            [clean(decision.reason) or "", *details(decision)],
        )
        for one, decision in results
    ]
    plural = "s" if len(found) > 1 else ""
    render = rows.page if page else rows.snippet
    return render(CAPTION, [f"{len(found)} document{plural} reçu{plural}"], [Group(found)])
