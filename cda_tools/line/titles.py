"""What a title says beside the type: nothing, what follows the type in it, or all of it."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
# "compte rendu", "comptes-rendus", "C.R.": all of them are written CR in the value set J07.
_REPORT = (("compte", "rendu"), ("comptes", "rendus"), ("c", "r"))
_REPORTS = frozenset({"compterendu", "comptesrendus"})
# Words that tie what follows to the word before: "Lettre de sortie" is no "de sortie".
_TIES = frozenset({"a", "au", "aux", "d", "de", "des", "du", "en", "et", "ou", "pour", "sur"})
# Words that say nothing by themselves; a lone A says which one it is.
EMPTY = (_TIES | {"l", "la", "le", "les", "un", "une"}) - {"a"}
_BETWEEN = " \t:;,.-‐‑‒–—−/|·•_"


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word as it compares (no case, no accent, CR for compte rendu) and its place."""
    before: tuple[str, int, int] | None = None
    for match in _WORD.finditer(text):
        word = _plain(match[0])
        if before and (before[0], word) in _REPORT:
            yield "cr", before[1], match.end()
            before = None
            continue
        if before:
            yield before
        before = ("cr" if word in _REPORTS else word, *match.span())
    if before:
        yield before


def beside(title: str, kind: str) -> str | None:
    """Return what a title says that the type does not, or None where it only repeats it.

    Case, accents, punctuation and the ways to write *compte rendu* count for nothing. A title
    that begins with the type keeps what follows it; after a type of one word, what a word such
    as *de* ties to it stays with it (*Lettre*, *Lettre de sortie*).
    """
    repeated, alone = _type(kind)
    if not repeated:
        return None if title.casefold() == kind.casefold() else title
    of_title = words(title)
    said, end = "", 0
    while said != repeated:
        word, _, end = next(of_title, ("", 0, 0))
        said += word
        if not word or not repeated.startswith(said):
            return title
    following = next(of_title, None)
    if following is None:
        return None
    word, start, _ = following
    if alone and word in _TIES and not title[end:start].strip():
        return title
    return _bare(title[end:])


@lru_cache(maxsize=256)
def _type(kind: str) -> tuple[str, bool]:
    """Return a type's words as they compare, joined, and whether there is only one."""
    found = [word for word, _, _ in words(kind)]
    return "".join(found), len(found) == 1


def _bare(text: str) -> str:
    text = text.strip(_BETWEEN)
    inside = text[1:-1]
    if text[:1] + text[-1:] in {"()", "[]"} and not set(inside) & set("()[]"):
        return inside.strip()
    return text


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKD", word.casefold().translate(_LIGATURES))
    return "".join(one for one in folded if not unicodedata.combining(one))
