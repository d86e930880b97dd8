"""Lines as HTML to embed in a DPI's screen, or as a page of their own.

Other pages of the project embed them too: :func:`css` once, then :func:`snippet` for each.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from cda_tools import pages
from cda_tools.carriers.base import unreadable
from cda_tools.errors import InputError
from cda_tools.line.composing import compose, groups
from cda_tools.line.fields import FIELDS, LineFields
from cda_tools.line.fitting import Core
from cda_tools.line.states import is_current
from cda_tools.line.telling_apart import cores

DOCUMENTS = "Documents"
_ROOM = "cda_tools.line"
# How much of a title's end is kept where no word of it tells it from the others of its list.
_END_OF_TITLE = 14
_LEAST_START = 4
_LONGEST_WORD = 24
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


@dataclass(frozen=True, slots=True)
class Snippet:
    """One document for the templates: ``line`` is None where it could not be read.

    ``tooltip``: the whole line, however the shown fields were cut; or why there is none.
    ``title``: the title in two: what gives way first, then what tells it apart with what follows.
    ``data``: attributes ``data-…`` by name. ``href``: where a click leads, None for nowhere.
    ``superseded``: a newer version is known, or the document was withdrawn.
    """

    path: str
    line: LineFields | None
    groups: Sequence[tuple[str, ...]]
    tooltip: str
    title: tuple[str, str] = ("", "")
    data: Mapping[str, str] = field(default_factory=dict)
    href: str | None = None

    @property
    def superseded(self) -> bool:
        """Tell whether another version, or none, is in force."""
        return self.line is not None and not is_current(self.line.state)


def entry(
    path: str,
    line: LineFields | None,
    fields: Sequence[str] = FIELDS,
    tooltip: str | None = None,
    core: Core | None = None,
) -> Snippet:
    """Return what the templates need of one document.

    ``tooltip``: the whole line, where ``line`` was cut. ``core``: the part of the title that
    tells it from the others of its list, as :func:`cores_of` gives it.
    """
    if tooltip is None:
        tooltip = compose(line, fields) if line else ""
    return Snippet(
        path,
        line,
        groups(line, fields) if line else (),
        tooltip,
        _in_two(line.title, core) if line and line.title else ("", ""),
    )


def cores_of(lines: Iterable[LineFields | None]) -> list[Core | None]:
    """Return, for the lines of a list in their order, what tells each title from the others.

    Titles are compared where type and date are the same; None where nothing needs to be kept.
    """
    lines = list(lines)
    titles: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
    for line in lines:
        if line and line.title:
            titles[line.type, line.date].add(line.title)
    found = {key: cores(same) if len(same) > 1 else {} for key, same in titles.items()}
    return [
        found[line.type, line.date].get(line.title) if line and line.title else None
        for line in lines
    ]


def _in_two(title: str, core: Core | None) -> tuple[str, str]:
    """Return the beginning of a title, which gives way first, and the rest."""
    start = core[0] if core else 0
    if core is None and len(title) > 2 * _END_OF_TITLE:
        start = _word_near(title, len(title) - _END_OF_TITLE)
    # Parts of a text that reads from the right would stand in the wrong order.
    if start < _LEAST_START or any(
        unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in title
    ):
        start = 0
    return title[:start], title[start:]


def _word_near(title: str, place: int) -> int:
    """Return where the first word from a place starts, or the one that the place is in.

    A word that is longer than any is cut at the place.
    """
    after = title.find(" ", place) + 1
    before = title.rfind(" ", 0, place) + 1
    return after or (before if place - before < _LONGEST_WORD else place)


def snippet(one: Snippet) -> Markup:
    """Return the ``<div class="cda-line">`` of one document, every text escaped.

    It needs the style sheet (:func:`css`) once in its page, and no script.
    """
    return Markup(snippets([one]).rstrip())


def snippets(entries: Iterable[Snippet]) -> str:
    """Return one ``<div class="cda-line">`` a document, every text escaped."""
    return pages.environment(_ROOM).get_template("snippet.html").render(entries=entries)


def page(entries: Iterable[Snippet], caption: str = DOCUMENTS) -> str:
    """Return a whole HTML page with its style, to open or print as it is (A4, landscape)."""
    template = pages.environment(_ROOM).get_template("lines.html")
    content = template.render(entries=[snippet(one) for one in entries])
    return pages.page(caption, Markup(content), css())


def css() -> str:
    """Return the style sheet of the snippets."""
    return str(pages.asset(_ROOM, "line.css"))


def with_template(template: Path, entries: Iterable[Snippet]) -> str:
    """Return what the user's own Jinja2 template makes of ``entries``.

    Texts are escaped unless the file's name ends in ``.txt``; the template runs in Jinja2's
    sandbox. Raise InputError, one line, where it cannot be read or fails.
    """
    environment = SandboxedEnvironment(autoescape=template.suffix != ".txt")
    try:
        source = template.read_text(encoding="utf-8")
    except OSError as error:
        raise unreadable(template, error) from None
    except UnicodeDecodeError:
        raise InputError(f"{template} : le gabarit n'est pas en UTF-8") from None
    try:
        return environment.from_string(source).render(entries=list(entries))
    except Exception as error:  # a template is a program of the user's: it may fail anyhow
        line = getattr(error, "lineno", None)
        where = f" (ligne {line})" if line else ""
        raise InputError(f"{template} : gabarit en erreur{where} : {error}") from None
