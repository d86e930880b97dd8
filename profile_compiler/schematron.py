"""Writes the profile as an ISO Schematron (query binding XSLT 1.0).

One concrete rule for each element of the header, with the absolute path of the element as its
context, so that nothing below an element that misses its condition is looked at. What a data
type asks is an abstract rule; an address, which has typed children, is an abstract pattern.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree
from lxml.etree import _Element

from cda_tools.validation.structuration_minimale.functions import NAMESPACES
from profile_compiler.messages import allowed_names, check_title, count_title, quoted
from profile_compiler.model import (
    ADDRESS_FORMS,
    PROFILE,
    Check,
    DataType,
    Declared,
    Profile,
)
from profile_compiler.xpath import (
    CDA_TYPE_ID,
    attribute_test,
    count_subject,
    count_test,
    expand,
    member,
    members,
    unexpected,
)

SCH = "http://purl.oclc.org/dsdl/schematron"
ROLES = {"information": "info"}
HERE = "local-name()"
ANY = "ANY"
NOT_CDA = (
    "Le document doit avoir le typeId de CDA R2 : "
    "@root 2.16.840.1.113883.1.3, @extension POCD_HD000040"
)
XSI_TYPE = "xsi:type, s’il est présent, doit désigner le type de données que le profil indique"
# Our own attributes in the Schematron: not needed for a verdict, but for one finding a cause.
ABOUT, UNLESS, ONCE = f"{PROFILE}about", f"{PROFILE}unless", f"{PROFILE}once"
SET = f"{PROFILE}set"
HOLDS, ADMITS = f"{PROFILE}holds", f"{PROFILE}admits"


def schematron(profile: Profile) -> _Element:
    """Return the Schematron's root element."""
    schema = etree.Element(
        f"{{{SCH}}}schema", nsmap={None: SCH, "p": PROFILE[1:-1]}, queryBinding="xslt"
    )
    _add(schema, "title").text = f"Structuration minimale, édition {profile.edition} : en-tête"
    for prefix, uri in NAMESPACES.items():
        _add(schema, "ns", prefix=prefix, uri=uri)
    _add(schema, "let", name="profile", value="'1.16'")
    _not_cda(schema)
    pattern = _add(schema, "pattern", id="header")
    _type_rules(pattern, profile)
    for path in profile.elements():
        _element_rule(pattern, path, profile)
    pattern = _add(schema, "pattern", id="closed")
    for path in profile.elements():
        if path[-1].closed:
            _closed(pattern, _context(path), path[-1].closed, profile.allowed(path[-1]))
    for form in ADDRESS_FORMS:
        _address_pattern(schema, form, profile)
    addresses = [path for path in profile.elements() if path[-1].type in ADDRESS_FORMS]
    for number, path in enumerate(addresses, 1):
        name = path[-1].type
        attributes = {"id": f"{name}-{number}", "is-a": name}
        instance = _add(schema, "pattern", **attributes)
        _add(instance, "param", name="addr", value=_context(path))
    return schema


def _add(parent: _Element, tag: str, **attributes: str) -> _Element:
    return etree.SubElement(parent, f"{{{SCH}}}{tag}", attributes)


@dataclass(frozen=True, slots=True)
class _Assertion:
    id: str
    severity: str
    about: str
    test: str
    text: str
    subject: str = ""
    unless: str = ""
    once: bool = False
    sets: str = ""


def _assert(rule: _Element, assertion: _Assertion, tag: str = "assert") -> None:
    """Add an assertion; ``{xpath}`` in its text becomes value-of."""
    node = _add(rule, tag, id=assertion.id, role=ROLES.get(assertion.severity, assertion.severity))
    node.set(ABOUT, assertion.about)
    if assertion.unless:
        node.set(UNLESS, assertion.unless)
    if assertion.once:
        node.set(ONCE, "yes")
    if assertion.sets:
        node.set(SET, assertion.sets)
    if assertion.subject:
        node.set("subject", assertion.subject)
    node.set("test", expand(assertion.test))
    first, *rest = re.split(r"\{([^}]*)\}", assertion.text)
    node.text = first
    for select, tail in zip(rest[::2], rest[1::2], strict=True):
        _add(node, "value-of", select=expand(select)).tail = tail


def _not_cda(schema: _Element) -> None:
    rule = _add(_add(schema, "pattern", id="typeId"), "rule", context="/*")
    _assert(
        rule,
        _Assertion(
            "SM-GEN-02",
            "warning",
            "typeId",
            f"descendant-or-self::h:ClinicalDocument[{CDA_TYPE_ID}]",
            f"{NOT_CDA} ; trouvé : autre chose, et aucune autre règle n’est donc appliquée",
        ),
    )


def _context(path: tuple[Declared, ...]) -> str:
    steps = [f"/h:ClinicalDocument[{CDA_TYPE_ID}]"]
    for parent, declared in pairwise(path):
        step = declared.step
        if not declared.when:  # an earlier variant of the name takes its own elements
            taken = [c.when for c in parent.children if c.name == declared.name and c.when]
            step += "".join(f"[not({when})]" for when in taken)
        steps.append(step)
    return "/".join(steps)


def _type_rules(pattern: _Element, profile: Profile) -> None:
    for data_type in profile.types.values():
        if data_type.name in ADDRESS_FORMS:
            continue
        rule = _add(pattern, "rule", abstract="true", id=data_type.name)
        _type_body(rule, data_type, profile)
    for name in sorted(_used_types(profile)):
        rule = _add(pattern, "rule", abstract="true", id=f"typed-{name}")
        _typed(rule, profile.types[name])


