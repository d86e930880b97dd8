"""A folder is walked, and columns are named, as docs/scale.md says."""

import os
import shutil
import zipfile

import pytest
from tables import as_chains, as_jsonl, chained, validated
from with_spark import MARKS, SECRET, collected, session  # noqa: F401

from cda_tools.arrow import Work
from cda_tools.arrow.schemas import utf8
from cda_tools.errors import InputError
from cda_tools.spark import sources
from cda_tools.spark.running import Source, run

pytestmark = MARKS


@pytest.fixture
def folder(gazelle, tmp_path):
    """Return a folder with what Spark by itself passes by, and what is no document."""
    found = tmp_path / "dossier [2025] {a}"
    found.mkdir()
    for name in ("imagerie-v1.xml", "imagerie-v2.xml", "faux-doctype.xml"):
        shutil.copy(gazelle / name, found)
    for name in ("_souligné.xml", "100%20 #1.xml", os.fsdecode(b"caf\xe9.xml")):
        shutil.copy(gazelle / "imagerie-v1.xml", found / name)
    (found / "vide.xml").touch()
    (found / "lien.xml").symlink_to("nulle-part.xml")
    (found / "LISEZMOI.txt").write_text("Rien.", encoding="utf-8")
    with zipfile.ZipFile(gazelle / "carriers" / "mssante.IHE_XDM.ZIP") as archive:
        archive.extractall(found / "xdm")
    return found


def test_its_files_are_those_of_the_command_line(session, folder, tmp_path):
    source = Source(str(folder))
    counts = run("validate", source, str(tmp_path / "out"), Work())
    wanted = validated([folder])
    found = collected(session.read.parquet(str(tmp_path / "out")))
    by_path = {row["path"]: as_jsonl(row) for row in found}
    assert len(by_path) == counts["documents"]
    for one in wanted:
        one["path"] = utf8(one["path"])
    assert by_path == {one["path"]: one for one in wanted}
    assert str(source.left_out) == "1 fichier laissé de côté : 1 .txt"


def test_its_chains_too(session, folder, tmp_path):
    run("header", Source(str(folder)), str(tmp_path / "headers"), SECRET)
    run("chain", Source(str(tmp_path / "headers")), str(tmp_path / "chains"), Work())
    found = as_chains(collected(session.read.parquet(str(tmp_path / "chains"))))
    wanted = chained([folder])
    told = [*wanted["findings"], *(one for chain in wanted["chains"] for one in chain["findings"])]
    for listed in (*wanted["chains"], *told):
        for one in listed["documents"]:
            one["path"] = utf8(one["path"])
    assert found == wanted


def test_elsewhere_what_spark_passes_by_is_counted(
    session,
    folder,
    tmp_path,
    monkeypatch,
):
    monkeypatch.setattr(sources, "_is_local", lambda _: False)
    plain = folder.rename(tmp_path / "plain")
    shutil.rmtree(plain / "xdm")
    for name in ("lien.xml", os.fsdecode(b"caf\xe9.xml")):  # Java sees neither
        (plain / name).unlink()
    source = Source(str(plain))
    counts = run("line", source, str(tmp_path / "out"), Work())
    assert counts["documents"] + source.left_out.total == len(list(plain.iterdir()))
    assert source.left_out.total == 2


def test_columns_are_found_kept_and_renamed(session, gazelle, tmp_path):
    text = (gazelle / "imagerie-v2.xml").read_text(encoding="utf-8")
    schema = "Chemin long, `le texte` string, id int, `source_id` string, marks map<string,int>"
    rows = [(7, text, 1, "b", {"c": 2})]
    session.createDataFrame(rows, schema).write.parquet(str(tmp_path / "in"))
    source, out = Source(str(tmp_path / "in"), "chemin", "le texte"), str(tmp_path / "out")
    run("line", source, out, Work())
    (row,) = collected(session.read.parquet(str(tmp_path / "out")))
    assert (row["path"], row["id"]["root"] is not None, row["source_source_id"]) == ("7", True, "b")
    assert (row["source_id"], row["marks"]) == (1, {"c": 2})
    with pytest.raises(InputError, match=r"« id » n'a ni octets ni texte \(int\)"):
        run("line", Source(str(tmp_path / "in"), "chemin", "id"), str(tmp_path / "o"), Work())
    with pytest.raises(InputError, match="existe déjà"):
        run("line", source, out, Work())
