"""What a translated expression is: its text in XPath 1.0 and its static kind."""

from dataclasses import dataclass, field
from enum import Enum, auto

from cda_tools.kit.xpath.parser import Unsupported


class Kind(Enum):
    """What an expression gives, known without a document."""

    NODES = auto()  # any number of nodes
    NODE = auto()  # one node or none
    STRING = auto()
    NUMBER = auto()
    BOOLEAN = auto()
    EACH = auto()  # one atomic value for each node of a path: ``p/f(x)``


NODE_KINDS = frozenset({Kind.NODES, Kind.NODE})


@dataclass(frozen=True, slots=True)
class Term:
    """A translated expression.

    ``text``: in XPath 1.0, to be used anywhere. ``constant``: the string that it is, where it is
    one. ``free``: it means the same in any context. ``shown``: the names of the attributes that
    its value is made of, ``*`` where it may be made of anything. ``each``: for kind EACH, what is
    asked of each node of ``text``. ``whole``: a number that is an integer. ``listed``: a question
    of membership, which stands for the nodes that would answer it. ``single``: ``text`` of kind
    EACH is one node at most.
    """

    text: str
    kind: Kind
    constant: str | None = None
    free: bool = False
    shown: frozenset[str] = field(default=frozenset())
    each: "Term | None" = None
    whole: bool = False
    listed: bool = False
    single: bool = False


def given(term: Term) -> str:
    """Return the text of nodes that are given to a function of ours; raise Unsupported.

    lxml gives functions no document node: where one may be among them, they cannot be given.
    """
    if term.text == "/" or term.text.endswith(".."):
        raise Unsupported("fonction à laquelle le document serait donné")
    return term.text


def literal(value: str) -> str:
    """Return a string as XPath 1.0 writes it, which has no escapes."""
    if "'" not in value:
        return f"'{value}'"
    if '"' not in value:
        return f'"{value}"'
    parts = ', "\'", '.join(f"'{part}'" for part in value.split("'"))
    return f"concat({parts})"
