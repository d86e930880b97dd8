"""Translates what is asked of the kit's own files: value sets and vocabularies.

``document(f)//n[@a = x and @b = y]`` and ``doc(f)//n[text() = x]`` are questions of membership:
the file is read once, to a set. Any other use of ``document`` and ``doc`` is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cda_tools.kit.xpath.parser import Unsupported
from cda_tools.kit.xpath.terms import NODE_KINDS, Kind, Term, literal
from cda_tools.kit.xpath.tree import ANY_BELOW, Binary, Call, Filter, Node, Path, Step, operands

if TYPE_CHECKING:
    from cda_tools.kit.xpath.translate import Translator

_FUNCTIONS = frozenset({"document", "doc"})


def document_step(translator: Translator, node: Path) -> Term | None:
    """Return the question of membership that a path is, None where it reads no document.

    A BOOLEAN: it may only be used as such, or in exists().
    """
    first = node.steps[0] if node.steps else None
    if not isinstance(first, Filter) or not isinstance(first.of, Call):
        return None
    if first.of.name not in _FUNCTIONS:
        return None
    steps = node.steps[1:]
    if (
        len(steps) != 2
        or steps[0] != ANY_BELOW
        or not isinstance(steps[1], Step)
        or steps[1].axis != "child"
        or first.predicates
        or len(first.of.arguments) != 1
    ):
        raise Unsupported(f"usage de {first.of.name}()")
    if translator.scope.pattern:
        raise Unsupported(f"{first.of.name}() dans un contexte")
    named = steps[1]
    local, _ = translator.scope.name(named.test)
    uri = translator.scope.uri(named.test)
    keys, values = _keys(translator, named)
    file = file_name(translator, first.of.arguments[0])
    if file.constant is not None:
        translator.scope.documents.setdefault(file.constant)
    name = f"{{{uri}}}{local}" if uri else local
    # Where document() finds no file, the official tool goes on.
    strict = first.of.name == "doc"
    source = translator.scope.stop() if strict else translator.scope.source
    asked = question(first.of.name, source, name, keys)
    arguments = [literal(translator.scope.beside), file.text, literal(asked), *values]
    return Term(f"k:listed({', '.join(arguments)})", Kind.BOOLEAN, listed=True)


def question(function: str, source: int, name: str, keys: list[str]) -> str:
    """Write what is asked of a file, for ``k:listed``: blank-separated, the keys last."""
    return f"{function} {source} {name} {' '.join(keys)}"


def file_name(translator: Translator, node: Node) -> Term:
    """Return the term of a file's name, which must be a string."""
    term = translator.term(node)
    if term.kind is not Kind.STRING:
        raise Unsupported("nom de fichier qui n'est pas une chaîne")
    return term


def _keys(translator: Translator, step: Step) -> tuple[list[str], list[str]]:
    """Return what is compared in the document, and with what in ours."""
    keys, values = [], []
    for predicate in step.predicates:
        for equality in operands(predicate, "and"):
            key, value = _equality(equality)
            term = translator.term(value)
            if not term.free or not (term.kind in NODE_KINDS or term.kind is Kind.STRING):
                raise Unsupported("recherche qui dépend du document consulté")
            keys.append(key)
            values.append(term.text)
    if not keys or len(set(keys)) != len(keys):
        raise Unsupported("recherche dans un document")
    return keys, values


def _equality(node: Node) -> tuple[str, Node]:
    if isinstance(node, Binary) and node.operator == "=":
        for side, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(side, Path) and not side.absolute and len(side.steps) == 1:
                step = side.steps[0]
                if isinstance(step, Step) and not step.predicates:
                    if step.axis == "attribute" and step.test.isidentifier():
                        return f"@{step.test}", other
                    if step.axis == "child" and step.test == "text()":
                        return "text()", other
    raise Unsupported("recherche dans un document")
