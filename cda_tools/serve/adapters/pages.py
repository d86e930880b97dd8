"""The page at ``/``, and what it is made of: three files of the package, nothing from elsewhere."""

from functools import cache
from importlib.resources import files

from cda_tools.reports.run import Run
from cda_tools.serve.asking import HTML, Answer, Ask, Refused, json_answer, text_answer
from cda_tools.serve.openapi import document
from cda_tools.serve.routes import Told, Work
from cda_tools.serve.service import VERSION, Service

ORDER = 0
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_KINDS = {
    "index.html": HTML,
    "app.js": "text/javascript; charset=utf-8",
    "style.css": "text/css; charset=utf-8",
}


def refusal(ask: Ask, reason: str, status: int) -> Answer:
    """Return a plain text."""
    return text_answer(reason, status)


def page(ask: Ask, service: Service) -> Answer:
    """Return the page."""
    return _file("index.html")


def part(ask: Ask, service: Service) -> Answer:
    """Return the page's script or style sheet."""
    name = ask.parameters["name"]
    if name not in _KINDS:
        raise Refused("page inconnue", 404)
    return _file(name)


def _file(name: str) -> Answer:
    headers = (
        ("Content-Security-Policy", _POLICY),
        ("Cache-Control", "no-cache"),
        # Without any referrer, the page's own form would be posted with the origin "null".
        ("Referrer-Policy", "same-origin"),
    )
    return Answer(200, _content(name), _KINDS[name], headers)


@cache
def _content(name: str) -> bytes:
    return (files("cda_tools.serve") / "page" / name).read_bytes()


def health(ask: Ask, service: Service) -> Answer:
    """Return whether the workers are ready."""
    state = {"status": "UP" if service.ready else "STARTING", "version": VERSION}
    return json_answer(state, 200 if service.ready else 503)


def healthcheck(ask: Ask, service: Service) -> Answer:
    """Return an empty 200 once the workers are ready."""
    return Answer(200 if service.ready else 503)


def version(ask: Ask, service: Service) -> Answer:
    """Return the versions that an answer depends on, and what is wrong in the kit."""
    options = service.settings.options
    return json_answer(
        {
            "name": "cda-tools",
            "version": VERSION,
            "profile": options.profile,
            "edition": options.edition,
            "kit": options.kit_label,
            "kit_defects": [one.to_dict() for one in Run(options).kit_defects],
        }
    )


def described(ask: Ask, service: Service) -> Answer:
    """Return the OpenAPI description of every route."""
    return json_answer(document(ask.base))


ROUTES: tuple[Work | Told, ...] = (
    Told("/", page, "La page du service"),
    Told("/page/{name}", part, "Script et style de la page"),
    Told("/health", health, "État du service"),
    Told("/healthcheck", healthcheck, "État du service, sans corps"),
    Told("/version", version, "Versions : outil, profil, édition, kit et ses défauts"),
    Told("/openapi.json", described, "Cette description"),
)
