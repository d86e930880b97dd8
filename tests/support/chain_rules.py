"""Documents on which each rule of chains speaks (FAIL), and the like on which it is silent (PASS).

The case folders of tests/cases/chains are made from these, but for what no file can be.
"""

from dataclasses import replace

from headers import BOB, NOBODY, ROOT, doc, message, oid

from cda_tools.model.carriage import Action
from cda_tools.model.document import Document
from cda_tools.model.header import Header, Identifier, ParentDocument

A = doc("a", version=1, set_id="s")
B = doc("b", version=2, set_id="s", replaces="a")
A_OLD, B_OLD = doc("a"), doc("b", replaces="a")
PARIS = "20250304101500+0100"
UUID = "0F7A2C1E-1111-4222-8333-444455556666"


def anonymous(path: str, header: Header) -> Document:
    return Document(path, header=header, digest=path)


def with_id(one: Document, identifier: Identifier | None) -> Document:
    return replace(one, header=replace(one.header, id=identifier))


def related(one: Document, *parents: ParentDocument) -> Document:
    return replace(one, header=replace(one.header, related=parents))


WITH_EXTENSION = with_id(A_OLD, Identifier(ROOT, "A7"))

# rule, the documents, the paths that the finding names, other rules that go with it
FAIL = [
    ("CHN-01", [B_OLD], ["b.xml"]),
    ("CHN-01", [doc("b", version=2, set_id="s", replaces="a")], ["b.xml"]),
    ("CHN-02", [A_OLD, B_OLD, doc("c", replaces="a")], ["b.xml", "c.xml"]),
    ("CHN-02", [A, B, doc("c", version=2, set_id="s", replaces="a")], ["b.xml", "c.xml"]),
    ("CHN-03", [doc("a", replaces="b"), B_OLD], ["a.xml", "b.xml"]),
    (
        "CHN-03",
        [doc("a", replaces="c"), B_OLD, doc("c", replaces="b")],
        ["a.xml", "b.xml", "c.xml"],
    ),
    ("CHN-04", [doc("a", replaces="a")], ["a.xml"]),
    ("CHN-04", [A, doc("b", version=2, set_id="s", replaces="b")], ["b.xml"]),
    (
        "CHN-04",
        [A, doc("a", path="b.xml", version=2, set_id="s", replaces="a", digest="other")],
        ["a.xml", "b.xml"],
    ),
    ("CHN-05", [A, doc("b", version=3, set_id="s", replaces="a")], ["a.xml", "b.xml"]),
    ("CHN-05", [A, doc("b", version=3, set_id="s")], ["a.xml", "b.xml"]),
    ("CHN-06", [A, doc("b", version=1, set_id="s", replaces="a")], ["a.xml", "b.xml"]),
    ("CHN-06", [doc("a", version=2, replaces="0"), doc("b", version=1, replaces="a")], None),
    ("CHN-07", [A, doc("b", version=2, set_id="t", replaces="a")], ["a.xml", "b.xml"]),
    ("CHN-08", [A_OLD, doc("a", path="other.xml", digest="other")], ["a.xml", "other.xml"]),
    (
        "CHN-08",
        [
            replace(A_OLD, digest=None),
            replace(doc("a", path="other.xml", title="Autre"), digest=None),
        ],
        ["a.xml", "other.xml"],
    ),
    ("CHN-09", [A_OLD, doc("a", path="copy.xml")], ["a.xml", "copy.xml"]),
    (
        "CHN-09",
        [replace(A_OLD, digest=None), replace(doc("a", path="copy.xml"), digest=None)],
        ["a.xml", "copy.xml"],
    ),
    (
        "CHN-10",
        [doc("a", date=PARIS), doc("b", replaces="a", date="20250304101459+0100")],
        ["a.xml", "b.xml"],
    ),
    (
        "CHN-10",
        [doc("a", date=PARIS), doc("b", replaces="a", date="20250304101500+0200")],
        ["a.xml", "b.xml"],
    ),
    ("CHN-11", [WITH_EXTENSION, doc("b", replaces=Identifier(f"{ROOT}.A7"))], ["a.xml", "b.xml"]),
    (
        "CHN-11",
        [with_id(A_OLD, Identifier(UUID)), doc("b", replaces=Identifier(UUID.lower()))],
        ["a.xml", "b.xml"],
    ),
    (
        "CHN-11",
        [with_id(A_OLD, Identifier(UUID)), doc("b", replaces=Identifier(f"urn:uuid:{UUID}"))],
        ["a.xml", "b.xml"],
    ),
    ("CHN-11", [A_OLD, doc("b", replaces=Identifier(f"urn:oid:{oid('a')}"))], ["a.xml", "b.xml"]),
    ("CHN-12", [A, doc("b", version=2, set_id="s", replaces="s")], ["b.xml"]),
    ("CHN-12", [doc("a", set_id="s"), doc("b", set_id="s", replaces="s")], ["b.xml"]),
    ("CHN-13", [A, doc("b", version=1, set_id="s", patient=BOB)], ["a.xml", "b.xml"]),
    ("CHN-13", [A, doc("b", version=2, set_id="s", patient=BOB)], ["a.xml", "b.xml"]),
    ("CHN-13", [A, doc("b", version=2, set_id="s", replaces="a", patient=BOB)], None),
    ("CHN-14", [A, doc("b", version=1, set_id="s")], ["a.xml", "b.xml"]),
    ("CHN-15", [A_OLD, doc("b", replaces="a", patient=BOB)], ["a.xml", "b.xml"]),
    ("CHN-16", [A, doc("b", set_id="s")], ["b.xml"]),
    (
        "CHN-17",
        [A_OLD, B_OLD, doc("a", path="delete.hl7", context=message(Action.DELETE))],
        ["a.xml", "delete.hl7"],
    ),
    ("CHN-18", [A_OLD, related(doc("b"), ParentDocument("XFRM", oid("a")))], ["b.xml"]),
    (
        "CHN-19",
        [
            doc("a"),
            doc("b"),
            related(doc("c"), ParentDocument("RPLC", oid("a")), ParentDocument("RPLC", oid("b"))),
        ],
        ["c.xml"],
    ),
    (
        "CHN-19",
        [
            doc("a"),
            doc("b", replaces="a"),
            related(doc("c"), ParentDocument("RPLC", oid("a")), ParentDocument("RPLC", oid("b"))),
        ],
        ["c.xml"],
    ),
    (
        "CHN-20",
        [A_OLD, doc("b", replaces="a", context=message(Action.REPLACE, parent="z"))],
        ["b.xml"],
    ),
    ("CHN-21", [A, doc("b", version=2, set_id="s", patient=NOBODY)], ["a.xml", "b.xml"]),
    (
        "CHN-21",
        [WITH_EXTENSION, doc("b", replaces=Identifier(f"{ROOT}.A7"), patient=NOBODY)],
        ["a.xml", "b.xml"],
    ),
    ("CHN-22", [anonymous("a.xml", Header())], ["a.xml"]),
    ("CHN-23", [A_OLD, doc("a", path="b.xml", patient=BOB)], ["a.xml", "b.xml"]),
    ("CHN-24", [doc("b", version=2)], ["b.xml"]),
    ("CHN-24", [doc("b", version=2, set_id="s")], ["b.xml"]),
    ("CHN-25", [doc("b", context=message(Action.REPLACE))], ["b.xml"]),
    ("CHN-26", [A_OLD, related(doc("b"), ParentDocument("APND", oid("a")))], ["b.xml"]),
]
ALSO = {
    # What cannot be true alone: a parent that nobody has, beside the rule's own matter.
    ("CHN-06", 1): {"CHN-01"},
    ("CHN-04", 2): {"CHN-08"},
}

