"""The texts of the rules that live in ``schemas/rules/*.toml``, one file a layer or subject."""

from functools import cache
from typing import Any

from cda_tools.errors import ResourceError
from cda_tools.resources import resource
from cda_tools.rules.finding import Finding, Severity


def finding(
    rule: str,
    *,
    layer: str,
    location: str | None,
    line: int | None,
    **fields: str | int | None,
) -> Finding:
    """Return a finding with the rule's severity and its French message, ``fields`` filled in.

    Raise ResourceError where the layer has no such rule.
    """
    entry = entries(layer).get(rule)
    if entry is None:
        raise ResourceError(f"règle inconnue : {rule}")
    return Finding(
        rule=rule,
        severity=Severity(entry["severity"]),
        message=entry["message"].format(**fields),
        location=location,
        line=line,
        layer=layer,
    )


@cache
def entries(layer: str) -> dict[str, dict[str, Any]]:
    """Return the rules of one file, by id, in the order of the file."""
    return {entry["id"]: entry for entry in _file(layer)["rule"]}


@cache
def table(layer: str, name: str) -> dict[str, str]:
    """Return a table of texts that stands beside the rules of a file."""
    return {str(key): str(text) for key, text in _file(layer)[name].items()}


@cache
def _file(layer: str) -> dict[str, Any]:
    # Imported here: a document without findings needs no rule texts.
    import tomllib  # noqa: PLC0415

    path = resource("rules", f"{layer}.toml")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ResourceError(f"règles illisibles : {path.name} ({error})") from None
