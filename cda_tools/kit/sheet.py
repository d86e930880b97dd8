"""Writes the XSLT 1.0 style sheet that runs Schematrons on a document.

One sheet holds several Schematrons, each a layer of the outcome. A pattern of one rule goes through
the elements of its context; one of several is a mode, to which the elements that its contexts may
match are given, and the first rule that matches takes the element, as in the official style sheets.
Only failures are written::

    <l n="0">...<f c="17" at="0 4 2"><v>...</v></f></l>

``n``: the layer; one that is optional runs where the parameter ``volet`` is its number. Its text
has one character a rule that fired. ``c``: the number of the check, ``at``: the element, as
positions on the way down from the root (0-based). ``v``: the values in the message, in their order.
"""

from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element

from cda_tools.kit.compiled import FUNCTIONS, LAYER, XSL, Source
from cda_tools.kit.schematron import Check, Let, Part, Pattern, Rule, Schema
from cda_tools.kit.xpath.contexts import Context, contexts
from cda_tools.kit.xpath.parser import Syntax, Unsupported, parse
from cda_tools.kit.xpath.scope import Prefixes, Scope
from cda_tools.kit.xpath.terms import NODE_KINDS, Kind, Term, given, literal
from cda_tools.kit.xpath.translate import Translator
from cda_tools.kit.xpath.tree import Node
from cda_tools.reading.privacy import HIDDEN

_HIDDEN = literal(HIDDEN)


class Refused(Exception):
    """A Schematron that cannot be run exactly as it is; the message says which expression.

    ``invalid``: it is no XPath 2.0, so that the official tool does not run it either.
    """

    def __init__(self, message: str, *, invalid: bool) -> None:
        """Keep the reason, in French."""
        super().__init__(message)
        self.invalid = invalid


@dataclass(slots=True)
class Written:
    """A sheet, and what its checks are, by their numbers."""

    sheet: _Element
    sources: list[Source]


class SheetWriter:
    """Writes one sheet, a Schematron at a time."""

    def __init__(self) -> None:
        """Start an empty sheet."""
        self._prefixes = Prefixes()
        self._top: list[tuple[str, dict[str, str]]] = []
        self._templates: list[_Element] = []
        self._applied: list[tuple[bool, list[_Element]]] = []
        self._modes = 0
        self._variables = 0
        self._sources: list[Source] = []
        self._documents: list[tuple[str, ...]] = []
        self._parsed: dict[str, Node] = {}

    def add(self, schema: Schema, *, optional: bool = False) -> int:
        """Add a Schematron as the next layer and return its number.

        Raise Refused and leave the sheet as it was.
        """
        state = len(self._top), len(self._templates), len(self._sources)
        try:
            layer = _Layer(self, schema)
            if optional:
                for template in self._templates[state[1] :]:
                    template.set(LAYER, str(len(self._applied)))
        except (Refused, RecursionError) as error:
            del self._top[state[0] :], self._templates[state[1] :], self._sources[state[2] :]
            if isinstance(error, RecursionError):
                raise Refused("expression trop profonde", invalid=False) from None
            raise
        self._applied.append((optional, layer.applied))
        self._documents.append(tuple(layer.scope.documents))
        return len(self._applied) - 1

    def finish(self) -> Written:
        """Return the sheet."""
        spaces = {prefix: uri for uri, prefix in self._prefixes.known.items()}
        nsmap = {"xsl": XSL, "k": FUNCTIONS, **spaces}
        sheet = etree.Element(f"{{{XSL}}}stylesheet", nsmap=nsmap, attrib={"version": "1.0"})
        sheet.set("exclude-result-prefixes", " ".join(["k", *spaces]))
        xsl(sheet, "output", method="xml", encoding="UTF-8")
        xsl(sheet, "param", name="volet", select="-1")
        # The elements and not their templateId: libxml2 takes quadratic time over the parents of
        # many nodes, each of which it looks for among those that it has.
        xsl(sheet, "key", name="t", match="*[h:templateId]", use="h:templateId/@root")
        for tag, attributes in self._top:
            xsl(sheet, tag, **attributes)
        main = xsl(sheet, "template", match="/")
        outcome = etree.SubElement(main, "outcome")
        for number, (optional, applied) in enumerate(self._applied):
            chosen = outcome
            if optional:
                chosen = xsl(outcome, "if", test=f"$volet = {number}")
                chosen.set(LAYER, str(number))
            etree.SubElement(chosen, "l", n=str(number)).extend(applied)
        sheet.extend(self._templates)
        return Written(sheet, self._sources)

    @property
    def count(self) -> int:
        """Return how many sources there are: the number of the next one."""
        return len(self._sources)

    def documents(self, layer: int) -> tuple[str, ...]:
        """Return the files that a layer reads."""
        return self._documents[layer]

    def parse(self, expression: str) -> Node:
        """Parse an expression once, however often it is written."""
        if expression not in self._parsed:
            self._parsed[expression] = parse(expression)
        return self._parsed[expression]


