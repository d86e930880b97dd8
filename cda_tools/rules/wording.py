"""The rules' files and their words, by language.

``schemas/rules/<layer>.toml`` holds the rules of one layer or subject with their French texts.
Another language is a folder beside them: ``schemas/rules/<language>/<layer>.toml`` has, for a rule
of the same id, the keys that change (``title``, ``message``, ``right``, ``wrong``), and the tables
of words. What a language lacks is said in French.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from cda_tools.errors import ResourceError
from cda_tools.resources import resource
from cda_tools.text import without_ins

FRENCH = "fr"
_SHARED = {"MORE": "limits", "KIT": "kit", "XML": "xml"}
"""The files of the rules that several layers say, by the first part of the id."""

Field = str | int | None
Fields = tuple[tuple[str, Field], ...]

_language: ContextVar[str] = ContextVar("cda_tools_language", default=FRENCH)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Render what is rendered inside ``with`` in a language, e.g. ``en``.

    Raise ResourceError where there is no folder of that language.
    """
    if language != FRENCH:
        resource("rules", language)
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def message(layer: str, rule: str, fields: Fields = ()) -> str:
    """Return a rule's message in the language of the moment, with ``fields`` filled in.

    Two fields are not for the message itself: ``edition``, where editions word the rule
    differently (the rule's table ``edition``), and ``notes``, the texts of the file's table
    ``notes`` that are to follow, by name, blank-separated.
    """
    values = dict(fields)
    rule_texts = entry(layer, rule)
    in_edition = rule_texts.get("edition", {}).get(values.get("edition"), {})
    texts: list[str] = [in_edition.get("message", rule_texts["message"])]
    if notes := values.get("notes"):
        texts[0] = texts[0].removesuffix(".")
        texts += [table(layer, "notes")[note] for note in str(notes).split()]
        texts[-1] += "."
    # An identifier may hold what identifies the patient, wherever a sender put it.
    shown = {
        name: without_ins(one) if isinstance(one, str) else one for name, one in values.items()
    }
    # A list that is cut short ends a sentence by itself.
    return " ; ".join(texts).format_map(shown).replace("….", "…")


def entry(layer: str, rule: str) -> Mapping[str, Any]:
    """Return a rule of a layer, or one that several layers say.

    Raise ResourceError where the file has it not.
    """
    found = entries(_SHARED.get(rule.partition("-")[0], layer)).get(rule)
    if found is None:
        raise ResourceError(f"règle inconnue : {rule}")
    return found


def entries(layer: str) -> dict[str, dict[str, Any]]:
    """Return the rules of one file, by id, in the order of the file."""
    return _entries(layer, _language.get())


def order(layer: str) -> int | None:
    """Return the place of a layer among those that run; None where the file is of no layer."""
    found: int | None = _file(layer, FRENCH).get("order")
    return found


def table(layer: str, name: str) -> dict[str, str]:
    """Return a table of texts that stands beside the rules of a file."""
    return _table(layer, name, _language.get())


@cache
def _entries(layer: str, language: str) -> dict[str, dict[str, Any]]:
    found = {rule["id"]: rule for rule in _file(layer, FRENCH)["rule"]}
    if language == FRENCH:
        return found
    changed = {rule["id"]: rule for rule in _file(layer, language).get("rule", ())}
    return {name: {**rule, **changed.get(name, {})} for name, rule in found.items()}


@cache
def _table(layer: str, name: str, language: str) -> dict[str, str]:
    found = {str(key): str(text) for key, text in _file(layer, FRENCH)[name].items()}
    if language != FRENCH:
        changed = _file(layer, language).get(name, {})
        found |= {str(key): str(text) for key, text in changed.items()}
    return found


@cache
def _file(layer: str, language: str) -> dict[str, Any]:
    # Imported here: a document without findings needs no rule texts.
    import tomllib  # noqa: PLC0415

    if language == FRENCH:
        path = resource("rules", f"{layer}.toml")
    elif not (path := resource("rules", language) / f"{layer}.toml").is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ResourceError(f"règles illisibles : {path.name} ({error})") from None