PASS = [
    ("CHN-01", [A_OLD, B_OLD]),
    ("CHN-02", [A_OLD, B_OLD, doc("c", replaces="b")]),
    ("CHN-03", [A, B]),
    ("CHN-04", [doc("a"), doc("b", replaces="a")]),
    ("CHN-05", [A, B, doc("c", version=3, set_id="s", replaces="b")]),
    ("CHN-06", [A, B]),
    ("CHN-07", [doc("a", version=1), doc("b", version=2, set_id="s", replaces="a")]),
    ("CHN-08", [A_OLD, doc("b")]),
    ("CHN-09", [A_OLD, doc("a", path="delete.hl7", context=message(Action.DELETE))]),
    ("CHN-09", [A_OLD, doc("a", path="answer.xml!1", carrier="xds", title="Autre titre")]),
    ("CHN-10", [doc("a", date="20250304101500+0200"), doc("b", replaces="a", date="20250304")]),
    (
        "CHN-10",
        [doc("a", date="20250304101500+0200"), doc("b", replaces="a", date=PARIS)],
    ),
    (
        "CHN-10",
        [doc("a", date="20250304101500"), doc("b", replaces="a", date="20250304100000+0100")],
    ),
    (
        "CHN-10",
        [doc("a", date=PARIS), doc("b", replaces="a", date="20251304000000+0100")],
    ),
    ("CHN-10", [doc("a", date="9999"), doc("b", replaces="a", date="99991231235959+0100")]),
    ("CHN-11", [WITH_EXTENSION, doc("b", replaces=Identifier(ROOT, "A7"))]),
    ("CHN-12", [doc("s", set_id="s", version=1), doc("b", set_id="s", version=2, replaces="s")]),
    ("CHN-13", [A, B]),
    ("CHN-14", [A, doc("b", version=1, set_id="t")]),
    ("CHN-15", [A_OLD, B_OLD]),
    ("CHN-16", [doc("a", set_id="s"), doc("b", set_id="s", replaces="a")]),
    ("CHN-17", [A_OLD, B_OLD, doc("b", path="delete.hl7", context=message(Action.DELETE))]),
    ("CHN-18", [A_OLD, B_OLD]),
    ("CHN-19", [related(B_OLD, *B_OLD.header.related * 2), A_OLD]),
    ("CHN-20", [A_OLD, doc("b", replaces="a", context=message(Action.REPLACE, parent="a"))]),
    ("CHN-21", [A_OLD, doc("b", replaces="a", patient=NOBODY)]),
    ("CHN-22", [A_OLD]),
    ("CHN-23", [A_OLD, doc("b", patient=BOB)]),
    ("CHN-24", [A, doc("b", version=2, set_id="s")]),
    ("CHN-25", [A_OLD, doc("b", context=message(Action.REPLACE, parent="a"))]),
    ("CHN-26", [A_OLD, B_OLD]),
]
