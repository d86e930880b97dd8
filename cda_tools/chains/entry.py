"""What is kept of a document while chaining: little, so that a million of them fit."""

from collections.abc import Callable
from typing import NamedTuple

from cda_tools.model.carriage import Action, Context
from cda_tools.model.document import Known
from cda_tools.model.header import Header, Identifier
from cda_tools.model.identifiers import key, same
from cda_tools.model.patients import PatientKey, patient_key

_METADATA_ONLY = "xds"

Describe = Callable[[Header], str]
DigestOf = Callable[[str], str | None]
"""From a document's path to the digest of its bytes, for those that came without."""


class Claim(NamedTuple):
    """A document says that it replaces ``id``, itself or (``by_carrier``) through its carrier."""

    id: Identifier
    key: str
    by_carrier: bool = False


class Remark(NamedTuple):
    """What few documents have.

    ``withdrawn``: a message asks to delete the document. ``replacing``: a message says that it
    replaces one, and nothing says which. ``carried``: the message alone (TXA-13) names what is
    replaced. ``message_parent``: what TXA-13 names beside the document's relatedDocument.
    ``transforms``, ``completes``: what it is a transformation of, or an addendum to.
    ``metadata``: only what a registry says of the document is there.
    """

    withdrawn: bool = False
    replacing: bool = False
    carried: bool = False
    message_parent: Identifier | None = None
    transforms: tuple[Identifier, ...] = ()
    completes: tuple[Identifier, ...] = ()
    metadata: bool = False


_NO_REMARK = Remark()


class Entry:
    """One document. ``key``, ``set_key``: canonical forms of its id and setId.

    ``parents``: what it says it replaces. ``date``: as written. ``content``: its digest, as
    bytes where it is hexadecimal; where it came without one, its header is all there is to
    compare. None: its digest is not known yet, or cannot be had.
    """

    __slots__ = (
        "content",
        "date",
        "id",
        "key",
        "line",
        "parents",
        "path",
        "patient",
        "remark",
        "set_id",
        "set_key",
        "version",
    )

    def __init__(
        self, document: Known, describe: Describe | None, *, digest_later: bool = False
    ) -> None:
        """Take from the document what chaining needs; the header itself is let go.

        ``digest_later``: a file's digest can be had where it is asked for.
        """
        header, context = document.header, document.context
        self.path: str = document.file if document.inside is None else document.path
        self.id: Identifier | None = header.id
        self.set_id: Identifier | None = header.set_id
        self.version: int | None = header.version
        self.date: str | None = header.date.raw if header.date else None
        self.patient: PatientKey = patient_key(header.patient)
        self.line: str | None = describe(header) if describe else None
        self.content: bytes | str | Header | None = short(document.digest)
        if self.content is None and (not digest_later or document.inside is not None):
            self.content = header
        self.parents: tuple[Identifier, ...] = ()
        self.remark: Remark = _NO_REMARK
        if header.related:
            self._relate(header)
        if context is not None:
            self._hear(context)
        if document.carrier == _METADATA_ONLY:
            self.remark = self.remark._replace(metadata=True)
        self.key: str | None = key(self.id) if self.id else None
        self.set_key: str | None = key(self.set_id) if self.set_id else None

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Return what it says it replaces, with keys to look it up by."""
        carried = self.remark.carried
        return tuple(Claim(parent, key(parent), carried) for parent in self.parents)

    @property
    def comparable(self) -> bool:
        """Tell whether its content may be compared with that of another document of its id.

        Neither a registry's metadata nor a deletion message, which carries what it deletes, is
        a copy of the document.
        """
        return not (self.remark.withdrawn or self.remark.metadata)

    @property
    def plain(self) -> bool:
        """Tell whether it has an id, replaces one document at most, and is no more than that."""
        return self.remark is _NO_REMARK and self.key is not None and len(self.parents) < 2

    @property
    def mentions(self) -> frozenset[str]:
        """Return its id, its setId and what it replaces: what may link it to another."""
        keys = (self.key, self.set_key, *(claim.key for claim in self.claims))
        return frozenset(one for one in keys if one)

    def _relate(self, header: Header) -> None:
        if len(header.related) == 1:
            parent = header.related[0]
            if parent.type_code == "RPLC" and parent.id:
                self.parents = (parent.id,)
                return
        self.parents = tuple(one.id for one in header.replaces if one.id)
        transforms, completes = _parents(header, "XFRM"), _parents(header, "APND")
        if transforms or completes:
            self.remark = self.remark._replace(transforms=transforms, completes=completes)

    def _hear(self, context: Context) -> None:
        """Take what the carrier says; it only completes what the document says."""
        self.id = self.id or context.id
        withdrawn = context.action is Action.DELETE
        parent = context.parent_id
        # A deletion may name what it deletes: that is no replacement.
        if parent and withdrawn and same(parent, self.id):
            parent = None
        carried = parent is not None and not self.parents
        if parent and not self.parents:
            self.parents = (parent,)
        if parent and any(same(parent, own) for own in self.parents):
            parent = None
        replacing = context.action is Action.REPLACE and not self.parents
        if withdrawn or replacing or carried or parent:
            self.remark = self.remark._replace(
                withdrawn=withdrawn, replacing=replacing, carried=carried, message_parent=parent
            )


def _parents(header: Header, kind: str) -> tuple[Identifier, ...]:
    return tuple(one.id for one in header.related if one.type_code == kind and one.id)


def short(digest: str | None) -> bytes | str | None:
    """Return a digest in half the space, where it is hexadecimal as ours are."""
    try:
        return bytes.fromhex(digest) if digest else None
    except ValueError:
        return digest


def mentioned(document: Known) -> frozenset[str]:
    """Return the keys (``identifiers.key``) under which a document is looked up.

    Its id, its setId, and the ids of what it replaces: what may link it to another.
    """
    return Entry(document, None).mentions
