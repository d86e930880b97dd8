"""The pieces of a dossier that are made of documents, each with what it shows."""

import json
import platform
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version

from lxml import etree

from cda_tools import pages
from cda_tools.batch import Result
from cda_tools.chains import build
from cda_tools.dmp import Comparison
from cda_tools.dmp.states import State
from cda_tools.document import Document
from cda_tools.dossier.copies import Copy, digest
from cda_tools.dossier.requirements import (
    CHAINS,
    DMP,
    EDITIONS,
    HASHES,
    LINES,
    REPORT,
    REPORT_JSON,
    Facts,
    Requirement,
)
from cda_tools.line import html as line_html
from cda_tools.line.fields import FIELDS, UNTOLD
from cda_tools.model.document import known
from cda_tools.reports import chain_html, dmp_html, outputs
from cda_tools.reports import line as line_report
from cda_tools.reports.chains import unread_findings
from cda_tools.reports.dmp import Told
from cda_tools.reports.dmp_text import count_line, summary
from cda_tools.reports.replay import Replay
from cda_tools.reports.run import Run
from cda_tools.reports.tally import Tally
from cda_tools.resources import schemas
from cda_tools.validation import Options

Pieces = dict[str, str]


def reports(results: Iterable[Result], run: Run, facts: Facts) -> Pieces:
    """Return the validation report as a page and as JSON."""
    tally = Tally()
    with Replay() as replay:
        kept = replay.kept(tally.watch(results))
        page = "".join(outputs.output("html").render(kept, run))
        data = "".join(outputs.output("json").render(replay.again(), run))
    facts.documents, facts.valid = tally.documents, tally.valid
    facts.invalid, facts.unchecked = tally.invalid, tally.unchecked
    facts.kit, facts.edition = run.options.kit_label, run.options.edition
    return {REPORT: page, REPORT_JSON: data}


def lines(documents: Iterable[Document], facts: Facts, *, patient: bool) -> Pieces:
    """Return the page of lines, the newest document first."""
    found = line_report.with_documents(line_report.lines(documents, patient=patient))
    found = line_report.ordered(line_report.without_signatures(found), "date")
    shown = [one.fields for one in found if one.fields]
    facts.lines = len(shown)
    for one in shown:
        texts = {
            "type": one.type,
            "date": one.datetime,
            "author": one.author,
            "details": one.structure or one.profession,
        }
        names = [name for name, text in texts.items() if text and text not in UNTOLD] + (
            [one.place] if one.place else []
        )
        for name in names:
            facts.shows[name] = facts.shows.get(name, 0) + 1
    return {LINES: line_html.page(line_report.html_entries(found, FIELDS))}


def chains(documents: Sequence[Document], facts: Facts) -> Pieces:
    """Return the page of chains; nothing where no document has a header."""
    chained = list(known(documents))
    unread = [one for one in documents if one.header is None and not one.is_statement]
    if not chained:
        return {}
    found = build(chained)
    found = replace(found, findings=(*unread_findings(unread), *found.findings))
    facts.chains = len(found.chains)
    facts.versions = sum(len({one.id for one in chain.documents}) > 1 for chain in found.chains)
    return {CHAINS: chain_html.html(found, chained, page=True)}


def visit(comparison: Comparison, facts: Facts, structures: int) -> Pieces:
    """Return the page of a visit to the DMP."""
    facts.dmp, facts.other_patient = tuple(summary(comparison)), comparison.other_patient
    states = [one.state for one in comparison.documents]
    facts.newer = states.count(State.NEWER_LISTED)
    facts.vanished = states.count(State.NO_LONGER_LISTED)
    facts.structures = structures
    if comparison.by_others is not None and not comparison.other_patient:
        facts.counted = count_line(comparison)
    return {DMP: dmp_html.html(Told(comparison), page=True)}


def hashes(files: Iterable[Copy]) -> Pieces:
    """Return SHA-256 and size in bytes of each file that was read."""
    rows = "".join(f"{one.digest}  {one.size:>10}  {one.name}\n" for one in files)
    return {HASHES: f"# SHA-256, taille en octets, nom dans ce dossier\n{rows}"}


def editions(options: Options, now: datetime) -> Pieces:
    """Return what judged: tool, libraries, edition, kit, and the digest of each schema."""
    folder = schemas()
    kinds = {".xsd", ".sch", ".xsl", ".toml", ".tsv"}
    files = sorted(one for one in folder.rglob("*") if one.suffix in kinds)
    told = {
        "schema_version": 1,
        "date": now.isoformat(timespec="seconds"),
        "cda-tools": version("cda-tools"),
        "python": platform.python_version(),
        "lxml": version("lxml"),
        "libxml2": ".".join(map(str, etree.LIBXML_VERSION)),
        "profile": options.profile,
        "edition": options.edition,
        "kit": options.kit_label,
        "strict": options.strict,
        "layers": list(options.layers),
        "schema": options.schema.name if options.schema else None,
        "sha256": {one.relative_to(folder).as_posix(): digest(one) for one in files},
    }
    return {EDITIONS: json.dumps(told, ensure_ascii=False, indent=2) + "\n"}


def index(  # noqa: PLR0913  what a title page says
    requirement: Requirement,
    facts: Facts,
    files: Sequence[Copy],
    pieces: Iterable[str],
    *,
    run: Run,
    now: datetime,
    named: bool,
    notes: Sequence[str],
) -> str:
    """Return the first page: what is proved, what is not, which piece shows what."""
    there = set(pieces)
    rows = [
        (point, told if (told := point.told(facts)) and _is_there(point.piece, there) else None)
        for point in requirement.points
    ]
    return (
        pages.environment("cda_tools.dossier")
        .get_template("index.html")
        .render(
            requirement=requirement,
            rows=rows,
            shown=sum(told is not None for _, told in rows),
            files=files,
            pieces=sorted(there),
            facts=facts,
            run=run,
            version=version("cda-tools"),
            now=now,
            named=named,
            notes=notes,
            css=pages.asset("cda_tools.reports", "report.css"),
        )
    )


def _is_there(piece: str | None, there: set[str]) -> bool:
    if piece is None:
        return False
    return piece in there or (piece.endswith("/") and any(one.startswith(piece) for one in there))
