"""Rows of documents with their state as HTML: what a DPI shows, as a fragment or a page.

One row a document: its state in words, its line (:mod:`cda_tools.line.html`), and what is said of
it. Colour says nothing that words do not. Every text is escaped; there is no script.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cda_tools import pages
from cda_tools.line import html as line_html
from cda_tools.line import line_fields
from cda_tools.line.fields import LineFields
from cda_tools.model.document import Document
from cda_tools.reports.paths import shown

_ROOM = "cda_tools.reports"


@dataclass(frozen=True, slots=True)
class Row:
    """One document: ``state`` in words, ``kind`` the same as a class name.

    ``place``: where it is, in words. ``details``: sentences; ``choices``: what the user may do.
    """

    kind: str
    state: str
    document: Document
    place: str
    details: Sequence[str] = ()
    choices: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading, None for none; ``details``: sentences about all of them."""

    rows: Sequence[Row]
    heading: str | None = None
    details: Sequence[str] = ()


def snippet(caption: str, summary: Iterable[str], groups: Iterable[Group]) -> str:
    """Return a ``<section class="cda-rows">`` to embed; it needs :func:`css` once in its page."""
    groups = list(groups)
    rows = [row for group in groups for row in group.rows]
    fields = [_fields(row.document) for row in rows]
    cores = line_html.cores_of(fields)
    lines = {
        id(row): line_html.snippet(
            line_html.entry(
                row.document.path,
                values,
                tooltip=None if values else f"document illisible · {shown(row.document.path)}",
                core=core,
            )
        )
        for row, values, core in zip(rows, fields, cores, strict=True)
    }
    template = pages.environment(_ROOM).get_template("rows.html")
    return template.render(
        caption=caption,
        summary=list(summary),
        groups=groups,
        line=lambda row: lines[id(row)],
        shown=shown,
    )


def page(caption: str, summary: Iterable[str], groups: Iterable[Group]) -> str:
    """Return a whole page with its style, to open or print as it is."""
    return pages.page(caption, Markup(snippet(caption, summary, groups)), css())


def css() -> str:
    """Return the style sheet of the rows and of the lines in them."""
    return f"{line_html.css()}\n{pages.asset(_ROOM, 'rows.css')}"


def _fields(document: Document) -> LineFields | None:
    if document.header is None:
        return None
    return line_fields(document.header, document.context)
