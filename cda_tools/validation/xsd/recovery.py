"""All errors of a document against a schema, not the first under each parent.

After an error of content model libxml2 checks nothing more of that parent. Here a copy of the
document is repaired there and validated again, until libxml2 has nothing to say of any content:
what is missing is put in, what stands too early or too late is moved or set aside, a wrong
namespace is replaced. Whether a document is valid is decided before, by libxml2, on the document
itself: nothing here can change it.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree
from lxml.etree import _Element

from cda_tools.validation.limits import MOST
from cda_tools.validation.xsd import libxml2
from cda_tools.validation.xsd.parents import Break, Parent, Surroundings, rename
from cda_tools.validation.xsd.slices import Placed, placed_errors

_ROUNDS = 40  # of repairs that show errors deeper down
_PARENTS = 200  # repaired in one document
_REPAIRS = 40  # in one parent
_LARGEST = 1_000_000  # elements of a document that is copied
_ENOUGH = 2000  # errors that libxml2 tells: no more are looked for
_ROOT = "{urn:hl7-org:v3}ClinicalDocument"


class Kind(StrEnum):
    """What kind of error it is; the value is the rule that says it, "" where the error tells."""

    OTHER = ""
    MISSING = "XSD-CHILD-MISSING"
    CHILD = "XSD-CHILD"
    NAMESPACE = "XSD-NAMESPACE"
    REST = "XSD-REST"
    """What follows was not checked: there is too much to repair."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One error.

    ``element``: of the document itself; where a content model is broken, the one that libxml2
    refuses, or the parent whose end comes too early. ``error``: libxml2's words. ``missing``: the
    tags of what is missing there, one of them (``choice``) or all. ``later``: True where it is not
    missing but stands further down.
    """

    kind: Kind
    element: _Element
    error: etree._LogEntry
    missing: tuple[str, ...] = ()
    later: bool = False
    choice: bool = False


def recover(root: _Element, schema: etree.XMLSchema, errors: Placed) -> list[Fault]:
    """Return all that is wrong below ``root``, in its order.

    ``errors``: what libxml2 says of it as it is, which is never nothing, and of which elements.
    """
    wrong_namespace = _is_root_elsewhere(root)
    if not wrong_namespace and not any(libxml2.is_content(error) for error, _ in errors):
        return [Fault(Kind.OTHER, place, error) for error, place in errors]
    if len(errors) > _ENOUGH or sum(1 for _ in root.iter("*")) > _LARGEST:
        return list(_as_is(errors))
    recovery = _Recovery(root, schema)
    found = recovery.in_namespace(errors) if wrong_namespace else recovery.of_document(errors)
    order = {element: number for number, element in enumerate(root.iter("*"))}
    return sorted(found, key=lambda fault: order[fault.element])


def _is_root_elsewhere(root: _Element) -> bool:
    return root.tag != _ROOT and etree.QName(root).localname == etree.QName(_ROOT).localname


def _as_is(errors: Placed) -> Iterator[Fault]:
    """Yield errors that are not repaired, and that what follows the first ones is not checked."""
    for number, (error, place) in enumerate(errors):
        if not libxml2.is_content(error):
            yield Fault(Kind.OTHER, place, error)
            continue
        yield _plain(error, place)
        if number < MOST:
            yield Fault(Kind.REST, _holder(error, place), error)


def _plain(error: etree._LogEntry, place: _Element) -> Fault:
    return Fault(Kind.MISSING if libxml2.is_incomplete(error) else Kind.CHILD, place, error)


def _holder(error: etree._LogEntry, place: _Element) -> _Element:
    """Return the parent whose content model is broken."""
    parent = place.getparent()
    return place if libxml2.is_incomplete(error) or parent is None else parent


class _Recovery:
    """The repairs of one document, in a copy."""

    def __init__(self, root: _Element, schema: etree.XMLSchema) -> None:
        self._schema = schema
        self._copy = copy.deepcopy(root)
        pairs = zip(self._copy.iter("*"), root.iter("*"), strict=True)
        self._original: dict[_Element, _Element] = dict(pairs)
        self._copied = {original: copied for copied, original in self._original.items()}
        self._treated: set[_Element] = set()
        self._left: set[_Element] = set()
        self._found: list[Fault] = []

    def in_namespace(self, errors: Placed) -> list[Fault]:
        """Put the whole document into the namespace of CDA, and return all that is wrong then."""
        rename(self._copy, _ROOT)
        self._found.append(Fault(Kind.NAMESPACE, self._original[self._copy], errors[0][0]))
        return self._run(placed_errors(self._schema, self._copy))

    def of_document(self, errors: Placed) -> list[Fault]:
        """Return all that is wrong, ``errors`` being those of the document itself."""
        return self._run([(error, self._copied[place]) for error, place in errors])

    def _run(self, errors: Placed) -> list[Fault]:
        """Repair until nothing can be repaired any more, and return all that was wrong."""
        for _ in range(_ROUNDS):
            broken = [(error, place) for error, place in errors if libxml2.is_content(error)]
            broken = broken[: _PARENTS - len(self._treated)]
            holders = dict.fromkeys(_holder(error, place) for error, place in broken)
            fresh = [one for one in holders if self._is_fresh(one)]
            if not fresh:
                break
            around = Surroundings(self._copy)
            for element in fresh:
                self._repair(Parent(self._schema, element, around))
            errors = placed_errors(self._schema, self._copy)
        self._rest(errors)
        return self._found

    def _is_fresh(self, element: _Element) -> bool:
        known = element in self._treated or element in self._left
        return element in self._original and not known

    def _repair(self, parent: Parent) -> None:
        broken = None if parent.too_large else parent.first_break()
        if broken is None:
            self._left.add(parent.element)
            return
        self._treated.add(parent.element)
        for _ in range(_REPAIRS):
            self._say_break(parent, broken)
            if broken.child is None and not broken.missing:
                break  # the content ends too early, and nothing is known to complete it
            broken = parent.first_break()
            if broken is None:
                break
        else:
            self._say(Kind.REST, [parent.element], broken)
        parent.apply()

    def _say_break(self, parent: Parent, broken: Break) -> None:
        """Say one break, unless another one explains it."""
        refused = broken.refused or [parent.element]
        if broken.namespace:
            self._say(Kind.NAMESPACE, refused, broken)
        elif not broken.missing:
            self._say(Kind.CHILD if broken.refused else Kind.MISSING, refused, broken)
        elif not broken.explained:
            self._say(Kind.CHILD if broken.later else Kind.MISSING, refused[:1], broken)

    def _say(self, kind: Kind, elements: list[_Element], broken: Break) -> None:
        told = broken.error, tuple(broken.missing), broken.later, broken.choice
        self._found += [Fault(kind, self._original[element], *told) for element in elements]

    def _rest(self, errors: Placed) -> None:
        """Take the errors that are no break of content, and the breaks that were not repaired."""
        said = {fault.element for fault in self._found}
        for error, place in errors:
            original = self._original.get(place)
            if original is None:
                continue  # of what was put in
            if not libxml2.is_content(error):
                self._found.append(Fault(Kind.OTHER, original, error))
            elif _holder(error, place) not in self._treated:
                self._found.append(_plain(error, original))
                holder = self._original[_holder(error, place)]
                self._found.append(Fault(Kind.REST, holder, error))
            elif original not in said:
                self._found.append(_plain(error, original))
