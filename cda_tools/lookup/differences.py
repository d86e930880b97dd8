"""What differs between two editions of the header profile, or between one and an official kit."""

from dataclasses import dataclass

from cda_tools.lookup.sides import Codes, Side, side
from cda_tools.model.terminology import concepts
from cda_tools.model.valuesets import named
from cda_tools.rules import texts

_LAYER = "structuration-minimale"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """``kind``: ``added``, ``removed``, ``changed`` (its text) or ``condition`` (not its text).

    ``before``, ``after``: what is asked, None where the side has no such rule; for ``condition``,
    the XPath that the official rule tests, or on which elements a data type is asked for.
    """

    id: str
    kind: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class CodeChange:
    """``kind``: ``added``, ``removed`` or ``relabelled``; ``before``: the other side's label.

    ``day``: the day of it (ISO 8601), ``instead``: the code that stands for one that left; None
    where we do not know.
    """

    kind: str
    code: str
    system: str
    label: str
    before: str | None = None
    day: str | None = None
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class SetChange:
    """The changes of one value set; ``name`` is None for a set that is not ours."""

    oid: str
    name: str | None
    use: str
    codes: tuple[CodeChange, ...]


@dataclass(frozen=True, slots=True)
class UseChange:
    """An element whose code is looked up in other sets: ``before`` and ``after`` are OIDs.

    ``codes``: what that changes in the codes that it may have, where both look one up.
    """

    element: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    codes: tuple[CodeChange, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs; ``not_compared``: what was not looked at, in French."""

    old: str
    new: str
    rules: tuple[RuleChange, ...]
    sets: tuple[SetChange, ...]
    uses: tuple[UseChange, ...]
    not_compared: tuple[str, ...]

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return bool(self.rules or self.sets or self.uses)


def differences(old: str, new: str) -> Differences:
    """Compare two editions, by name, or kits, by folder or name; raise InputError for neither."""
    before, after = side(old), side(new)
    uses = _uses(before, after)
    return Differences(
        before.name,
        after.name,
        _rules(before, after),
        _sets(before, after),
        uses,
        _not_compared(before, after),
    )


def _not_compared(before: Side, after: Side) -> tuple[str, ...]:
    told = ["le schéma XML et les règles des autres couches"]
    if before.tests is None or after.tests is None:
        told.append("les règles de l'en-tête (cardinalités, conditions, types de données)")
        told.append("les autres jeux de valeurs et Schematrons du kit")
    for one in (before, after):
        told += [f"{file}, que {one.name} lit et n'a pas" for file in one.missing]
    return tuple(told)


def _rules(before: Side, after: Side) -> tuple[RuleChange, ...]:
    if before.tests is None or after.tests is None:
        return ()
    found = []
    for rule_id in texts.entries(_LAYER):
        changed = _rule(rule_id, before, after)
        if changed:
            found.append(changed)
    assert before.types is not None
    assert after.types is not None
    for name in sorted(before.types.keys() | after.types.keys()):
        was, now = (one.types.get(name, set()) for one in (before, after) if one.types is not None)
        if was != now:
            told = (_elements(was - now), _elements(now - was))
            found.append(RuleChange(f"type {name}", "condition", *told))
    return tuple(found)


def _rule(rule_id: str, before: Side, after: Side) -> RuleChange | None:
    assert before.tests is not None
    assert after.tests is not None
    was, now = before.tests.get(rule_id), after.tests.get(rule_id)
    old_text, new_text = (title(rule_id, one.name) for one in (before, after))
    if was is None and now is None:
        return None
    if was is None:
        return RuleChange(rule_id, "added", None, new_text)
    if now is None:
        return RuleChange(rule_id, "removed", old_text, None)
    if old_text != new_text:
        return RuleChange(rule_id, "changed", old_text, new_text)
    if was != now:
        tests = (_tests(was - now), _tests(now - was))
        return RuleChange(rule_id, "condition", *tests)
    return None


def title(rule_id: str, edition: str) -> str:
    """Return what an edition's rule asks."""
    entry = texts.entries(_LAYER)[rule_id]
    return str(entry.get("edition", {}).get(edition, {}).get("title", entry["title"]))


def _tests(tests: set[tuple[str, str]]) -> str | None:
    return " ; ".join(f"{place} : {test}" for place, test in sorted(tests)) or None


def _elements(elements: set[tuple[str, str]]) -> str | None:
    told = (f"{place}{f'[{condition}]' if condition else ''}" for place, condition in elements)
    return " ; ".join(sorted(told)) or None


def _sets(before: Side, after: Side) -> tuple[SetChange, ...]:
    found = []
    for oid in sorted(before.sets.keys() & after.sets.keys()):
        known = named(oid)
        name = known.name if known else None
        codes = tuple(_codes(before.sets[oid], after.sets[oid], name))
        if codes:
            found.append(SetChange(oid, name, known.use if known else "", codes))
    return tuple(found)


def _codes(before: Codes, after: Codes, name: str | None) -> list[CodeChange]:
    dated = {(one.code, one.system): one for one in (concepts(name) if name else ())}
    found = []
    for key in [*before, *(key for key in after if key not in before)]:
        code, system = key
        known = dated.get(key)
        if key not in after:
            day, instead = (known.until, known.instead) if known else ("", "")
            found.append(
                CodeChange(
                    "removed", code, system, before[key], day=day or None, instead=instead or None
                )
            )
        elif key not in before:
            day = known.since if known else ""
            found.append(CodeChange("added", code, system, after[key], day=day or None))
        elif before[key] != after[key]:
            found.append(CodeChange("relabelled", code, system, after[key], before[key]))
    return found


def _uses(before: Side, after: Side) -> tuple[UseChange, ...]:
    found = []
    for element in sorted({place for place, _ in before.uses ^ after.uses}):
        was, now = (
            tuple(sorted(oid for place, oid in one.uses if place == element))
            for one in (before, after)
        )
        codes = _codes(_all(before, was), _all(after, now), None) if was and now else []
        found.append(UseChange(element, was, now, tuple(codes)))
    return tuple(found)


def _all(one: Side, oids: tuple[str, ...]) -> Codes:
    return {key: label for oid in oids for key, label in one.sets.get(oid, {}).items()}
