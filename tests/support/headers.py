"""Headers of invented documents, short to write, and histories of them."""

from dataclasses import replace
from typing import Any

from cda_tools.model.carriage import Action, Context
from cda_tools.model.document import Document
from cda_tools.model.header import Header, Identifier, ParentDocument, Patient
from cda_tools.model.timestamp import Timestamp

ROOT = "1.2.250.1.999.40"
INS = "1.2.250.1.213.1.4.10"
LOCAL = "1.2.250.1.999.41"


def oid(name: str | int) -> Identifier:
    """``a1`` is ROOT.9701: every name gives an id of its own."""
    return Identifier(f"{ROOT}.{''.join(str(ord(c)) if c.isalpha() else c for c in str(name))}")


def ins(number: int) -> Patient:
    return Patient(ids=(Identifier(INS, f"{2550699000000 + number:013d}"),))


def local(number: int, authority: str = LOCAL) -> Patient:
    return Patient(ids=(Identifier(authority, f"P{number}"),))


NOBODY = Patient()
ALICE, BOB = ins(1), ins(2)


def doc(
    name: str,
    *,
    replaces: str | Identifier | None = None,
    set_id: str | None = None,
    version: int | None = None,
    patient: Patient = ALICE,
    date: str | None = None,
    path: str | None = None,
    digest: str | None = None,
    **others: Any,
) -> Document:
    """A document named ``name``: that is its id, its path and, unless given, its content."""
    parent = oid(replaces) if isinstance(replaces, str) else replaces
    carried = {key: others.pop(key) for key in ("carrier", "context") if key in others}
    header = Header(
        id=oid(name),
        set_id=oid(set_id) if set_id else None,
        version=version,
        related=(ParentDocument("RPLC", parent),) if parent else (),
        date=Timestamp(date) if date else None,
        patient=patient,
    )
    header = replace(header, **others)
    return Document(
        path or f"{name}.xml", header=header, digest=digest or f"content of {name}", **carried
    )


def message(action: Action, *, parent: str | None = None, own: str | None = None) -> Context:
    return Context(
        action=action,
        id=oid(own) if own else None,
        parent_id=oid(parent) if parent else None,
    )
