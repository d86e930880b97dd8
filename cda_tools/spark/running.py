"""A job from its source to Parquet, in the session that spark-submit gave, or one of its own."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from py4j.protocol import Py4JError, Py4JJavaError  # type: ignore[import-untyped]
from pyspark import SparkConf, SparkContext
from pyspark.errors import AnalysisException, PySparkException, PySparkRuntimeError
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from cda_tools.arrow import HEADERS, LINES, VALIDATION, Work
from cda_tools.errors import InputError
from cda_tools.rules.finding import Severity
from cda_tools.spark import jobs
from cda_tools.spark.reasons import reason
from cda_tools.spark.sources import TABLE, Place, Source, file_system

__all__ = ["Source", "run"]

_BATCH, _SPARKS_OWN, _OURS = "spark.sql.execution.arrow.maxRecordsPerBatch", "10000", "64"
"""10,000 documents of 250 kB are 2.5 GB, which no batch holds."""


def run(
    job: str,
    source: Source,
    into: str,
    work: Work,
    *,
    partitions: int | None = None,
    overwrite: bool = False,
) -> dict[str, int]:
    """Do one of ``validate``, ``header``, ``line``, ``chain``, write it, and count its rows.

    Raise InputError for a source that cannot be read, an output that is there already, and a job
    that Spark gives up.
    """
    session = _session(job, hive=source.place.startswith(TABLE))
    _require_free(session, into, overwrite=overwrite)
    try:
        with _checkpoints(session, job, into):
            found = _planned(session, job, source, work, partitions)
            found.write.mode("overwrite" if overwrite else "errorifexists").parquet(into)
        return _counts(session.read.parquet(into), job)
    except AnalysisException as error:
        raise InputError(f"{into} : écriture refusée ({reason(error)})") from None
    except (PySparkException, Py4JJavaError) as error:
        raise InputError(f"{source.place} : Spark a renoncé ({reason(error)})") from None


def _session(job: str, *, hive: bool) -> SparkSession:
    builder = SparkSession.builder.appName(f"cda-tools {job}")
    alone = "PYSPARK_GATEWAY_PORT" not in os.environ  # not under spark-submit: this machine's own
    if alone:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        shown = str(sys.stderr.isatty()).lower()
        builder = builder.config("spark.ui.showConsoleProgress", shown)
    try:
        if hive and _has_hive():
            builder = builder.enableHiveSupport()
        session = builder.getOrCreate()
    except PySparkRuntimeError as error:
        told = "Java 17 (ou plus) est-il installé ?"
        raise InputError(f"Spark ne démarre pas ({reason(error)}) : {told}") from None
    if alone:
        # What fails is told in one line; a cluster's own logging is its own affair.
        session.sparkContext.setLogLevel("OFF")
    if job != "chain" and session.conf.get(_BATCH) == _SPARKS_OWN:
        session.conf.set(_BATCH, _OURS)
    return session


def _has_hive() -> bool:
    """Tell whether tables are Hive's, as PySpark's shell does: unless Spark is told otherwise."""
    SparkContext._ensure_initialized()
    catalog = SparkConf().get("spark.sql.catalogImplementation", "hive")
    jvm: Any = SparkContext._jvm
    try:
        jvm.org.apache.hadoop.hive.conf.HiveConf()
    except (Py4JError, TypeError):
        return False
    return catalog == "hive"


def _require_free(session: SparkSession, into: str, *, overwrite: bool) -> None:
    """Raise InputError where the output is there already, before anything is computed."""
    files = file_system(session, into)
    if files is None or overwrite:
        return
    system, path = files
    if system.exists(path):
        raise InputError(f"{into} : écriture refusée, ce dossier existe déjà (--overwrite)")


@contextmanager
def _checkpoints(session: SparkSession, job: str, into: str) -> Iterator[None]:
    """Keep what chains are made from beside the output meanwhile, unless Spark has a place.

    So the loss of an executor costs time, and not the job.
    """
    folder = f"{into.rstrip('/')}.rounds"
    files = file_system(session, folder) if job == "chain" else None
    if files is None or session.sparkContext.getCheckpointDir() is not None:
        yield
        return
    session.sparkContext.setCheckpointDir(folder)
    try:
        yield
    finally:
        system, path = files
        system.delete(path, True)


def _planned(
    session: SparkSession, job: str, source: Source, work: Work, partitions: int | None
) -> DataFrame:
    if job == "chain":
        return jobs.chains(_headers(session, source.place), partitions)
    schema, plan = _JOBS[job]
    return plan(source.frame(session, schema), work)


_JOBS = {
    "validate": (VALIDATION, jobs.validation),
    "header": (HEADERS, jobs.headers),
    "line": (LINES, jobs.lines),
}
_NEEDED = {"path", "document", "keys", "statement", "findings"}


def _headers(session: SparkSession, name: str) -> DataFrame:
    place = Place.of(session, name)
    found = session.read.parquet(place.literal) if place.is_parquet() else None
    missing = _NEEDED.difference(found.columns if found is not None else ())
    if found is None or missing:
        raise InputError(
            f"{name} : pas de colonne « {', '.join(sorted(missing))} » ; chain lit ce que "
            "« spark header » a écrit"
        )
    return found


def _counts(written: DataFrame, job: str) -> dict[str, int]:
    if job == "validate":
        row = written.select(
            f.count("*").alias("documents"),
            f.count_if(f.col("valid")).alias("conformes"),
            f.count_if(~f.col("valid")).alias("non conformes"),
            f.count_if(f.col("valid").isNull()).alias("non vérifiés"),
        ).first()
    elif job == "chain":
        row = written.select(
            f.count("chain").alias("chaînes"), f.sum(f.size("documents")).alias("documents")
        ).first()
    else:
        missing = f.col("document" if job == "header" else "line").isNull()
        errors = f.exists("findings", lambda one: one["severity"] == str(Severity.ERROR))
        refused = f.coalesce(errors, f.lit(False))
        row = written.select(
            f.count_if(~missing | refused).alias("documents"),
            f.count_if(missing & refused).alias("illisibles"),
            # An answer or an announcement (HL7v2), which nothing is wrong with.
            f.count_if(missing & ~refused).alias("sans document"),
        ).first()
    assert row is not None
    return {name: number or 0 for name, number in row.asDict().items()}
