"""Texts that stay on one line and read in one direction, whatever a document puts in them."""

import re
import unicodedata

# Joiners are part of the spelling of some scripts; the other format characters are invisible,
# and some of them (U+202A to U+202E, U+2066 to U+2069) turn the direction of what follows.
_JOINERS = frozenset("\u200c\u200d")
_NOT_PRINTED = re.compile(r"[^\x20-\x7e\xa1-\xac\xae-\u02ff]")


# Controls that no text has, and Windows' signs under their numbers, which some senders declare to
# be ISO-8859-1: « œ » is U+009C there. U+0085 stays the end of a line that it is.
_OF_WINDOWS = {
    chr(code): sign
    for code in range(0x80, 0xA0)
    if code != 0x85 and (sign := bytes([code]).decode("cp1252", "ignore"))
}


def clean(text: str | None) -> str | None:
    """Return the text with controls, line separators and direction overrides taken out.

    White space is folded to single spaces; None where nothing is left.
    """
    if not text:
        return None
    return " ".join(_NOT_PRINTED.sub(_replacement, text).split()) or None


def _replacement(match: re.Match[str]) -> str:
    character = match[0]
    if (meant := _OF_WINDOWS.get(character)) is not None:
        return meant
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


# An INS number as it is written: sex (3 and 4 are no more given, and begin the number of a
# structure), year, month (or what stands for one that is unknown), department, 6 digits, and a
# key of 2 digits. Of 13, without its key, only where its department has a letter: 13 digits alone
# may be anything, a moment in milliseconds above all. People write it with blanks or hyphens
# between its parts; not with points, which make it an OID.
_S = r"[ \u00a0\u2009\u202f-]?"
_BIRTH = rf"(?<![0-9])[1278]{_S}[0-9]{{2}}{_S}(?:0[1-9]|1[0-2]|[2-9][0-9]){_S}"
_PLACE = rf"{_S}[0-9]{{3}}{_S}[0-9]{{3}}"
_KEY = rf"{_S}[0-9]{{2}}"
_INS = re.compile(rf"{_BIRTH}(?:[0-9]{{2}}{_PLACE}{_KEY}|2[ABab]{_PLACE}(?:{_KEY})?)(?![0-9])")
_INS_ALONE = re.compile(rf"{_BIRTH}(?:[0-9]{{2}}|2[ABab]){_PLACE}(?:{_KEY})?(?![0-9])")
HIDDEN_INS = "(INS masqué)"


def holds_ins(text: str | None, *, without_key: bool = False) -> bool:
    """Tell whether a number that looks like an INS stands in a text.

    ``without_key``: also one of 13 digits, which may be another number.
    """
    return text is not None and bool((_INS_ALONE if without_key else _INS).search(text))


def without_ins(text: str) -> str:
    """Return a text with what looks like an INS left out: for what is shown of an identifier."""
    return _INS.sub(HIDDEN_INS, text) if len(text) > 12 else text
