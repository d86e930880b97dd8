"""A temporary database: it stays in memory while small, goes to disk beyond, and leaves nothing.

What millions of messages say is kept there in compact rows, and read back in the order of the
question: the memory used does not grow with the messages, nor does the answer depend on their
order.
"""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from cda_tools.closing import Closing

_CACHE_KIB = 48 * 1024
_BATCH = 1000


class Store(Closing):
    """Tables of rows; each table is filled first, then read in order."""

    def __init__(self, *tables: str) -> None:
        """Create the tables, each given as ``name(columns)``."""
        # An empty name is SQLite's for a private database that is removed when it is closed.
        self._connection = sqlite3.connect("", isolation_level=None)
        self._waiting: dict[str, list[tuple[Any, ...]]] = {}
        run = self._connection.execute
        run("PRAGMA journal_mode = OFF")
        run("PRAGMA synchronous = OFF")
        run(f"PRAGMA cache_size = -{_CACHE_KIB}")
        for table in tables:
            run(f"CREATE TABLE {table}")
        run("BEGIN")

    def close(self) -> None:
        """Remove the database."""
        self._connection.close()

    def add(self, table: str, row: tuple[Any, ...]) -> None:
        """Add one row to a table."""
        waiting = self._waiting.setdefault(table, [])
        waiting.append(row)
        if len(waiting) >= _BATCH:
            self._flush(table)

    def rows(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query, over all that was added so far."""
        self.run()
        yield from self._connection.execute(query, values)

    def run(self, *statements: str) -> None:
        """Write what waits, then run statements that give no rows."""
        for table in self._waiting:
            self._flush(table)
        for statement in statements:
            self._connection.execute(statement)

    def function(self, name: str, arguments: int, work: Callable[..., int]) -> None:
        """Make a function of ours one of the queries'; it gives the same for the same."""
        self._connection.create_function(name, arguments, work, deterministic=True)

    def _flush(self, table: str) -> None:
        waiting = self._waiting[table]
        if waiting:
            marks = ",".join("?" * len(waiting[0]))
            self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", waiting)
            waiting.clear()
