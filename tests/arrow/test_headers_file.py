"""An index in Parquet says what the SQLite index says, to us and to others."""

import json
import os
import shutil

import pyarrow.parquet as pq
import pytest
from tables import printed

from cda_tools.errors import InputError
from cda_tools.index.opening import open_index
from conftest import ROOT


@pytest.fixture(scope="module")
def indexes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("indexes")
    documents = ROOT / "fixtures" / "gazelle"
    for name in ("index.sqlite", "index.parquet"):
        assert "documents" in printed("index", documents, "--into", folder / name)
    return folder


@pytest.mark.parametrize("command", ["chain", "line"])
def test_the_commands_read_either_alike(indexes, command):
    forms = [indexes / f"index.{end}" for end in ("sqlite", "parquet")]
    one, other = (json.loads(printed(command, "--format=json", path)) for path in forms)
    if command == "line":
        one, other = ({row["path"]: row["line"] for row in found} for found in (one, other))
    assert one == other


def test_anybody_reads_its_columns(indexes):
    table = pq.read_table(indexes / "index.parquet", columns=["path", "type", "date", "patients"])
    assert table.num_rows > 40
    assert table.column("date").null_count < table.num_rows
    assert (indexes / "index.parquet").stat().st_mode & 0o077 == 0


def test_other_documents_compare_with_its_patients(indexes, gazelle):
    arguments = [indexes / "index.parquet", gazelle / "imagerie-v2.xml"]
    found = json.loads(printed("chain", "--format=json", *arguments))
    rules = {one["rule"] for one in found["findings"]}
    assert "CHN-23" not in rules, "the same patient, hashed alike, is no other patient"


def test_a_parquet_file_of_others_and_a_damaged_one_are_one_line(indexes, tmp_path):
    other = tmp_path / "other.parquet"
    pq.write_table(pq.read_table(indexes / "index.parquet").replace_schema_metadata(), other)
    cut = tmp_path / "cut.parquet"
    cut.write_bytes((indexes / "index.parquet").read_bytes()[:-10])
    for path in (other, cut):
        with pytest.raises(InputError, match="Parquet"):
            open_index(path)


def test_a_file_whose_name_is_no_utf_8_is_in_it(gazelle, tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in ("imagerie-v1.xml", "faux-doctype.xml"):
        try:
            shutil.copy(gazelle / name, os.fsencode(folder) + b"/caf\xe9-" + name.encode())
        except (OSError, UnicodeDecodeError):
            pytest.skip("this file system has no such names")
    into = tmp_path / "index.parquet"
    assert printed("index", folder, "--into", into).endswith("documents 2\n")
    paths = pq.read_table(into, columns=["path"]).column("path").to_pylist()
    assert sorted(path.rpartition("/")[2] for path in paths) == [
        r"caf\udce9-faux-doctype.xml",
        r"caf\udce9-imagerie-v1.xml",
    ]
    assert "13/05/2025" in printed("line", into)
