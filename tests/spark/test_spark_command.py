"""The options of ``cda-tools spark``; no Spark is started for them."""

import pytest
from click.testing import CliRunner

pytest.importorskip("pyspark", reason="PySpark is not installed (extra spark)")

from pyspark.errors import PySparkRuntimeError

from cda_tools.cli import cli
from cda_tools.spark import running


@pytest.fixture
def asked(monkeypatch) -> list[tuple]:
    """Return the list of what is asked of Spark."""
    found = []

    def run(job, source, into, work, **others):
        found.append((job, source, into, work, others))
        return {"documents": 3, "illisibles": 1}

    monkeypatch.setattr(running, "run", run)
    return found


def spark(*arguments: str):
    return CliRunner().invoke(cli, ["spark", *map(str, arguments)])


def test_what_is_given_goes_to_the_job_and_its_counts_are_told(asked, tmp_path):
    (tmp_path / "key").write_bytes(b"a key of the tests, of 32 bytes.\n")
    columns = ("--path-column", "chemin", "--content-column", "texte", "--overwrite")
    done = spark("header", "table:crs", "--into", "out", "--secret", tmp_path / "key", *columns)
    assert (done.exit_code, done.stdout) == (0, "out : documents 3, illisibles 1\n")
    ((job, source, into, work, others),) = asked
    assert (job, source, into) == ("header", running.Source("table:crs", "chemin", "texte"), "out")
    assert (work.secret, others["overwrite"]) == (b"a key of the tests, of 32 bytes.", True)


@pytest.mark.parametrize("size", [0, 15, 65])
def test_a_key_too_short_or_too_long_is_refused(asked, tmp_path, size):
    (tmp_path / "key").write_bytes(b"k" * size)
    done = spark("header", "a", "--into", "b", "--secret", tmp_path / "key")
    assert (done.exit_code, asked) == (2, [])
    assert "une clé de 16 à 64 octets est attendue" in done.stderr


def test_chains_take_no_key(asked, tmp_path):
    (tmp_path / "key").write_bytes(b"k" * 32)
    done = spark("chain", "a", "--into", "b", "--secret", tmp_path / "key")
    assert (done.exit_code, asked) == (2, [])
    assert "chain lit ce que header a écrit" in done.stderr


def test_without_java_one_line_says_so(monkeypatch, tmp_path):
    class Builder:
        def appName(self, _):  # noqa: N802  as PySpark has it
            return self

        def config(self, *_):
            return self

        def getOrCreate(self):  # noqa: N802
            raise PySparkRuntimeError(errorClass="JAVA_GATEWAY_EXITED", messageParameters={})

    monkeypatch.setattr(running.SparkSession, "builder", Builder())
    done = spark("validate", tmp_path, "--into", tmp_path / "out")
    assert done.exit_code == 2
    assert done.stderr == (
        "cda-tools : Spark ne démarre pas (JAVA_GATEWAY_EXITED) : Java 17 (ou plus) est-il "
        "installé ?\n"
    )