def _used_types(profile: Profile) -> set[str]:
    declared = [path[-1] for path in profile.elements()]
    declared += [child for form in ADDRESS_FORMS for child in profile.types[form].children]
    return {d.type for d in declared if d.type and d.type not in ADDRESS_FORMS}


def _typed(rule: _Element, data_type: DataType) -> None:
    """Check xsi:type (any will do for ANY), then what the type asks."""
    name = data_type.hl7_name
    if name != ANY:
        _assert(
            rule,
            _Assertion(
                "SM-GEN-01",
                "error",
                "@xsi:type",
                f"not(@xsi:type) or f:xsi-type(., string(@xsi:type), '{name}')",
                f"« {{{HERE}}} » : {XSI_TYPE}, ici {{'{name}'}} ; trouvé : {{f:show(@xsi:type)}}",
            ),
        )
    if data_type.name not in ADDRESS_FORMS:
        _add(rule, "extends", rule=data_type.name)


def _type_body(rule: _Element, data_type: DataType, profile: Profile) -> None:
    if data_type.holds:
        rule.set(HOLDS, expand(_holds(data_type, profile)))
    for check in data_type.checks:
        _check(rule, check, profile.edition)
    for child in data_type.children:
        _count(rule, child, data_type.children)
    if data_type.base:
        _add(rule, "extends", rule=data_type.base)


def _holds(data_type: DataType, profile: Profile) -> str:
    """Return the quick test of a type; ``$base`` in it is that of its base."""
    if "$base" not in data_type.holds:
        return data_type.holds
    return data_type.holds.replace("$base", _holds(profile.types[data_type.base], profile))


def _element_rule(pattern: _Element, path: tuple[Declared, ...], profile: Profile) -> None:
    declared = path[-1]
    if declared.type in ADDRESS_FORMS:
        return
    rule = _add(pattern, "rule", context=_context(path))
    for check in declared.checks:
        _check(rule, check, profile.edition)
    for child in declared.children:
        if child.id:
            _count(rule, child, declared.children)
    if declared.type:
        _add(rule, "extends", rule=f"typed-{declared.type}")
    if len(rule) == 0:
        pattern.remove(rule)


def _address_pattern(schema: _Element, name: str, profile: Profile) -> None:
    form = profile.types[name]
    pattern = _add(schema, "pattern", abstract="true", id=form.name)
    rule = _add(pattern, "rule", context="$addr")
    _typed(rule, form)
    _type_body(rule, form, profile)
    parts = " | ".join(f"$addr/{child.qname}" for child in form.children)
    rule = _add(pattern, "rule", context=parts)
    _add(rule, "extends", rule="typed-ST")
    _closed(pattern, "$addr", form.closed, form.children)


def _closed(pattern: _Element, context: str, rule_id: str, allowed: tuple[Declared, ...]) -> None:
    rule = _add(pattern, "rule", context=f"{context}/*")
    rule.set(ADMITS, " | ".join(dict.fromkeys(child.step for child in allowed)))
    names = allowed_names(allowed)
    text = (
        f"« {{{HERE}}} » n’est pas attendu ici, ou n’y remplit pas sa condition ; "
        f"attendus dans « {{local-name(..)}} » : {names}"
    )
    _assert(rule, _Assertion(rule_id, "warning", "closed", unexpected(allowed), text), tag="report")


def _count(rule: _Element, child: Declared, among: tuple[Declared, ...]) -> None:
    counted = f"{child.qname}[{child.counted}]" if child.counted else child.qname
    test = count_test(child, counted)
    if child.optional_before:
        test = f"{test} or ($profile='pre-1.16' and not({counted}))"
    text = f"{count_title(child, f'« {{{HERE}}} »')} ; trouvé : {{count({counted})}}"
    alone = sum(other.name == child.name for other in among) == 1
    subject = count_subject(child, counted, alone=alone)
    name = child.name.rpartition(":")[2]
    _assert(rule, _Assertion(child.id, "error", name, test, text, subject))


def _check(rule: _Element, check: Check, edition: str) -> None:
    name = check.get("name", "code")
    about, subject, found = f"@{name}", "", f"{{f:show(@{name})}}"
    match check.kind:
        case "attribute":
            test = attribute_test(check)
        case "codes":
            test = f"not(@{name}) or @{name}[{members(check.get('set').split(), edition)}]"
        case "civility":
            wrong = f"{check.get('path')}[not({member(check.get('set'), edition)})]"
            test, subject, found = f"not({wrong})", f"({wrong})[1]", f"{{f:show({wrong})}}"
            about = check.get("path").replace("h:", "")
        case _:
            about, subject, test = check.get("about"), check.get("subject"), check.get("test")
            found = quoted(check.get("found", f"{{{about}}}"))
    title = check_title(check).replace("{name}", f"{{{HERE}}}")
    expected = "attendu : " if check.kind == "rule" else ""
    text = f"« {{{HERE}}} » : {expected}{title} ; trouvé : {found}"
    assertion = _Assertion(
        check.id,
        check.severity,
        about,
        test,
        text,
        subject,
        check.get("unless"),
        check.get("once") == "yes",
        check.get("set"),
    )
    _assert(rule, assertion)
