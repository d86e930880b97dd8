"""Our own routes: a document, a message or an archive in the body; the outputs of the commands.

``POST /validate`` with JSON is HL7's validator-wrapper; with anything else, ours.
"""

from cda_tools.reports import outputs
from cda_tools.reports.run import Run
from cda_tools.serve.adapters import wrapper
from cda_tools.serve.asking import HTML, JSON, TEXT, XML, Answer, Ask, Refused, json_answer
from cda_tools.serve.content import Input, label
from cda_tools.serve.forms import files
from cda_tools.serve.routes import Told, Work
from cda_tools.serve.tools import Tools, with_profile

ORDER = 10
_FORM = "multipart/form-data"
_NDJSON = "application/x-ndjson"
# What a client that names no format is given, by what it accepts.
_BY_ACCEPT = {
    "application/json": "json",
    "text/html": "html",
    "text/plain": "text",
    _NDJSON: "jsonl",
    "application/sarif+json": "sarif",
    "application/fhir+json": "operationoutcome",
    "application/gzl.validation.report+json": "gazelle",
    "application/xml": "junit",
    "text/xml": "junit",
}
_FORMATS = ("json", *(name for name in outputs.names() if name != "json"))
_KINDS = {
    "html": HTML,
    "text": TEXT,
    "github": TEXT,
    "jsonl": _NDJSON,
    "junit": XML,
    "tar": XML,
    "svrl": XML,
    "sarif": "application/sarif+json",
    "operationoutcome": "application/fhir+json",
    "gazelle": "application/gzl.validation.report+json",
    "gazelle-v1": "application/gzl.validation.report+json",
}


def refusal(ask: Ask, reason: str, status: int) -> Answer:
    """Return ``{"error": …}``; for the wrapper's requests, its own form."""
    if ask.path == "/validate" and ask.kind == JSON:
        return wrapper.refusal(ask, reason, status)
    return json_answer({"error": reason}, status)


def validate(ask: Ask, tools: Tools) -> Answer:
    """Return the report of the documents in the body, in one of the command's formats."""
    if ask.kind == JSON:
        return wrapper.validate(ask, tools)
    form = asked_format(ask, _FORMATS, _BY_ACCEPT)
    profile = ask.asked("profile") or None
    run = Run(with_profile(tools.settings, profile).options)
    results = list(tools.results(inputs(ask), profile))
    if not results:
        raise Refused("aucun document dans ce qui a été envoyé")
    text = "".join(outputs.output(form).render(iter(results), run))
    valid = {result.report.valid for result in results}
    verdict = "FAILED" if False in valid else "UNDEFINED" if None in valid else "PASSED"
    return Answer(200, text.encode("utf-8", "replace"), _KINDS.get(form, JSON), verdict=verdict)


def inputs(ask: Ask) -> list[Input]:
    """Return what was sent: the parts of a form, or the body under the name in the query."""
    if ask.kind == _FORM:
        return files(ask)
    if not ask.body:
        raise Refused("le corps de la requête est vide")
    return [Input(label(ask.asked("name")), ask.body)]


def asked_format(ask: Ask, formats: tuple[str, ...], by_accept: dict[str, str]) -> str:
    """Return the format that the query names, else that which Accept prefers, else the first."""
    named = ask.asked("format")
    if named is not None:
        if named not in formats:
            raise Refused(f"format inconnu ; formats : {', '.join(formats)}")
        return named
    kinds = [kind for kind, form in by_accept.items() if form in formats]
    return by_accept.get(ask.prefers(*kinds) or "", formats[0])


_TAKES = ("application/xml", _FORM, "application/zip", "text/plain")
_NAME = ("name", "nom du fichier, pour les rapports")
_PROFILE = ("profile", "profil : 1.16, pre-1.16 ou auto")

ROUTES: tuple[Work | Told, ...] = (
    Work(
        "/validate",
        validate,
        "Valider : document, message, archive, ou formulaire de plusieurs fichiers",
        query=(("format", f"format : {', '.join(outputs.names())}"), _NAME, _PROFILE),
        takes=_TAKES,
    ),
)
