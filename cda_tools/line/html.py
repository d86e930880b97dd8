"""Lines as HTML to embed in a DPI's screen, or as a page of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from cda_tools.carriers.base import unreadable
from cda_tools.errors import InputError
from cda_tools.line.composing import groups
from cda_tools.line.fields import LineFields


@dataclass(frozen=True, slots=True)
class Entry:
    """One document for the templates: ``line`` is None where it could not be read.

    ``tooltip``: the whole line, however the shown fields were cut; or why there is none.
    """

    path: str
    line: LineFields | None
    groups: Sequence[tuple[str, ...]]
    tooltip: str


def entry(path: str, line: LineFields | None, fields: Sequence[str], tooltip: str) -> Entry:
    """Return what the templates need of one document."""
    return Entry(path, line, groups(line, fields) if line else (), tooltip)


def snippets(entries: Iterable[Entry]) -> str:
    """Return one ``<div class="cda-line">`` a document, every text escaped."""
    return _environment().get_template("snippet.html").render(entries=entries)


def page(entries: Iterable[Entry]) -> str:
    """Return a whole HTML page with its style, to open as it is."""
    lines = [Markup(snippets([one]).rstrip()) for one in entries]
    return _environment().get_template("page.html").render(lines=lines, css=Markup(css()))


def css() -> str:
    """Return the style sheet of the snippets."""
    environment = _environment()
    assert environment.loader is not None
    return environment.loader.get_source(environment, "line.css")[0]


def with_template(template: Path, entries: Iterable[Entry]) -> str:
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


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("cda_tools.line"), autoescape=True)
