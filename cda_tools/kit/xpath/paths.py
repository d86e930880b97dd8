"""Translates paths: their steps, and what XPath 2.0 allows as a step beyond names and axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cda_tools.kit.xpath.documents import document_step
from cda_tools.kit.xpath.parser import Unsupported
from cda_tools.kit.xpath.terms import NODE_KINDS, Kind, Term, given
from cda_tools.kit.xpath.tree import (
    ANY_BELOW,
    Binary,
    Filter,
    Here,
    Node,
    Path,
    Step,
    Variable,
    operands,
)

if TYPE_CHECKING:
    from cda_tools.kit.xpath.translate import Translator

_ONE = frozenset({"self", "parent"})
_SHORT = {"child": "", "attribute": "@"}
_KINDS_OF_NODE = frozenset({"text()", "node()"})


def path(translator: Translator, node: Path) -> Term:
    """Return the translation of a path."""
    document = document_step(translator, node)
    if document is not None:
        return document
    built = _Path(translator, node.absolute)
    for step in node.steps:
        if isinstance(step, Step):
            built.step(step)
        else:
            built.filter(step)
    return built.term()


def filtered(translator: Translator, node: Filter) -> Term:
    """Return the translation of an expression with predicates behind it."""
    term = translator.term(node.of)
    if not node.predicates:
        return term
    if term.kind not in NODE_KINDS:
        raise Unsupported("prédicat derrière autre chose que des nœuds")
    inner, text = "", term.text if term.text.startswith(("(", "$")) else f"({term.text})"
    for predicate in node.predicates:
        inner, single = _predicate(translator, predicate)
        text += inner
        if single:
            return Term(text, Kind.NODE, shown=term.shown, free=term.free and not inner)
    return Term(text, term.kind, shown=term.shown)


def _predicate(translator: Translator, node: Node) -> tuple[str, bool]:
    """Return the predicate between brackets, and whether it keeps one item at most."""
    term = translator.term(node)
    if term.kind is Kind.NUMBER:
        return f"[{term.text}]", True
    return f"[{translator.as_boolean(term)}]", False


class _Path:
    """A path as it grows, from left to right."""

    def __init__(self, translator: Translator, absolute: bool) -> None:
        self._translator = translator
        self._text = "/" if absolute else ""
        self._kind = Kind.NODE
        self._each: Term | None = None
        self._shown = frozenset("*")
        self._free = absolute
        self._below = False  # a ``//`` waits for the step behind it

    def term(self) -> Term:
        if self._each is not None:
            single = self._kind is Kind.NODE
            return Term(
                self._text, Kind.EACH, each=self._each, shown=self._each.shown, single=single
            )
        # What is found by an absolute path means the same everywhere.
        return Term(self._text or ".", self._kind, shown=self._shown, free=self._free)

    def step(self, step: Step) -> None:
        self._refuse_after_value()
        if step == ANY_BELOW:
            self._below = True
            self._kind = Kind.NODES
            return
        text, single = self._written(step)
        self._join(text)
        if not single:
            self._kind = Kind.NODES
        attribute = step.axis == "attribute" and ":" not in step.test and step.test != "*"
        self._shown = frozenset({step.test}) if attribute else frozenset("*")

    def _written(self, step: Step) -> tuple[str, bool]:
        axis, test = step.axis, step.test
        if axis == "namespace" or (test.endswith("()") and test not in _KINDS_OF_NODE):
            raise Unsupported(f"étape « {axis}::{test} »")
        if test == "node()" and axis not in _ONE and axis != "descendant-or-self":
            # Comments and processing instructions are not kept in our trees.
            raise Unsupported(f"étape « {axis}::node() »")
        single = axis in _ONE or (axis == "attribute" and "*" not in test)
        if axis in _ONE and test == "node()":
            text = "." if axis == "self" else ".."
            if step.predicates:
                text = f"{axis}::node()"
        else:
            text = _SHORT.get(axis, f"{axis}::") + self._tested(test)
        for predicate in step.predicates:
            inner, one = _predicate(self._translator, predicate)
            text += inner
            single = single or (one and not self._below)
        return text, single

    def _tested(self, test: str) -> str:
        if test in {"*", "text()", "node()"}:
            return test
        if test.startswith("*:"):
            return f"*[local-name() = '{test[2:]}']"
        return self._translator.scope.name(test)[1]

    def _join(self, text: str) -> None:
        if self._below:
            separator = "/" if self._text == "/" else "//"
            self._text += separator + text if self._text else f".//{text}"
        elif self._text in {"", "/"}:
            self._text += text
        else:
            self._text += f"/{text}"
        self._below = False

    # ------------------------------------------------ expressions as steps

    def filter(self, step: Filter) -> None:
        self._refuse_after_value()
        if self._text in {"", "/"} and not self._below:
            self._first(step)
            return
        inner = step.of
        if isinstance(inner, Here) and not step.predicates:
            self._join(".")
        elif isinstance(inner, Variable):
            self._variable(step)
        elif isinstance(inner, Path | Binary | Filter) and self._nodes(inner):
            self._nested(inner, step)
        else:
            self._value(step)

    def _first(self, step: Filter) -> None:
        term = filtered(self._translator, step)
        if self._text == "/":
            raise Unsupported("expression derrière une barre initiale")
        if isinstance(step.of, Here) and not step.predicates:
            self._text = "."
            return
        if term.kind not in NODE_KINDS:
            raise Unsupported("chemin qui ne part pas de nœuds")
        self._text, self._kind, self._free = term.text, term.kind, term.free

    def _nodes(self, node: Node) -> bool:
        return self._translator.term(node).kind in NODE_KINDS

    def _nested(self, inner: Node, step: Filter) -> None:
        """Write ``p/(a | b)`` as ``(p/a | p/b)``."""
        if step.predicates:
            raise Unsupported("prédicat derrière des parenthèses dans un chemin")
        alternatives = operands(inner, "|")
        if not all(isinstance(one, Path) and not one.absolute for one in alternatives):
            raise Unsupported("parenthèses dans un chemin")
        texts = [self._translator.term(one).text for one in alternatives]
        start = f"{self._text}//" if self._below else f"{self._text}/"
        self._text = f"({' | '.join(start + text for text in texts)})"
        self._kind, self._shown, self._below = Kind.NODES, frozenset("*"), False

    def _variable(self, step: Filter) -> None:
        """Write ``p/$v``: the variable's nodes, once, where there is any p."""
        term = filtered(self._translator, step)
        if self._below:
            raise Unsupported("variable derrière « // »")
        if term.kind not in NODE_KINDS:
            self._value(step)
            return
        self._text = f"k:where(boolean({self._text}), {given(term)})"
        self._kind, self._shown, self._free = Kind.NODES, term.shown, False

    def _value(self, step: Filter) -> None:
        if step.predicates or self._below:
            raise Unsupported("valeur dans un chemin")
        self._each = self._translator.term(step.of)
        if self._each.kind is Kind.EACH or self._each.kind in NODE_KINDS:
            raise Unsupported("expression dans un chemin")

    def _refuse_after_value(self) -> None:
        if self._each is not None:
            raise Unsupported("étape derrière une valeur")
