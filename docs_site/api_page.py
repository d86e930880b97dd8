"""The page of the Python interface, from the docstrings of what ``cda_tools`` exports."""

import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

_ROLE = re.compile(r":(?:class|func|meth|mod):`~?([^`]+)`")

# What commands stand on, with what of it a program calls.
_ROOMS = {
    "cda_tools": None,
    "cda_tools.batch": ("run", "Settings", "Result"),
    "cda_tools.chains": ("build", "Chains", "Chain", "Version"),
    "cda_tools.chains.intake": ("decide",),
    "cda_tools.dmp": ("compare",),
}


def page() -> str:
    """Return the page in Markdown."""
    parts = [
        "# Python interface\n\nWhat a program may rely on. A bad document is never an exception: "
        "its findings say what is wrong. Generated from the docstrings.\n"
    ]
    for name, asked in _ROOMS.items():
        module = import_module(name)
        parts.append(f"\n## {name}\n\n")
        for member in asked or sorted(module.__all__, key=str.lower):
            parts.extend(_member(module, member))
    return "".join(parts)


def _member(module: ModuleType, name: str) -> Iterator[str]:
    value = getattr(module, name)
    if not callable(value):
        return
    yield f"### {name}\n\n```python\n{name}{_signature(value)}\n```\n\n{_text(value)}\n\n"
    if inspect.isclass(value) and not issubclass(value, Exception):
        for method, function in vars(value).items():
            if not method.startswith("_") and (doc := _documented(function)):
                yield f"- `{method}`: {_text(doc).splitlines()[0]}\n"
        yield "\n"


def _documented(member: object) -> object | None:
    if isinstance(member, property) or inspect.isfunction(member):
        return member if member.__doc__ else None
    return None


def _signature(value: object) -> str:
    try:
        return str(inspect.signature(value))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return "(…)"


def _text(value: object) -> str:
    """Return a docstring as Markdown: its examples as code, its roles as names."""
    lines = _ROLE.sub(r"`\1`", inspect.getdoc(value) or "").replace("``", "`").splitlines()
    told: list[str] = []
    in_code = False
    for line in lines:
        if line.startswith(">>>") and not in_code:
            told.append("```pycon")
            in_code = True
        elif in_code and not line.strip():
            told.append("```")
            in_code = False
        told.append(line)
    if in_code:
        told.append("```")
    return "\n".join(told)
