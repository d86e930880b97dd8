"""The values that an XPath expression is parsed to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    """A string between quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number, as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Variable:
    """``$name``."""

    name: str


@dataclass(frozen=True, slots=True)
class Here:
    """The context item, ``.``."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments."""

    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Binary:
    """An operator between two expressions; ``union`` is written ``|``."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Negative:
    """An expression after a minus sign."""

    of: "Node"


@dataclass(frozen=True, slots=True)
class Sequence:
    """Expressions between commas, in parentheses."""

    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """``if (condition) then yes else no``."""

    condition: "Node"
    yes: "Node"
    no: "Node"


@dataclass(frozen=True, slots=True)
class Step:
    """An axis, a node test and predicates.

    ``test``: a name with or without prefix, ``*``, ``p:*``, ``*:name``, or a kind such as
    ``text()``.
    """

    axis: str
    test: str
    predicates: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """Any expression with predicates behind it, alone or as a step."""

    of: "Node"
    predicates: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Steps between slashes; ``absolute``: they start at the document."""

    absolute: bool
    steps: tuple["Step | Filter", ...]


Node = (
    Literal
    | Number
    | Variable
    | Here
    | Call
    | Binary
    | Negative
    | Sequence
    | Choice
    | Filter
    | Path
)


def operands(node: Node, operator: str) -> list[Node]:
    """Return what stands between operators of one kind, however many they are: a, b, c of a|b|c."""
    found: list[Node] = []
    while isinstance(node, Binary) and node.operator == operator:
        found.append(node.right)
        node = node.left
    return [node, *reversed(found)]


ANY_BELOW = Step("descendant-or-self", "node()")
