"""Counts what the layout of the package costs: rooms, import arrows, circles, lines shipped.

A room is a module or a folder at the top of the package. An arrow is a room that imports another;
imports inside functions count, those for type checkers alone do not. A circle is a group of
modules that import one another when they are loaded. ``python benchmarks/house.py [TREE]``
prints the measures of this tree, or of another one, with the largest modules.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PACKAGE = "cda_tools"
_MOST_LINES = 400


def modules(tree: Path) -> dict[str, Path]:
    """Return each module's name with its file."""
    found = {}
    for path in sorted((tree / PACKAGE).rglob("*.py")):
        parts = path.relative_to(tree).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(name: str, path: Path, known: dict[str, Path], *, loading: bool) -> Iterator[str]:
    """Yield the modules of the package that one imports; ``loading``: when it is loaded alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in _nodes(tree, loading=loading):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            for one in node.names:
                whole = f"{node.module}.{one.name}"
                if whole in known:
                    yield whole
                elif node.module in known and node.module != name:
                    yield node.module


def _nodes(node: ast.AST, *, loading: bool) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        if loading and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        yield child
        yield from _nodes(child, loading=loading)


def room(name: str) -> str:
    """Return the room of a module: what stands first below the package."""
    return ".".join(name.split(".")[:2])


def arrows(known: dict[str, Path]) -> set[tuple[str, str]]:
    """Return which room imports which other."""
    return {
        (room(name), room(other))
        for name, path in known.items()
        for other in imports(name, path, known, loading=False)
        if room(name) != room(other)
    }


def circles(edges: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of nodes that reach one another (Tarjan)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(edges.get(node, ())):
            if other not in index:
                visit(other)
            if other in stack:
                low[node] = min(low[node], low[other])
        if low[node] == index[node]:
            group = []
            while not group or group[-1] != node:
                group.append(stack.pop())
            if len(group) > 1:
                found.append(sorted(group))

    sys.setrecursionlimit(10_000)
    for node in sorted(edges):
        if node not in index:
            visit(node)
    return found


def main() -> None:
    """Print the measures of a tree."""
    tree = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    known = modules(tree)
    rooms = {room(name) for name in known} - {PACKAGE}
    loaded: dict[str, set[str]] = defaultdict(set)
    for name, path in known.items():
        loaded[name] |= set(imports(name, path, known, loading=True)) - {name}
    lines = {
        name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in known.items()
    }
    between: dict[str, set[str]] = defaultdict(set)
    for one, other in (found := arrows(known)):
        between[one].add(other)
    print(f"modules                        {len(known):>7}")
    print(f"modules in the package's root  {len(list((tree / PACKAGE).glob('*.py'))):>7}")
    print(f"rooms                          {len(rooms):>7}")
    print(f"import arrows between rooms    {len(found):>7}")
    print(f"circles of loading modules     {len(circles(loaded)):>7}")
    print(f"circles of rooms               {len(circles(between)):>7}")
    print(f"lines of Python in the wheel   {sum(lines.values()):>7}")
    for group in (*circles(loaded), *circles(between)):
        print(f"  circle: {' '.join(group)}")
    for name, count in sorted(lines.items(), key=lambda one: -one[1]):
        if count > _MOST_LINES:
            print(f"  {count} lines: {name}")


if __name__ == "__main__":
    main()
