"""What is said is true of the registry that answered, whichever of its answers failed.

A registry is drawn with what happened to each document since the last visit; its answers follow
from that, by batches, and some of them fail. Whatever is left, no state may say what is not so.
"""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st
from visits import NOW, exchange, header, listed, local, member, replaces, request

from cda_tools.dmp import Exchange, Memory, Remembered, State, compare
from cda_tools.model.carriage import Availability
from cda_tools.model.document import Known
from cda_tools.model.registry import Association, ResponseStatus, Role

DEPRECATED = Availability.DEPRECATED
THERE, MASKED, REPLACED, GONE, NEVER = "there", "re-marked", "replaced", "gone", "never"
_NOBODY = listed("99")


@dataclass(frozen=True)
class Fate:
    """What happened to a document: ``versions``: how many replaced it, ``shown``: the last is."""

    kind: str
    versions: int = 1
    shown: bool = True


fates = st.lists(
    st.builds(
        Fate,
        st.sampled_from([THERE, MASKED, REPLACED, GONE, NEVER]),
        st.integers(1, 3),
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


@dataclass
class Registry:
    """What a registry has: its list, and what it announces of each change."""

    current: list[Known]
    changes: list[tuple[str, Known | None]]
    links: list[Association]


def registry(found: list[Fate]) -> Registry:
    told = Registry([_NOBODY], [], [])
    for number, fate in enumerate(found, start=1):
        name = str(number)
        if fate.kind == THERE:
            told.current.append(listed(name))
        elif fate.kind == MASKED:
            entry = listed(name, 2, codes=("N", "MASQUE_PS"))
            told.current.append(entry)
            told.changes.append((f"{name}-2", entry))
        elif fate.kind == REPLACED:
            before = f"{name}-1"
            for version in range(1, fate.versions + 1):
                newer = f"{name}0{version}"
                last = version == fate.versions
                entry = listed(newer, status=None if last else DEPRECATED)
                if not last or fate.shown:
                    told.changes.append((f"{newer}-1", entry))
                else:
                    told.changes.append((f"{newer}-1", None))
                if last and fate.shown:
                    told.current.append(entry)
                told.links.append(replaces(f"{newer}-1", before))
                before = f"{newer}-1"
    return told


def kept(found: list[Fate]) -> Memory:
    rows = [
        Remembered(f"1.2.250.1.999.{number}", f"{number}-1", f"{number}-1", "1", "Approved", ("N",))
        for number, fate in enumerate(found, start=1)
        if fate.kind != NEVER
    ]
    return Memory("20260302081500", tuple(rows))


def answers(told: Registry, size: int, fails: list[bool]) -> list[Exchange]:
    """Return the answers of a visit; ``fails``: for each of them, in turn, whether it does."""
    failing = iter([*fails, *([False] * 20)])

    def status() -> ResponseStatus:
        return ResponseStatus.FAILURE if next(failing) else ResponseStatus.SUCCESS

    names = [name for name, _ in told.changes]
    lots = [f"lot-{name}" for name in names]
    members = [member(name, f"lot-{name}") for name in names]
    found = [
        exchange(Role.FIND_SUBMISSION_SETS, sets=lots, status=status()),
        exchange(Role.GET_ASSOCIATIONS, links=members, status=status()),
        exchange(Role.FIND_DOCUMENTS, *told.current, status=status()),
    ]
    for start in range(0, len(names), size):
        batch = told.changes[start : start + size]
        asked = {name for name, _ in batch}
        entries = [entry for _, entry in batch if entry is not None]
        near = [one for one in told.links if asked & {one.source, one.target}]
        found.append(
            exchange(
                Role.GET_DOCUMENTS_AND_ASSOCIATIONS,
                *entries,
                links=near,
                status=status(),
                request=request(
                    Role.GET_DOCUMENTS_AND_ASSOCIATIONS, XDSDocumentEntryEntryUUID=asked
                ),
            )
        )
    return found


@settings(max_examples=150)
@given(fates, st.integers(1, 3), st.lists(st.booleans(), max_size=8))
def test_no_state_says_what_is_not_so(found: list[Fate], size: int, fails: list[bool]) -> None:
    told = registry(found)
    record = [local(str(number)) for number in range(1, len(found) + 1)]
    result = compare(record, answers(told, size, fails), memory=kept(found), now=NOW)
    for number, (fate, one) in enumerate(zip(found, result.documents, strict=True), start=1):
        if one.state is State.UNKNOWN:
            assert any(fails)
        elif one.state is State.UP_TO_DATE:
            assert fate.kind == THERE
        elif one.state is State.METADATA_CHANGED:
            assert (fate.kind, one.added) == (MASKED, ("MASQUE_PS",))
        elif one.state is State.NEWER_LISTED:
            assert fate.kind == REPLACED
            assert (one.newer is not None) is fate.shown
            if one.newer is not None:
                assert one.newer.header.id == header(f"{number}0{fate.versions}").id
                assert len(one.chain) == fate.versions + 1
        elif one.state is State.NO_LONGER_LISTED:
            assert fate.kind == GONE
        else:
            assert (one.state, fate.kind) == (State.NOT_LISTED, NEVER)
    assert result.complete is not any(fails[: 3 + -(-len(told.changes) // size)])
