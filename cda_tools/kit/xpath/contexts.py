"""Translates the contexts of rules: what an element must match, and where such elements are.

The official style sheets walk the whole document once a pattern. Here the elements that a context
may match are found by a key, the roots of templateIds, or by name; the match then decides.
"""

from dataclasses import dataclass, replace

from cda_tools.kit.xpath.parser import Syntax, Unsupported
from cda_tools.kit.xpath.scope import HL7, Scope
from cda_tools.kit.xpath.terms import Kind, literal
from cda_tools.kit.xpath.translate import Translator
from cda_tools.kit.xpath.tree import (
    ANY_BELOW,
    Binary,
    Filter,
    Here,
    Literal,
    Node,
    Path,
    Step,
    operands,
)


@dataclass(frozen=True, slots=True)
class Context:
    """One alternative of a rule's context.

    ``match``: an XSLT 1.0 pattern. ``candidates``: an expression that finds at least the elements
    that match. ``exact``: one that finds them and no others.
    """

    match: str
    candidates: str
    exact: str


def contexts(scope: Scope, node: Node) -> list[Context]:
    """Return the alternatives of a context; raise Syntax or Unsupported."""
    translator = Translator(replace(scope, pattern=True))
    return [_context(translator, one) for one in operands(node, "|")]


def _context(translator: Translator, node: Node) -> Context:
    if not isinstance(node, Path):
        raise Unsupported("contexte qui n'est pas un chemin")
    for step in node.steps:
        if not isinstance(step, Step) or step.axis not in {"child", "attribute"}:
            if step == ANY_BELOW:
                continue
            raise Syntax("étape qu'un contexte n'admet pas")
    if not node.steps:
        return Context("/", "/", "/")
    match = translator.term(node).text
    if "k:" in match or "$" in match:
        raise Unsupported("contexte qui dépend d'une fonction ou d'une variable")
    exact = _exact(translator, node, match)
    return Context(match, _candidates(translator, node, exact), exact)


def _exact(translator: Translator, node: Path, match: str) -> str:
    """Return an expression of the elements that match: by key where the first step has one."""
    if node.absolute and node.steps[0] != ANY_BELOW:
        return match
    first, *rest = node.steps[1:] if node.absolute else node.steps
    assert isinstance(first, Step)
    roots = _roots_of(translator.scope, first)
    if roots is None or _positional(translator, first):
        # A relative pattern matches wherever the path is found from some ancestor.
        return match if node.absolute else f"//{match}"
    starts = _by_key(roots)
    if first.test != "*" or len(first.predicates) > 1 or not _only_roots(first.predicates[0]):
        itself = translator.term(Path(False, (Step("self", first.test, first.predicates),))).text
        starts = [f"{start}/{itself}" for start in starts]
    below = _below(translator, tuple(rest))
    return " | ".join(start + below for start in starts)


def _candidates(translator: Translator, node: Path, exact: str) -> str:
    """Return where the elements are: by the last key on the way, else by the last name."""
    for at in range(len(node.steps) - 1, -1, -1):
        step = node.steps[at]
        roots = _roots_of(translator.scope, step) if isinstance(step, Step) else None
        if roots is not None:
            below = _below(translator, node.steps[at + 1 :])
            return " | ".join(start + below for start in _by_key(roots))
    last = node.steps[-1]
    if exact.startswith("//") and isinstance(last, Step):
        # Several rules look for the same name: one walk finds the elements of all of them.
        return translator.term(Path(True, (ANY_BELOW, Step(last.axis, last.test)))).text
    return exact


def _by_key(roots: frozenset[str]) -> list[str]:
    return [f"key('t', {literal(root)})" for root in sorted(roots)]


def _below(translator: Translator, steps: tuple[Step | Filter, ...]) -> str:
    """Return the rest of a path, which begins with one slash or with two."""
    if not steps:
        return ""
    return translator.term(Path(False, (Filter(Here()), *steps))).text.removeprefix(".")


def _positional(translator: Translator, step: Step) -> bool:
    """Tell whether a step counts: by itself, an element is always the first."""
    text = translator.term(Path(False, (step,))).text
    numbers = (translator.term(predicate).kind is Kind.NUMBER for predicate in step.predicates)
    return any(numbers) or "position()" in text or "last()" in text


def _only_roots(node: Node) -> bool:
    """Tell whether a predicate asks for roots of templateIds and for nothing else."""
    if isinstance(node, Binary) and node.operator == "or":
        return all(_only_roots(one) for one in operands(node, "or"))
    if isinstance(node, Binary):
        return node.operator == "="
    return isinstance(node, Path) and all(
        isinstance(step, Step) and len(step.predicates) < 2 for step in _without_here(node)
    )


def _roots_of(scope: Scope, step: Step) -> frozenset[str] | None:
    """Return the roots of which an element at this step has one as templateId, if that is known."""
    for predicate in step.predicates:
        roots = _roots(scope, predicate)
        if roots is not None:
            return roots
    return None


def _roots(scope: Scope, node: Node) -> frozenset[str] | None:
    if isinstance(node, Binary):
        return _roots_of_binary(scope, node)
    if isinstance(node, Path):
        steps = _without_here(node)
        if not node.absolute and len(steps) == 1 and _is_template_id(scope, steps[0]):
            step = steps[0]
            assert isinstance(step, Step)
            for predicate in step.predicates:
                if isinstance(predicate, Binary) and predicate.operator == "=":
                    root = _literal_root(predicate.left, predicate.right)
                    if root is not None:
                        return root
    return None


def _roots_of_binary(scope: Scope, node: Binary) -> frozenset[str] | None:
    if node.operator == "=":
        return _root_equality(scope, node)
    if node.operator not in {"and", "or"}:
        return None
    found = [_roots(scope, one) for one in operands(node, node.operator)]
    known = [roots for roots in found if roots is not None]
    if node.operator == "and":
        return next(iter(known), None)
    return frozenset().union(*known) if len(known) == len(found) else None


def _root_equality(scope: Scope, node: Binary) -> frozenset[str] | None:
    for side, other in ((node.left, node.right), (node.right, node.left)):
        if isinstance(side, Path) and not side.absolute and isinstance(other, Literal):
            steps = _without_here(side)
            if (
                len(steps) == 2
                and _is_template_id(scope, steps[0])
                and isinstance(steps[0], Step)
                and not steps[0].predicates
                and steps[1] == Step("attribute", "root")
            ):
                return frozenset({other.value})
    return None


def _literal_root(left: Node, right: Node) -> frozenset[str] | None:
    for side, other in ((left, right), (right, left)):
        if side == Path(False, (Step("attribute", "root"),)) and isinstance(other, Literal):
            return frozenset({other.value})
    return None


def _without_here(path: Path) -> tuple[Step | Filter, ...]:
    return path.steps[1:] if path.steps[:1] == (Filter(Here()),) else path.steps


def _is_template_id(scope: Scope, step: Step | Filter) -> bool:
    return (
        isinstance(step, Step)
        and step.axis == "child"
        and step.test.endswith(":templateId")
        and scope.uri(step.test) == HL7
    )
