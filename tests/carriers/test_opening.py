"""Kinds are told by content, from the first bytes, without reading what need not be read."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from documents import document
from make_message import mdm
from make_metadata import answer, archive, entry, submission

from cases.makers.carriers import CDA, NEW, V1
from cda_tools.carriers import is_xdm_folder, kind_of, open_bytes, open_path
from cda_tools.carriers.sniffing import AT_MOST, ENOUGH, sniff

MESSAGE = mdm(NEW)
ANSWER = answer(entry(V1, uuid="urn:uuid:1"))
ZIP = archive([("IHE_XDM/SUBSET01/METADATA.XML", submission())])
STYLESHEET = b'<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/>'


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (CDA, "cda"),
        (document(), "cda"),
        (b"\xef\xbb\xbf" + CDA, "cda"),
        (CDA.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "cda"),
        (CDA.decode().replace("UTF-8", "UTF-16").encode("utf-16-le"), "cda"),
        (STYLESHEET, "cda"),
        (b"<!-- a --><?pi?>\n" + document(), "cda"),
        (b"<html/>", "cda"),
        (b"<broken", "cda"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "cda"),
        (b"<?xml version='1.0' encoding='EBCDIC'?><a/>", "cda"),
        (MESSAGE, "hl7v2"),
        (b"\xef\xbb\xbf" + MESSAGE, "hl7v2"),
        (b"\r\n " + MESSAGE, "hl7v2"),
        (b"\x0b" + MESSAGE, "hl7v2"),
        (MESSAGE.decode().encode("utf-16"), "hl7v2"),
        (MESSAGE.decode().encode("utf-16-be"), "hl7v2"),
        (b"FHS|^~\\&|A\rBHS|^~\\&|A\r", "hl7v2"),
        (b"BHS|^~\\&|A\r", "hl7v2"),
        (ZIP, "xdm"),
        (b"PK\x05\x06" + b"\0" * 18, "xdm"),
        (ANSWER, "xds"),
        (b"\n  " + submission(), "xds"),
        (ANSWER.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "xds"),
        (b"--uuid:1\r\nContent-Type: application/xop+xml\r\n\r\n<a/>", "xds"),
        (b"MIME-Version: 1.0\r\n", "xds"),
        (b"", None),
        (b"   \n", None),
        (b"documents/a.xml\ndocuments/b.xml\n", None),
        (b"MSHELL text", None),
        (b"%PDF-1.4", None),
    ],
)
def test_kind_is_told_by_content(start: bytes, kind: str | None) -> None:
    assert kind_of(start) == kind


def test_a_long_comment_before_the_root_is_read_through(tmp_path: Path) -> None:
    data = ANSWER.replace(b"?>\n", b"?>\n<!--" + b"x" * (10 * ENOUGH) + b"-->", 1)
    path = tmp_path / "a.xml"
    path.write_bytes(data)
    assert sniff(data[:ENOUGH]) == ("cda", False)
    assert next(open_path(path)).carrier == "xds"
    assert next(open_bytes(data, "-")).carrier == "xds"


def test_only_the_first_bytes_of_a_document_are_read(tmp_path: Path) -> None:
    path = tmp_path / "big.xml"
    path.write_bytes(CDA)
    os.truncate(path, 4 * AT_MOST)
    (carried,) = open_path(path)
    assert carried.source == path
    assert carried.carrier == "cda"
    assert len(carried.start) <= ENOUGH
    assert next(carried.chunks()).startswith(CDA[:4096])


def test_names_do_not_matter(tmp_path: Path) -> None:
    for name, data, kind in (
        ("a.xml", MESSAGE, "hl7v2"),
        ("b.hl7", ZIP, "xdm"),
        ("c.zip", ANSWER, "xds"),
        ("d.zip", CDA, "cda"),
    ):
        (tmp_path / name).write_bytes(data)
        assert {one.carrier for one in open_path(tmp_path / name)} == {kind}


def test_a_file_that_is_not_there_is_left_to_reading(tmp_path: Path) -> None:
    (carried,) = open_path(tmp_path / "absent.xml")
    assert carried.carrier == "cda"
    assert carried.source == tmp_path / "absent.xml"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe")
def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(MESSAGE,))
    writer.start()
    (carried,) = open_path(pipe)
    writer.join()
    assert carried.carrier == "hl7v2"
    assert carried.data() == CDA


def test_an_unpacked_archive_is_one_thing(tmp_path: Path) -> None:
    assert not is_xdm_folder(tmp_path)
    assert not is_xdm_folder(tmp_path / "absent")
    (tmp_path / "ihe_xdm").mkdir()
    assert is_xdm_folder(tmp_path)


LIBRARIES = (
    "zipfile",
    "cda_tools.carriers.hl7v2",
    "cda_tools.carriers.xdm",
    "cda_tools.carriers.xds",
)
CODE = """
import sys
from cda_tools import read_header
read_header(sys.argv[1])
from click.testing import CliRunner
from cda_tools.cli import cli
assert CliRunner().invoke(cli, ["line", sys.argv[1]]).exit_code == 0
print(*(name for name in sys.argv[2:] if name in sys.modules))
"""


@pytest.mark.parametrize(
    ("data", "used"),
    [
        (CDA, set()),
        (ANSWER, {"cda_tools.carriers.xds"}),
        (MESSAGE, {"cda_tools.carriers.hl7v2"}),
    ],
)
def test_a_carrier_is_imported_only_where_it_is_used(
    tmp_path: Path, data: bytes, used: set[str]
) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    # zipfile comes with importlib.metadata on some versions, whatever we do: it is looked at
    # only for what the carriers' own modules add.
    names = [name for name in LIBRARIES if name != "zipfile"]
    result = subprocess.run(
        [sys.executable, "-c", CODE, str(path), *names],
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(result.stdout.split()) == used
