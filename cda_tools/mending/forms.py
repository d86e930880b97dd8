"""The form of a value, where another form says the same."""

import re

_LANGUAGE = re.compile(r"([A-Za-z]{2})[-_]([A-Za-z]{2})")
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d{1,4})?)?\s?(Z|[+-]\d\d:?\d\d)?)?"
)
# Digits as they are to be, with a sign too many: 20250514T102000+02:00, 20250514082000Z.
_BASIC = re.compile(r"(\d{8})[T ]?(\d\d(?:\d\d(?:\d\d(?:\.\d{1,4})?)?)?)\s?(Z|[+-]\d\d:?\d\d)?")
# A value that is the same in every French document: structuration minimale 1.16 § 3.5.5.
_FIXED = {
    ("realmCode", "code"): "FR",
    ("typeId", "extension"): "POCD_HD000040",
}
_NAMES = frozenset({"code", "codeSystem", "root", "nullFlavor", "typeCode", "classCode"})
_TIMES = frozenset(
    {"effectiveTime", "time", "birthTime", "low", "high", "center", "signatureTime", "value"}
)


def right_form(element: str, attribute: str, value: str) -> str | None:
    """Return the form in which an attribute's value is to be written; None where it is in it.

    ``element``: its name without prefix. Sources: RFC 5646 § 2.1.1 and § 3.5.5.9 of the
    structuration minimale (languages, French being that of its documents), HL7 data types R1
    § 2.20 (TS: a date is written without separators).
    """
    text = value.strip()
    if element == "languageCode" and attribute == "code":
        text = _language(text)
    elif element in _TIMES and attribute == "value":
        text = _time(text)
    elif (fixed := _FIXED.get((element, attribute))) and text.lower() == fixed.lower():
        text = fixed
    elif attribute not in _NAMES or re.search(r"\s", text):
        return None
    return text if text and text != value else None


def _language(text: str) -> str:
    if text.lower() in {"fr", "fra", "fre"}:
        return "fr-FR"
    found = _LANGUAGE.fullmatch(text)
    return f"{found[1].lower()}-{found[2].upper()}" if found else text


def _time(text: str) -> str:
    if basic := _BASIC.fullmatch(text):
        return f"{basic[1]}{basic[2]}{_zone(basic[3])}"
    found = _ISO.fullmatch(text)
    if not found:
        return text
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    told = f"{year}{month}{day}"
    if hour is None:
        return told
    return f"{told}{hour}{minute}{second or ''}{fraction or ''}{_zone(zone)}"


def _zone(text: str | None) -> str:
    return "+0000" if text == "Z" else (text or "").replace(":", "")
