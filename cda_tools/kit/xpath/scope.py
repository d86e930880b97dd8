"""What the names in an expression mean: namespaces, variables, documents of the kit."""

from dataclasses import dataclass, field

from cda_tools.kit.xpath.parser import Syntax
from cda_tools.kit.xpath.terms import Term

HL7 = "urn:hl7-org:v3"
# Those that the official tool's own style sheets declare beside the Schematron's.
_ALWAYS = {
    "xs": "http://www.w3.org/2001/XMLSchema",
    "xsd": "http://www.w3.org/2001/XMLSchema",
    "saxon": "http://saxon.sf.net/",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


class Prefixes:
    """One prefix for each namespace, the same in all the sheets that are merged."""

    def __init__(self) -> None:
        """Know HL7 only."""
        self.known = {HL7: "h"}

    def of(self, uri: str) -> str:
        """Return the prefix of a namespace, a new one where it has none yet."""
        if uri not in self.known:
            self.known[uri] = f"n{len(self.known)}"
        return self.known[uri]


@dataclass(slots=True)
class Scope:
    """What an expression may refer to.

    ``beside``: the name of the Schematron in the kit, from which files are named.
    ``source``: the number under which a stop is reported. ``stops``: whether one may be: set on
    the way, cleared by who asks. ``pattern``: the expression stands in a rule's context, where an
    error means no match. ``documents``: names of the kit's files that the expressions read, filled
    on the way.
    """

    namespaces: dict[str, str]
    prefixes: Prefixes
    variables: dict[str, Term]
    beside: str = ""
    source: int = 0
    stops: bool = False
    pattern: bool = False
    documents: dict[str, None] = field(default_factory=dict)

    def name(self, written: str) -> tuple[str, str]:
        """Return the local name and, for XPath 1.0, the name of a ``p:name``; raise Syntax."""
        prefix, colon, local = written.rpartition(":")
        if not colon:
            return local, local
        uri = self.namespaces.get(prefix) or _ALWAYS.get(prefix)
        if uri is None:
            raise Syntax(f"préfixe « {prefix} » non déclaré")
        if prefix == "xml":
            return local, written
        return local, f"{self.prefixes.of(uri)}:{local}"

    def uri(self, written: str) -> str:
        """Return the namespace of a name, empty where it has no prefix."""
        prefix = written.rpartition(":")[0]
        return (self.namespaces.get(prefix) or _ALWAYS.get(prefix) or "") if prefix else ""

    def stop(self) -> int:
        """Return the number under which a stop is reported, for an expression that may stop."""
        self.stops = True
        return self.source

    def variable(self, name: str) -> Term:
        """Return the variable's term; raise Syntax where it is not declared."""
        if name not in self.variables:
            raise Syntax(f"variable « ${name} » non déclarée")
        return self.variables[name]
