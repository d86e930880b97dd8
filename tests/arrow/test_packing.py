"""Small files in few Parquet files, none lost."""

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from tables import rows, validated

from cda_tools.arrow import packing, validate_batches
from cda_tools.arrow.packing import pack
from cda_tools.cli import cli
from cda_tools.errors import InputError
from cda_tools.reading.safexml import DEFAULT, Limits


def read(folder):
    return [row for path in sorted(folder.iterdir()) for row in pq.read_table(path).to_pylist()]


def test_every_file_is_a_row_with_its_bytes(gazelle, tmp_path):
    into = tmp_path / "packed"
    packed = pack([str(gazelle)], into, 20_000, 100_000, DEFAULT)
    found = read(into)
    assert packed.documents == len(found) > 40
    assert packed.files == len(list(into.iterdir())) > 2
    for row in found:
        with open(row["path"], "rb") as file:  # noqa: PTH123  as it was written
            assert file.read() == row["content"]
    assert packed.size == sum(len(row["content"]) for row in found)


def test_a_row_group_is_bounded(gazelle, tmp_path):
    pack([str(gazelle)], tmp_path / "packed", 20_000, 10**9, DEFAULT)
    (path,) = (tmp_path / "packed").iterdir()
    assert pq.ParquetFile(path).num_row_groups > 10


def test_what_was_packed_validates_as_the_files_do(gazelle, tmp_path):
    files = sorted(gazelle.glob("imagerie*.xml"))
    pack([str(path) for path in files], tmp_path / "packed", 10**6, 10**9, DEFAULT)
    (path,) = (tmp_path / "packed").iterdir()
    found = rows(validate_batches(pq.ParquetFile(path).iter_batches()))
    assert [row["valid"] for row in found] == [one["valid"] for one in validated(files)]


def test_what_is_too_large_is_named_and_counted(gazelle, tmp_path):
    runner = CliRunner()
    into = str(tmp_path / "packed")
    done = runner.invoke(cli, ["pack", str(gazelle / "imagerie-v1.xml"), "--into", into])
    assert (done.exit_code, "fichiers rangés 1," in done.stdout) == (0, True)
    packed = pack([str(gazelle)], tmp_path / "small", 10**6, 10**9, Limits(size=5000))
    assert packed.left_out
    assert packed.documents + len(packed.left_out) > 40


def test_a_folder_that_is_not_empty_is_refused(gazelle, tmp_path):
    (tmp_path / "a").touch()
    with pytest.raises(InputError, match="vide"):
        pack([str(gazelle)], tmp_path, 1, 1, DEFAULT)
    with pytest.raises(InputError):
        pack([str(gazelle)], tmp_path / "a" / "b", 1, 1, DEFAULT)


def test_a_document_on_standard_input_is_a_row(gazelle, tmp_path):
    data = (gazelle / "imagerie-v1.xml").read_bytes()
    done = CliRunner().invoke(cli, ["pack", "-", "--into", str(tmp_path / "packed")], input=data)
    assert (done.exit_code, done.stderr) == (0, "")
    assert read(tmp_path / "packed") == [{"path": "-", "content": data}]


def test_a_file_that_no_column_holds_is_named(monkeypatch, gazelle, tmp_path):
    monkeypatch.setattr(packing, "_LARGEST", 5000)
    packed = pack([str(gazelle)], tmp_path / "packed", 10**6, 10**9, DEFAULT)
    assert packed.left_out
    assert all("Mio" in reason for _, reason in packed.left_out)


def test_what_a_folder_holds_beside_documents_is_counted(gazelle, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "folder" / "a.xml").write_bytes((gazelle / "imagerie-v1.xml").read_bytes())
    arguments = ["pack", str(tmp_path / "folder"), "--into", str(tmp_path / "packed")]
    done = CliRunner().invoke(cli, arguments)
    assert (done.exit_code, done.stderr) == (0, "1 fichier laissé de côté : 1 .pdf\n")
