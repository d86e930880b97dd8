"""The texts of the rules that a report speaks of."""

from functools import cache

from cda_tools.rules import catalogue


def text_of(rule: str) -> catalogue.Rule | None:
    """Return the catalogue's entry of a rule; None where it has none."""
    return _by_id().get(rule)


@cache
def _by_id() -> dict[str, catalogue.Rule]:
    return {rule.id: rule for rule in catalogue.rules()}