class _Layer:
    """Writes what one Schematron adds to a sheet."""

    def __init__(self, writer: SheetWriter, schema: Schema) -> None:
        self._writer = writer
        self.applied: list[_Element] = []
        self.scope = Scope(schema.namespaces, writer._prefixes, {}, beside=schema.name)
        for let in _in_order(writer, schema.lets):
            self._global(let)
        for pattern in schema.patterns:
            self._pattern(pattern)

    def _global(self, let: Let) -> None:
        term = self._translated(let.value, f"variable ${let.name}")
        if term.constant is None:
            if "k:" in term.text:
                raise Refused(f"variable ${let.name} : {let.value}", invalid=False)
            name = self._name()
            self._writer._top.append(("variable", {"name": name, "select": term.text}))
            term = _reference(name, term)
        self.scope.variables[let.name] = term

    def _pattern(self, pattern: Pattern) -> None:
        if len(pattern.rules) == 1:
            # No other rule can take its elements: it goes through them itself.
            (rule,) = pattern.rules
            exact = dict.fromkeys(context.exact for context in self._contexts(rule))
            each = _detached("for-each", select=" | ".join(exact))
            self._rule(each, pattern, rule)
            self.applied.append(each)
        elif pattern.rules:
            self._mode(pattern)

    def _mode(self, pattern: Pattern) -> None:
        """Write a pattern of several rules as a mode: the first that matches takes the element."""
        self._writer._modes += 1
        mode = f"m{self._writer._modes}"
        candidates: dict[str, None] = {}
        for number, rule in enumerate(pattern.rules):
            found = self._contexts(rule)
            candidates.update(dict.fromkeys(context.candidates for context in found))
            match = " | ".join(context.match for context in found)
            first = str(1 + len(pattern.rules) - number)
            template = _detached("template", match=match, mode=mode, priority=first)
            self._rule(template, pattern, rule)
            self._writer._templates.append(template)
        select = " | ".join(candidates)
        self.applied.append(_detached("apply-templates", select=select, mode=mode))
        nothing = _detached("template", match="node()", mode=mode, priority="0")
        self._writer._templates.append(nothing)

    def _contexts(self, rule: Rule) -> list[Context]:
        try:
            return contexts(self.scope, self._writer.parse(rule.context))
        except (Syntax, Unsupported) as error:
            raise _refused(f"contexte {_folded(rule.context)}", error) from None

    def _rule(self, template: _Element, pattern: Pattern, rule: Rule) -> None:
        xsl(template, "text").text = "."
        outer = dict(self.scope.variables)
        for item in rule.items:
            if isinstance(item, Let):
                self._local(template, pattern, rule, item)
            else:
                self._check(template, pattern, rule, item)
        self.scope.variables = outer

    def _local(self, template: _Element, pattern: Pattern, rule: Rule, let: Let) -> None:
        self.scope.source = len(self._writer._sources)
        self.scope.stops = False
        term = self._translated(let.value, f"variable ${let.name}")
        if self.scope.stops:
            self._writer._sources.append(
                Source("let", pattern.id, _folded(rule.context), _folded(let.value), "", None)
            )
        if term.constant is None:
            name = self._name()
            xsl(template, "variable", name=name, select=term.text)
            term = _reference(name, term)
        self.scope.variables[let.name] = term

    def _check(self, template: _Element, pattern: Pattern, rule: Rule, check: Check) -> None:
        number = len(self._writer._sources)
        self.scope.source = number
        test = _folded(check.test)
        try:
            holds = Translator(self.scope).boolean(self._writer.parse(check.test))
        except (Syntax, Unsupported) as error:
            raise _refused(f"test {test} ({check.file}, ligne {check.line})", error) from None
        fails = holds if check.kind == "report" else f"not({holds})"
        failure = etree.SubElement(
            xsl(template, "if", test=fails), "f", c=str(number), at="{k:place(.)}"
        )
        message = tuple(self._part(failure, part) for part in check.message)
        self._writer._sources.append(
            Source(
                check.kind, pattern.id, _folded(rule.context), test, check.file, check.line, message
            )
        )

    def _part(self, failure: _Element, part: Part) -> str | None:
        """Return the text of a part of a message, None where the document's value stands."""
        if part.kind == "text":
            return part.text
        select = self._shown(part)
        if isinstance(select, str):
            xsl(etree.SubElement(failure, "v"), "value-of", select=select)
            return None
        return select.constant

    def _shown(self, part: Part) -> str | Term:
        """Return a constant, else the expression of what may be shown of a value."""
        try:
            term = Translator(self.scope).term(self._writer.parse(part.text))
            if term.constant is not None:
                return term
            if part.kind == "name":
                return f"name({term.text})"
            if term.kind in NODE_KINDS:
                return f"k:show({given(term)})"
        except Syntax as error:
            raise _refused(f"message {_folded(part.text)}", error) from None
        except Unsupported:
            # A message decides nothing: what we cannot compute is not shown.
            return _HIDDEN
        if "*" in term.shown or term.kind is Kind.EACH:
            return _HIDDEN
        return f"k:say(., string({term.text}), '{' '.join(sorted(term.shown))}')"

    def _translated(self, value: str, what: str) -> Term:
        try:
            term = Translator(self.scope).term(self._writer.parse(value))
            if term.kind is Kind.EACH:
                raise Unsupported("suite de valeurs dans une variable")
        except (Syntax, Unsupported) as error:
            raise _refused(f"{what} := {_folded(value)}", error) from None
        return term

    def _name(self) -> str:
        self._writer._variables += 1
        return f"v{self._writer._variables}"


