"""Documents as Arrow record batches (extra ``arrow``): the same rows as the command line.

Each function takes an iterator of record batches and gives one: Spark's ``mapInArrow``, DuckDB,
Polars, Ray Data and plain pyarrow call it alike. It is picklable with ``functools.partial``, keeps
one warm set of schemas a process, and never raises for a document: a bad one is a row.
"""

from cda_tools.arrow.batches import Work, header_batches, line_batches, validate_batches
from cda_tools.arrow.chains import chain_batches, keys_batches
from cda_tools.arrow.schemas import (
    CHAINS,
    HEADERS,
    KEYS,
    LINES,
    VALIDATION,
    output_schema,
)

__all__ = [
    "CHAINS",
    "HEADERS",
    "KEYS",
    "LINES",
    "VALIDATION",
    "Work",
    "chain_batches",
    "header_batches",
    "keys_batches",
    "line_batches",
    "output_schema",
    "validate_batches",
]
