"""Texts that stay on one line and read in one direction, whatever a document puts in them."""

import re
import unicodedata

# Joiners are part of the spelling of some scripts; the other format characters are invisible,
# and some of them (U+202A to U+202E, U+2066 to U+2069) turn the direction of what follows.
_JOINERS = frozenset("\u200c\u200d")
_NOT_PRINTED = re.compile(r"[^\x20-\x7e\xa1-\xac\xae-\u02ff]")


def clean(text: str | None) -> str | None:
    """Return the text with controls, line separators and direction overrides taken out.

    White space is folded to single spaces; None where nothing is left.
    """
    if not text:
        return None
    return " ".join(_NOT_PRINTED.sub(_replacement, text).split()) or None


def _replacement(match: re.Match[str]) -> str:
    character = match[0]
    category = unicodedata.category(character)
    if category in {"Cc", "Zl", "Zp", "Zs"}:
        return " "
    if category == "Cs" or (category == "Cf" and character not in _JOINERS):
        return ""
    return character


def comparable(text: str) -> str:
    """Return what is left of a text without case, accents, punctuation and spaces."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum()) or text.casefold()
