"""What is kept of a document while chaining: little, so that a million of them fit."""

from collections.abc import Callable
from typing import NamedTuple

from cda_tools.chains.identity import canonical
from cda_tools.chains.patients import PatientKey, patient_key
from cda_tools.model import Action, Header, Identifier, Received
from cda_tools.timestamp import Timestamp

_METADATA_ONLY = "xds"

Describe = Callable[[Header], str]


class Claim(NamedTuple):
    """A document says that it replaces ``id``, itself or (``by_carrier``) through its carrier."""

    id: Identifier
    key: str
    by_carrier: bool = False


class Entry:
    """One received document. ``key``, ``set_key``: canonical forms of its id and setId.

    ``comparable``: its content may be compared with that of another document of the same id;
    neither a registry's metadata nor a deletion message, which carries what it deletes.
    """

    __slots__ = (
        "claims",
        "comparable",
        "content",
        "date",
        "id",
        "key",
        "line",
        "message_parent",
        "path",
        "patient",
        "replacing",
        "set_id",
        "set_key",
        "transforms",
        "version",
        "withdrawn",
    )

    def __init__(self, received: Received, describe: Describe | None) -> None:
        """Take from the document what chaining needs; the header itself is let go."""
        header, context = received.header, received.context
        self.path: str = received.path
        self.id: Identifier | None = header.id
        self.set_id: Identifier | None = header.set_id
        self.version: int | None = header.version
        self.date: Timestamp | None = header.date
        self.patient: PatientKey = patient_key(header.patient)
        self.line: str | None = describe(header) if describe else None
        self.withdrawn = False
        self.replacing = False
        self.message_parent: Claim | None = None
        self.claims: tuple[Claim, ...] = ()
        self.transforms: tuple[Identifier, ...] = ()
        if header.related:
            self.claims, self.transforms = _related(header)
        if context is not None:
            self.id = self.id or context.id
            self.withdrawn = context.action is Action.DELETE
            self.replacing = context.action is Action.REPLACE
            if context.parent_id:
                self._say_by_carrier(context.parent_id)
        self.key: str | None = canonical(self.id) if self.id else None
        self.set_key: str | None = canonical(self.set_id) if self.set_id else None
        self.comparable: bool = not self.withdrawn and received.carrier != _METADATA_ONLY
        # Without a digest the header is all there is to compare.
        self.content: str | Header = received.digest or header

    def _say_by_carrier(self, parent: Identifier) -> None:
        claim = Claim(parent, canonical(parent), by_carrier=True)
        if self.claims:
            self.message_parent = claim
        elif not (self.withdrawn and self.id and claim.key == canonical(self.id)):
            # A deletion names what it deletes: that is no replacement.
            self.claims = (claim,)


def _related(header: Header) -> tuple[tuple[Claim, ...], tuple[Identifier, ...]]:
    claims, transforms = [], []
    for parent in header.related:
        if parent.id is None:
            continue
        if parent.type_code == "RPLC":
            claims.append(Claim(parent.id, canonical(parent.id)))
        elif parent.type_code == "XFRM":
            transforms.append(parent.id)
    return tuple(claims), tuple(transforms)
