"""The XPath 1.0 tests behind the regular rows of the profile."""

import re
from string import ascii_lowercase, ascii_uppercase

from cda_tools.model.terminology import codes
from profile_compiler.model import Check, Declared

CDA_TYPE_ID = "h:typeId[@root='2.16.840.1.113883.1.3'][@extension='POCD_HD000040']"
# The most frequent characters first: translate looks for each from the beginning.
_PLAIN_URI = "0123456789:+.@-" + ascii_lowercase + "/_" + ascii_uppercase
_SHORT_SET = 50
_MANY = 50
_BLANKS = "' &#9;&#10;&#13;'".replace("&#9;", "\t").replace("&#10;", "\n").replace("&#13;", "\r")


def expand(test: str) -> str:
    """Replace the shorthands of the profile.

    ``oid(@x)``, ``uri(@x)``: the functions ``f:oid`` and ``f:uri``, spared for the many plain
    values. ``alone(@x)``: no sibling has the same value there; ``f:alone``, spared where there are
    few siblings.
    """
    return re.sub(
        r"(?<![\w:-])(oid|uri|alone)\((@\w+)\)", lambda match: _SHORTHANDS[match[1]](match[2]), test
    )


def _oid(attribute: str) -> str:
    plain = (
        "translate(.,'0123456789.','')=''",
        "(starts-with(.,'1.') or starts-with(.,'2.'))",
        "not(contains(.,'.0') or contains(concat(.,'.'),'..'))",
    )
    return f"{attribute}[({' and '.join(plain)}) or f:oid(string(.))]"


def _uri(attribute: str) -> str:
    return f"{attribute}[translate(.,'{_PLAIN_URI}','')='' or f:uri(string(.))]"


def _alone(attribute: str) -> str:
    many = f"../*[{_MANY}]"
    by_xpath = " or ".join(
        f"{side}-sibling::*/{attribute}={attribute}" for side in ("preceding", "following")
    )
    name = attribute.removeprefix("@")
    return f"((not({many}) and not({by_xpath})) or ({many} and f:alone(., '{name}')))"


_SHORTHANDS = {"oid": _oid, "uri": _uri, "alone": _alone}


def member(name: str, edition: str) -> str:
    """Return the predicate of a code in a value set, whatever its code system.

    A short set stands in the test itself, which is faster than the function.
    """
    found = list(dict.fromkeys(code for code, _ in codes(name, edition)))
    if len(found) > _SHORT_SET:
        return f"f:member('{edition}', '{name}', string(.))"
    return one_of(found)


def members(names: list[str], edition: str) -> str:
    """Return the predicate of an attribute whose codes are all in one of some value sets.

    The official Schematron takes what blanks separate in an attribute one by one.
    """
    found = list(dict.fromkeys(code for name in names for code, _ in codes(name, edition)))
    if len(found) <= _SHORT_SET:
        return f"({one_of(found)}) or f:listed('{' '.join(found)}', string(.))"
    return " or ".join(f"f:members('{edition}', '{name}', string(.))" for name in names)


def one_of(words: list[str]) -> str:
    """Return the predicate of a text that is one of some words, which have no blanks."""
    if not words or any(word.split() != [word] for word in words):
        raise ValueError(f"no list of words: {words}")
    return f"contains(' {' '.join(words)} ', concat(' ',.,' ')) and not(contains(.,' '))"


def count_test(child: Declared, counted: str) -> str:
    """Return the test that ``counted`` occurs as often as asked."""
    match child.minimum, child.maximum:
        case 0, 1:
            return f"not({counted}[2])"
        case 0, maximum:
            return f"count({counted}) <= {maximum}"
        case 1, 1:
            return f"count({counted}) = 1"
        case 1, None:
            return counted
        case minimum, maximum:
            return f"count({counted}) >= {minimum} and count({counted}) <= {maximum}"


def count_subject(child: Declared, counted: str, *, alone: bool) -> str:
    """Return the element that the finding is about, where there is a better one than the parent.

    That is the last one too many, or an element of the right name that misses its condition:
    one that is ``alone`` in its name, as no other variant of the name may be what it is.
    """
    nodes = []
    if child.maximum is not None:
        nodes.append(f"{counted}[position() > {child.maximum}]")
    if child.minimum and child.counted and alone:
        nodes.append(f"self::*[not({counted})]/{child.qname}")
    return f"({' | '.join(['.', *nodes])})[last()]" if nodes else ""


def unexpected(allowed: tuple[Declared, ...]) -> str:
    """Return the predicate of a child that is none of ``allowed``.

    A child of the right name that misses its condition is left out where that is already said:
    the count of that child, which must be there, is then zero.
    """
    names = [child.name for child in allowed]
    tests = []
    for child in allowed:
        condition = f" and ({child.when})" if child.when else ""
        if child.minimum and child.id and child.when and names.count(child.name) == 1:
            missing = f'f:lacks(.., "{child.qname}[{child.counted}]")'
            if child.optional_before:
                missing += " and $profile!='pre-1.16'"
            condition = f" and ({child.when} or {missing})"
        tests.append(f"self::{child.qname}{condition}")
    return f"not({' or '.join(dict.fromkeys(tests))}) and not(@xsi:nil='true')"


def attribute_test(check: Check) -> str:
    """Return the test of an ``attribute`` row."""
    name, values = check.get("name"), check.get("values").split()
    required, form = check.get("required") == "yes", check.get("format")
    if values:
        options = f"@{name}='{values[0]}'" if len(values) == 1 else f"@{name}[{one_of(values)}]"
        return f"not(@{name}) or {options}"
    test = {
        "": f"@{name}",
        "st": f"@{name}!=''",
        "oid": f"oid(@{name})",
        "uid": f"(oid(@{name}) or f:uid(string(@{name})))",
        "ts": (
            f"string-length(@{name}) > 3 and translate(substring(@{name},1,4),'0123456789','')=''"
        ),
        "cs": f"@{name}!='' and translate(@{name}, {_BLANKS}, '')=@{name}",
    }[form]
    if required:
        return f"@{name} and {test}" if form else test
    return f"not(@{name}) or ({test})"
