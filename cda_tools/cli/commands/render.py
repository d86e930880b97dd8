"""``cda-tools render``: a document as one HTML page to read or print."""

import click

from cda_tools.cli import inputs, single
from cda_tools.cli.exits import Outcome
from cda_tools.cli.options import to_file
from cda_tools.cli.output import say_markup
from cda_tools.cli.validating import validation_options
from cda_tools.reading.safexml import Limits
from cda_tools.validation import Options, validate

SUMMARY = "un document en page HTML : en-tête, copie PDF, texte de chaque section"
EXAMPLE = "cda-tools render document.xml --findings --output page.html"


@click.command(short_help=SUMMARY)
@click.argument("path", metavar="CHEMIN")
@single.number
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
@to_file
@inputs.max_size
def command(
    path: str,
    number: int | None,
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
    say_markup(
        render(document, patient=patient, findings=found, open_pdf=open_pdf, pdf_href=pdf_href)
    )
    outcome.exit()
