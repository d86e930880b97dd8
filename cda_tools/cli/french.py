"""The words of click in French: frames of help, usage errors, types, suggestions.

Commands stay plain click. Its words come from gettext, whose language depends on the machine; ours
do not: they are looked up here. ``tests/cli/test_french.py`` fails where click has a new one.
"""

import difflib
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

import click

WORDS = {
    # Help.
    "Usage:": "Usage :",
    "Options": "Options",
    "Commands": "Commandes",
    "Positional arguments": "Arguments",
    "Show this message and exit.": "Montre cette aide.",
    "Show the version and exit.": "Montre la version.",
    "%(prog)s, version %(version)s": "%(prog)s, version %(version)s",
    "default: {default}": "par défaut : {default}",
    "required": "obligatoire",
    "deprecated": "obsolète",
    "env var: {var}": "variable d'environnement : {var}",
    "(dynamic)": "(calculé)",
    "file": "fichier",
    "directory": "dossier",
    "path": "chemin",
    # Usage errors.
    "Error: {message}": "Erreur : {message}",
    "Try '{command} {option}' for help.": "« {command} {option} » donne l'aide.",
    "Missing command.": "Il manque une commande.",
    "Missing argument": "Il manque l'argument",
    "Missing option": "Il manque l'option",
    "Missing parameter": "Il manque le paramètre",
    "Missing {param_type}": "Il manque {param_type}",
    "Missing parameter: {param_name}": "Il manque le paramètre {param_name}",
    "No such option {name!r}.": "Option inconnue : « {name} ».",
    "No such command {name!r}.": "Commande inconnue : « {name} ».",
    "Did you mean {possibility}?": "Vouliez-vous dire {possibility} ?",
    "(Did you mean one of: {possibilities}?)": "Vouliez-vous dire l'un de : {possibilities} ?",
    "Got unexpected extra argument ({args})": "Argument en trop : {args}",
    "Got unexpected extra arguments ({args})": "Arguments en trop : {args}",
    "Option {name!r} does not take a value.": "L'option « {name} » ne prend pas de valeur.",
    "Option {name!r} requires an argument.": "L'option « {name} » attend une valeur.",
    "Option {name!r} requires {nargs} arguments.": "L'option « {name} » attend {nargs} valeurs.",
    "Argument {name!r} takes {nargs} values.": "L'argument « {name} » prend {nargs} valeurs.",
    "Takes {nargs} values but 1 was given.": "{nargs} valeurs attendues, 1 donnée.",
    "Takes {nargs} values but {len} were given.": "{nargs} valeurs attendues, {len} données.",
    "{len_type} values are required, but {len_value} was given.": (
        "{len_type} valeurs attendues, {len_value} donnée."
    ),
    "{len_type} values are required, but {len_value} were given.": (
        "{len_type} valeurs attendues, {len_value} données."
    ),
    "Value must be an iterable.": "Une liste de valeurs est attendue.",
    "Invalid value: {message}": "Valeur refusée : {message}",
    "Invalid value for {param_hint}: {message}": "Valeur refusée pour {param_hint} : {message}",
    "Choose from:\n\t{choices}": "Au choix :\n\t{choices}",
    "{value!r} is not {choice}.": "« {value} » : seul {choice} est possible.",
    "{value!r} is not one of {choices}.": "« {value} » : au choix {choices}.",
    "{value!r} does not match the format {format}.": "« {value} » n'a pas la forme {format}.",
    "{value!r} does not match the formats {formats}.": (
        "« {value} » n'a aucune des formes {formats}."
    ),
    "{value} is not in the range {range}.": "{value} est hors des bornes : {range}.",
    "{value!r} is not a valid boolean. Recognized values: {states}": (
        "« {value} » n'est ni vrai ni faux. Valeurs reconnues : {states}"
    ),
    "{value!r} is not a valid {number_type}.": "« {value} » : {number_type} attendu.",
    "{value!r} is not a valid UUID.": "« {value} » n'est pas un UUID.",
    "{name} {filename!r} does not exist.": "{name} « {filename} » introuvable.",
    "{name} {filename!r} is a file.": "« {filename} » est un fichier, et non un dossier.",
    "{name} {filename!r} is a directory.": "« {filename} » est un dossier, et non un fichier.",
    "{name} {filename!r} is not readable.": "{name} « {filename} » : lecture refusée.",
    "{name} {filename!r} is not writable.": "{name} « {filename} » : écriture refusée.",
    "{name} {filename!r} is not executable.": "{name} « {filename} » : exécution refusée.",
    "Could not open file {filename!r}: {message}": "« {filename} » : {message}",
    "unknown error": "erreur du système",
    "Aborted!": "Interrompu.",
    # Completion.
    "Couldn't detect Bash version, shell completion is not supported.": (
        "Version de Bash inconnue : la complétion n'est pas possible."
    ),
    "Shell completion is not supported for Bash versions older than 4.4.": (
        "La complétion demande Bash 4.4 ou plus récent."
    ),
}

