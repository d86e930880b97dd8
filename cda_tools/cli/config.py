"""Defaults of a project: ``cda-tools.toml``, or ``[tool.cda-tools]`` of its pyproject.toml."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from cda_tools.errors import InputError, os_reason
from cda_tools.model.editions import EDITIONS
from cda_tools.rules.finding import Severity
from cda_tools.validation import PROFILES
from cda_tools.validation.masking import is_rule, may_be_ignored

OWN = "cda-tools.toml"
_SHARED = "pyproject.toml"
_TABLE = "tool.cda-tools"

_SEVERITIES = tuple(severity.value for severity in Severity)


@dataclass(frozen=True, slots=True)
class Config:
    """``defaults``: the command's parameters. ``ignored``: rules left out, with the reason."""

    defaults: dict[str, Any] = field(default_factory=dict)
    ignored: dict[str, str] = field(default_factory=dict)


def config_option(command: Any) -> Any:
    """Add --config, whose values are the defaults of the other options (``ctx.obj`` holds it)."""
    return click.option(
        "--config",
        type=click.Path(path_type=Path, dir_okay=False),
        is_eager=True,
        expose_value=False,
        callback=_use,
        help=f"Réglages du projet ; sinon {OWN} ou pyproject.toml, ici ou dans un dossier parent.",
    )(command)


def _use(context: click.Context, _: click.Parameter, path: Path | None) -> None:
    found = path or find(Path.cwd())
    context.obj = load(found) if found else Config()
    context.default_map = context.obj.defaults


def find(folder: Path) -> Path | None:
    """Return the nearest file with our settings, in ``folder`` or a folder above."""
    for place in (folder, *folder.parents):
        own, shared = place / OWN, place / _SHARED
        if os.path.isfile(own):  # noqa: PTH113  False where pathlib raises
            return own
        if _has_our_table(shared):
            return shared
    return None


def _has_our_table(path: Path) -> bool:
    try:
        return _TABLE.encode() in path.read_bytes()
    except OSError:
        return False


def load(path: Path) -> Config:
    """Read the settings of a file; raise InputError, one line, for what it has wrong."""
    import tomllib  # noqa: PLC0415  only a project with settings needs it

    try:
        table: Any = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path} : {os_reason(error)}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path} : TOML illisible ({_one_line(error)})") from None
    if path.name == _SHARED or set(table) == {"tool"}:
        table = _table(path, _table(path, table, "tool"), "cda-tools")
    return _config(path, table)


def _table(path: Path, table: dict[str, Any], name: str) -> dict[str, Any]:
    found = table.get(name, {})
    if not isinstance(found, dict):
        raise InputError(f"{path} : « {name} » : une table est attendue")
    return found


def _config(path: Path, table: dict[str, Any]) -> Config:
    for key, value in table.items():
        setting = _SETTINGS.get(key)
        if setting is None:
            raise InputError(f"{path} : réglage inconnu « {key} » ({', '.join(_SETTINGS)})")
        if not setting.accepts(value):
            raise InputError(f"{path} : « {key} » : {setting.expected}")
    for rule in table.get("ignore", {}):
        if not is_rule(rule):
            raise InputError(f"{path} : « ignore » : règle inconnue : {rule}")
    defaults = {key.replace("-", "_"): table[key] for key in table if key != "ignore"}
    if "kit" in defaults and (folder := path.parent / defaults["kit"]).is_dir():
        defaults["kit"] = str(folder)  # as the settings' folder sees it, not as we were started
    return Config(defaults, table.get("ignore", {}))


@dataclass(frozen=True, slots=True)
class _Setting:
    accepts: Callable[[Any], bool]
    expected: str


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_reasons(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(reason, str) and reason.strip() and may_be_ignored(rule)
        for rule, reason in value.items()
    )


_GLOBS = _Setting(_is_list_of_texts, "une liste de motifs est attendue")
_SETTINGS = {
    "profile": _Setting(lambda value: value in PROFILES, f"attendu : {', '.join(PROFILES)}"),
    "edition": _Setting(lambda value: value in EDITIONS, f"attendu : {', '.join(EDITIONS)}"),
    "kit": _Setting(_is_text, "un dossier, ou le nom d'un kit ajouté, est attendu"),
    "volet": _Setting(_is_text, "attendu : auto, none ou le nom d'un volet"),
    "strict": _Setting(lambda value: isinstance(value, bool), "attendu : true ou false"),
    "fail-on": _Setting(lambda value: value in _SEVERITIES, f"attendu : {', '.join(_SEVERITIES)}"),
    "include": _GLOBS,
    "exclude": _GLOBS,
    "docs-url": _Setting(_is_text, "l'adresse de la page des règles est attendue"),
    "ignore": _Setting(
        _is_reasons,
        'une table « règle = "motif" » est attendue, avec un motif non vide ; '
        "les règles XML- et CHK- ne peuvent pas être ignorées",
    ),
}


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
