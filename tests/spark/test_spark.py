"""Rows of Spark are the rows of the command line, on executors of this machine, however parted."""

import json
import shutil

import pytest
from tables import as_chains, as_jsonl, chained, printed, validated
from with_spark import GAZELLE, MARKS, SECRET, collected, documents, files, session  # noqa: F401

from cda_tools.arrow import Work
from cda_tools.spark import chains, headers, lines, validation
from cda_tools.spark.running import Source, run

pytestmark = MARKS


@pytest.mark.parametrize("partitions", [1, 3, 7])
def test_verdicts_are_those_of_validate(documents, files, partitions):
    found = collected(validation(documents.repartition(partitions)))
    by_path = {row["path"]: as_jsonl(row) for row in found}
    assert [by_path[str(path)] for path in files] == validated(files)


def test_lines_are_those_of_line(documents, files):
    found = {row["path"]: row["line"] for row in collected(lines(documents.repartition(2)))}
    for path in files[:6]:
        (wanted,) = json.loads(printed("line", "--format=json", path))
        assert found[str(path)] == wanted["line"]


@pytest.mark.parametrize("partitions", [1, 2, 5])
def test_chains_are_those_of_chain_in_any_partitioning(documents, files, partitions, tmp_path):
    kept = str(tmp_path / "headers")
    headers(documents.repartition(partitions), SECRET).write.parquet(kept)
    found = collected(chains(documents.sparkSession.read.parquet(kept), partitions))
    assert as_chains(found) == chained(files)


def test_a_job_reads_a_folder_packed_files_and_a_table_and_counts(session, files, tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    for path in files[:6]:
        shutil.copy(path, folder)
    wanted = {one["path"]: one["valid"] for one in validated(sorted(folder.iterdir()))}
    counts = run("validate", Source(str(folder)), str(tmp_path / "a"), Work())
    assert counts["documents"] == 6
    assert counts["conformes"] == list(wanted.values()).count(True)
    found = collected(session.read.parquet(str(tmp_path / "a")))
    assert {row["path"]: row["valid"] for row in found} == wanted

    printed("pack", folder, "--into", tmp_path / "packed")
    again = run("validate", Source(str(tmp_path / "packed")), str(tmp_path / "b"), Work())
    assert again == counts

    session.read.parquet(str(tmp_path / "packed")).selectExpr(
        "path AS chemin", "decode(content, 'UTF-8') AS texte"
    ).createOrReplaceTempView("crs")
    table = Source("table:crs", path="chemin", content="texte")
    assert run("validate", table, str(tmp_path / "c"), Work()) == counts

    run("header", Source(str(folder)), str(tmp_path / "h"), SECRET)
    counts = run("chain", Source(str(tmp_path / "h")), str(tmp_path / "chains"), SECRET)
    assert counts["documents"] == 6


@pytest.mark.parametrize("job", ["header", "line"])
def test_a_message_without_document_is_counted_apart(session, tmp_path, job):
    folder = tmp_path / "documents"
    folder.mkdir()
    answers = GAZELLE / "carriers" / "reponses-juin-2025.hl7"
    for path in (GAZELLE / "imagerie-v1.xml", GAZELLE / "faux-doctype.xml", answers):
        shutil.copy(path, folder)
    counts = run(job, Source(str(folder)), str(tmp_path / "out"), Work())
    assert counts == {"documents": 2, "illisibles": 1, "sans document": 4}


def test_what_cannot_be_read_or_written_is_one_line(session, tmp_path):
    from cda_tools.errors import InputError  # noqa: PLC0415

    (tmp_path / "a").mkdir()
    absent = str(tmp_path / "absent")
    for job, source, reason in (
        ("validate", "table:absent", "NOT_FOUND"),
        ("validate", absent, "aucun fichier"),
        ("chain", absent, "aucun fichier"),
        ("validate", "ailleurs://a/b", "hors de portée"),
        ("chain", str(tmp_path / "a"), "pas de colonne"),
    ):
        with pytest.raises(InputError, match=reason):
            run(job, Source(source), str(tmp_path / "out"), Work())
    with pytest.raises(InputError, match="hors de portée"):
        run("validate", Source(str(GAZELLE)), "ailleurs://a/b", Work())
    (tmp_path / "d").mkdir()
    shutil.copy(GAZELLE / "imagerie-v1.xml", tmp_path / "d")
    with pytest.raises(InputError, match="colonne"):
        run("validate", Source(str(tmp_path / "d"), content="texte"), str(tmp_path / "o"), Work())
    with pytest.raises(InputError, match="refusée"):
        run("line", Source(str(tmp_path / "d")), str(tmp_path / "a"), Work())
