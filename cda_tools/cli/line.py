"""``cda-tools line``: one line a document, read from its header alone."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from cda_tools.cli import inputs
from cda_tools.cli.exits import Outcome
from cda_tools.cli.headers import documents
from cda_tools.cli.output import say, say_json, say_markup
from cda_tools.document import Document
from cda_tools.line import FIELDS, MINIMUM_WIDTH, compose, cut, fit_all, line_fields
from cda_tools.line.fields import LineFields
from cda_tools.reading.safexml import Limits
from cda_tools.reports import paths as places
from cda_tools.text import clean


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


@click.command(short_help="une ligne par document")
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
    help=f"Champs montrés, dans cet ordre (par défaut {','.join(FIELDS)}).",
)
@click.option(
    "--width",
    type=click.IntRange(min=MINIMUM_WIDTH),
    help="Largeur maximale, en colonnes de terminal (un caractère large en prend deux).",
)
@click.option("--repeat-title", is_flag=True, help="Montre aussi un titre qui répète le type.")
@click.option("--patient", is_flag=True, help="Nomme le patient quand il est l'auteur.")
@click.option("--page", is_flag=True, help="Page HTML entière, avec son style.")
@click.option("--css", is_flag=True, help="Affiche la feuille de style des fragments HTML.")
@click.option(
    "--template",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Gabarit Jinja2 de l'utilisateur (variable « entries »).",
)
@inputs.max_size
def command(
    paths: tuple[str, ...],
    form: str,
    fields: tuple[str, ...],
    width: int | None,
    repeat_title: bool,
    patient: bool,
    page: bool,
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
    outcome = Outcome()
    read = outcome.watch(documents(paths, limits))
    repeat_title = repeat_title or "type" not in fields
    whole = [_Line.of(one, fields, repeat_title=repeat_title, patient=patient) for one in read]
    lines = whole if width is None else _fitted(whole, fields, width)
    if template or page or form == "html":
        _print_html(lines, fields, page=page, template=template)
    elif form == "json":
        objects = [line.to_json() for line in lines]
        say_json(objects)
    else:
        for line in lines:
            say(line.text)
    outcome.exit()


@dataclass(frozen=True, slots=True)
class _Line:
    """A document's line: what is shown, and the whole of it."""

    document: Document
    shown: LineFields | None
    text: str
    whole: str

    @classmethod
    def of(
        cls,
        document: Document,
        fields: tuple[str, ...],
        *,
        repeat_title: bool,
        patient: bool,
    ) -> "_Line":
        if document.header is None:
            reasons = " ".join(finding.message for finding in document.findings)
            whole = f"document illisible · {places.shown(document.path)} · {clean(reasons)}"
            return cls(document, None, whole, whole)
        line = line_fields(
            document.header, document.context, repeat_title=repeat_title, patient=patient
        )
        whole = compose(line, fields)
        return cls(document, line, whole, whole)

    def to_json(self) -> dict[str, Any]:
        names = (*FIELDS, "datetime", "others")
        fields = {name: getattr(self.shown, name) for name in names} if self.shown else None
        return {
            "path": self.document.path,
            "carrier": self.document.carrier,
            "line": self.text if self.shown else None,
            "fields": fields,
            "findings": [one.to_dict() for one in self.document.findings],
        }


def _fitted(lines: list[_Line], fields: tuple[str, ...], width: int) -> list[_Line]:
    fitted = iter(fit_all([line.shown for line in lines if line.shown], fields, width))
    return [
        replace(line, shown=(shown := next(fitted)), text=compose(shown, fields))
        if line.shown
        else replace(line, text=cut(line.whole, width))
        for line in lines
    ]


def _print_html(
    lines: list[_Line], fields: tuple[str, ...], *, page: bool, template: Path | None
) -> None:
    from cda_tools.line import html  # noqa: PLC0415  Jinja2 is loaded only for HTML

    entries = [html.entry(line.document.path, line.shown, fields, line.whole) for line in lines]
    if template:
        say_markup(html.with_template(template, entries))
    else:
        say_markup(html.page(entries) if page else html.snippets(entries))
