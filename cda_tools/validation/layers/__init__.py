"""The layers of validation, one module or folder each, found by name in this folder.

Adding a layer is adding a file here, which has a ``LAYER``, and its rules (``schemas/rules/``).
What a layer needs that is slow to load, it imports in its ``check``: all files of this folder are
imported to know the layers' names.
"""

import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from lxml.etree import _Element as Element

from cda_tools.model.document import Document
from cda_tools.rules.finding import Finding

if TYPE_CHECKING:
    from cda_tools.validation.options import Options


class Needs(IntEnum):
    """What of a document a layer needs: less than that, and it does not run."""

    NOTHING = 0
    XML = 1
    """Any XML that was read whole."""
    HEADER = 2
    """A ClinicalDocument that was read whole."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a layer is given: the document, how to validate it, and what was found before.

    ``profile``: the one that applies, ``auto`` being settled. ``before``: the findings of the
    layers that ran before this one.
    """

    document: Document
    profile: str
    options: "Options"
    before: tuple[Finding, ...] = ()

    @property
    def root(self) -> Element:
        """Return the root element: there for every layer that needs XML."""
        assert self.document.root is not None
        return self.document.root


@dataclass(frozen=True, slots=True)
class Checked:
    """What a layer says of a document.

    ``ran``: False where it could not give a verdict; its findings say why. ``applied``: False
    where none of its rules is about such a document (the state is then « neutre »).
    """

    findings: Iterable[Finding] = ()
    ran: bool = True
    applied: bool = True


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer.

    ``name``: as in reports and ``--layer``. ``order``: layers run from the lowest on; the official
    ones are below 100. ``official``: True where it says what the authority's tools say: only such
    layers make a document « conforme » or « non conforme ». ``option``: the attribute of Options
    without which the layer does not exist (``kit``), None where it always does.
    """

    name: str
    order: int
    check: Callable[[Job], Checked]
    official: bool = False
    needs: Needs = Needs.HEADER
    option: str | None = None

    def exists(self, options: "Options") -> bool:
        """Tell whether the layer is there with these options."""
        return self.option is None or bool(getattr(options, self.option))

    def can_run(self, document: Document) -> bool:
        """Tell whether the document has what the layer needs."""
        if self.needs is Needs.NOTHING:
            return True
        return document.root is not None and (
            self.needs is Needs.XML or document.header is not None
        )


def of_kit(name: str, order: int) -> Layer:
    """Return a layer in which the user's own official kit speaks."""

    def check(job: Job) -> Checked:
        # Only a run with a kit needs it.
        from cda_tools.validation.kit_layers import check_layer  # noqa: PLC0415

        return check_layer(job, name)

    return Layer(name, order, check, official=True, needs=Needs.XML, option="kit")


@cache
def layers() -> tuple[Layer, ...]:
    """Return every layer, in the order in which they run."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    found: list[Layer] = [import_module(f"{__name__}.{name}").LAYER for name in names]
    return tuple(sorted(found, key=lambda layer: layer.order))


@cache
def is_official(name: str) -> bool:
    """Tell whether a layer of that name is official; False for what is no layer."""
    return any(layer.official for layer in layers() if layer.name == name)


@cache
def is_ours(name: str) -> bool:
    """Tell whether a layer of that name is our opinion; False for a carrier's findings."""
    return any(not layer.official for layer in layers() if layer.name == name)
