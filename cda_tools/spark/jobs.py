"""DataFrames of documents to DataFrames of verdicts, headers, lines and chains."""

from collections.abc import Callable, Iterator
from functools import partial

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
from pyspark.sql.types import LongType, StructField, StructType

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
    shuffle that brings groups together; Spark's own setting where it is None. Rounds in between
    are kept in the session's checkpoint directory, where it has one: without, an executor that is
    lost ends the job.
    """
    edges = found.select("path", "keys").mapInArrow(keys_batches, from_arrow_schema(KEYS))
    groups = components(edges).withColumnRenamed("group", GROUP)
    # Of what was read, chains have all findings that they need.
    unread = f.when(f.col("document").isNull(), f.col("findings")).alias("findings")
    kept = found.select("path", "document", "statement", unread)
    # The same hash as keys_batches has, made where the document is.
    named = StructType([*kept.schema.fields, StructField(_NODE, LongType())])
    joined = kept.mapInArrow(_numbered, named).join(groups, _NODE, "left")
    joined = joined.withColumn(GROUP, f.coalesce(f.col(GROUP), f.col(_NODE))).drop(_NODE)
    spread = joined.repartition(partitions, GROUP) if partitions else joined.repartition(GROUP)
    whole = spread.sortWithinPartitions(GROUP, "path")
    return whole.mapInArrow(chain_batches, from_arrow_schema(CHAINS))


_NODE = "node"


def _numbered(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    from cda_tools.arrow.batches import hashed  # noqa: PLC0415  on executors

    for batch in batches:
        nodes = [hashed(path or "") for path in batch.column("path").to_pylist()]
        yield batch.append_column(_NODE, pa.array(nodes, pa.int64()))


def _mapped(documents: DataFrame, schema: pa.Schema, function: _Mapped) -> DataFrame:
    given = to_arrow_schema(documents.schema)
    return documents.mapInArrow(function, from_arrow_schema(output_schema(given, schema)))
