"""What is kept of a kit's files is read again where they changed, or where it is damaged."""

import os
import time

import pytest

from cda_tools.kit import kept, lists
from cda_tools.kit.folder import open_folder


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv(kept.FOLDER, str(tmp_path / "cache"))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("un", "utf-8")
    age(path, 60)
    return path


def age(path, seconds: float) -> None:
    os.utime(path, (time.time() - seconds,) * 2)


def reader(path):
    """Return a function that reads a file through what is kept, and the list of its readings."""
    readings = []

    def make():
        readings.append(path.read_text("utf-8"))
        return readings[-1]

    return lambda: kept.kept("texte", [str(path)], make), readings


def test_a_file_that_did_not_change_is_read_once(file):
    read, readings = reader(file)
    assert (read(), read(), readings) == ("un", "un", ["un"])


@pytest.mark.parametrize("seconds", [30, 0])
def test_a_file_that_changed_is_read_again(file, seconds):
    read, readings = reader(file)
    read()
    file.write_text("deux", "utf-8")
    age(file, seconds)
    assert (read(), readings) == ("deux", ["un", "deux"])


def test_a_file_that_changed_just_now_is_not_trusted(file):
    age(file, 0)
    read, readings = reader(file)
    assert (read(), read(), len(readings)) == ("un", "un", 2)


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"key": "x"}'])
def test_what_is_damaged_is_made_again(file, damage):
    read, readings = reader(file)
    read()
    (value,) = (kept.folder() / "values").iterdir()
    value.write_bytes(damage)
    assert (read(), read(), len(readings)) == ("un", "un", 2)


def test_a_file_that_is_not_there_is_left_to_who_reads_it(tmp_path):
    assert kept.kept("texte", [str(tmp_path / "absent")], lambda: "rien") == "rien"


def test_a_large_vocabulary_is_kept_and_says_the_same(copied, monkeypatch):
    monkeypatch.setattr(lists, "_LARGE", 0)
    folder = open_folder(copied)
    beside, name = "schematrons/x.sch", "{urn:ihe:iti:svs:2008}Concept"
    asked = (beside, "../jeuxDeValeurs/jdv-incidence.xml", name, "@code @codeSystem")
    age(copied / "jeuxDeValeurs" / "jdv-incidence.xml", 60)
    first = lists.Lists(folder).entries(*asked)
    monkeypatch.setattr(folder, "xml", lambda _: pytest.fail("read again"))
    assert lists.Lists(folder).entries(*asked) == first == {"FACE\0001.2.3.4", "PROFIL\0001.2.3.4"}


def test_a_list_that_cannot_be_read_is_none(copied):
    path = copied / "jeuxDeValeurs" / "jdv-incidence.xml"
    path.write_text("<a>", "utf-8")
    asked = ("schematrons/x.sch", "../jeuxDeValeurs/jdv-incidence.xml", "a", "@b")
    assert lists.Lists(open_folder(copied)).entries(*asked) is None
