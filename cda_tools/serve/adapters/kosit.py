"""The daemon of the KoSIT validator: a document posted to any path, VARL back.

200 acceptable, 406 not acceptable, 422 not processed, and then no VARL at all: clients take any
VARL for a verdict. The last segment of the path is the document's name.
"""

import hashlib
import sys
from itertools import count

from lxml import etree

from cda_tools.reports.contracts import varl
from cda_tools.reports.contracts.verdict import Judged, Outcome
from cda_tools.serve.asking import Answer, Ask, Refused, text_answer, xml_answer
from cda_tools.serve.content import Input, label
from cda_tools.serve.routes import ANYTHING, Told, Work
from cda_tools.serve.service import VERSION, Service
from cda_tools.serve.tools import Tools, now, verdicts

ORDER = 90
"""Last: it takes any path."""
_DAEMON = "http://www.xoev.de/de/validator/framework/1/daemon"
_OTHERS = frozenset({"rest", "evs", "gazelle", "fhir", "validator"})
"""First segments of other contracts: a path of theirs that does not exist is nobody's document."""
_numbers = count(1)


def refusal(ask: Ask, reason: str, status: int) -> Answer:
    """Return a plain text, which nobody takes for a verdict."""
    return text_answer(reason, status)


def validate(ask: Ask, tools: Tools) -> Answer:
    """Return the VARL report of the document in the body."""
    if ask.path.lstrip("/").partition("/")[0] in _OTHERS:
        raise Refused("page inconnue", 404)
    if ask.kind.startswith("multipart/"):
        raise Refused("multipart est refusé : envoyez le document seul")
    if not ask.body.strip():
        raise Refused("le corps de la requête est vide")
    name = label(ask.path.rpartition("/")[2], f"supplied_instance_{next(_numbers)}")
    verdict = verdicts(tools, [Input(name, ask.body)])[0]
    if verdict.outcome is Outcome.UNDEFINED:
        return text_answer(_reasons(verdict), 422)
    digest = hashlib.sha256(ask.body).digest()
    root = varl.report(verdict, now(), digest=digest, version=VERSION)
    status = 200 if verdict.outcome is Outcome.PASSED else 406
    return xml_answer(root, status, verdict=verdict.outcome.value)


def _reasons(verdict: Judged) -> str:
    told = [f"{item.rule} : {item.message}" for item in verdict.items if item.level == "fatal"]
    layers = ", ".join(verdict.not_run)
    return "\n".join(told) or f"Document non vérifié ; couches non exécutées : {layers}."


def health(ask: Ask, service: Service) -> Answer:
    """Return the daemon's state: DOWN until the workers are ready."""
    root = etree.Element(f"{{{_DAEMON}}}health", nsmap={None: _DAEMON})
    _add(root, "status", "UP" if service.ready else "DOWN")
    application = _add(root, "application")
    for name, text in (("name", "cda-tools"), ("version", VERSION), ("build", "0")):
        _add(application, name, text)
    memory = _add(root, "memory")
    used = _used()
    for name in ("freeMemory", "maxMemory", "totalMemory"):
        _add(memory, name, str(0 if name == "freeMemory" else used))
    return xml_answer(root, 200 if service.ready else 503)


def _used() -> int:
    """Return the most bytes that the service's own process has used; 0 where nothing tells."""
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        return 0
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


def config(ask: Ask, service: Service) -> Answer:
    """Return 404: the scenarios are not files here."""
    raise Refused("il n'y a pas de fichier de scénarios", 404)


def nothing(ask: Ask, service: Service) -> Answer:
    """Return 404 for what is nobody's."""
    raise Refused("page inconnue ; la page du service est à « / »", 404)


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    found = etree.SubElement(parent, f"{{{_DAEMON}}}{name}")
    found.text = text
    return found


ROUTES: tuple[Work | Told, ...] = (
    Told("/server/health", health, "KoSIT : état"),
    Told("/server/config", config, "KoSIT : scénarios"),
    Work("/", validate, "KoSIT : valider le document du corps", takes=("application/xml",)),
    Work(ANYTHING, validate, "KoSIT : valider le document du corps", takes=("application/xml",)),
    Told(ANYTHING, nothing, "KoSIT : autre page"),
)
