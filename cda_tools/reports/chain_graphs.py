"""Chains as drawings: Mermaid and Graphviz DOT, from the older document to the newer one."""

import textwrap
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


CUT = "%% "
"""Begins the line that says what a drawing leaves out: a comment of Mermaid."""
MOST_CHARACTERS, MOST_LINKS = 50_000, 500
"""Beyond which Mermaid draws an error (maxTextSize, maxEdges)."""
_ROOM = 400  # for that line
_WRAPPED = 40


def mermaid(chains: Chains) -> Iterator[str]:
    """Yield the lines of a Mermaid flowchart, one subgraph a chain.

    Where Mermaid would refuse to draw them all, chains of several documents come first, and the
    last line says how many were left out.
    """
    head = ["flowchart LR"]
    head += [f"  classDef {status.value} {style}" for status, style in _STYLES.items()]
    blocks = [_block(number, chain) for number, chain in enumerate(chains.chains)]
    drawn = _drawn(chains, blocks, sum(len(line) + 1 for line in head))
    yield from head
    for number in drawn:
        yield from blocks[number]
    names = {f"c{number}" for number in drawn}
    left = MOST_LINKS - sum(len(chains.chains[number].links) for number in drawn)
    for source, target in _transformations(chains):
        if left > 0 and {source.partition("d")[0], target.partition("d")[0]} <= names:
            left -= 1
            yield f"  {source} -.->|{_TRANSFORMED}| {target}"
    if len(drawn) < len(blocks):
        yield (
            f"{CUT}{len(drawn)} chaînes dessinées sur {len(blocks)} : Mermaid s'arrête à "
            f"{MOST_CHARACTERS} caractères et {MOST_LINKS} liens ; choisir avec --chain ou "
            "--min-versions 2, ou --format dot"
        )


def _block(number: int, chain: Chain) -> list[str]:
    lines = [f'  subgraph c{number}["{_mermaid_text(without_ins(chain.key))}"]']
    for place, version in enumerate(chain.documents):
        label = "<br/>".join(map(_mermaid_text, _label(version)))
        lines.append(f'    c{number}d{place}["{label}"]:::{version.status.value}')
    lines.append("  end")
    for older, newer, label in _links(chain):
        lines.append(f"  c{number}d{older} -->|{label}| c{number}d{newer}")
    return lines


def _drawn(chains: Chains, blocks: list[list[str]], size: int) -> list[int]:
    """Return the numbers of the chains that fit, in their order."""
    transformed = sum(len("".join(ends)) + 30 for ends in _transformations(chains))
    whole = size + transformed + sum(len(line) + 1 for block in blocks for line in block)
    links = sum(len(chain.links) for chain in chains.chains)
    if whole <= MOST_CHARACTERS and links <= MOST_LINKS:
        return list(range(len(blocks)))
    fitting, links = [], 0
    size += transformed + _ROOM
    for number in sorted(range(len(blocks)), key=lambda n: len(chains.chains[n].documents) < 2):
        more = sum(len(line) + 1 for line in blocks[number])
        more_links = len(chains.chains[number].links)
        if size + more <= MOST_CHARACTERS and links + more_links <= MOST_LINKS:
            size, links = size + more, links + more_links
            fitting.append(number)
    return sorted(fitting)


def dot(chains: Chains) -> Iterator[str]:
    """Yield the lines of a Graphviz digraph, one cluster a chain."""
    yield "digraph chaines {"
    yield "  rankdir=LR;"
    yield '  node [shape=box fontname="sans-serif"];'
    for number, chain in enumerate(chains.chains):
        yield f"  subgraph cluster_{number} {{"
        yield f'    label="{_dot_text(without_ins(chain.key))}";'
        for place, version in enumerate(chain.documents):
            label = "\\n".join(
                _dot_text(line) for part in _label(version) for line in _wrapped(part)
            )
            yield f'    c{number}d{place} [label="{label}" {_DOT_STYLES[version.status]}];'
        yield "  }"
        for older, newer, label in _links(chain):
            yield f'  c{number}d{older} -> c{number}d{newer} [label="{label}"];'
    for source, target in _transformations(chains):
        yield f'  {source} -> {target} [label="{_TRANSFORMED}" style=dashed];'
    yield "}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(clean(text) or "", _WRAPPED, break_on_hyphens=False) or [""]


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
