"""What an adapter offers: routes that a worker answers, and routes that the service answers.

Adding a contract is adding a file to ``adapters`` that has ``ROUTES`` and ``refusal``.
"""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from cda_tools.serve.asking import JSON, Answer, Ask

if TYPE_CHECKING:
    from cda_tools.serve.service import Service
    from cda_tools.serve.tools import Tools


ANYTHING = "/{name:path}"
"""The path that comes last and takes all the others."""


@dataclass(frozen=True, slots=True)
class Work:
    """A route that looks at documents: ``answer`` runs in a worker.

    ``about``: one French line. ``query``: its parameters, each with what it does. ``takes``: the
    media types of its body.
    """

    path: str
    answer: Callable[[Ask, "Tools"], Answer]
    about: str
    methods: tuple[str, ...] = ("POST",)
    query: tuple[tuple[str, str], ...] = ()
    takes: tuple[str, ...] = (JSON,)


@dataclass(frozen=True, slots=True)
class Told:
    """A route that needs no document: ``answer`` runs in the service, and is quick."""

    path: str
    answer: Callable[[Ask, "Service"], Answer]
    about: str
    methods: tuple[str, ...] = ("GET",)
    query: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A route's adapter and its number there: a name for it that goes to another process."""

    adapter: str
    number: int

    @property
    def route(self) -> Work | Told:
        """Return the route."""
        return adapter(self.adapter).ROUTES[self.number]


class Adapter(Protocol):
    """What a module of ``adapters`` has.

    ``ORDER``: adapters are asked in this order; the one that takes any path comes last.
    ``refusal``: an error in the contract's form.
    """

    ORDER: int
    ROUTES: tuple[Work | Told, ...]

    def refusal(self, ask: Ask, reason: str, status: int) -> Answer:
        """Return the contract's answer to a request that was refused, or is too early."""
        ...


@cache
def names() -> tuple[str, ...]:
    """Return the names of the adapters, in the order in which their routes are tried."""
    import cda_tools.serve.adapters as folder  # noqa: PLC0415  it imports this module

    found = [module.name for module in pkgutil.iter_modules(folder.__path__)]
    return tuple(sorted(found, key=lambda name: (adapter(name).ORDER, name)))


def adapter(name: str) -> Adapter:
    """Return one adapter."""
    return cast("Adapter", import_module(f"cda_tools.serve.adapters.{name}"))


def paths() -> dict[str, dict[str, Endpoint]]:
    """Return every path with its methods, in the order in which paths are tried.

    Two contracts may share a path: the first to name a method has it.
    """
    found: dict[str, dict[str, Endpoint]] = {}
    for name in names():
        for number, route in enumerate(adapter(name).ROUTES):
            for method in route.methods:
                found.setdefault(route.path, {}).setdefault(method, Endpoint(name, number))
    return found