_TYPES: dict[type[click.ParamType[Any]], str] = {
    click.types.StringParamType: "texte",
    click.types.IntParamType: "nombre entier",
    click.IntRange: "nombre entier",
    click.types.FloatParamType: "nombre",
    click.FloatRange: "nombre",
}
_METAVARS = {"nombre entier": "N"}


# The modules of click that say something; shell_completion is imported only to complete.
MODULES = (
    click.core,
    click.decorators,
    click.exceptions,
    click.formatting,
    click.parser,
    click.types,
)


_QUOTED = re.compile(r"(?<!\w)'([^'\n]+)'(?!\w)")


class _Sentence(str):
    """A sentence whose values, which click quotes as Python does, are quoted as in French."""

    __slots__ = ()

    def format(self, *args: object, **values: object) -> str:
        """Fill the sentence in."""
        quoted = {
            name: _QUOTED.sub(r"« \1 »", one) if isinstance(one, str) else one
            for name, one in values.items()
        }
        return super().format(*args, **quoted)


def word(message: str) -> str:
    """Return a sentence of click in French, or as it is where none is known."""
    return _Sentence(WORDS.get(message, message))


def word_of(one: str, several: str, number: int) -> str:
    """Return the sentence that goes with a number: in French, 0 and 1 are singular."""
    return word(one if number < 2 else several)


def close_to(given: str, possible: object) -> str:
    """Return `` Vouliez-vous dire …`` for what was probably meant, or nothing."""
    names = [str(one) for one in possible] if isinstance(possible, (list, tuple)) else []
    folded = {one.lower(): one for one in reversed(names)}
    near = difflib.get_close_matches(given.lower(), folded, n=1)
    return f" Vouliez-vous dire « {folded[near[0]]} » ?" if near else ""


def example(command_line: str) -> str:
    """Return the paragraph that shows an example at the end of a command's help."""
    return f"\b\nExemple :\n  {command_line}"


class _Help(click.HelpFormatter):
    """Keeps a guillemet with the word that it encloses, and a colon a space from its word."""

    def write_heading(self, heading: str) -> None:
        super().write_heading(f"{heading} ")

    def write_text(self, text: str) -> None:
        super().write_text(_together(text))

    def write_dl(self, rows: Any, col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(term, _together(text)) for term, text in rows], col_max, col_spacing)


def _together(text: str) -> str:
    return text.replace("« ", "«\N{NO-BREAK SPACE}").replace(" »", "\N{NO-BREAK SPACE}»")


def speak() -> None:
    """Make click speak French, from now on and for the whole program."""
    for module in MODULES:
        speak_in(module)
    for kind, name in _TYPES.items():
        kind.name = name
        kind.get_metavar = _metavar  # type: ignore[method-assign]
    click.types._NumberRangeBase._describe_range = _bounds  # type: ignore[method-assign]
    click.Context.formatter_class = _Help
    _suggest_a_choice()


def speak_in(module: ModuleType) -> None:
    """Make one module of click speak French."""
    for name, said in {"_": word, "ngettext": word_of}.items():
        if hasattr(module, name):
            setattr(module, name, said)


def _metavar(self: click.ParamType[Any], param: click.Parameter, ctx: click.Context) -> str:
    return _METAVARS.get(self.name, self.name.upper())


def _bounds(self: click.types._NumberRangeBase[Any, Any]) -> str:
    """Return the bounds of a number in words; none of ours leaves out its upper one."""
    if self.max is None:
        return f"plus de {self.min}" if self.min_open else f"au moins {self.min}"
    return f"au plus {self.max}" if self.min is None else f"de {self.min} à {self.max}"


def _suggest_a_choice() -> None:
    plain: Callable[..., str] = click.Choice.get_invalid_choice_message

    def said(self: click.Choice[Any], value: Any, ctx: click.Context | None) -> str:
        written = click.Choice(self.choices)  # not in the case in which they are compared
        return plain(written, value, ctx) + close_to(str(value), self.choices)

    if plain.__module__ != __name__:
        click.Choice.get_invalid_choice_message = said  # type: ignore[method-assign]
