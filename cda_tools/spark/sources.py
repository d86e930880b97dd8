"""Where documents are: a folder of files, Parquet or a table; as rows for the jobs."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
from py4j.protocol import Py4JError  # type: ignore[import-untyped]
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import BinaryType, StringType

from cda_tools.arrow.schemas import CONTENT, FILE, PATH
from cda_tools.carriers.walking import LeftOut
from cda_tools.document import found as found_below
from cda_tools.errors import InputError
from cda_tools.spark.reasons import reason

TABLE = "table:"
_PARQUET = b"PAR1"
_FILES = 256
"""Files of a task: few enough that one that is lost is soon done again."""
_PASSED_BY = "que Spark ne lit pas (vides, ou nommés _… ou .…)"


@dataclass(frozen=True, slots=True)
class Source:
    """Where documents are: a folder of files, Parquet, or ``table:NAME``, and their columns.

    ``left_out`` counts the files that are no documents, once the source is read.
    """

    place: str
    path: str = PATH
    content: str = CONTENT
    left_out: LeftOut = field(default_factory=LeftOut, compare=False)

    def frame(self, session: SparkSession, ours: pa.Schema) -> DataFrame:
        """Return the rows, with the columns that the functions of ``cda_tools.arrow`` take.

        Other columns pass through; one of a name of ``ours`` becomes ``source_NAME``. Of a folder
        on this machine, files are those that the command line takes.
        Raise InputError where there is no such table, folder or column, or no document at all.
        """
        try:
            if self.place.startswith(TABLE):
                return self._named(session.table(self.place.removeprefix(TABLE)), ours)
            place = Place.of(session, self.place)
            if place.is_parquet():
                return self._named(session.read.parquet(place.literal), ours)
            if (self.path, self.content) != (PATH, CONTENT):
                raise InputError(f"{self.place} : des fichiers n'ont pas de colonne à choisir")
            return place.files(self.left_out)
        except UnicodeEncodeError:
            told = self.place.encode("utf-8", "backslashreplace").decode()
            raise InputError(f"{told} : ce nom n'est pas en UTF-8") from None
        except (AnalysisException, Py4JError) as error:
            raise InputError(f"{self.place} : illisible par Spark ({reason(error)})") from None

    def _named(self, rows: DataFrame, ours: pa.Schema) -> DataFrame:
        names = {one: _column(rows, one) for one in (self.path, self.content)}
        missing = [one for one, name in names.items() if name is None]
        if missing:
            raise InputError(f"{self.place} : pas de colonne « {', '.join(missing)} »")
        path, content = names[self.path], names[self.content]
        kind = rows.schema[str(content)].dataType
        if not isinstance(kind, (BinaryType, StringType)):
            told = kind.simpleString()
            raise InputError(
                f"{self.place} : la colonne « {content} » n'a ni octets ni texte ({told})"
            )
        taken = {one.lower() for one in (*ours.names, PATH, CONTENT, FILE)}
        others = []
        for name in rows.columns:
            if name in (path, content):
                continue
            shown = name
            while shown.lower() in taken:
                shown = f"source_{shown}"
            taken.add(shown.lower())
            others.append(_quoted(rows, name).alias(shown))
        named = _quoted(rows, str(path)).cast("string").alias(PATH)
        return rows.select(named, _quoted(rows, str(content)).alias(CONTENT), *others)


def _column(rows: DataFrame, wanted: str) -> str | None:
    """Return a column's own name; Spark does not tell upper from lower case."""
    if wanted in rows.columns:
        return wanted
    return next((one for one in rows.columns if one.lower() == wanted.lower()), None)


def _quoted(rows: DataFrame, name: str) -> Any:
    return rows["`" + name.replace("`", "``") + "`"]


