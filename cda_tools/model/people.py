"""Whether an author or a signer is a professional, or the patient, however the name is written.

Source: structuration minimale 1.16 § 3.5.5.13.
"""

import re
import unicodedata
from collections import Counter

from cda_tools.model.header import AuthorKind, Code, Identifier, Organization, Patient, PersonName
from cda_tools.model.patients import Acquaintance, acquaintance, is_ins, patient_key

_PROFESSIONALS = "1.2.250.1.71.4.2.1"
_PATIENT_EXPRESSION = "EXP_PATIENT"
_BY_PATIENT = "EXPPAT_"

# What stands beside names without being one: titles, civilities, "née", particles.
_TITLES = frozenset(
    {
        *("m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle"),
        *("dr", "pr", "docteur", "docteure", "professeur", "professeure"),
        *("ne", "nee", "ep", "epx", "epouse", "veuve", "vve", "dit", "dite"),
        *("patient", "patiente"),
    }
)
_PARTICLES = frozenset(
    {
        *("d", "de", "du", "des", "l", "la", "le", "les", "von", "van", "der", "den"),
        *("di", "da", "dos", "el", "al", "ben", "bin"),
    }
)
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_WORD = re.compile(r"[^\W_]+")
_ABBREVIATED = re.compile(r"([^\W_]{2,})\.")
_MOST_WORDS = 32  # of a name that is read: those of a hostile one are as many as it likes


def written_by_patient(kind: Code | None) -> bool:
    """Tell whether a document's type says that a patient wrote it (EXPPAT_1 and its like)."""
    return bool(kind and kind.code and kind.code.startswith(_BY_PATIENT))


def person_kind(
    ids: tuple[Identifier, ...],
    name: PersonName | None,
    profession: Code | None,
    organization: Organization | None,
    patient: Patient | None,
) -> AuthorKind:
    """Tell a professional from the patient: a professional's id says so, then all the rest.

    Someone without profession whose name may be the patient's is taken for the patient, so that
    no patient is named by mistake; with a profession, the whole name has to be the same.
    """
    if any(one.root == _PROFESSIONALS for one in ids):
        return AuthorKind.PROFESSIONAL
    if profession and profession.code == _PATIENT_EXPRESSION:
        return AuthorKind.PATIENT
    if is_patient(patient, ids, name, strict=profession is not None):
        return AuthorKind.PATIENT
    if profession or (organization and (organization.name or organization.ids)):
        return AuthorKind.PROFESSIONAL
    return AuthorKind.UNKNOWN


def is_patient(
    patient: Patient | None,
    ids: tuple[Identifier, ...],
    name: PersonName | None,
    *,
    strict: bool = False,
) -> bool:
    """Tell whether a person is the document's patient: by INS, by the patient's id, or by name.

    A name may be in parts or not, in any order, without accents, with an initial or an
    abbreviation, or the family name alone; ``strict`` asks for a whole given name and a whole
    family name. Two people of one name are told apart by their ids only: ask this of a person who
    has no professional's id.
    """
    if any(is_ins(one) for one in ids):
        return True
    if patient is None:
        return False
    if acquaintance(patient_key(patient), patient_key(Patient(ids=ids))) is Acquaintance.SAME:
        return True
    if name is None or patient.name is None:
        return False
    words = _words(name)
    return bool(words) and (
        _whole(words, patient.name)
        or (not strict and _perhaps(words, _abbreviations(name), patient.name))
    )


def _words(name: PersonName) -> list[str]:
    """Return the words of a name without title, in the order written."""
    found = [word for part in _parts(name) for word in _folded(part)]
    return [word for word in found if word not in _TITLES][:_MOST_WORDS]


def _parts(name: PersonName) -> tuple[str, ...]:
    """Return what may hold a name; outside of its parts only where nothing else is."""
    told = (*name.given, *name.family, name.text or "")
    return told if any(told) else (*name.prefix, *name.suffix)


def _abbreviations(name: PersonName) -> frozenset[str]:
    """Return the words that a full stop cuts short: « Flo. »."""
    return frozenset(word for part in _parts(name) for word in _ABBREVIATED.findall(_plain(part)))


def _folded(text: str) -> list[str]:
    return _WORD.findall(_plain(text))


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text[:1000]).casefold().translate(_LETTERS)
    return "".join(one for one in plain if not unicodedata.combining(one))


def _whole(words: list[str], patient: PersonName) -> bool:
    """Tell whether one of the patient's given names and a family name are all there."""
    own = Counter(words)
    if unsplit := _unsplit(patient):
        told = Counter(word for word in _folded(unsplit) if word not in _TITLES)
        if patient.text is None and len(told) < 2:
            return False  # a family name alone is no one's whole name
        several = sum(1 for word in words if len(word) > 1) > 1
        return bool(told) and (told <= own or (several and own <= told))
    for given in patient.given:
        for family in patient.family:
            first, last = _folded(given), _folded(family)
            if not first or not last:
                continue
            # Each word counts once: Martin alone is not Martin MARTIN.
            if Counter(first + last) <= own:
                return True
            if _together(words, "".join(first), "".join(last)):
                return True
    return False


def _unsplit(patient: PersonName) -> str:
    """Return a patient's name whose given or family name has no tag of its own, else nothing."""
    if patient.given and patient.family:
        return ""
    parts = (*patient.prefix, *patient.given, *patient.family, *patient.suffix)
    return " ".join((*parts, patient.text or "")).strip()


def _together(words: list[str], first: str, last: str) -> bool:
    """Tell whether two names are words side by side, joined or cut in another way."""
    wanted = (first + last, last + first)
    for begin in range(len(words)):
        joined = ""
        for word in words[begin:]:
            joined += word
            if joined in wanted:
                return True
            if len(joined) >= len(wanted[0]):
                break
    return False


def _perhaps(words: list[str], abbreviated: frozenset[str], patient: PersonName) -> bool:
    """Tell whether nothing in a name is other than the patient's, and something is more than
    initials: an initial beside it, the family name alone, one of several given names.
    """
    names = [*patient.given, *patient.family, _unsplit(patient)]
    parts = [_folded(name) for name in names]
    known = {word for part in parts for word in part} | {"".join(part) for part in parts}
    known |= {"".join(_folded(hyphened)) for name in names for hyphened in name.split()}
    # One letter of a part, or of each of its words: F., FA, FAL for Floriane Anne-Lise.
    initials = {word[0] for word in known if word}
    initials |= {
        "".join(word[0] for word in part[:end]) for part in parts for end in range(2, len(part) + 1)
    }
    told = [word for word in words if word not in _PARTICLES]
    return any(word in known for word in told) and all(
        word in known
        or word in initials
        or (word in abbreviated and any(one.startswith(word) for one in known))
        for word in told
    )
