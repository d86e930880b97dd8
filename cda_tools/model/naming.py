"""How a person, a device or an author is named.

Source: structuration minimale 1.16 § 3.5.5.13; parts are given in any order in a document,
and are put in the order in which they are read.
"""

import re

from cda_tools.model import terminology
from cda_tools.model.header import Authenticator, Author, AuthorKind, Device, PersonName

_TITLES = {"DR": "Dr", "PR": "Pr"}
_CIVILITIES = {"M": "M.", "MME": "Mme"}
# A title put in prefix, with or without its dot, alone or followed by more ("Dr. med.").
_TITLE_IN_PREFIX = re.compile(r"(?:dr|pr|docteur|professeur)\b", re.IGNORECASE)


def person(name: PersonName | None) -> str | None:
    """Return title (else civility), given names and family names: ``Dr Marcel CAMPARINI``."""
    if name is None:
        return None
    if name.text:
        return name.text
    if not name.given and not name.family:
        return None
    return " ".join([*_salutation(name), *name.given, *name.family])


def _salutation(name: PersonName) -> list[str]:
    titles = [*name.suffix, *(part for part in name.prefix if _TITLE_IN_PREFIX.match(part))]
    known = [title for title in titles if _is_title(title)]
    if known or titles:
        return [_shown((known or titles)[0], _TITLES)]
    return [_shown(part, _CIVILITIES) for part in name.prefix[:1]]


def _is_title(part: str) -> bool:
    codes = {code for code, _ in terminology.value_set(terminology.TITLES)}
    return _bare(part) in codes or _TITLE_IN_PREFIX.match(part) is not None


def _shown(part: str, forms: dict[str, str]) -> str:
    return forms.get(_bare(part), part)


def _bare(part: str) -> str:
    return part.rstrip(".").upper()


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


def signer(one: Authenticator, *, patient: bool = False) -> str | None:
    """Return the legalAuthenticator's name, on the same terms as an author's."""
    return None if one.kind is AuthorKind.PATIENT and not patient else person(one.name)


def profession(one: Author) -> str | None:
    """Return assignedAuthor/code's displayName, else its J01 label, else None."""
    return terminology.label(one.profession, terminology.PROFESSIONS)


def structure(one: Author) -> str | None:
    """Return the name of the author's own structure, or None."""
    return one.organization.name if one.organization else None
