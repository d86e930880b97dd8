"""Turns the regular expressions of XPath 2.0 that mean the same in Python into Python's."""

import re

from cda_tools.kit.xpath.parser import Syntax, Unsupported

_TOKEN = re.compile(
    r"""
    (?P<escape>\\.)
    | (?P<set>\[\^?(?:[^\[\]\\^-]|\\[\\\[\].^$?*+{}()|-]|(?<=[^\[^])-(?=[^\]]))+\])
    | (?P<count>\{\d+(?:,\d*)?\})
    | (?P<sign>[.^$()|*+?])
    | (?P<plain>[^\\\[\]{}.^$()|*+?])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPES = frozenset("\\.^$?*+{}()|[]-nrt")


def python_regex(pattern: str) -> str:
    """Return the pattern for Python's ``re``; raise Syntax or Unsupported.

    ``.`` is any character but a line feed or a carriage return, ``$`` the very end, ``\\d`` any
    decimal digit, ``\\s`` one of XML's four blanks (XPath functions 2.0 § 7.6.1).
    """
    parts = []
    at = 0
    while at < len(pattern):
        match = _TOKEN.match(pattern, at)
        if match is None:
            raise Unsupported(f"expression régulière « {pattern} »")
        at = match.end()
        parts.append(_part(match, pattern))
    regex = "".join(parts)
    try:
        compiled = re.compile(regex)
    except re.error:
        raise Syntax(f"expression régulière « {pattern} »") from None
    if compiled.match("") and "^" not in pattern:
        raise Unsupported(f"expression régulière « {pattern} » qui admet le vide")
    return regex


def _part(match: re.Match[str], pattern: str) -> str:
    text = match[0]
    if match.lastgroup == "escape":
        if text[1] == "d":
            return r"\d"
        if text[1] == "s":
            return "[ \\t\\n\\r]"
        if text[1] not in _ESCAPES:
            raise Unsupported(f"expression régulière « {pattern} »")
        return text
    if match.lastgroup == "sign":
        return {".": "[^\\n\\r]", "$": r"\Z"}.get(text, text)
    return re.escape(text) if match.lastgroup == "plain" else text
