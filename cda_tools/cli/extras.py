"""Commands that need an extra say so, in one line, where it is not installed."""

from importlib.util import find_spec

from cda_tools.errors import InputError


def needs(module: str, extra: str, command: str) -> None:
    """Raise InputError, with what to install, where a library is not there."""
    if find_spec(module) is None:
        raise InputError(
            f"{command} demande l'extra « {extra} » : pip install 'cda-tools[{extra}]'"
        )
