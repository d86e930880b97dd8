"""Chains as HTML rows: a heading a chain, one row a document with its status in words."""

from collections.abc import Iterable, Iterator

from cda_tools.chains import Chain, ChainFinding, Chains, Status, Version
from cda_tools.model.document import Document
from cda_tools.model.header import Identifier
from cda_tools.reports import rows
from cda_tools.reports.chain_tree import STATUS, size, summary, why_none
from cda_tools.reports.paths import shown
from cda_tools.reports.rows import Group, Row
from cda_tools.reports.words import SEVERITIES
from cda_tools.text import without_ins

CAPTION = "Versions des documents"
_SEVERAL = "Constats qui ne sont pas d'une seule chaîne"
_Key = tuple[str, Identifier | None]


def html(chains: Chains, documents: Iterable[Document], *, page: bool = False) -> str:
    """Return a fragment, or a whole page; ``documents``: those that were chained."""
    found: dict[_Key, Document] = {}
    for one in documents:
        found.setdefault((one.path, one.header.id if one.header else None), one)
    groups = [_group(chain, found) for chain in chains.chains]
    if chains.findings:
        groups.append(Group((), _SEVERAL, list(_findings(chains.findings))))
    render = rows.page if page else rows.snippet
    return render(CAPTION, [summary(chains)], groups)


def _group(chain: Chain, found: dict[_Key, Document]) -> Group:
    details = [] if chain.current is not None else [why_none(chain)]
    return Group(
        [_row(chain, version, found) for version in chain.documents],
        f"Chaîne {shown(without_ins(chain.key))} · {size(chain)}",
        [*details, *_findings(chain.findings)],
    )


def _row(chain: Chain, version: Version, found: dict[_Key, Document]) -> Row:
    status = STATUS[version.status]
    if version.status is Status.CURRENT and chain.current is None:
        status = f"{status} ?"
    number = "" if version.version is None else f" (v{version.version})"
    document = found.get((version.path, version.id)) or Document(version.path)
    return Row(version.status, f"{status}{number}", document, shown(version.path))


def _findings(found: Iterable[ChainFinding]) -> Iterator[str]:
    for one in found:
        finding = one.finding
        paths = ", ".join(shown(path) for path in one.paths)
        yield f"{SEVERITIES[finding.severity]} {finding.rule} : {finding.message} ({paths})"
