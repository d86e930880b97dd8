"""Chains as drawings: Mermaid and Graphviz DOT, from the older document to the newer one."""

from collections.abc import Callable, Iterator

from cda_tools.chains import Chain, Chains, Evidence, Status, Version
from cda_tools.model.identifiers import key
from cda_tools.text import clean, without_ins

_LABELS = {
    Evidence.RELATED_DOCUMENT: "remplacé par",
    Evidence.SET_ID: "version suivante (setId)",
    Evidence.CARRIER: "remplacé par (HL7v2)",
}
_TRANSFORMED = "transformé en"
_STYLES = {
    Status.CURRENT: "fill:#d7f0dd,stroke:#1a7f37,stroke-width:3px",
    Status.SUPERSEDED: "fill:#eeeeee,stroke:#888888",
    Status.WITHDRAWN: "fill:#f8d7da,stroke:#a4262c,stroke-dasharray:4",
}
_DOT_STYLES = {
    Status.CURRENT: 'style="rounded,bold" color="#1a7f37"',
    Status.SUPERSEDED: 'style="rounded" color="#888888"',
    Status.WITHDRAWN: 'style="rounded,dashed" color="#a4262c"',
}


def mermaid(chains: Chains) -> Iterator[str]:
    """Yield the lines of a Mermaid flowchart, one subgraph a chain of several documents."""
    yield "flowchart LR"
    for status, style in _STYLES.items():
        yield f"  classDef {status.value} {style}"
    for number, chain in enumerate(chains.chains):
        yield f'  subgraph c{number}["{_mermaid_text(without_ins(chain.key))}"]'
        for place, version in enumerate(chain.documents):
            label = "<br/>".join(map(_mermaid_text, _label(version)))
            yield f'    c{number}d{place}["{label}"]:::{version.status.value}'
        yield "  end"
        for older, newer, label in _links(chain):
            yield f"  c{number}d{older} -->|{label}| c{number}d{newer}"
    for source, target in _transformations(chains):
        yield f"  {source} -.->|{_TRANSFORMED}| {target}"


def dot(chains: Chains) -> Iterator[str]:
    """Yield the lines of a Graphviz digraph, one cluster a chain."""
    yield "digraph chaines {"
    yield "  rankdir=LR;"
    yield '  node [shape=box fontname="sans-serif"];'
    for number, chain in enumerate(chains.chains):
        yield f"  subgraph cluster_{number} {{"
        yield f'    label="{_dot_text(without_ins(chain.key))}";'
        for place, version in enumerate(chain.documents):
            label = "\\n".join(map(_dot_text, _label(version)))
            yield f'    c{number}d{place} [label="{label}" {_DOT_STYLES[version.status]}];'
        yield "  }"
        for older, newer, label in _links(chain):
            yield f'  c{number}d{older} -> c{number}d{newer} [label="{label}"];'
    for source, target in _transformations(chains):
        yield f'  {source} -> {target} [label="{_TRANSFORMED}" style=dashed];'
    yield "}"


def _label(version: Version) -> list[str]:
    number = "version inconnue" if version.version is None else f"version {version.version}"
    parts = [number, version.line or str(version.id or "sans id"), version.path]
    return parts


def _links(chain: Chain) -> Iterator[tuple[int, int, str]]:
    for link in chain.links:
        yield link.older, link.newer, _LABELS[link.evidence]


def _transformations(chains: Chains) -> Iterator[tuple[str, str]]:
    """Yield (source, target) for each XFRM between documents that are both there."""
    if not any(version.transforms for chain in chains.chains for version in chain.documents):
        return
    names: dict[str, str] = {}
    for name, version in _named(chains):
        if version.id:
            names.setdefault(key(version.id), name)
    for name, version in _named(chains):
        for parent in version.transforms:
            if key(parent) in names:
                yield names[key(parent)], name


def _named(chains: Chains) -> Iterator[tuple[str, Version]]:
    for number, chain in enumerate(chains.chains):
        for place, version in enumerate(chain.documents):
            yield f"c{number}d{place}", version


def _mermaid_text(text: str) -> str:
    # Mermaid reads #...; as a character, and Markdown and HTML inside a label.
    special = '#&<>"`[](){}|*_~\\'
    return "".join(f"#{ord(one)};" if one in special else one for one in clean(text) or "")


def _dot_text(text: str) -> str:
    return (clean(text) or "").replace("\\", "\\\\").replace('"', '\\"')


FORMATS: dict[str, Callable[[Chains], Iterator[str]]] = {"mermaid": mermaid, "dot": dot}
