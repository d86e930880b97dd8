"""The rules of the profile as the catalogue tells them: id, severity, what is asked, source."""

from collections.abc import Iterator
from dataclasses import dataclass

from cda_tools.validation.profile.messages import allowed_names, check_title, count_title
from cda_tools.validation.profile.model import Check, DataType, Declared, Profile
from cda_tools.validation.profile.schematron import NOT_CDA, XSI_TYPE

SCHEMATRON = "Schematron officiel de la structuration minimale, février 2025"
TEXT = "Volet structuration minimale 1.16"
# The revision that asked for it first; the others are older, or only in the Schematron.
SINCE = {
    "1.16": (
        "SM-SETID-01 SM-VERSION-01 SM-AUTHOR-25 SM-AUTHOR-26 SM-DOC-08 SM-PATIENT-22 "
        "SM-PATIENT-23 SM-PATIENT-24 SM-PATIENT-25"
    ),
    "1.16.1": "SM-DATAENT-02",
}
FEBRUARY_2025 = "2025-02"


@dataclass(frozen=True, slots=True)
class ProfileRule:
    """``title``: what is asked, in one line. ``place``: the element, or the data type."""

    id: str
    severity: str
    title: str
    source: str
    since: str


def profile_rules(profile: Profile) -> Iterator[ProfileRule]:
    """Yield every rule, in the order of the source."""
    yield _rule("SM-GEN-01", "error", XSI_TYPE, "", "en-tête")
    yield _rule("SM-GEN-02", "warning", NOT_CDA, "§3.5.5.2", "typeId")
    seen: set[str] = set()
    for path in profile.elements():
        for rule in _of_element(path, profile):
            if rule.id not in seen:
                seen.add(rule.id)
                yield rule
    for data_type in profile.types.values():
        yield from _of_type(data_type)


def _of_element(path: tuple[Declared, ...], profile: Profile) -> Iterator[ProfileRule]:
    declared = path[-1]
    place = "/".join(one.name for one in path)
    if len(path) > 1 and declared.id:
        above = "/".join(one.name for one in path[:-1])
        title = count_title(declared, f"« {path[-2].name} »")
        yield _rule(declared.id, "error", title, declared.reference, above)
    for check in declared.checks:
        yield _of_check(check, declared.name, declared.reference, place)
    if declared.closed:
        title = closed_title(declared, profile)
        yield _rule(declared.closed, "warning", title, declared.reference, place)


def closed_title(declared: Declared, profile: Profile) -> str:
    """Return which children an element admits."""
    names = allowed_names(profile.allowed(declared))
    return f"« {declared.name} » ne doit contenir que : {names}"


def _of_check(check: Check, name: str, reference: str, place: str) -> ProfileRule:
    title = f"« {name} » : {check_title(check).replace('{name}', name)}"
    return _rule(check.id, check.severity, title, reference, place)


def _of_type(data_type: DataType) -> Iterator[ProfileRule]:
    place = f"type de données {data_type.name}"
    for check in data_type.checks:
        title = check_title(check)
        yield _rule(check.id, check.severity, f"{title[0].upper()}{title[1:]}", "", place)
    for child in data_type.children:
        yield _rule(child.id, "error", count_title(child, "L’élément"), "", place)
    if data_type.closed:
        names = allowed_names(data_type.children)
        yield _rule(
            data_type.closed, "warning", f"L’élément ne doit contenir que : {names}", "", place
        )


def _rule(rule_id: str, severity: str, title: str, reference: str, place: str) -> ProfileRule:
    text = f" ; {TEXT} {reference}" if reference else ""
    since = next((when for when, ids in SINCE.items() if rule_id in ids.split()), FEBRUARY_2025)
    return ProfileRule(rule_id, severity, f"{title}.", f"{SCHEMATRON} ({place}){text}", since)
