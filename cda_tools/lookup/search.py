"""Finds rules and value sets as a user names them: exactly, by a beginning, by words."""

import difflib
import unicodedata
from collections.abc import Iterable, Sequence

from cda_tools.errors import InputError
from cda_tools.model.terminology import Concept
from cda_tools.model.valuesets import ValueSet, named, value_sets
from cda_tools.rules.catalogue import Rule, rules

Found = Rule | ValueSet


def find(words: Iterable[str]) -> list[Found]:
    """Return what each word names, in order and once: a rule, a value set, or rules by their start.

    A value set is named by its name, OID or official name. Raise InputError for a word that names
    nothing, with the names that look most like it.
    """
    return list(dict.fromkeys(found for word in words for found in _named(word.strip())))


def _named(word: str) -> Sequence[Found]:
    folded = word.upper()
    exact = [known for known in rules() if known.id == folded]
    if exact:
        return exact
    value_set = named(word)
    if value_set is not None:
        return [value_set]
    starting = [known for known in rules() if folded and known.id.startswith(folded)]
    if starting:
        return starting
    names = [known.id for known in rules()] + [known.name for known in value_sets()]
    by_case = {name.upper(): name for name in names}
    close = [by_case[name] for name in difflib.get_close_matches(folded, by_case, n=3)]
    hint = f" ; le plus proche : {', '.join(close)}" if close else ""
    raise InputError(f"règle ou jeu de valeurs inconnu : {word}{hint}")


def matching(words: str, found: Iterable[Found]) -> list[Found]:
    """Return what speaks of all the words, whatever their case and accents.

    Of a rule its id, title, message and source are looked at; of a value set its names, its use,
    and its codes with their labels.
    """
    wanted = _folded(words).split()
    return [one for one in found if all(word in _text(one) for word in wanted)]


def codes_matching(words: str, value_set: ValueSet) -> list[Concept]:
    """Return the codes of a set that have all the words in their code or label."""
    wanted = _folded(words).split()
    return [
        concept
        for concept in value_set.concepts
        if all(word in _folded(f"{concept.code} {concept.label}") for word in wanted)
    ]


def everything() -> list[Found]:
    """Return all rules, then all value sets."""
    return [*rules(), *value_sets()]


def _text(found: Found) -> str:
    if isinstance(found, Rule):
        return _folded(" ".join((found.id, found.title, found.message, found.source)))
    codes = (f"{concept.code} {concept.label}" for concept in found.concepts)
    return _folded(" ".join((found.name, found.oid, found.title, found.use, *codes)))


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
