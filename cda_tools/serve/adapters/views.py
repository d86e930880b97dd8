"""Our own routes that show documents: inspect, line, chain, a rule's page."""

from dataclasses import asdict, replace

from cda_tools.chains import ChainFinding, build
from cda_tools.errors import InputError
from cda_tools.line import FIELDS, MINIMUM_WIDTH, html, one_line
from cda_tools.model.document import known
from cda_tools.rendering import render as rendered
from cda_tools.reports import chain_graphs, chain_tree, chains, inspection, kit_rules, screen
from cda_tools.reports import line as lines
from cda_tools.reports import rules as pages
from cda_tools.rules import catalogue
from cda_tools.serve.adapters.native import asked_format, inputs
from cda_tools.serve.asking import HTML, JSON, Answer, Ask, Refused, json_answer, text_answer
from cda_tools.serve.routes import Told, Work
from cda_tools.serve.service import Service
from cda_tools.serve.tools import Tools, with_profile
from cda_tools.validation import validate

ORDER = 11
# The page holds what it shows: its styles, images and PDF; nothing in it runs.
_PAGE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; object-src data:; "
    "frame-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


def refusal(ask: Ask, reason: str, status: int) -> Answer:
    """Return ``{"error": …}``."""
    return json_answer({"error": reason}, status)


def inspect(ask: Ask, tools: Tools) -> Answer:
    """Return each document's screen: the objects of ``inspect --format json``, or text."""
    form = asked_format(ask, ("json", "text"), {JSON: "json", "text/plain": "text"})
    options = with_profile(tools.settings, ask.asked("profile") or None).options
    options = replace(options, explain=True)
    found = [
        (document, validate(document, options))
        for document in tools.documents(inputs(ask), whole=True)
    ]
    if form == "text":
        return text_answer("\n".join(screen.plain(*one) for one in found) + "\n")
    return json_answer([inspection.to_json(*one) for one in found])


def render(ask: Ask, tools: Tools) -> Answer:
    """Return a document as one safe page; ``document``: its number among several, from 0."""
    found = list(tools.documents(inputs(ask), whole=True))
    number = ask.asked("document") or ("0" if len(found) == 1 else "")
    if not number.isdecimal() or int(number) >= len(found):
        raise Refused(f"{len(found)} document(s) : document= choisit lequel, à partir de 0")
    document = found[int(number)]
    remarks = None
    if ask.asked("findings") == "1":
        remarks = validate(document, tools.settings.options).findings
    page = rendered(document, findings=remarks)
    headers = (("Content-Security-Policy", _PAGE),)
    return Answer(200, page.encode("utf-8", "replace"), HTML, headers)


def line(ask: Ask, tools: Tools) -> Answer:
    """Return one line a document: JSON, text (``width``), or HTML fragments to embed."""
    accepted = {JSON: "json", "text/plain": "text", "text/html": "html"}
    form = asked_format(ask, ("json", "text", "html"), accepted)
    found = lines.lines(tools.documents(inputs(ask), whole=False))
    sort, width = ask.asked("sort"), ask.asked("width")
    if sort:
        if sort not in lines.SORTS:
            raise Refused(f"tri inconnu ; tris : {', '.join(lines.SORTS)}")
        found = lines.ordered(found, sort)
    if width:
        found = lines.fitted(found, FIELDS, _width(width))
    if form == "json":
        return json_answer([lines.to_json(one) for one in found])
    if form == "text":
        return text_answer("".join(f"{one.text}\n" for one in found))
    page = html.snippets(lines.html_entries(found, FIELDS))
    return Answer(200, page.encode("utf-8", "replace"), HTML)


def _width(text: str) -> int:
    if not text.isdecimal() or int(text) < MINIMUM_WIDTH:
        raise Refused(f"width : un nombre de colonnes, au moins {MINIMUM_WIDTH}")
    return int(text)


def chain(ask: Ask, tools: Tools) -> Answer:
    """Return the chains of versions of what was sent."""
    formats = ("json", "text", *chain_graphs.FORMATS)
    form = asked_format(ask, formats, {JSON: "json", "text/plain": "text"})
    read = list(tools.documents(inputs(ask), whole=False))
    found = build(known(read), describe=None if form == "json" else one_line)
    unread = [
        ChainFinding(finding, (one.path,), (None,))
        for one in read
        if one.header is None
        for finding in one.findings
    ]
    found = replace(found, findings=(*unread, *found.findings))
    if form == "json":
        return json_answer(chains.to_json(found))
    drawn = chain_tree.lines if form == "text" else chain_graphs.FORMATS[form]
    return text_answer("".join(f"{one}\n" for one in drawn(found)))


def rule(ask: Ask, service: Service) -> Answer:
    """Return what a rule asks: its page as text, or its texts as JSON.

    One of the service's kit is a list: several of its Schematrons may have the same.
    """
    name, kit = ask.parameters["id"], service.settings.options.kit
    in_json = ask.prefers("text/html", "text/plain", JSON) == JSON
    of_the_kit = kit_rules.rules(kit, [name]) if kit else []
    if of_the_kit and in_json:
        return json_answer([asdict(one) for one in of_the_kit])
    if of_the_kit:
        return text_answer(kit_rules.text(of_the_kit))
    try:
        found = catalogue.rule(name)
    except InputError as error:
        raise Refused(str(error), 404) from None
    if in_json:
        return json_answer(pages.objects([found])[0])
    return text_answer(pages.text([found]))


_QUERY = (("format", "format de la réponse"), ("name", "nom du fichier"))
_TAKES = ("application/xml", "multipart/form-data", "application/zip", "text/plain")

ROUTES: tuple[Work | Told, ...] = (
    Work("/inspect", inspect, "Un écran par document, verdict compris", query=_QUERY, takes=_TAKES),
    Work(
        "/line",
        line,
        "Une ligne par document",
        query=(*_QUERY, ("width", "colonnes"), ("sort", f"tri : {', '.join(lines.SORTS)}")),
        takes=_TAKES,
    ),
    Work(
        "/render",
        render,
        "Un document en page HTML",
        query=(
            ("document", "lequel, à partir de 0, là où il y en a plusieurs"),
            ("findings", "1 : les constats en marge"),
        ),
        takes=_TAKES,
    ),
    Work("/chain", chain, "Chaînes de versions", query=_QUERY, takes=_TAKES),
    Told("/rules/{id:path}", rule, "Ce que demande une règle"),
)
