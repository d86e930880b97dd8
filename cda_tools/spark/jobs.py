"""DataFrames of documents to DataFrames of verdicts, headers, lines and chains."""

from collections.abc import Callable, Iterator
from functools import partial

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from cda_tools.arrow import (
    CHAINS,
    HEADERS,
    KEYS,
    LINES,
    VALIDATION,
    Work,
    chain_batches,
    header_batches,
    keys_batches,
    line_batches,
    output_schema,
    validate_batches,
)
from cda_tools.arrow.chains import GROUP
from cda_tools.spark.components import components

_Mapped = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def validation(documents: DataFrame, work: Work | None = None) -> DataFrame:
    """Return a row of ``cda_tools.arrow.VALIDATION`` a document.

    ``documents``: ``path`` (string), ``content`` (binary or string); other columns pass through.
    """
    return _mapped(documents, VALIDATION, partial(validate_batches, work=work))


def lines(documents: DataFrame, work: Work | None = None) -> DataFrame:
    """Return a row of ``cda_tools.arrow.LINES`` a document."""
    return _mapped(documents, LINES, partial(line_batches, work=work))


def headers(documents: DataFrame, work: Work | None = None) -> DataFrame:
    """Return a row of ``cda_tools.arrow.HEADERS`` a document.

    Give ``work`` a ``secret``: without it two patients' documents of one id are not told apart.
    """
    return _mapped(documents, HEADERS, partial(header_batches, work=work))


def chains(found: DataFrame, partitions: int | None = None) -> DataFrame:
    """Return the chains (``cda_tools.arrow.CHAINS``) of what :func:`headers` gave.

    It is read twice (once for the keys alone): write it to Parquet before. ``partitions``: of the
    shuffle that brings groups together; Spark's own setting where it is None.
    """
    known = found.where("document IS NOT NULL").select("path", "document", "keys")
    edges = known.select("path", "keys").mapInArrow(keys_batches, from_arrow_schema(KEYS))
    groups = components(edges).withColumnRenamed("group", GROUP)
    # The same hash as keys_batches has, made where the document is.
    numbered = known.select("path", "document").mapInArrow(_numbered, _NUMBERED)
    joined = numbered.join(groups, "node", "left").withColumn(
        GROUP, f.coalesce(f.col(GROUP), f.col("node"))
    )
    spread = joined.repartition(partitions, GROUP) if partitions else joined.repartition(GROUP)
    whole = spread.sortWithinPartitions(GROUP, "path")
    return whole.select("document", GROUP).mapInArrow(chain_batches, from_arrow_schema(CHAINS))


_NUMBERED = "path string, document string, node long"


def _numbered(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    from cda_tools.arrow.batches import hashed  # noqa: PLC0415  on executors

    for batch in batches:
        nodes = [hashed(path) for path in batch.column("path").to_pylist()]
        columns = [batch.column("path"), batch.column("document"), pa.array(nodes, pa.int64())]
        yield pa.RecordBatch.from_arrays(columns, ["path", "document", "node"])


def _mapped(documents: DataFrame, schema: pa.Schema, function: _Mapped) -> DataFrame:
    given = to_arrow_schema(documents.schema)
    return documents.mapInArrow(function, from_arrow_schema(output_schema(given, schema)))
