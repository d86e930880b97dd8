"""An ISO Schematron with its includes, as plain values: what runs in its default phase.

Follows what the official tool does (the ISO skeleton's three steps): includes are joined, abstract
patterns are expanded by replacing ``$name`` in tests, contexts, selects and texts, one parameter
after the other; ``extends`` takes the rule of its own pattern before others; only the patterns of
``defaultPhase`` run. What stops that tool, or what we cannot follow, is an :class:`Invalid`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element

from cda_tools.kit.folder import Folder
from cda_tools.kit.includes import Invalid, Joining, S

_MOST_CHECKS = 50_000


@dataclass(frozen=True, slots=True)
class Let:
    """A variable: ``value`` is an XPath."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a message: ``kind`` is ``text``, ``value-of`` or ``name`` (then an XPath)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Check:
    """An assert (fails where its test is false) or a report (speaks where it is true).

    ``file``: where it is written, in the kit. ``line``: 1-based, None where it is not known.
    """

    kind: str
    test: str
    message: tuple[Part, ...]
    file: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A context, and in their order the variables and checks of its elements."""

    context: str
    items: tuple[Let | Check, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Rules of which an element takes the first whose context it matches."""

    id: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """What runs of a Schematron.

    ``name``: its file in the kit. ``lets``: those of the schema and of the active patterns.
    ``missing``: includes that are not there, with the reason. ``dropped``: what the official tool
    leaves out in silence, in French.
    """

    name: str
    namespaces: dict[str, str]
    lets: tuple[Let, ...]
    patterns: tuple[Pattern, ...]
    missing: tuple[tuple[str, str], ...] = ()
    dropped: tuple[str, ...] = ()


def read_schema(folder: Folder, name: str) -> Schema:
    """Read the Schematron of that name in the kit; raise Unreadable or Invalid."""
    joining = Joining(folder)
    root = folder.xml(name)
    if root.tag != f"{S}schema":
        raise Invalid("ce n'est pas un Schematron ISO (racine sch:schema)")
    if root.get("queryBinding") not in {"xslt2", "xpath2"}:
        raise Invalid(f"langage « {root.get('queryBinding') or 'xslt'} » (attendu : xslt2)")
    tops = list(joining.children(root, name, (name,)))
    patterns = _patterns(name, tops, joining.dropped)
    active = _active(root.get("defaultPhase") or "#ALL", tops, patterns)
    lets = [_let(top) for top in tops if top.tag == f"{S}let"]
    lets += [_let(node) for one in active for node in one.element.iterchildren(f"{S}let")]
    _refuse_twice(let.name for let in lets)
    rules = _Rules(joining, [one.element for one in patterns])
    return Schema(
        name=name,
        namespaces=_namespaces(tops),
        lets=tuple(lets),
        patterns=tuple(rules.pattern(one) for one in active),
        missing=tuple(joining.missing.items()),
        dropped=tuple(joining.dropped),
    )


@dataclass(frozen=True, slots=True)
class _Concrete:
    """A pattern that can run; ``parameters`` are replaced in it where it is an abstract one."""

    element: _Element
    id: str
    parameters: tuple[tuple[str, str], ...] = ()

    def expand(self, text: str) -> str:
        """Replace each ``$name`` by its value, as the official tool does: one after the other."""
        for name, value in self.parameters:
            text = text.replace(f"${name}", value)
        return text


def _patterns(name: str, tops: list[_Element], dropped: list[str]) -> list[_Concrete]:
    """Return the patterns; one without id is named by the Schematron's file."""
    elements = [top for top in tops if top.tag == f"{S}pattern"]
    named: dict[str | None, list[_Element]] = {}
    for element in elements:
        named.setdefault(element.get("id"), []).append(element)
    found = []
    for element in elements:
        identifier = element.get("id") or name.rpartition("/")[2].rpartition(".")[0]
        if element.get("abstract") == "true":
            continue
        if "is-a" not in element.attrib:
            found.append(_Concrete(element, identifier))
            continue
        if element.get("id") and len(named[element.get("id")]) > 1:
            raise Invalid(f"deux motifs ont l'identifiant « {identifier} »")
        bases = named.get(element.get("is-a"), [])
        if not bases:
            dropped.append(
                f"motif « {identifier} » : motif abstrait « {element.get('is-a')} » absent"
            )
        values = tuple(
            (node.get("name", ""), node.get("value", ""))
            for node in element.iterchildren(f"{S}param")
        )
        # Without an id the official tool does not find the parameters again.
        parameters = values if element.get("id") else ()
        found += [_Concrete(base, identifier, parameters) for base in bases]
    return found


