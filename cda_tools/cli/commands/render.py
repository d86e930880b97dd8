"""``cda-tools render``: a document as one HTML page to read or print."""

from pathlib import Path

import click

from cda_tools.cli import inputs, single
from cda_tools.cli.exits import Outcome
from cda_tools.cli.options import validation_options
from cda_tools.cli.output import opened
from cda_tools.reading.safexml import Limits
from cda_tools.reports.escapes import Escape
from cda_tools.validation import Options, validate

SUMMARY = "un document en page HTML : en-tête, copie PDF, texte de chaque section"
EXAMPLE = "cda-tools render document.xml --findings --output page.html"


@click.command(short_help=SUMMARY)
@click.argument("path", metavar="CHEMIN")
@single.number
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Écrit la page dans un fichier (UTF-8), et non sur la sortie standard.",
)
@click.option("--patient", is_flag=True, help="Montre aussi l'identité du patient.")
@click.option("--findings", is_flag=True, help="Montre en marge les constats de la validation.")
@click.option(
    "--open-pdf",
    is_flag=True,
    help="Ouvre d'emblée le PDF dans la page (charge la visionneuse du navigateur).",
)
@click.option(
    "--pdf-href",
    metavar="LIEN",
    help="Lien vers le PDF que sert le logiciel, à la place du PDF dans la page.",
)
@validation_options
@inputs.max_size
def command(
    path: str,
    number: int | None,
    output: Path | None,
    patient: bool,
    findings: bool,
    open_pdf: bool,
    pdf_href: str | None,
    options: Options,
    limits: Limits,
) -> None:
    """Montre un document entier : l'en-tête, la copie PDF, puis le texte de chaque section.

    CHEMIN est un fichier ou « - » (entrée standard), document ou message qui en porte. La page
    se suffit à elle-même : aucun programme, aucune requête, rien de la feuille de style du
    document ; le texte y est mot pour mot. Sans --patient, l'identité de l'en-tête est masquée.
    """
    from cda_tools.rendering import render  # noqa: PLC0415  Jinja2 is loaded only for HTML

    document = single.document(path, number, limits)
    outcome = Outcome()
    outcome.note(document.findings)
    found = None
    if findings:
        report = validate(document, options)
        found = report.findings
        outcome.note(report.counting(strict=options.strict))
    page = render(document, patient=patient, findings=found, open_pdf=open_pdf, pdf_href=pdf_href)
    with opened(output, Escape.MARKUP) as write:
        write(page)
    outcome.exit()
