"""Translates a parsed XPath 2.0 expression to XPath 1.0, or refuses it.

What both languages compute alike is written as it is. Where they part (several items where one is
asked, numbers in texts, booleans of sequences) the translation calls a function of ours that does
as XPath 2.0 does; where no such function exists, the expression is refused: Unsupported.
Sources: XPath 2.0 § 2.4.3 (effective boolean value), § 3.5.2 (general comparisons).
"""

from cda_tools.kit.xpath.functions import call
from cda_tools.kit.xpath.parser import Syntax, Unsupported
from cda_tools.kit.xpath.paths import filtered, path
from cda_tools.kit.xpath.scope import Scope
from cda_tools.kit.xpath.terms import NODE_KINDS, Kind, Term, given, literal
from cda_tools.kit.xpath.tree import (
    Binary,
    Call,
    Choice,
    Filter,
    Here,
    Literal,
    Negative,
    Node,
    Number,
    Path,
    Sequence,
    Variable,
    operands,
)

_VALUE = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_GENERAL = frozenset(_VALUE.values())
_SWAPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def _number(text: str) -> Term:
    if "e" in text.lower():
        raise Unsupported(f"nombre « {text} »")
    return Term(text, Kind.NUMBER, free=True, whole=text.isdigit())


class Translator:
    """Translates the expressions of one scope."""

    def __init__(self, scope: Scope) -> None:
        """Give the names the meaning that they have in ``scope``."""
        self.scope = scope

    def term(self, node: Node) -> Term:
        """Return the translation of an expression; raise Syntax or Unsupported."""
        if isinstance(node, Literal):
            return Term(literal(node.value), Kind.STRING, constant=node.value, free=True)
        if isinstance(node, Number):
            return _number(node.text)
        if isinstance(node, Choice | Sequence):
            return Term(self.boolean(node), Kind.BOOLEAN)
        return self._compound(node)

    def _compound(self, node: Node) -> Term:
        match node:
            case Variable(name):
                found = self.scope.variable(name)
            case Here():
                found = Term(".", Kind.NODE, shown=frozenset("*"))
            case Call(name, arguments):
                found = call(self, name, arguments)
            case Path():
                found = path(self, node)
            case Filter():
                found = filtered(self, node)
            case Negative(of):
                found = self._negative(of)
            case Binary():
                found = self._binary(node)
            case _:
                raise Unsupported("expression inconnue")
        return found

    def _negative(self, node: Node) -> Term:
        term = self.term(node)
        if term.kind is not Kind.NUMBER:
            raise Unsupported("signe devant autre chose qu'un nombre")
        return Term(f"(- {term.text})", Kind.NUMBER, free=term.free, shown=term.shown)

    def boolean(self, node: Node) -> str:
        """Return the text of the effective boolean value of an expression."""
        if isinstance(node, Choice):
            condition = self.boolean(node.condition)
            yes, no = self.boolean(node.yes), self.boolean(node.no)
            return f"(({condition}) and ({yes}) or not({condition}) and ({no}))"
        if isinstance(node, Sequence):
            if node.items:
                raise Unsupported("suite de valeurs prise pour un booléen")
            return "false()"
        return self.as_boolean(self.term(node))

    def as_boolean(self, term: Term) -> str:
        """Return the text of the effective boolean value of a term."""
        if term.each is None:
            return term.text
        test = f"[boolean({self.as_boolean(term.each)})]"
        nodes = f"({term.text})"
        if term.single:
            return f"boolean({nodes}{test})"
        if self.scope.pattern:
            # Two values are an error, and an error in a context means that it does not match.
            return f"(count({nodes}) = 1 and {nodes}{test})"
        return f"boolean(k:only({given(term)}, {self.scope.stop()}){test})"

    def _binary(self, node: Binary) -> Term:
        operator = node.operator
        if operator in {"and", "or"}:
            texts = [self.boolean(one) for one in operands(node, operator)]
            return Term(f"({f' {operator} '.join(texts)})", Kind.BOOLEAN)
        if operator == "|":
            terms = [self.term(one) for one in operands(node, operator)]
            if not {term.kind for term in terms} <= NODE_KINDS:
                raise Unsupported("réunion d'autre chose que des nœuds")
            shown = frozenset(name for term in terms for name in term.shown)
            texts = [term.text for term in terms]
            return Term(f"({' | '.join(texts)})", Kind.NODES, shown=shown)
        if operator in _GENERAL or operator in _VALUE:
            return Term(self._comparison(node), Kind.BOOLEAN)
        return self._arithmetic(node)

    def _arithmetic(self, node: Binary) -> Term:
        left, right = self.term(node.left), self.term(node.right)
        if node.operator not in {"+", "-", "*"} or not left.kind == right.kind == Kind.NUMBER:
            raise Unsupported(f"calcul « {node.operator} »")
        return Term(
            f"({left.text} {node.operator} {right.text})",
            Kind.NUMBER,
            free=left.free and right.free,
            shown=left.shown | right.shown,
            whole=left.whole and right.whole,
        )

    # ---------------------------------------------------------- comparisons

    def _comparison(self, node: Binary) -> str:
        for side, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(side, Sequence) and node.operator in _GENERAL:
                operator = node.operator if side is node.right else _SWAPPED[node.operator]
                each = [self._comparison(Binary(operator, other, item)) for item in side.items]
                return f"({' or '.join(each)})" if each else "false()"
        left, right = self.term(node.left), self.term(node.right)
        operator = node.operator
        if operator in _VALUE:
            operator = _VALUE[operator]
            left, right = self._single(left), self._single(right)
            if {left.kind, right.kind} == {Kind.NODE, Kind.NUMBER}:
                raise Unsupported("un texte comparé à un nombre par « eq » ou semblable")
        if left.each is not None:
            return self._each(left, operator, right)
        if right.each is not None:
            return self._each(right, _SWAPPED[operator], left)
        if right.kind in NODE_KINDS and left.kind not in NODE_KINDS:
            left, operator, right = right, _SWAPPED[operator], left
        return self._compared(left, operator, right)

    def _each(self, left: Term, operator: str, right: Term) -> str:
        """Compare each value of ``p/f(x)``: some p is one whose f(x) compares."""
        assert left.each is not None
        if not right.free:
            raise Unsupported("comparaison de « p/f(x) » à ce qui dépend de l'élément")
        return f"boolean(({left.text})[{self._compared(left.each, operator, right)}])"

    def _single(self, term: Term) -> Term:
        if term.kind is Kind.NODES:
            return Term(f"k:one({given(term)}, {self.scope.stop()})", Kind.NODE, shown=term.shown)
        return term

    def _compared(self, left: Term, operator: str, right: Term) -> str:
        text = f"({left.text} {operator} {right.text})"
        equality = operator in {"=", "!="}
        match left.kind, right.kind:
            case Kind.NUMBER, Kind.NUMBER:
                return text
            case (Kind.STRING, Kind.STRING) | (Kind.BOOLEAN, Kind.BOOLEAN) if equality:
                return text
            case ((Kind.NODES | Kind.NODE), (Kind.STRING | Kind.NODES | Kind.NODE)) if equality:
                return text
            case ((Kind.NODES | Kind.NODE), Kind.NUMBER):
                if self.scope.pattern:
                    raise Unsupported("un texte comparé à un nombre dans un contexte")
                return f"k:compare({given(left)}, '{operator}', {right.text}, {self.scope.stop()})"
            case (Kind.STRING, Kind.NUMBER) | (Kind.NUMBER, Kind.STRING):
                raise Syntax("une chaîne comparée à un nombre")
        raise Unsupported(f"comparaison « {operator} » de ces deux valeurs")
