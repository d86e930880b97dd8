"""PATH arguments to documents, where a path may also be an index of ``cda-tools index``."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from cda_tools.carriers import Carried
from cda_tools.chains import ChainFinding
from cda_tools.cli import inputs
from cda_tools.cli.exits import Outcome
from cda_tools.cli.headers import split
from cda_tools.document import read_carried_header
from cda_tools.errors import InputError
from cda_tools.index import Index
from cda_tools.index.pseudonyms import Pseudonymiser
from cda_tools.model.document import Document, Known, known
from cda_tools.model.identifiers import key
from cda_tools.reading.digest import content_digest
from cda_tools.reading.safexml import Limits
from cda_tools.rules.finding import Finding


@dataclass(slots=True)
class Sources:
    """The documents of some paths, read once, and what stood in the way of reading others.

    Where one of the paths is an index, the headers of the others lose the patient's identity
    in the same way as the index's have, so that they compare.
    """

    limits: Limits
    outcome: Outcome
    unread: list[ChainFinding] = field(default_factory=list)
    pseudonymiser: Pseudonymiser | None = None

    def received(self, paths: Iterable[str]) -> Iterator[Known]:
        """Yield the documents that have a header. Raise InputError on two indexes."""
        files, indexes = split(paths)
        if len(indexes) > 1:
            raise InputError("un seul index à la fois : leurs patients ne se comparent pas")
        for path in indexes:
            with Index(path) as index:
                self.pseudonymiser = index.pseudonymiser
                yield from self._watched(index.documents())
        if files:
            yield from self.read(files)

    def read(self, files: Iterable[str]) -> Iterator[Known]:
        """Yield the documents of files and folders that have a header."""
        documents = _with_digests(inputs.carried(files), self.limits)
        if self.pseudonymiser:
            documents = map(self.pseudonymiser.document, documents)
        yield from self._watched(documents)

    def _watched(self, documents: Iterable[Document]) -> Iterator[Known]:
        for one in documents:
            self.outcome.note(one.findings)
            if one.header is None:
                self.unread += [_about(finding, one.path) for finding in one.findings]
            yield from known([one])


def _with_digests(carried: Iterable[Carried], limits: Limits) -> Iterator[Document]:
    """Read headers; then, whole, only the files whose document has the id of another."""
    found: list[Document] = []
    files: list[Path | None] = []
    times: Counter[str] = Counter()
    for one in carried:
        document = read_carried_header(one, limits)
        at_hand = isinstance(one.source, bytes) and document.header is not None
        digest = content_digest(one.data()) if at_hand else None
        found.append(replace(document, digest=digest))
        files.append(one.source if isinstance(one.source, Path) else None)
        if document.header and document.header.id:
            times[key(document.header.id)] += 1
    for document, file in zip(found, files, strict=True):
        header = document.header
        if file and header and header.id and times[key(header.id)] > 1:
            yield replace(document, digest=_digest(file))
        else:
            yield document


def _digest(file: Path) -> str | None:
    try:
        return content_digest(file.read_bytes())
    except OSError:
        return None


def _about(finding: Finding, path: str) -> ChainFinding:
    return ChainFinding(finding, (path,), (None,))


def with_unread(findings: tuple[ChainFinding, ...], sources: Sources) -> tuple[ChainFinding, ...]:
    """Add what stood in the way of reading to what chaining says of several documents."""
    unread = sorted(sources.unread, key=lambda one: (one.paths, one.finding.rule))
    return (*unread, *findings)
