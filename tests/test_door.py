"""The one door: whatever the source, documents come out, with the same findings everywhere."""

import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from make_document import Doc, document
from make_message import Mdm, mdm
from make_metadata import announced, archive, submission

import cda_tools
from cda_tools import InputError, read, read_all, read_header, validate
from cda_tools.cli import cli
from cda_tools.document import Door
from cda_tools.reading.safexml import Limits

V1 = Doc(id="1.2.250.1.999.7.101", set_id="1.2.250.1.999.7.100")
CDA = document(V1)
SUBSET = "IHE_XDM/SUBSET01/"


def zipped(content: bytes, doc: Doc = V1) -> bytes:
    return archive(
        [
            (f"{SUBSET}METADATA.XML", submission(announced(doc, content, "DOC0001.XML"))),
            (f"{SUBSET}DOC0001.XML", content),
        ]
    )


SOURCES = {"cda": CDA, "hl7v2": mdm(Mdm(CDA, txa12=V1.id)), "xdm": zipped(CDA)}


def run(*arguments: object) -> str:
    return CliRunner().invoke(cli, [str(one) for one in arguments]).output


def _rules(value: object) -> set[str]:
    """Return the rules of all findings in a JSON output, wherever they stand in it."""
    if isinstance(value, list):
        return {rule for one in value for rule in _rules(one)}
    if not isinstance(value, dict):
        return set()
    own = {str(value["rule"])} if "rule" in value and "severity" in value else set()
    return own | {rule for one in value.values() for rule in _rules(one)}


@pytest.mark.parametrize(
    ("kind", "rule"), [("cda", "XML-04"), ("hl7v2", "XML-04"), ("xdm", "XDM-19")]
)
def test_a_limit_gives_the_same_finding_in_every_command(kind, rule, tmp_path):
    big = CDA.replace(b"</title>", b"</title><!--" + b"x" * 1_200_000 + b"-->", 1)
    data = {"cda": big, "hl7v2": mdm(Mdm(big, txa12=V1.id)), "xdm": zipped(big)}[kind]
    path, empty = tmp_path / "a", tmp_path / "empty"
    path.write_bytes(data)
    empty.mkdir()
    limit = ("--format", "json", "--max-size", "1")
    outputs = [
        run("inspect", *limit, path),
        run("line", *limit, path),
        run("validate", *limit, path),
    ]
    if kind != "xdm":  # an XDM document whose bytes are refused is known by its metadata
        outputs += [run("chain", *limit, path), run("intake", *limit, empty, path)]
    for output in outputs:
        assert rule in _rules(json.loads(output)), output
    if kind != "xdm":
        runner = CliRunner().invoke(cli, ["history", *limit, str(path)])
        assert "1 Mio" in runner.output


@pytest.mark.parametrize("kind", SOURCES)
def test_paths_bytes_and_open_files_are_read_alike(kind, tmp_path):
    path = tmp_path / "a.bin"
    path.write_bytes(SOURCES[kind])
    with path.open("rb") as file:
        sources = [str(path), path, SOURCES[kind], bytearray(SOURCES[kind]), file]
        found = [read(one) for one in sources]
        file.seek(0)
        assert read_header(file) == found[0].header
    assert all(one.header == found[0].header for one in found)
    assert found[0].header is not None
    assert all(validate(one).valid == validate(found[0]).valid for one in sources[:4])
    assert read(io.BytesIO(SOURCES[kind])).file == "-"
    (alone,) = read_all(path)
    assert (alone.path, alone.header) == (found[0].path, found[0].header)
    assert alone.tree is not None
    (header,) = read_all(io.BytesIO(SOURCES[kind]), headers=True)
    assert (header.header, header.tree) == (alone.header, None)


class _Refusing(io.RawIOBase):
    """An open file that the system no longer lets read."""

    def read(self, size: int = -1) -> bytes:
        raise PermissionError(13, "Permission denied")


def _closed() -> io.BytesIO:
    file = io.BytesIO(CDA)
    file.close()
    return file


@pytest.mark.parametrize("taker", [read, read_header, validate, lambda one: list(read_all(one))])
@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (CDA.decode(), "donner ses octets"),
        ("\ufeff <ClinicalDocument/>", "donner ses octets"),
        (io.StringIO(CDA.decode()), "mode texte"),
        (_closed(), "fichier fermé"),
        (_Refusing(), "Permission denied"),
        (42, "source de type int"),
        (None, "source de type NoneType"),
    ],
)
def test_what_is_no_source_is_one_documented_error(taker, source, reason):
    with pytest.raises(InputError, match=reason) as raised:
        taker(source)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["none.xml", "a\0b.xml", "x" * 300, "é\udce9.xml", ""])
def test_a_path_that_cannot_be_read_is_a_finding_and_no_valid_document(name, tmp_path):
    path = f"{tmp_path}/{name}"
    assert [one.rule for one in read(path).findings] == ["XML-10"]
    report = validate(path)
    assert report.valid is not True
    assert bool(report) is False


def test_a_report_is_true_only_where_the_document_is_valid(gazelle):
    assert validate(gazelle / "imagerie-v2.xml")
    assert not validate(gazelle / "sans-setid.xml")
    assert not validate(b"")
    assert validate(gazelle / "sans-setid.xml").to_dict()["valid"] is False
    assert isinstance(cda_tools.__version__, str)


