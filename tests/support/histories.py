"""True histories of documents, drawn at random, and what may go wrong in one."""

from dataclasses import dataclass, replace

from headers import NOBODY, doc, ins, local, message, oid
from hypothesis import strategies as st

from cda_tools.model.carriage import Action
from cda_tools.model.document import Document
from cda_tools.model.header import Identifier, ParentDocument, Patient

DAYS = "202503{:02d}101500+0100"


@dataclass(frozen=True)
class History:
    """The versions of one document, oldest first; ``copies`` and ``deletion`` may lie beside."""

    versions: tuple[Document, ...]
    copies: tuple[Document, ...] = ()
    deletion: Document | None = None

    @property
    def everything(self) -> list[Document]:
        return [*self.versions, *self.copies, *([self.deletion] if self.deletion else [])]

    @property
    def ids(self) -> list[Identifier]:
        return [one.header.id for one in self.versions]


@st.composite
def history(draw, name: str, *, length: int | None = None, kinds: str = "1.16 old carrier set"):
    """``1.16``: setId and relatedDocument; ``old``: no setId; ``carrier``: TXA-13 alone says what
    is replaced; ``set``: setId and versionNumber alone do."""
    kind = draw(st.sampled_from(kinds.split()))
    length = length or draw(st.integers(1, 6))
    patients = [ins(hash_of(name)), local(hash_of(name))]
    patient = draw(st.sampled_from(patients if kind == "set" else [*patients, NOBODY]))
    if kind == "1.16" and patient is NOBODY:
        patient = patients[0]
    numbered = kind in ("1.16", "set") or draw(st.booleans())
    versions = tuple(
        version(name, number, kind, patient, numbered=numbered) for number in range(1, length + 1)
    )
    copies = draw(st.lists(st.sampled_from(versions), max_size=2)) if draw(st.booleans()) else []
    last = versions[-1]
    deletion = replace(last, file=f"{name}-delete.hl7", context=message(Action.DELETE))
    if kind == "carrier" and length > 1:
        deletion = replace(deletion, context=replace(last.context, action=Action.DELETE))
    return History(
        versions,
        tuple(replace(one, file=f"copy-{n}-{one.path}") for n, one in enumerate(copies)),
        deletion if draw(st.integers(0, 4)) == 0 else None,
    )


def hash_of(name: str) -> int:
    return sum(ord(one) * 131**place for place, one in enumerate(name)) % 10**6


def version(name: str, number: int, kind: str, patient: Patient, *, numbered: bool) -> Document:
    parent = f"{name}{number - 1}" if number > 1 else None
    context = None
    if kind == "carrier" and parent:
        context = message(Action.REPLACE, parent=parent)
    return doc(
        f"{name}{number}",
        replaces=parent if kind in ("1.16", "old") else None,
        set_id=f"{name}00" if kind in ("1.16", "set") else None,
        version=number if numbered else None,
        patient=patient,
        date=DAYS.format(number),
        context=context,
    )


def header(one: Document, **changes) -> Document:
    """The document with parts of its header changed, and so with other content."""
    return replace(one, header=replace(one.header, **changes), digest=f"{one.digest} {changes}")


def parent(one: Document, identifier: Identifier) -> Document:
    return header(one, related=(ParentDocument("RPLC", identifier),))


def someone_else(one: Document) -> Patient:
    """Another patient of the same authority."""
    (known,) = one.header.patient.ids
    return Patient(ids=(Identifier(known.root, f"9{known.extension[1:]}9"),))


# One corruption of a 1.16 history of four versions, at version 2 (index 1), and the one rule
# that it breaks. ``v``: the versions.
CORRUPTIONS = {
    "missing predecessor": ("CHN-01", lambda v: [*v[1:]]),
    "fork": ("CHN-02", lambda v: [*v, header(v[2], id=oid("fork"))]),
    "cycle": ("CHN-03", lambda v: [parent(v[0], v[3].header.id), *v[1:]]),
    "self-replacement": ("CHN-04", lambda v: [v[0], parent(v[1], v[1].header.id), *v[2:]]),
    "version skipped": (
        "CHN-05",
        lambda v: [*v[:3], header(v[3], version=9)],
    ),
    "version that goes down": ("CHN-06", lambda v: [*v[:3], header(v[3], version=0)]),
    "setId that changes": ("CHN-07", lambda v: [*v[:3], header(v[3], set_id=oid("other"))]),
    "other content": (
        "CHN-08",
        lambda v: [*v, replace(header(v[1], title="Autre"), file="zz.xml")],
    ),
    "exact duplicate": ("CHN-09", lambda v: [*v, replace(v[1], file="zz.xml")]),
    "date that goes back": (
        "CHN-10",
        lambda v: [*v[:3], header(v[3], date=v[0].header.date)],
    ),
    "id written otherwise": (
        "CHN-11",
        lambda v: [v[0], parent(v[1], Identifier(f"urn:oid:{v[0].header.id}")), *v[2:]],
    ),
    "setId for a parent": ("CHN-12", lambda v: [v[0], parent(v[1], v[1].header.set_id), *v[2:]]),
    "another patient": (
        "CHN-13",
        lambda v: [*v[:3], header(v[3], patient=someone_else(v[3]))],
    ),
    "setId and version taken": (
        "CHN-14",
        lambda v: [*v, header(v[2], id=oid("taken"), related=())],
    ),
    "no version and no parent": (
        "CHN-16",
        lambda v: [*v[:3], header(v[3], version=None, related=())],
    ),
    "two parents": (
        "CHN-19",
        lambda v: [
            *v[:3],
            header(
                v[3],
                related=(*v[3].header.related, ParentDocument("RPLC", oid("lone"))),
            ),
            doc("lone", patient=v[0].header.patient),
        ],
    ),
    "unknown patient": (
        "CHN-21",
        lambda v: [*v[:3], header(v[3], patient=NOBODY, related=(), version=1)],
    ),
}
