"""Translates the calls of functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cda_tools.kit.xpath.documents import file_name
from cda_tools.kit.xpath.parser import Syntax, Unsupported
from cda_tools.kit.xpath.regexes import python_regex
from cda_tools.kit.xpath.terms import NODE_KINDS, Kind, Term, given, literal
from cda_tools.kit.xpath.tree import Here, Node, Sequence

if TYPE_CHECKING:
    from cda_tools.kit.xpath.translate import Translator

_Arguments = tuple[Node, ...]
_Function = Callable[["Translator", _Arguments], Term]

_FN = "http://www.w3.org/2005/xpath-functions"
# Functions of XPath 2.0 and XSLT 2.0 that are known, and refused.
_REFUSED = frozenset(
    {
        *("abs", "avg", "base-uri", "ceiling", "codepoints-to-string", "collection", "compare"),
        *("current-date", "current-dateTime", "current-group", "current-time", "data"),
        *("deep-equal", "doc", "document"),
        *("distinct-values", "document-uri", "exactly-one", "floor", "format-date"),
        *("format-dateTime", "format-number", "function-available", "generate-id", "id", "idref"),
        *("index-of", "insert-before", "iri-to-uri", "key", "lang", "lower-case", "max", "min"),
        *("name", "namespace-uri", "nilled", "node-name", "one-or-more", "remove", "resolve-uri"),
        *("reverse", "root", "round", "round-half-to-even", "string-join", "string-to-codepoints"),
        *("subsequence", "sum", "system-property", "tokenize", "unordered"),
        *("unparsed-text", "upper-case", "year-from-date", "zero-or-one", "error", "trace"),
    }
)


def call(translator: Translator, name: str, arguments: _Arguments) -> Term:
    """Return the translation of a call; raise Syntax for a function that does not exist."""
    prefix, _, plain = name.rpartition(":")
    if prefix and translator.scope.uri(name) != _FN:
        translator.scope.name(name)
        raise Unsupported(f"fonction {name}()")
    if plain in _FUNCTIONS:
        fewest, most, function = _FUNCTIONS[plain]
        if not fewest <= len(arguments) <= most:
            raise Syntax(f"{plain}() avec {len(arguments)} arguments")
        return function(translator, arguments)
    if plain in _REFUSED:
        raise Unsupported(f"fonction {name}()")
    raise Syntax(f"fonction {name}() inconnue")


def _string(translator: Translator, node: Node) -> Term:
    """Return an argument that is asked to be a string or nothing, as a string."""
    term = translator.term(node)
    if term.kind is Kind.STRING:
        return term
    if term.kind in NODE_KINDS:
        text = term.text
        if term.kind is Kind.NODES:
            if translator.scope.pattern:
                raise Unsupported("plusieurs nœuds pris pour une chaîne dans un contexte")
            text = f"k:one({given(term)}, {translator.scope.stop()})"
        return Term(f"string({text})", Kind.STRING, free=term.free, shown=term.shown)
    raise Unsupported("argument qui n'est pas une chaîne")


def _strings(translator: Translator, nodes: _Arguments) -> tuple[str, frozenset[str], bool]:
    terms = [_string(translator, node) for node in nodes]
    shown = frozenset(name for term in terms for name in term.shown)
    return ", ".join(term.text for term in terms), shown, all(term.free for term in terms)


def _to(name: str, kind: Kind) -> _Function:
    """Return the translation of a function that is the same in both, given strings."""

    def function(translator: Translator, arguments: _Arguments) -> Term:
        text, shown, free = _strings(translator, arguments or (Here(),))
        return Term(f"{name}({text})", kind, free=free, shown=shown, whole=kind is Kind.NUMBER)

    return function


def _not(translator: Translator, arguments: _Arguments) -> Term:
    return Term(f"not({translator.boolean(arguments[0])})", Kind.BOOLEAN)


def _boolean(translator: Translator, arguments: _Arguments) -> Term:
    return Term(f"boolean({translator.boolean(arguments[0])})", Kind.BOOLEAN)


def _exists(translator: Translator, arguments: _Arguments) -> Term:
    if arguments[0] == Sequence(()):
        return Term("false()", Kind.BOOLEAN, free=True)
    term = translator.term(arguments[0])
    if term.kind in NODE_KINDS or term.kind is Kind.EACH:
        return Term(f"boolean({term.text})", Kind.BOOLEAN)
    if term.listed:
        return term
    return Term("true()", Kind.BOOLEAN, free=True)


def _empty(translator: Translator, arguments: _Arguments) -> Term:
    return Term(f"not({_exists(translator, arguments).text})", Kind.BOOLEAN)


def _count(translator: Translator, arguments: _Arguments) -> Term:
    term = translator.term(arguments[0])
    if term.kind in NODE_KINDS or term.kind is Kind.EACH:
        return Term(f"count({term.text})", Kind.NUMBER, free=term.free, whole=True)
    if term.listed:
        raise Unsupported("nombre d'éléments d'un document consulté")
    # One atomic value is a sequence of one.
    return Term("1", Kind.NUMBER, free=True, whole=True)


def _as_string(translator: Translator, arguments: _Arguments) -> Term:
    node = arguments[0] if arguments else Here()
    term = translator.term(node)
    if term.kind is Kind.BOOLEAN or (term.kind is Kind.NUMBER and term.whole):
        return Term(f"string({term.text})", Kind.STRING, free=term.free)
    return _string(translator, node)


def _number(translator: Translator, arguments: _Arguments) -> Term:
    node = arguments[0] if arguments else Here()
    term = translator.term(node)
    if term.kind is Kind.NUMBER:
        return term
    string = _string(translator, node)
    return Term(f"k:number({string.text})", Kind.NUMBER, free=string.free, shown=string.shown)


def _concat(translator: Translator, arguments: _Arguments) -> Term:
    terms = []
    for node in arguments:
        term = translator.term(node)
        if term.kind is Kind.NUMBER and term.whole:
            terms.append(Term(f"string({term.text})", Kind.STRING, free=term.free))
        else:
            terms.append(_string(translator, node))
    constants = [term.constant for term in terms]
    if None not in constants:
        whole = "".join(constant or "" for constant in constants)
        return Term(literal(whole), Kind.STRING, constant=whole, free=True)
    return Term(
        f"concat({', '.join(term.text for term in terms)})",
        Kind.STRING,
        free=all(term.free for term in terms),
        shown=frozenset(name for term in terms for name in term.shown),
    )


def _substring(translator: Translator, arguments: _Arguments) -> Term:
    text = _string(translator, arguments[0])
    numbers = [translator.term(node) for node in arguments[1:]]
    if any(number.kind is not Kind.NUMBER for number in numbers):
        raise Unsupported("substring() sans nombres")
    written = ", ".join(term.text for term in (text, *numbers))
    free = text.free and all(number.free for number in numbers)
    return Term(f"substring({written})", Kind.STRING, free=free, shown=text.shown)


def _local_name(translator: Translator, arguments: _Arguments) -> Term:
    term = translator.term(arguments[0]) if arguments else translator.term(Here())
    if term.kind is not Kind.NODE:
        raise Unsupported("local-name() de plusieurs nœuds")
    return Term(f"local-name({term.text})", Kind.STRING, free=term.free)


def _ends_with(translator: Translator, arguments: _Arguments) -> Term:
    text, shown, free = _strings(translator, arguments)
    return Term(f"k:ends-with({text})", Kind.BOOLEAN, free=free, shown=shown)


def _replace(translator: Translator, arguments: _Arguments) -> Term:
    text = _string(translator, arguments[0])
    pattern, by = (translator.term(node).constant for node in arguments[1:])
    if pattern is None or by is None or "$" in by or "\\" in by:
        raise Unsupported("replace() dont le motif ou le remplacement n'est pas fixe")
    regex = python_regex(pattern)
    return Term(
        f"k:replace({text.text}, {literal(regex)}, {literal(by)})",
        Kind.STRING,
        free=text.free,
        shown=text.shown,
    )


def _matches(translator: Translator, arguments: _Arguments) -> Term:
    text = _string(translator, arguments[0])
    pattern = translator.term(arguments[1]).constant
    if pattern is None:
        raise Unsupported("matches() dont le motif n'est pas fixe")
    regex = python_regex(pattern)
    return Term(f"k:matches({text.text}, {literal(regex)})", Kind.BOOLEAN, free=text.free)


def _available(translator: Translator, arguments: _Arguments) -> Term:
    beside = literal(translator.scope.beside)
    file = file_name(translator, arguments[0])
    return Term(f"k:available({beside}, {file.text})", Kind.BOOLEAN)


def _current(translator: Translator, _: _Arguments) -> Term:
    if translator.scope.pattern:
        raise Unsupported("current() dans un contexte")
    return Term("current()", Kind.NODE, free=True, shown=frozenset("*"))


def _constant(text: str, kind: Kind, *, free: bool) -> _Function:
    return lambda _translator, _arguments: Term(text, kind, free=free, whole=True)


_FUNCTIONS: dict[str, tuple[int, int, _Function]] = {
    "not": (1, 1, _not),
    "boolean": (1, 1, _boolean),
    "true": (0, 0, _constant("true()", Kind.BOOLEAN, free=True)),
    "false": (0, 0, _constant("false()", Kind.BOOLEAN, free=True)),
    "last": (0, 0, _constant("last()", Kind.NUMBER, free=False)),
    "position": (0, 0, _constant("position()", Kind.NUMBER, free=False)),
    "exists": (1, 1, _exists),
    "empty": (1, 1, _empty),
    "count": (1, 1, _count),
    "string": (0, 1, _as_string),
    "number": (0, 1, _number),
    "concat": (2, 99, _concat),
    "contains": (2, 2, _to("contains", Kind.BOOLEAN)),
    "starts-with": (2, 2, _to("starts-with", Kind.BOOLEAN)),
    "ends-with": (2, 2, _ends_with),
    "string-length": (0, 1, _to("string-length", Kind.NUMBER)),
    "normalize-space": (0, 1, _to("normalize-space", Kind.STRING)),
    "substring": (2, 3, _substring),
    "substring-before": (2, 2, _to("substring-before", Kind.STRING)),
    "substring-after": (2, 2, _to("substring-after", Kind.STRING)),
    "translate": (3, 3, _to("translate", Kind.STRING)),
    "local-name": (0, 1, _local_name),
    "replace": (3, 3, _replace),
    "matches": (2, 2, _matches),
    "doc-available": (1, 1, _available),
    "current": (0, 0, _current),
}
