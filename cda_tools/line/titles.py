"""What a title says beside the type: nothing, what follows the type in it, or all of it."""

import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
# "compte rendu", "comptes-rendus", "C.R.": all of them are written CR in the value set J07.
_REPORT = (("compte", "rendu"), ("comptes", "rendus"), ("c", "r"))
_REPORTS = frozenset({"compterendu", "comptesrendus"})
# Words that tie what follows to the word before: "Lettre de sortie" is no "de sortie".
_TIES = frozenset({"a", "au", "aux", "d", "de", "des", "du", "en", "et", "ou", "pour", "sur"})
_BETWEEN = " \t:;,.-‐‑‒–—−/|·•_"


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word as it compares (no case, no accent, CR for compte rendu) and its place."""
    found = [(_plain(word[0]), *word.span()) for word in _WORD.finditer(text)]
    index = 0
    while index < len(found):
        word, start, end = found[index]
        following = found[index + 1] if index + 1 < len(found) else None
        if following and (word, following[0]) in _REPORT:
            word, end = "cr", following[2]
            index += 1
        elif word in _REPORTS:
            word = "cr"
        yield word, start, end
        index += 1


def beside(title: str, kind: str) -> str | None:
    """Return what a title says that the type does not, or None where it only repeats it.

    Case, accents, punctuation and the ways to write *compte rendu* count for nothing. A title
    that begins with the type keeps what follows it; after a type of one word, what a word such
    as *de* ties to it stays with it (*Lettre*, *Lettre de sortie*).
    """
    of_kind = list(words(kind))
    of_title = list(words(title))
    repeated = _joined(of_kind)
    if not repeated:
        return None if title.casefold() == kind.casefold() else title
    said = 0
    joined = ""
    while said < len(of_title) and len(joined) < len(repeated):
        joined += of_title[said][0]
        said += 1
    if joined != repeated:
        return title
    rest, end = of_title[said:], of_title[said - 1][2]
    if not rest:
        return None
    if len(of_kind) == 1 and rest[0][0] in _TIES and not title[end : rest[0][1]].strip():
        return title
    return _bare(title[end:])


def _joined(found: list[tuple[str, int, int]]) -> str:
    return "".join(word for word, _, _ in found)


def _bare(text: str) -> str:
    text = text.strip(_BETWEEN)
    inside = text[1:-1]
    if text[:1] + text[-1:] in {"()", "[]"} and not set(inside) & set("()[]"):
        return inside.strip()
    return text


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.casefold().translate(_LIGATURES))
    return "".join(one for one in folded if not unicodedata.combining(one))
