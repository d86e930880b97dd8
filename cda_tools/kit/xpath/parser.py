"""Parses the subset of XPath 2.0 that Schematrons use; whatever else it says so of.

Source: W3C, XML Path Language (XPath) 2.0, § A.1 (grammar) and A.2 (lexical structure).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from cda_tools.kit.xpath.tree import (
    ANY_BELOW,
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
    Step,
    Variable,
)

_LONGEST = 50_000
_DEEPEST = 25
_NAME = r"[^\W\d][\w.\-]*"
_TOKENS = re.compile(
    rf"""
    (?P<blank>\s+)
    | (?P<literal>"(?:[^"]|"")*"|'(?:[^']|'')*')
    | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<variable>\$\s*(?:{_NAME}:)?{_NAME})
    | (?P<name>\*:{_NAME}|{_NAME}:\*|{_NAME}:(?!:){_NAME}|{_NAME})
    | (?P<sign>\.\.|::|//|!=|<=|>=|<<|>>|[()\[\]/@,|+\-*=<>.?])
    """,
    re.VERBOSE,
)
AXES = frozenset(
    {
        *("child", "attribute", "self", "parent", "descendant", "descendant-or-self"),
        *("ancestor", "ancestor-or-self", "following-sibling", "preceding-sibling"),
        *("following", "preceding", "namespace"),
    }
)
_KINDS = frozenset({"text", "node", "comment", "processing-instruction"})
_TYPES = frozenset({"element", "attribute", "document-node", "item", "schema-element"})
_GENERAL = frozenset({"=", "!=", "<", "<=", ">", ">="})
_VALUE = frozenset({"eq", "ne", "lt", "le", "gt", "ge"})
_OTHER = frozenset({"is", "<<", ">>", "instance", "treat", "castable", "cast", "to"})
_MORE = frozenset({"intersect", "except"})


class Syntax(Exception):
    """This is no XPath 2.0; the message says where, in French."""


class Unsupported(Exception):
    """This is XPath 2.0, but not what we can prove; the message says what, in French."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def parse(expression: str) -> Node:
    """Return the tree of an expression; raise Syntax or Unsupported."""
    if len(expression) > _LONGEST:
        raise Unsupported(f"expression de plus de {_LONGEST} caractères")
    parser = _Parser(_tokens(expression))
    node = parser.expression()
    if parser.text is not None:
        raise Syntax(f"« {parser.text} » inattendu")
    return node


def _tokens(expression: str) -> list[_Token]:
    tokens = []
    at = 0
    while at < len(expression):
        if expression.startswith("(:", at):
            at = _after_comment(expression, at)
            continue
        match = _TOKENS.match(expression, at)
        if match is None:
            raise Syntax(f"caractère « {expression[at]} » inattendu")
        at = match.end()
        kind = match.lastgroup or ""
        if kind != "blank":
            tokens.append(_Token(kind, match[0]))
    return tokens


def _after_comment(expression: str, at: int) -> int:
    depth = 0
    for match in re.compile(r"\(:|:\)").finditer(expression, at):
        depth += 1 if match[0] == "(:" else -1
        if depth == 0:
            return match.end()
    raise Syntax("commentaire non fermé")


class _Parser:
    """Recursive descent, one method a level of precedence."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def text(self) -> str | None:
        """Return the next token's text, None at the end."""
        return self._tokens[self._at].text if self._at < len(self._tokens) else None

    @property
    def _kind(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else ""

    def _after(self, count: int = 1) -> str | None:
        at = self._at + count
        return self._tokens[at].text if at < len(self._tokens) else None

    def _take(self, *texts: str) -> str | None:
        """Pass over the next token if it is one of these, and return it."""
        if self.text in texts and self._kind != "literal":
            self._at += 1
            return self._tokens[self._at - 1].text
        return None

    def _expect(self, text: str) -> None:
        if self._take(text) is None:
            found = "fin de l'expression" if self.text is None else f"« {self.text} »"
            raise Syntax(f"« {text} » attendu, {found} trouvé")

    def expression(self) -> Node:
        """Parse what may stand in parentheses: one expression, or several between commas."""
        items = self._items()
        return items[0] if len(items) == 1 else Sequence(items)

    def _items(self) -> tuple[Node, ...]:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unsupported(f"plus de {_DEEPEST} niveaux de parenthèses")
        items = [self._single()]
        while self._take(","):
            items.append(self._single())
        self._depth -= 1
        return tuple(items)

    def _single(self) -> Node:
        if self._kind == "name" and self.text in {"some", "every", "for"}:
            following = self._after() or ""
            if following.startswith("$"):
                raise Unsupported(f"expression « {self.text} »")
        if self._kind == "name" and self.text == "if" and self._after() == "(":
            return self._choice()
        return self._left({"or"}, lambda: self._left({"and"}, self._comparison))

    def _choice(self) -> Node:
        self._at += 1
        self._expect("(")
        condition = self.expression()
        self._expect(")")
        self._expect("then")
        yes = self._single()
        self._expect("else")
        return Choice(condition, yes, self._single())

    def _left(self, operators: set[str], operand: Callable[[], Node]) -> Node:
        node = operand()
        while (operator := self._take(*operators)) is not None:
            node = Binary(operator, node, operand())
        return node

    def _comparison(self) -> Node:
        node = self._additive()
        operator = self._take(*_GENERAL, *_VALUE)
        if operator is not None:
            node = Binary(operator, node, self._additive())
        if self.text in _GENERAL | _VALUE and self._kind != "literal":
            raise Syntax("deux comparaisons à la suite")
        if self.text in _OTHER and self._kind != "literal":
            raise Unsupported(f"opérateur « {self.text} »")
        return node

    def _additive(self) -> Node:
        return self._left({"+", "-"}, lambda: self._left({"*", "div", "idiv", "mod"}, self._union))

    def _union(self) -> Node:
        node = self._unary()
        while self._take("|", "union"):
            node = Binary("|", node, self._unary())
        if self.text in _MORE:
            raise Unsupported(f"opérateur « {self.text} »")
        return node

    def _unary(self) -> Node:
        if self._take("-"):
            return Negative(self._unary())
        if self._take("+"):
            return self._unary()
        return self._path()

    # ------------------------------------------------------------------ paths

    def _path(self) -> Node:
        steps: list[Step | Filter] = []
        absolute = False
        if self.text in {"/", "//"} and self._kind == "sign":
            absolute = True
            if self._take("//"):
                steps.append(ANY_BELOW)
            else:
                self._at += 1
                if not self._step_follows():
                    return Path(True, ())
        steps.append(self._step())
        while self.text in {"/", "//"} and self._kind == "sign":
            if self._take("//"):
                steps.append(ANY_BELOW)
            else:
                self._at += 1
            steps.append(self._step())
        if not absolute and len(steps) == 1 and isinstance(steps[0], Filter):
            only = steps[0]
            return only if only.predicates else only.of
        return Path(absolute, tuple(steps))

    def _step_follows(self) -> bool:
        return self._kind in {"name", "variable", "literal", "number"} or self.text in {
            *("@", ".", "..", "(", "*"),
        }

    def _step(self) -> Step | Filter:
        if self._take(".."):
            return Step("parent", "node()", self._predicates())
        if self._take("@"):
            return Step("attribute", self._test(), self._predicates())
        if self._kind == "name" and self._after() == "::":
            axis = self.text or ""
            if axis not in AXES:
                raise Syntax(f"axe « {axis} » inconnu")
            self._at += 2
            return Step(axis, self._test(), self._predicates())
        called = self._after() == "(" and self.text not in _KINDS | _TYPES
        if self.text == "*" or (self._kind == "name" and not called):
            return Step("child", self._test(), self._predicates())
        primary = self._primary()
        return Filter(primary, self._predicates())

    def _test(self) -> str:
        if self._take("*"):
            return "*"
        if self._kind != "name":
            raise Syntax(f"nom attendu, « {self.text or 'fin'} » trouvé")
        name = self.text or ""
        self._at += 1
        if self.text != "(":
            return name
        if name not in _KINDS:
            raise Unsupported(f"test de nœud « {name}() »")
        self._expect("(")
        if self.text != ")":
            raise Unsupported(f"test de nœud « {name}(…) »")
        self._expect(")")
        return f"{name}()"

    def _predicates(self) -> tuple[Node, ...]:
        predicates = []
        while self._take("["):
            predicates.append(self.expression())
            self._expect("]")
        return tuple(predicates)

    def _primary(self) -> Node:
        kind, text = self._kind, self.text
        if text is None:
            raise Syntax("expression incomplète")
        self._at += 1
        if kind == "name" and self._take("("):
            return Call(text, self._arguments())
        if kind == "sign" and text == "(":
            return self._parenthesised()
        return _atom(kind, text)

    def _parenthesised(self) -> Node:
        if self._take(")"):
            return Sequence(())
        node = self.expression()
        self._expect(")")
        return node

    def _arguments(self) -> tuple[Node, ...]:
        if self._take(")"):
            return ()
        arguments = self._items()
        self._expect(")")
        return arguments


def _atom(kind: str, text: str) -> Node:
    if kind == "literal":
        quote = text[0]
        return Literal(text[1:-1].replace(quote * 2, quote))
    if kind == "number":
        return Number(text)
    if kind == "variable":
        return Variable(text[1:].strip())
    if text == ".":
        return Here()
    raise Syntax(f"« {text} » inattendu")