def test_several_documents_or_none_are_no_single_one(gazelle):
    both = gazelle / "carriers" / "oru-deux-documents.hl7"
    assert len(list(read_all(both))) == 2
    for taker in (read, read_header, validate):
        with pytest.raises(InputError, match="2 documents, et non un seul"):
            taker(both)


def test_a_folder_gives_what_its_files_give(gazelle, tmp_path):
    for name in ("imagerie-v1.xml", "imagerie-v2.xml", "faux-xml-tronque.xml"):
        shutil.copy(gazelle / name, tmp_path)
    (tmp_path / "below").mkdir()
    shutil.copy(gazelle / "carriers" / "mdm-t02.hl7", tmp_path / "below")
    found = list(read_all(tmp_path))
    assert [(one.header is None, one.carrier) for one in found] == [
        (False, "hl7v2"),
        (True, "cda"),
        (False, "cda"),
        (False, "cda"),
    ]
    assert [one.rule for one in found[1].findings] == ["XML-01"]
    with pytest.raises(InputError, match="introuvable"):
        list(read_all(tmp_path / "none"))


@pytest.fixture
def index(gazelle, tmp_path) -> Path:
    """Return an index of a folder of two documents, one of them broken."""
    folder = tmp_path / "store"
    folder.mkdir()
    shutil.copy(gazelle / "imagerie-v1.xml", folder)
    (folder / "cut.xml").write_bytes(CDA[:900])
    base = tmp_path / "index.sqlite"
    assert "nouveaux 2" in run("index", folder, "--into", base)
    return base


def test_an_index_gives_headers_and_stands_for_its_files(index):
    headers = list(read_all(index, headers=True))
    assert [one.header is None for one in headers] == [True, False]
    assert headers[1].header.patient.name is None
    whole = list(read_all(index))
    assert [one.path for one in whole] == [one.path for one in headers]
    assert whole[1].tree is not None
    assert whole[1].header.patient.name is not None
    lines = run("validate", "--format", "jsonl", index).splitlines()
    verdicts = [json.loads(line) for line in lines]
    assert [(one["path"], one["valid"]) for one in verdicts] == [
        (whole[0].path, False),
        (whole[1].path, True),
    ]
    assert len(json.loads(run("inspect", "--format", "json", index))) == 2


@pytest.mark.parametrize(
    "command",
    [("line",), ("chain",), ("inspect",), ("validate",), ("history", "--sent", "2026-01-01")],
)
def test_every_command_takes_an_index_and_a_folder(command, index, gazelle):
    for path in (index, index.parent / "store"):
        result = CliRunner().invoke(cli, [*command, str(path)])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert result.exit_code == 1  # one document cannot be read
        assert "illisible" in result.output or "XML" in result.output


def test_only_documents_that_share_an_id_are_read_whole(tmp_path, monkeypatch):
    other = replace(V1, id="1.2.250.1.999.7.102")
    for name, data in (("a", CDA), ("b", CDA + b"\n"), ("c", document(other))):
        (tmp_path / name).write_bytes(data)
    asked = []
    digest = Door.digest
    monkeypatch.setattr(Door, "digest", lambda door, path: asked.append(path) or digest(door, path))
    found = json.loads(run("chain", "--format", "json", tmp_path))
    assert {Path(path).name for path in asked} == {"a", "b"}
    assert "CHN-08" in _rules(found)


def test_intake_tells_a_copy_of_a_stored_file_from_another_content(tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "a.xml").write_bytes(CDA)
    (tmp_path / "same.xml").write_bytes(CDA)
    (tmp_path / "other.xml").write_bytes(CDA + b"\n<!-- autre -->")
    lines = run("intake", tmp_path / "store", tmp_path / "same.xml", tmp_path / "other.xml")
    same, other = lines.splitlines()
    assert same.endswith("Un document de même id est déjà dans le dépôt.")
    assert other.endswith("avec un autre contenu.")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device on this system")
def test_a_device_without_end_is_read_to_the_limit():
    (found,) = read_all("/dev/zero", Limits(size=100_000))
    assert [one.rule for one in found.findings] == ["XML-04"]


@pytest.mark.parametrize("start", [b"", b"PK\x03\x04", b"MSH|^~\\&|", CDA[:300]])
def test_a_stream_without_end_is_read_to_the_limit(start):
    class Endless:
        """Gives one start, then blanks for ever."""

        given = 0

        def read(self, size: int) -> bytes:
            data = (start if self.given == 0 and size else b"").ljust(size)[:size]
            self.given += size
            return data

    file = Endless()
    (found,) = read_all(file, Limits(size=100_000))
    assert file.given < 4_000_000  # twice the limit, and blocks of a mebibyte
    assert found.header is None
    assert [one.severity.value for one in found.findings if one.severity.value == "error"]


def test_standard_input_is_read_to_the_limit(tmp_path):
    if os.name != "posix":
        pytest.skip("needs a shell's pipe")
    done = subprocess.run(
        [sys.executable, "-m", "cda_tools", "line", "--max-size", "1", "-"],
        input=CDA.replace(b"</title>", b"</title><!--" + b"x" * 3_000_000, 1),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "1 Mio" in done.stdout.decode()