def _active(phase: str, tops: list[_Element], patterns: list[_Concrete]) -> list[_Concrete]:
    if phase == "#ALL":
        return patterns
    active = {
        node.get("pattern")
        for top in tops
        if top.tag == f"{S}phase" and top.get("id") == phase
        for node in top.iterchildren(f"{S}active")
    }
    return [pattern for pattern in patterns if pattern.id in active]


class _Rules:
    """Makes the values of a pattern's rules."""

    def __init__(self, joining: Joining, patterns: list[_Element]) -> None:
        self._joining = joining
        self._count = 0
        self._abstract: dict[str | None, list[_Element]] = {}
        for pattern in patterns:
            for rule in pattern.iterchildren(f"{S}rule"):
                if rule.get("abstract") == "true":
                    self._abstract.setdefault(rule.get("id"), []).append(rule)

    def pattern(self, pattern: _Concrete) -> Pattern:
        rules = []
        for rule in pattern.element.iterchildren(f"{S}rule"):
            if rule.get("abstract") == "true":
                continue
            if not (rule.get("context") or "").strip():
                raise Invalid(f"motif « {pattern.id} » : règle sans contexte")
            context = pattern.expand(rule.get("context") or "")
            rules.append(Rule(context, tuple(self._items(rule, pattern, ()))))
        return Pattern(pattern.id, tuple(rules))

    def _items(
        self, rule: _Element, pattern: _Concrete, way: tuple[str | None, ...]
    ) -> Iterator[Let | Check]:
        for child in rule.iterchildren("*"):
            if child.tag == f"{S}let":
                yield _let(child)
            elif child.tag in {f"{S}assert", f"{S}report"}:
                yield self._check(child, pattern)
            elif child.tag == f"{S}extends":
                name = child.get("rule")
                if name in way:
                    raise Invalid(f"motif « {pattern.id} » : la règle « {name} » s'étend elle-même")
                for extended in self._extended(rule, name, pattern):
                    yield from self._items(extended, pattern, (*way, name))

    def _extended(self, rule: _Element, name: str | None, pattern: _Concrete) -> list[_Element]:
        found = self._abstract.get(name, [])
        if not found:
            self._joining.dropped.append(
                f"motif « {pattern.id} » : règle abstraite « {name} » absente"
            )
        own = [extended for extended in found if extended.getparent() is rule.getparent()]
        return own or found

    def _check(self, element: _Element, pattern: _Concrete) -> Check:
        self._count += 1
        if self._count > _MOST_CHECKS:
            raise Invalid(f"plus de {_MOST_CHECKS} contrôles")
        test = element.get("test")
        if not (test or "").strip():
            raise Invalid(f"motif « {pattern.id} » : contrôle sans test")
        return Check(
            kind=etree.QName(element).localname,
            test=pattern.expand(test or ""),
            message=tuple(_message(element, pattern)),
            file=self._joining.file(element),
            line=element.sourceline,
        )


def _message(element: _Element, pattern: _Concrete) -> Iterator[Part]:
    if element.text:
        yield Part("text", pattern.expand(element.text))
    for child in element.iterchildren("*"):
        if child.tag == f"{S}value-of":
            yield Part("value-of", pattern.expand(child.get("select") or "."))
        elif child.tag == f"{S}name":
            yield Part("name", child.get("path") or ".")
        elif child.tag in {f"{S}emph", f"{S}dir", f"{S}span"}:
            yield Part("text", f" {''.join(child.itertext('*'))} ")
        if child.tail:
            yield Part("text", pattern.expand(child.tail))


def _let(element: _Element) -> Let:
    name, value = (element.get("name") or "").strip(), element.get("value") or ""
    if not name or not value.strip():
        raise Invalid(f"variable « {name} » sans valeur")
    return Let(name, value)


def _refuse_twice(names: Iterable[str]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise Invalid(f"variable déclarée deux fois : {', '.join(twice)}")


def _namespaces(tops: list[_Element]) -> dict[str, str]:
    spaces: dict[str, str] = {}
    for top in tops:
        if top.tag == f"{S}ns":
            prefix, uri = top.get("prefix", ""), top.get("uri", "")
            if spaces.setdefault(prefix, uri) != uri:
                raise Invalid(f"préfixe « {prefix} » déclaré deux fois")
    return spaces
