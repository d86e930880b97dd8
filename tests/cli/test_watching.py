import os
import shutil

import pytest
from click.testing import CliRunner

from cda_tools.carriers.sources import Choice
from cda_tools.cli import cli, watching
from cda_tools.errors import InputError
from conftest import ROOT

GAZELLE = ROOT / "fixtures/gazelle"
GOOD, BAD = GAZELLE / "imagerie-v1.xml", GAZELLE / "faux-sans-titre.xml"


def steps(*actions):
    """Return a pause that does one thing after the other, then is interrupted."""
    left = list(actions)

    def pause(_):
        if not left:
            raise KeyboardInterrupt
        left.pop(0)()

    return pause


def later(path, data):
    """Return what writes a file, at another time than before."""

    def act():
        path.write_bytes(data)
        os.utime(path, ns=(0, len(data) + path.stat().st_mtime_ns))

    return act


def seen(folder, choice, *actions):
    found = []
    try:
        for changed in watching.changes([str(folder)], choice, steps(*actions)):
            found.append([os.path.basename(one) for one in changed])  # noqa: PTH119
    except KeyboardInterrupt:
        return found
    pytest.fail("the watch ended by itself")


def test_what_came_or_changed_is_told_once_and_what_went_is_not(tmp_path):
    first, second = tmp_path / "a.xml", tmp_path / "b.xml"
    first.write_bytes(b"<a/>")
    actions = (
        later(second, b"<b/>"),
        lambda: None,
        later(first, b"<aa/>"),
        first.unlink,
        later(tmp_path / "c.txt", b"no document"),
    )
    assert seen(tmp_path, Choice(), *actions) == [["b.xml"], ["a.xml"]]
    assert seen(tmp_path, Choice(exclude=("b*",)), later(second, b"<bbb/>")) == []


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "dossier"
    found.mkdir()
    shutil.copy(GOOD, found / "a.xml")
    return found


CHANGES = watching.changes


def watched(monkeypatch, actions, *arguments):
    pause = steps(*actions)
    monkeypatch.setattr(watching, "changes", lambda paths, choice: CHANGES(paths, choice, pause))
    return CliRunner().invoke(cli, ["validate", "--watch", *map(str, arguments)])


def test_what_changes_is_validated_again_and_the_last_code_is_returned(monkeypatch, folder):
    bad = later(folder / "b.xml", BAD.read_bytes())
    done = watched(monkeypatch, [bad], folder)
    first, second = done.stdout.split("Bilan")[:2]
    assert "a.xml : conforme" in first
    assert "b.xml : non conforme" in second
    assert "a.xml" not in second
    assert done.exit_code == 1
    mended = later(folder / "b.xml", GOOD.read_bytes())
    assert watched(monkeypatch, [mended], folder).exit_code == 0


def test_a_report_is_made_again_about_all_documents(monkeypatch, folder, tmp_path):
    into = tmp_path / "r.txt"
    bad = later(folder / "b.xml", BAD.read_bytes())
    watched(monkeypatch, [bad], folder, "-o", into)
    text = into.read_text(encoding="utf-8")
    assert "a.xml : conforme" in text
    assert "b.xml : non conforme" in text


def test_what_could_not_be_done_is_said_and_waits(monkeypatch, tmp_path):
    empty = tmp_path / "vide"
    empty.mkdir()
    good = later(empty / "a.xml", GOOD.read_bytes())
    done = watched(monkeypatch, [good], empty)
    assert "aucun document trouvé" in done.stderr
    assert "a.xml : conforme" in done.stdout
    assert done.exit_code == 0


def test_an_interruption_ends_the_watch_whenever_it_comes(monkeypatch):
    def once(_):
        raise KeyboardInterrupt

    with pytest.raises(SystemExit) as ended:
        watching.watch(["a.xml"], Choice(), once, whole=False)
    assert ended.value.code == 2
    monkeypatch.setattr(watching, "changes", lambda *_: iter([("b.xml",)]))

    def failing(paths):
        if paths == ("b.xml",):
            raise KeyboardInterrupt
        raise InputError("rien")

    with pytest.raises(SystemExit) as ended:
        watching.watch(["a.xml"], Choice(), failing, whole=False)
    assert ended.value.code == 2


def test_standard_input_is_not_watched():
    done = CliRunner().invoke(cli, ["validate", "--watch", "-"])
    assert done.exit_code == 2
    assert "pas l'entrée standard" in done.stderr
