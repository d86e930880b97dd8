"""One document: what it is, where it was found, and what was said of it on the way."""

from collections.abc import Iterable, Iterator
from dataclasses import KW_ONLY, dataclass, field
from typing import TYPE_CHECKING, cast

from cda_tools.model.carriage import Context
from cda_tools.model.header import Header
from cda_tools.rules.finding import Finding

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

INSIDE = "!"
"""Stands between a file and what is inside it, where both are written as one path."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document, from wherever it came; chains, intake, the line and the DMP work on it.

    ``file``: the path of the file, or ``-``; ``inside``: its name in the carrier that the file
    is (``IHE_XDM/SUBSET01/DOC0001.XML``, ``OBX[2]``), None where the file is the document.
    ``carrier``: ``cda``, ``hl7v2``, ``xdm`` or ``xds``. ``header``: None where it could not be
    read. ``context``: what the carrier says of it. ``findings``: what the carrier and the layer
    ``xml`` say. ``digest``: of its bytes (``reading.digest``), where whoever read them computed
    it. ``tree``: the ClinicalDocument element (where there is none, the root element: the layers
    xsd and structuration-minimale have their own word on it); None where only the header was
    read. ``encoding``: that of the bytes.
    """

    file: str
    _: KW_ONLY
    inside: str | None = None
    carrier: str = "cda"
    header: Header | None = None
    context: Context | None = None
    findings: tuple[Finding, ...] = ()
    digest: str | None = None
    tree: "Element | None" = field(default=None, repr=False, compare=False)
    encoding: str = "UTF-8"

    @property
    def path(self) -> str:
        """Return one text that names the document: ``a.xml``, ``archive.zip!inner/name``."""
        return self.file if self.inside is None else f"{self.file}{INSIDE}{self.inside}"

    @property
    def is_statement(self) -> bool:
        """Tell whether it is a message that carries no document: an ACK, a ZAM, an ADT."""
        return self.context is not None and self.context.statement is not None

    @property
    def root(self) -> "Element | None":
        """Return ``tree``."""
        return self.tree


class Known(Document):
    """For a type checker: a document that has its header (see :func:`known`)."""

    __slots__ = ()

    header: Header


def known(documents: Iterable[Document]) -> Iterator[Known]:
    """Yield the documents that have a header."""
    for one in documents:
        if one.header is not None:
            yield cast(Known, one)
