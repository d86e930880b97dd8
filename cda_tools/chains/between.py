"""What is wrong between chains: documents that ids connect and that patients keep apart."""

from collections import defaultdict

from cda_tools.chains.entry import Entry
from cda_tools.chains.result import ChainFinding, found
from cda_tools.model.patients import consistent

_Members = list[tuple[int, Entry]]


def between(parts: list[list[Entry]]) -> tuple[list[ChainFinding], frozenset[str]]:
    """Return findings on what the parts share, and the setIds (canonical) that they share."""
    numbered = [(number, entry) for number, part in enumerate(parts) for entry in part]
    ids: dict[str, _Members] = defaultdict(list)
    sets: dict[str, _Members] = defaultdict(list)
    for number, entry in numbered:
        if entry.key is not None:
            ids[entry.key].append((number, entry))
        if entry.set_key is not None:
            sets[entry.set_key].append((number, entry))
    findings = [_shared("CHN-13", "setId", members) for members in sets.values() if _apart(members)]
    findings += [_shared("CHN-23", "id", members) for members in ids.values() if _apart(members)]
    for number, entry in numbered:
        for claim in entry.claims:
            owners = ids.get(claim.key, [])
            elsewhere = [owner for part, owner in owners if part != number]
            if len(elsewhere) < len(owners) or not owners:
                continue
            if entry.set_key is not None and any(o.set_key == entry.set_key for o in elsewhere):
                continue  # said once, of the setId
            findings.append(_replaced(entry, str(claim.id), elsewhere))
    return findings, frozenset(key for key, members in sets.items() if _apart(members))


def _apart(members: _Members) -> bool:
    return len({number for number, _ in members}) > 1


def _shared(rule: str, what: str, members: _Members) -> ChainFinding:
    entries = [entry for _, entry in members]
    value = min(str(entry.set_id if what == "setId" else entry.id) for entry in entries)
    documents = [(entry.path, entry.id) for entry in entries]
    if consistent(entry.patient for entry in entries):
        return found("CHN-21", documents, what=f"le même {what} « {value} »")
    return found(rule, documents, value=value, count=len({number for number, _ in members}))


def _replaced(entry: Entry, parent: str, owners: list[Entry]) -> ChainFinding:
    documents = [(one.path, one.id) for one in (entry, *owners)]
    if consistent(one.patient for one in (entry, *owners)):
        return found("CHN-21", documents, what=f"un remplacement de « {parent} »")
    return found("CHN-15", documents, parent=parent)
