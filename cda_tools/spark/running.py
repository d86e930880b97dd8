"""A job from its source to Parquet, in the session that spark-submit gave, or one of its own."""

import os
import sys
from dataclasses import dataclass
from typing import Any

from py4j.protocol import Py4JError, Py4JJavaError  # type: ignore[import-untyped]
from pyspark.errors import AnalysisException, PySparkException, PySparkRuntimeError
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from cda_tools.arrow import Work
from cda_tools.errors import InputError
from cda_tools.rules.finding import Severity
from cda_tools.spark import jobs

_TABLE = "table:"


@dataclass(frozen=True, slots=True)
class Source:
    """Where documents are: a folder of files, Parquet, or ``table:NAME``, and their columns."""

    place: str
    path: str = "path"
    content: str = "content"

    def frame(self, session: SparkSession) -> DataFrame:
        """Return the rows, with the columns named as everywhere here.

        Raise InputError where there is no such table, folder or column.
        """
        found = self._rows(session)
        missing = [one for one in (self.path, self.content) if one not in found.columns]
        if missing:
            raise InputError(f"{self.place} : pas de colonne « {', '.join(missing)} »")
        if (self.path, self.content) == ("path", "content"):
            return found
        return found.withColumnsRenamed({self.path: "path", self.content: "content"})

    def _rows(self, session: SparkSession) -> DataFrame:
        try:
            if self.place.startswith(_TABLE):
                return session.table(self.place.removeprefix(_TABLE))
            found = _parquet(session, self.place)
            if found is not None:
                return found
            files = session.read.option("recursiveFileLookup", "true").format("binaryFile")
            # A file's scheme is no part of the path that the command line shows.
            return files.load(self.place).select(
                f.regexp_replace("path", "^file:(//)?", "").alias("path"), "content"
            )
        except AnalysisException as error:
            raise InputError(f"{self.place} : illisible par Spark ({_reason(error)})") from None


def _parquet(session: SparkSession, place: str) -> DataFrame | None:
    """Return the rows of Parquet, None for other files; raise InputError where there is nothing."""
    _require(session, place)
    try:
        found = session.read.parquet(place)
    except Exception:
        # No schema can be told of a folder of documents: Spark says so in many ways.
        return None
    return found if found.columns else None


def _require(session: SparkSession, place: str) -> None:
    """Raise InputError where there is no such file or folder.

    Spark would say so too, behind a Java stack trace each time that it looks.
    """
    files = _file_system(session, place)
    if files is None:
        return
    system, path = files
    try:
        found = system.globStatus(path)
    except Py4JError as error:
        raise InputError(f"{place} : illisible par Spark ({_reason(error)})") from None
    if not found:
        raise InputError(f"{place} : aucun fichier ni dossier à cet endroit")


def _file_system(session: SparkSession, place: str) -> tuple[Any, Any] | None:
    """Return Hadoop's file system of a place and its path; None where Spark is behind a server.

    Raise InputError where Spark has no file system for it.
    """
    jvm: Any = getattr(session, "_jvm", None)
    if jvm is None:
        return None
    try:
        path = jvm.org.apache.hadoop.fs.Path(place)
        return path.getFileSystem(session.sparkContext._jsc.hadoopConfiguration()), path
    except (Py4JError, PySparkException) as error:
        raise InputError(f"{place} : hors de portée de Spark ({_reason(error)})") from None


def _reason(error: Exception) -> str:
    if isinstance(error, Py4JJavaError):
        return str(error.java_exception.getMessage())
    # Named otherwise in PySpark 3.5.
    ask: Any = getattr(error, "getCondition", None) or getattr(error, "getErrorClass", None)
    return str((ask and ask()) or type(error).__name__)


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

    Raise InputError for a source that cannot be read, and an output that is there already.
    """
    session = _session(job)
    _file_system(session, into)
    found = _planned(session, job, source, work, partitions)
    try:
        found.write.mode("overwrite" if overwrite else "errorifexists").parquet(into)
    except AnalysisException as error:
        raise InputError(f"{into} : écriture refusée ({_reason(error)})") from None
    return _counts(session.read.parquet(into), job)


def _session(job: str) -> SparkSession:
    if "PYSPARK_GATEWAY_PORT" not in os.environ:  # not under spark-submit: this machine's session
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        return SparkSession.builder.appName(f"cda-tools {job}").getOrCreate()
    except PySparkRuntimeError as error:
        reason = "Java 17 (ou plus) est-il installé ?"
        raise InputError(f"Spark ne démarre pas ({_reason(error)}) : {reason}") from None


def _planned(
    session: SparkSession, job: str, source: Source, work: Work, partitions: int | None
) -> DataFrame:
    if job == "chain":
        return jobs.chains(_headers(session, source.place), partitions)
    documents = source.frame(session)
    if job == "validate":
        return jobs.validation(documents, work)
    if job == "header":
        return jobs.headers(documents, work)
    return jobs.lines(documents, work)


def _headers(session: SparkSession, place: str) -> DataFrame:
    found = _parquet(session, place)
    missing = {"document", "keys", "path"}.difference(found.columns if found is not None else ())
    if found is None or missing:
        raise InputError(
            f"{place} : pas de colonne « {', '.join(sorted(missing))} » ; chain lit ce que "
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
