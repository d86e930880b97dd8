"""Several documents of one id: the same one twice, or two that should not share it."""

from collections.abc import Iterator

from cda_tools.chains.entry import Entry
from cda_tools.chains.result import ChainFinding, found
from cda_tools.model.header import Header


def check_copies(entries: list[Entry]) -> Iterator[ChainFinding]:
    """Compare by digest where there is one, else by header; never a digest with a header.

    What a registry says of a document, or a deletion message carries, is no copy of it.
    """
    copies = [entry for entry in entries if entry.comparable]
    digests = [entry for entry in copies if isinstance(entry.content, bytes | str)]
    headers = [entry for entry in copies if isinstance(entry.content, Header)]
    yield from _compared(digests, "octet par octet")
    yield from _compared(headers, "en-têtes seulement")


def _compared(entries: list[Entry], how: str) -> Iterator[ChainFinding]:
    groups: dict[object, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.content, []).append(entry)
    if len(groups) > 1:
        yield _found("CHN-08", entries, count=len(groups), how=how)
    for same in groups.values():
        if len(same) > 1:
            yield _found("CHN-09", same, count=len(same), how=how)


def _found(rule: str, entries: list[Entry], *, count: int, how: str) -> ChainFinding:
    documents = [(entry.path, entry.id) for entry in entries]
    value = min(str(entry.id) for entry in entries)
    return found(rule, documents, value=value, count=count, how=how)