def _in_order(writer: SheetWriter, lets: tuple[Let, ...]) -> list[Let]:
    """Return global variables so that each comes after those that it refers to."""
    waiting = list(lets)
    names = {let.name for let in lets}
    done: list[Let] = []
    while waiting:
        known = {let.name for let in done}
        ready = [
            let
            for let in waiting
            if all(f"${name}" not in let.value for name in names - known - {let.name})
        ]
        if not ready:
            raise Refused("variables globales qui dépendent l'une de l'autre", invalid=True)
        done += ready
        waiting = [let for let in waiting if let not in ready]
    return done


def _reference(name: str, term: Term) -> Term:
    return Term(f"${name}", term.kind, free=True, shown=term.shown, whole=term.whole)


def _refused(what: str, error: Syntax | Unsupported) -> Refused:
    return Refused(f"{what} : {error}", invalid=isinstance(error, Syntax))


def _folded(text: str) -> str:
    return " ".join(text.split())


def xsl(parent: _Element, tag: str, **attributes: str) -> _Element:
    """Add an element of XSLT."""
    return etree.SubElement(parent, f"{{{XSL}}}{tag}", attributes)


def _detached(tag: str, **attributes: str) -> _Element:
    return etree.Element(f"{{{XSL}}}{tag}", attributes, nsmap={"xsl": XSL})