@dataclass(frozen=True, slots=True)
class Place:
    """A file or folder, wherever Spark reads it.

    ``system``: Hadoop's file system of it, None where Spark is behind a server. ``local``: the
    names of it on this machine, empty where it is elsewhere.
    """

    session: SparkSession
    name: str
    system: Any = None
    found: tuple[Any, ...] = ()
    local: tuple[str, ...] = ()

    @staticmethod
    def of(session: SparkSession, name: str) -> "Place":
        """Return a place; raise InputError where there is nothing, or Spark cannot look.

        Spark would say so too, behind a Java stack trace each time that it looks.
        """
        files = file_system(session, name)
        if files is None:
            return Place(session, name)
        system, path = files
        here = _is_local(system)
        if here and os.path.lexists(name):
            return Place(session, name, system, (), (name,))
        try:
            found = tuple(system.globStatus(path) or ())
        except Py4JError as error:
            raise InputError(f"{name} : illisible par Spark ({reason(error)})") from None
        if not found:
            raise InputError(f"{name} : aucun fichier ni dossier à cet endroit")
        names = tuple(str(one.getPath().toUri().getPath()) for one in found) if here else ()
        return Place(session, name, system, found, names)

    @property
    def literal(self) -> str:
        """Return the name for Spark, which takes [, { and * for patterns."""
        if self.local == (self.name,):
            return re.sub(r"([\\{}\[\]*?])", r"\\\1", self.name)
        return self.name

    def is_parquet(self) -> bool:
        """Tell whether the first file that has anything is Parquet."""
        if self.local:
            return next(_starts(self.local), b"") == _PARQUET
        if self.system is None:
            return _has_columns(self.session, self.name)
        return next(self._starts(), b"") == _PARQUET

    def files(self, left_out: LeftOut) -> DataFrame:
        """Return a row a file: its name, for what is on this machine, else its path and bytes."""
        if self.local:
            return self._local_files(left_out)
        files = self.session.read.option("recursiveFileLookup", "true").format("binaryFile")
        rows = files.load(self.name).select(PATH, CONTENT)
        if self.found:
            there = sum(
                self.system.getContentSummary(o.getPath()).getFileCount() for o in self.found
            )
            if passed := there - rows.select(PATH).count():
                left_out.counts[_PASSED_BY] += passed
        return rows

    def _local_files(self, left_out: LeftOut) -> DataFrame:
        """Return the files that the command line finds, for executors to read as it does."""
        names = [(os.fsencode(one.path),) for one in found_below(self.local, left_out=left_out)]
        parts = max(len(names) // _FILES, 2 * self.session.sparkContext.defaultParallelism)
        rows = self.session.createDataFrame(names, f"{FILE} binary")
        return rows.repartition(min(parts, len(names)))

    def _starts(self) -> Iterator[bytes]:
        for status in self.found:
            walk = self.system.listFiles(status.getPath(), True)
            while walk.hasNext():
                one = walk.next()
                if one.getLen() and not one.getPath().getName().startswith(("_", ".")):
                    stream = self.system.open(one.getPath())
                    start = [stream.read() for _ in _PARQUET]  # -1 at the end
                    stream.close()
                    yield bytes(byte & 255 for byte in start)


def _starts(paths: Iterable[str]) -> Iterator[bytes]:
    """Yield the first bytes of local files that are not empty, hidden, or Spark's own."""
    for path in paths:
        below = [("", [], [path])] if os.path.isfile(path) else os.walk(path)  # noqa: PTH113
        for folder, folders, names in below:
            folders.sort()
            for name in sorted(names):
                if os.path.basename(name).startswith(("_", ".")):  # noqa: PTH119
                    continue
                file = os.path.join(folder, name)  # noqa: PTH118
                if os.path.isfile(file) and (start := _start(file)):  # noqa: PTH113
                    yield start


def _start(path: str) -> bytes:
    try:
        with open(path, "rb") as file:  # noqa: PTH123  a name of any encoding
            return file.read(len(_PARQUET))
    except OSError:
        return b""


def _is_local(system: Any) -> bool:
    return bool(system.getUri().getScheme() == "file")


def _has_columns(session: SparkSession, name: str) -> bool:
    """Tell whether Spark finds Parquet, where nothing else can look: it says so in many ways."""
    try:
        return bool(session.read.parquet(name).columns)
    except PySparkException:
        return False


def file_system(session: SparkSession, place: str) -> tuple[Any, Any] | None:
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
        raise InputError(f"{place} : hors de portée de Spark ({reason(error)})") from None
