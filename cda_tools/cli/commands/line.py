"""``cda-tools line``: one line a document, read from its header alone."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from cda_tools.cli import inputs
from cda_tools.cli.exits import Outcome
from cda_tools.cli.options import to_file
from cda_tools.cli.output import say, say_json, say_markup
from cda_tools.line import FIELDS, MINIMUM_WIDTH
from cda_tools.model.document import Document
from cda_tools.reading.safexml import Limits
from cda_tools.reports import line as report

SUMMARY = "une ligne par document : type, date, titre, auteur"
EXAMPLE = "cda-tools line --width 100 documents/"

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# A link that runs a program in the page, or that is a page of its own.
_UNSAFE = re.compile(r"\s*(?:javascript|vbscript|data)\s*:", re.IGNORECASE)


class _FieldList(click.ParamType[tuple[str, ...]]):
    """A comma-separated choice among FIELDS, in the order to be shown."""

    name = "champs"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        names = tuple(name.strip() for name in str(value).split(",") if name.strip())
        unknown = [name for name in names if name not in FIELDS]
        if unknown or not names:
            self.fail(f"« {value} » : champs possibles : {', '.join(FIELDS)}", param, ctx)
        return tuple(dict.fromkeys(names))


def _href(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Take a link whose places are known, and that runs nothing."""
    if value is None:
        return None
    unknown = [name for name in _PLACEHOLDER.findall(value) if name not in report.PLACEHOLDERS]
    if unknown:
        possible = ", ".join(f"{{{name}}}" for name in report.PLACEHOLDERS)
        raise click.BadParameter(f"« {{{unknown[0]}}} » : repères possibles : {possible}")
    if _UNSAFE.match(value):
        raise click.BadParameter("ce lien exécuterait un programme dans la page")
    return value


@click.command(short_help=SUMMARY)
@click.argument("paths", metavar="CHEMIN...", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "json"]),
    default="text",
    show_default=True,
    help="Texte, fragment HTML à intégrer, ou JSON.",
)
@click.option(
    "--fields",
    type=_FieldList(),
    default=FIELDS,
    help=f"Champs montrés, dans cet ordre (par défaut {', '.join(FIELDS)}).",
)
@click.option(
    "--width",
    type=click.IntRange(min=MINIMUM_WIDTH),
    help="Largeur maximale, en colonnes de terminal (un caractère large en prend deux).",
)
@click.option("--repeat-title", is_flag=True, help="Montre aussi un titre qui répète le type.")
@click.option("--patient", is_flag=True, help="Nomme le patient quand il est l'auteur.")
@click.option(
    "--sort",
    type=click.Choice(report.SORTS),
    help="Ordre des lignes : la plus récente d'abord (date), sinon alphabétique.",
)
@click.option(
    "--current",
    is_flag=True,
    help="Laisse de côté les documents remplacés ou retirés, et dit combien.",
)
@click.option(
    "--href",
    callback=_href,
    metavar="LIEN",
    help="Lien de chaque ligne HTML, par exemple « view?id={id} » "
    "(repères : {id}, {root}, {extension}, {path}).",
)
@click.option("--page", is_flag=True, help="Page HTML entière, avec son style.")
@click.option("--caption", help="Titre de la page HTML, avec --page.")
@click.option("--css", is_flag=True, help="Affiche la feuille de style des fragments HTML.")
@click.option(
    "--template",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Gabarit Jinja2 de l'utilisateur (variable « entries »).",
)
@inputs.max_size
@to_file
def command(
    paths: tuple[str, ...],
    form: str,
    fields: tuple[str, ...],
    width: int | None,
    repeat_title: bool,
    patient: bool,
    sort: str | None,
    current: bool,
    href: str | None,
    page: bool,
    caption: str | None,
    css: bool,
    template: Path | None,
    limits: Limits,
) -> None:
    """Affiche une ligne par document : type · date · titre · auteur (profession, structure).

    CHEMIN est un fichier, un dossier (parcouru en entier), « - » (entrée standard) ou un index
    fait par « cda-tools index ». Seul l'en-tête est lu, quelle que soit la taille du document.
    """
    if css:
        from cda_tools.line import html  # noqa: PLC0415  Jinja2 is loaded only for HTML

        say(html.css(), end="")
        return
    inputs.require(paths)
    if (page or template) and form == "json":
        raise click.UsageError("--page et --template donnent du HTML : pas avec --format json")
    in_html = page or template is not None or form == "html"
    if href and not in_html:
        raise click.UsageError("--href est pour le HTML : --format html, --page ou --template")
    if caption and not page:
        raise click.UsageError("--caption est le titre de la page : avec --page")
    outcome = Outcome()
    read = _watched(inputs.Inputs(limits, outcome).unwatched(paths), outcome)
    found = report.lines(read, fields, repeat_title=repeat_title, patient=patient)
    if form != "json":
        every = len(found)
        found = report.with_documents(found)
        _say_left_out(every - len(found), "message{} sans document")
        every = len(found)
        found = report.without_signatures(found)
        _say_left_out(every - len(found), "signature{} de lot", "laissée{} de côté")
    if current:
        every = len(found)
        found = report.current(found)
        _say_left_out(every - len(found), "document{} remplacé{} ou retiré{}")
    if sort:
        found = report.ordered(found, sort)
    if width is not None:
        found = report.fitted(found, fields, width)
    if in_html:
        entries = report.html_entries(found, fields, href)
        _print_html(entries, page=page, caption=caption, template=template)
    elif form == "json":
        say_json([report.to_json(line) for line in found])
    else:
        for line in found:
            say(line.text)
    outcome.exit()


def _watched(documents: Iterable[Document], outcome: Outcome) -> Iterator[Document]:
    """Yield documents; what a message without document says is no finding on one."""
    for one in documents:
        outcome.note(() if report.is_message(one) else one.findings)
        yield one


def _say_left_out(number: int, what: str, left: str = "laissé{} de côté") -> None:
    if number:
        plural = "s" if number > 1 else ""
        click.echo(f"{number} {what} : {left}".replace("{}", plural), err=True)


def _print_html(
    entries: list[Any], *, page: bool, caption: str | None, template: Path | None
) -> None:
    from cda_tools.line import html  # noqa: PLC0415  Jinja2 is loaded only for HTML

    if template:
        say_markup(html.with_template(template, entries))
    elif page:
        say_markup(html.page(entries, caption or html.DOCUMENTS))
    else:
        say_markup(html.snippets(entries))
