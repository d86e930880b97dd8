"""Whatever the documents say, chaining holds to its word."""

import weakref

from headers import BOB, LOCAL, NOBODY, doc, ins, local, message, oid
from hypothesis import given, settings
from hypothesis import strategies as st

from cda_tools.chains import Status, build
from cda_tools.model.carriage import Action
from cda_tools.model.document import Document
from cda_tools.model.header import Header, Identifier, ParentDocument, Patient
from cda_tools.model.patients import consistent, patient_key

NAMES = "abcd"
PATIENTS = (
    NOBODY,
    BOB,
    ins(1),
    local(1),
    local(2),
    local(1, "1.2.250.1.999.42"),
    Patient(ids=(*ins(1).ids, *local(1).ids)),
    Patient(ids=(*BOB.ids, *local(1).ids)),
    Patient(ids=(*local(1).ids, *local(2, "1.2.250.1.999.42").ids)),
    Patient(ids=(Identifier("5F0C2B1A-1111-4222-8333-444455556666"),)),
)
name = st.sampled_from(NAMES)
identifiers = st.one_of(
    name.map(oid),
    name.map(lambda one: Identifier(f"urn:oid:{oid(one)}")),
    name.map(lambda one: Identifier(oid(one).root.rpartition(".")[0], str(ord(one)))),
)
parents = st.builds(ParentDocument, st.sampled_from(["RPLC", "RPLC", "XFRM", None]), identifiers)
contexts = st.builds(
    message, st.sampled_from(Action), parent=st.none() | name, own=st.none() | name
)
documents = st.lists(
    st.builds(
        Document,
        file=st.uuids().map(lambda one: f"{one}.xml"),
        header=st.builds(
            Header,
            id=st.none() | identifiers,
            set_id=st.none() | identifiers,
            version=st.none() | st.integers(0, 3),
            related=st.lists(parents, max_size=2).map(tuple),
            patient=st.none() | st.sampled_from(PATIENTS),
        ),
        carrier=st.sampled_from(["cda", "hl7v2", "xds"]),
        context=st.none() | contexts,
        digest=st.sampled_from([None, "x", "y"]),
    ),
    max_size=8,
)


@settings(max_examples=400)
@given(documents=documents, data=st.data())
def test_order_membership_and_patients(documents, data):
    chains = build(documents)
    assert build(data.draw(st.permutations(documents))) == chains
    by_path = {one.path: one for one in documents}
    paths = [one.path for chain in chains.chains for one in chain.documents]
    assert sorted(paths) == sorted(by_path)
    assert len({chain.key for chain in chains.chains}) == len(chains.chains)
    for chain in chains.chains:
        members = [by_path[one.path] for one in chain.documents]
        assert consistent(patient_key(one.header.patient) for one in members)
        current = [one.id for one in chain.documents if one.status is Status.CURRENT]
        if chain.current:
            assert chain.current in current
        for newer, older, _ in chain.links:
            ids = chain.documents[newer].id, chain.documents[older].id
            assert ids[0] != ids[1] or ids[0] is None
    for found in chains.all_findings:
        assert set(found.paths) <= set(by_path)
        assert "P1" not in found.finding.message
        assert LOCAL not in found.finding.message


def test_many_documents_that_share_everything_take_no_square_of_time():
    shared = [
        doc("a", path=f"{n}.xml", set_id="s", version=n % 7, patient=ins(n % 997), digest=str(n))
        for n in range(20_000)
    ]
    distinct = [
        Document(
            f"d{n}.xml",
            header=Header(id=oid(f"x{n}"), set_id=oid("t"), version=n % 5, patient=ins(n % 3)),
            digest=str(n),
        )
        for n in range(20_000)
    ]
    chains = build([*shared, *distinct])
    assert sum(len(chain.documents) for chain in chains.chains) == 40_000
    assert len(chains.chains) == 997 + 3


def test_a_chain_longer_than_the_stack():
    count = 5_000
    line = [
        Document(
            f"{n:05}.xml",
            header=Header(
                id=oid(n),
                related=(ParentDocument("RPLC", oid((n - 1) % count)),),
                patient=BOB,
            ),
        )
        for n in range(count)
    ]
    (chain,) = build(line).chains
    assert [found.finding.rule for found in chain.findings] == ["CHN-03"]
    (chain,) = build(line[1:]).chains
    assert [one.path for one in chain.documents] == [one.path for one in line[1:]]


def test_what_reading_leaves_in_cycles_does_not_pile_up_while_chaining():
    """As a parser and its tree do: only the cycle collector frees them."""

    class Tree:
        """Holds itself, as long as nobody collects it."""

        def __init__(self) -> None:
            self.itself = self

    alive: set[weakref.ref[Tree]] = set()
    most = 0

    def read():
        nonlocal most
        for number in range(3_000):
            alive.add(weakref.ref(Tree(), alive.discard))
            most = max(most, len(alive))
            yield doc(f"{number}")

    assert len(build(read()).chains) == 3_000
    assert most < 1_000
