"""``cda-tools serve``: the validator as a service on this machine."""

from urllib.parse import urlsplit

import click

from cda_tools.batch import Settings
from cda_tools.batch.running import cores
from cda_tools.cli.extras import needs
from cda_tools.cli.inputs import max_size
from cda_tools.cli.validating import time_limit, validation_options
from cda_tools.reading.safexml import Limits
from cda_tools.validation import Options

SUMMARY = "la validation comme service sur cette machine (HTTP)"
EXAMPLE = "cda-tools serve --port 8080"

# base64 swells by a third, and JSON escapes a little more.
_SWOLLEN = 1.5


@click.command(short_help=SUMMARY)
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADRESSE", help="Adresse d'écoute."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
    help="Port d'écoute ; 0 : un port libre, affiché.",
)
@click.option(
    "--workers", type=click.IntRange(1, 60), help="Processus de travail (par défaut un par cœur)."
)
@time_limit
@click.option(
    "--allow-host",
    "allowed",
    multiple=True,
    metavar="NOM",
    help="Autre nom d'hôte admis, sans port (répétable).",
)
@click.option(
    "--public-url",
    metavar="URL",
    help="Adresse publique, derrière un mandataire : base des adresses des réponses.",
)
@validation_options
@max_size
def command(
    host: str,
    port: int,
    workers: int | None,
    timeout: float,
    allowed: tuple[str, ...],
    public_url: str | None,
    options: Options,
    limits: Limits,
) -> None:
    """Répond en HTTP : page à « / », validation, ligne, rendu, chaînes, et les contrats des
    clients KoSIT, ITB, Gazelle, EVS, FHIR ($validate) et validator-wrapper.

    Rien ne sort de cette machine, rien n'est écrit, et aucune requête d'un autre site n'est
    admise. Ctrl-C ou SIGTERM : les requêtes en cours sont terminées d'abord.
    """
    needs("uvicorn", "serve", "serve")
    needs("starlette", "serve", "serve")
    needs("python_multipart", "serve", "serve")
    from cda_tools.serve import running  # noqa: PLC0415  the extra's libraries
    from cda_tools.serve.guard import Rules  # noqa: PLC0415

    public_host, public_origin = _public(public_url)
    rules = Rules(
        hosts=running.hosts(host, (*allowed, *public_host)),
        origins=frozenset(public_origin),
        size=int(limits.size * _SWOLLEN),
        seconds=max(timeout, 5.0),
    )
    if not running.local(host):
        click.echo(
            f"cda-tools : attention, {host} est joignable par le réseau : ce service n'a ni "
            "authentification ni chiffrement",
            err=True,
        )
    settings = Settings(options, limits, timeout=timeout)
    service = running.application(
        settings, rules, workers=workers or cores(), public_url=public_url
    )
    running.run(service, host, port)


def _public(url: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the host and the origin that a public address lets in."""
    if url is None:
        return (), ()
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise click.UsageError("--public-url : une adresse http ou https est attendue")
    return (parts.hostname,), (f"{parts.scheme}://{parts.netloc}".lower(),)
