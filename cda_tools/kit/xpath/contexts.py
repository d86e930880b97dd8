"""Translates the contexts of rules: what an element must match, and where such elements are.

The official style sheets walk the whole document once a pattern. Here the elements that a context
may match are found by a key, the roots of templateIds, or by name; the match then decides.
"""

from dataclasses import dataclass, replace

from cda_tools.kit.xpath.parser import Syntax, Unsupported
from cda_tools.kit.xpath.scope import HL7, Scope
from cda_tools.kit.xpath.terms import literal
from cda_tools.kit.xpath.translate import Translator
from cda_tools.kit.xpath.tree import ANY_BELOW, Binary, Filter, Here, Literal, Node, Path, Step


@dataclass(frozen=True, slots=True)
class Context:
    """One alternative of a rule's context.

    ``match``: an XSLT 1.0 pattern. ``candidates``: an expression that finds at least the elements
    that match.
    """

    match: str
    candidates: str


def contexts(scope: Scope, node: Node) -> list[Context]:
    """Return the alternatives of a context; raise Syntax or Unsupported."""
    translator = Translator(replace(scope, pattern=True))
    if isinstance(node, Binary) and node.operator == "|":
        return [*contexts(scope, node.left), *contexts(scope, node.right)]
    if not isinstance(node, Path):
        raise Unsupported("contexte qui n'est pas un chemin")
    for step in node.steps:
        if not isinstance(step, Step) or step.axis not in {"child", "attribute"}:
            if step == ANY_BELOW:
                continue
            raise Syntax("étape qu'un contexte n'admet pas")
    if not node.steps:
        return [Context("/", "/")]
    match = translator.term(node).text
    if "k:" in match or "$" in match:
        raise Unsupported("contexte qui dépend d'une fonction ou d'une variable")
    return [Context(match, _candidates(translator, node, match))]


def _candidates(translator: Translator, node: Path, match: str) -> str:
    for at in range(len(node.steps) - 1, -1, -1):
        step = node.steps[at]
        roots = _roots_of(translator.scope, step) if isinstance(step, Step) else None
        if roots is None:
            continue
        starts = [f"key('t', {literal(root)})/.." for root in sorted(roots)]
        rest = node.steps[at + 1 :]
        if not rest:
            return " | ".join(starts)
        # Written from ``.``, the rest begins with one slash or with two.
        below = translator.term(Path(False, (Filter(Here()), *rest))).text.removeprefix(".")
        return " | ".join(start + below for start in starts)
    if node.absolute and node.steps[0] != ANY_BELOW:
        return match
    return match if match.startswith("//") else f"//{match}"


def _roots_of(scope: Scope, step: Step) -> frozenset[str] | None:
    """Return the roots of which an element at this step has one as templateId, if that is known."""
    for predicate in step.predicates:
        roots = _roots(scope, predicate)
        if roots is not None:
            return roots
    return None


def _roots(scope: Scope, node: Node) -> frozenset[str] | None:
    if isinstance(node, Binary):
        left, right = _roots(scope, node.left), _roots(scope, node.right)
        if node.operator == "and":
            return left if left is not None else right
        if node.operator == "or":
            return None if left is None or right is None else left | right
        if node.operator == "=":
            return _root_equality(scope, node)
        return None
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
