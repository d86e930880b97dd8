"""Options for a period: --since, --until and --month."""

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

import click

_MONTHS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})/(?P<year>\d{4})"),
)


class Day(click.ParamType[date]):
    """A day, written in French or in ISO 8601."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; fail with a sentence where it is none."""
        if isinstance(value, date):
            return value
        for form in ("%d/%m/%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(str(value), form).date()
            except ValueError:
                continue
        self.fail(f"« {value} » n'est pas une date (JJ/MM/AAAA ou AAAA-MM-JJ)", param, ctx)


class _Month(click.ParamType[tuple[date, date]]):
    """A month: its first and its last day."""

    name = "mois"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[date, date]:
        for form in _MONTHS:
            found = form.fullmatch(str(value))
            if found and 1 <= int(found["month"]) <= 12 and int(found["year"]) >= 1:
                year, month = int(found["year"]), int(found["month"])
                last = calendar.monthrange(year, month)[1]
                return date(year, month, 1), date(year, month, last)
        self.fail(f"« {value} » n'est pas un mois (AAAA-MM ou MM/AAAA)", param, ctx)


def period(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options, which give the command ``since`` and ``until`` (None: no bound)."""

    @click.option("--since", "--from", type=Day(), metavar="JOUR", help="Premier jour compté.")
    @click.option("--until", "--to", type=Day(), metavar="JOUR", help="Dernier jour compté.")
    @click.option(
        "--month",
        type=_Month(),
        metavar="MOIS",
        help="Mois compté, au lieu de deux jours : 2026-09.",
    )
    @wraps(command)
    def with_period(
        *args: Any,
        since: date | None,
        until: date | None,
        month: tuple[date, date] | None,
        **others: Any,
    ) -> None:
        if month and (since or until):
            raise click.UsageError("--month, ou --since et --until, mais pas les deux")
        if month:
            since, until = month
        if since and until and since > until:
            raise click.UsageError("la période finit avant de commencer")
        command(*args, since=since, until=until, **others)

    return with_period
