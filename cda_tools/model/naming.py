"""How a person, a device or an author is named.

Source: structuration minimale 1.16 § 3.5.5.13; parts are given in any order in a document,
and are put in the order in which they are read.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from cda_tools.model import terminology
from cda_tools.model.header import Authenticator, Author, AuthorKind, Device, PersonName

# Titles (J246) that are abbreviated before a name; the others are shown by their label.
_ABBREVIATED = {"DR": "Dr", "PR": "Pr"}
# Other ways in which the titles and the civilities (J245) are written.
_WRITTEN = {
    "DRE": "DR",
    "DOCTEUR": "DR",
    "DOCTEURE": "DR",
    "DOCTORESSE": "DR",
    "PROF": "PR",
    "PROFESSEUR": "PR",
    "PROFESSEURE": "PR",
    "MONSIEUR": "M",
    "MR": "M",
    "MADAME": "MME",
    "MRS": "MME",
    "MADEMOISELLE": "MLLE",
    "MELLE": "MLLE",
}
_CIVILITIES = {"M": "M.", "MME": "Mme", "MLLE": "Mlle"}
_WORD = re.compile(r"\w+")
_FILLERS = frozenset({"LE", "LA"})


def person(name: PersonName | None) -> str | None:
    """Return title (else civility), given names, family names, then suffixes that are no title.

    ``Dr Marcel CAMPARINI``, ``M. Paul DURAND Jr``. A part that is only punctuation is no part.

    >>> person(PersonName(given=("Marcel",), family=("CAMPARINI",), suffix=("DR",)))
    'Dr Marcel CAMPARINI'
    """
    if name is None:
        return None
    if name.text:
        return _free_text(name.text)
    given, family = _parts(name.given), _parts(name.family)
    if not given and not family:
        return None
    before, suffixes = _around(_parts(name.prefix), _parts(name.suffix))
    return " ".join([*before, *given, *family, *suffixes])


def _free_text(text: str) -> str | None:
    """Return a name in one piece, its title as the others have it: ``Docteur Paul DURAND``."""
    if not _says_something(text):
        return None
    first, _, rest = text.partition(" ")
    title = _title(first)
    # Two letters may be initials (MC, PG): only Dr and Pr are sure.
    return f"{_ABBREVIATED[title]} {rest}" if rest and title in _ABBREVIATED else text


def without_long_title(name: str) -> str:
    """Return a name without a title that is shown by its label: ``Pharmacien général``.

    Where room is short, such a title would leave none to the name.
    """
    for code, label in _titles().items():
        if code not in _ABBREVIATED and name.startswith(f"{label} "):
            return name.removeprefix(f"{label} ")
    return name


def _parts(parts: Iterable[str]) -> list[str]:
    return [part for part in parts if _says_something(part)]


def _around(prefixes: list[str], suffixes: list[str]) -> tuple[list[str], list[str]]:
    """Return what stands before the given names, and what after the family names.

    A title, wherever it was put, takes the place of the civility; a professor's that of Dr.
    """
    titles = [found for part in (*suffixes, *prefixes) if (found := _title(part))]
    civilities = [found for part in prefixes if (found := _civility(part))]
    others = [part for part in prefixes if not _title(part) and not _civility(part)]
    # "Dr. med.", "Dr ès sciences": a title with more to it stays as it is written.
    longer = any(_begins_with_title(part) for part in others)
    titles.sort(key=lambda code: code == "DR")
    before = [_shown(titles[0])] if titles and not longer else []
    if not before and not longer:
        before = [_CIVILITIES[code] for code in civilities[:1]]
    return [*before, *others], [part for part in suffixes if not _title(part)]


def _shown(title: str) -> str:
    return _ABBREVIATED.get(title) or _titles()[title]


@lru_cache(maxsize=1024)
def _title(part: str) -> str | None:
    """Return the code of J246 that a part is, in whatever form it is written, or None."""
    words = _words(part)
    if words[:-1] and words[0] in _CIVILITIES:  # "Monsieur le Professeur"
        words = [word for word in words[1:] if word not in _FILLERS]
    code = "".join(words)
    return code if code in _titles() else _labels().get(code)


@lru_cache(maxsize=1024)
def _civility(part: str) -> str | None:
    code = "".join(_words(part))
    return code if code in _CIVILITIES else None


@lru_cache(maxsize=1024)
def _begins_with_title(part: str) -> bool:
    words = _words(part)
    return len(words) > 1 and words[0] in _titles()


def _words(part: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", part.upper())
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    return [_WRITTEN.get(word, word) for word in _WORD.findall(bare)]


@cache
def _titles() -> dict[str, str]:
    return {code: label for (code, _), label in terminology.value_set(terminology.TITLES).items()}


@cache
def _labels() -> dict[str, str]:
    """Return the code of each title's label, as the label compares."""
    return {"".join(_words(label)): code for code, label in _titles().items()}


def device(one: Device | None) -> str | None:
    """Return softwareName, else manufacturerModelName where it is more than punctuation."""
    if one is None:
        return None
    if one.software_name and _says_something(one.software_name):
        return one.software_name
    model = one.model_name
    return model if model and _says_something(model) else None


def _says_something(name: str) -> bool:
    return any(character.isalnum() for character in name)


def author(one: Author, *, patient: bool = False) -> str | None:
    """Return the author's name as the document has it; nothing is borrowed from elsewhere.

    An author who is the patient is named only where ``patient`` asks for it.
    """
    if one.kind is AuthorKind.PATIENT and not patient:
        return None
    return person(one.name) or device(one.device)


def first(authors: Iterable[Author]) -> Author | None:
    """Return the author to show: a person who is named before a device or a structure."""
    authors = tuple(authors)
    people = (one for one in authors if one.kind is not AuthorKind.DEVICE and person(one.name))
    return next(people, next(iter(authors), None))


def signer(one: Authenticator, *, patient: bool = False) -> str | None:
    """Return the legalAuthenticator's name, on the same terms as an author's."""
    return None if one.kind is AuthorKind.PATIENT and not patient else person(one.name)


def profession(one: Author) -> str | None:
    """Return assignedAuthor/code's displayName, else its J01 label, else None."""
    return terminology.label(one.profession, terminology.PROFESSIONS)


def structure(one: Author) -> str | None:
    """Return the name of the author's own structure, or None."""
    return one.organization.name if one.organization else None
