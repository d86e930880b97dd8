"""Whatever stops a run is one line and exit code 2; a report is whole, or is not there."""

import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from documents import document

from cda_tools.cli import cli, ending
from cda_tools.cli.commands import line
from cda_tools.cli.replacing import replacing

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and modes of POSIX")
PROGRAM = [sys.executable, "-m", "cda_tools"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_bytes(document())
    return tmp_path


@posix
@pytest.mark.parametrize(
    ("command", "closed", "code"),
    [("line", ">&-", 2), ("validate", "2>&-", 0), ("line", "< /dev/null 2>&-", 0)],
)
def test_closed_streams(folder: Path, command: str, closed: str, code: int) -> None:
    program = f'"{sys.executable}" -m cda_tools {command} "{folder / "a.xml"}" {closed}'
    result = subprocess.run(["sh", "-c", program], capture_output=True, text=True, check=False)
    assert result.returncode in (code, *([1] if code == 0 else []))
    assert "Traceback" not in result.stderr
    assert result.stderr.count("\n") == (1 if code else 0)
    assert bool(result.stdout) is (code == 0)


@posix
def test_a_report_is_written_where_both_outputs_are_closed(folder: Path) -> None:
    program = f'"{sys.executable}" -m cda_tools validate a.xml --output r.txt >&- 2>&-'
    result = subprocess.run(["sh", "-c", program], cwd=folder, check=False)
    assert result.returncode in (0, 1)
    assert "Bilan" in (folder / "r.txt").read_text("utf-8")


@posix
def test_a_reader_that_leaves_is_no_finding(folder: Path) -> None:
    many = " ".join(["a.xml"] * 1500)
    program = f'"{sys.executable}" -m cda_tools line {many} | head -1; echo ${{PIPESTATUS[0]}}'
    result = subprocess.run(
        ["bash", "-c", program], cwd=folder, capture_output=True, text=True, check=False
    )
    assert result.stdout.splitlines()[-1] == str(ending.READER_IS_GONE)
    assert result.stderr == ""


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_run_with_the_report_of_what_is_done(
    folder: Path, number: signal.Signals
) -> None:
    (folder / "paths").write_text("a.xml\n" * 20_000)
    command = [*PROGRAM, "validate", "-", "--jobs", "1", "--format", "jsonl", "--output", "r.jsonl"]
    with (
        (folder / "paths").open() as paths,
        subprocess.Popen(
            command, cwd=folder, stdin=paths, stderr=subprocess.PIPE, text=True
        ) as running,
    ):
        assert running.stderr
        begun = time.monotonic()
        while not any(path.stat().st_size for path in folder.glob(".r.jsonl.*")):
            assert time.monotonic() - begun < 60
            time.sleep(0.05)
        running.send_signal(number)
        told = running.stderr.read()
        assert running.wait(timeout=60) == 2
    assert "interrompue" in told
    assert 0 < (folder / "r.jsonl").read_text("utf-8").count("\n") < 20_000
    assert list(folder.glob(".r.jsonl.*")) == []


def test_an_error_of_ours_is_one_line_with_where_to_report_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    codes: list[int] = []

    def leave(code: int) -> None:
        codes.append(code)
        raise SystemExit(code)

    def broken(*_: object, **__: object) -> None:
        raise KeyError("PERVENCHE")

    monkeypatch.setattr(os, "_exit", leave)
    monkeypatch.setattr(line.report, "lines", broken)
    monkeypatch.setattr(sys, "argv", ["cda-tools", "line", str(folder / "a.xml")])
    handler = signal.getsignal(signal.SIGTERM)
    from cda_tools.cli import main  # noqa: PLC0415

    with pytest.raises(SystemExit):
        main()
    signal.signal(signal.SIGTERM, handler)
    told = capfd.readouterr().err
    assert codes == [2]
    assert re.fullmatch(
        r"cda-tools : erreur interne \(KeyError, cda_tools/cli/[\w/]+\.py:\d+\) : .*\n", told
    )
    assert "PERVENCHE" not in told
    assert "CONTRIBUTING.md" in told


@pytest.mark.parametrize(
    ("error", "words", "code"),
    [
        (MemoryError(), "mémoire insuffisante", 2),
        (KeyboardInterrupt(), "interrompu", 2),
        (OSError(28, "No space left on device"), "écriture impossible (disque plein)", 2),
        (BrokenPipeError(32, "Broken pipe"), "", ending.READER_IS_GONE),
    ],
)
def test_each_ending_has_its_line_and_its_code(
    error: BaseException,
    words: str,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(os, "_exit", sys.exit)
    with pytest.raises(SystemExit) as left:
        ending.end(error)
    assert left.value.code == code
    assert words in capfd.readouterr().err


def test_ctrl_c_is_no_finding(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(line.report, "lines", interrupted)
    result = CliRunner().invoke(cli, ["line", str(folder)])
    assert result.exit_code == 2
    assert result.stderr == "cda-tools : interrompu\n"


@posix
def test_a_file_that_is_replaced_keeps_its_mode_its_link_and_its_other_names(
    tmp_path: Path,
) -> None:
    report, link, other = tmp_path / "r", tmp_path / "l", tmp_path / "o"
    report.write_text("old")
    report.chmod(0o640)
    link.symlink_to(report)
    os.link(report, other)
    with replacing(link) as unfinished:
        assert stat.S_IMODE(unfinished.stat().st_mode) == 0o600
        unfinished.write_text("new")
        assert report.read_text() == "old"
    assert link.is_symlink()
    assert (report.read_text(), other.read_text()) == ("new", "new")
    assert stat.S_IMODE(report.stat().st_mode) == 0o640
    other.unlink()
    with replacing(report) as unfinished:
        unfinished.write_text("newer")
    assert (report.read_text(), stat.S_IMODE(report.stat().st_mode)) == ("newer", 0o640)


@posix
def test_a_new_file_has_the_usual_mode_and_what_a_killed_run_left_is_in_nobodys_way(
    tmp_path: Path,
) -> None:
    (tmp_path / f".r.{os.getpid()}").write_text("left")
    before = os.umask(0o027)
    try:
        with replacing(tmp_path / "r") as unfinished:
            unfinished.write_text("new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "r").stat().st_mode) == 0o640
    with pytest.raises(ValueError, match="stop"), replacing(tmp_path / "r") as unfinished:
        raise ValueError("stop")
    assert (tmp_path / "r").read_text() == "new"
    assert not unfinished.exists()


@pytest.mark.parametrize(
    "settings",
    [
        "tool = 5",
        "tool = []",
        "[tool]\ncda-tools = 5",
        "[tool]\ncda-tools = []",
        "[tool.cda-tools]\nignore = 5",
        "[tool.cda-tools]\ninclude = 5",
        "[tool.cda-tools]\nfail-on = []",
        "[tool.cda-tools]\nprofile = {}",
        "x = " + "[" * 50_000,
        "\x00",
    ],
)
@pytest.mark.parametrize("name", ["cda-tools.toml", "pyproject.toml"])
def test_settings_that_are_wrong_are_one_line(folder: Path, name: str, settings: str) -> None:
    path = folder / name
    path.write_text(settings)
    result = CliRunner().invoke(cli, ["validate", str(folder / "a.xml"), "--config", str(path)])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert name in result.stderr


@pytest.mark.parametrize("content", ["5", "[]", '{"layers": 5}', "[" * 100_000, '{"path": []}'])
def test_a_baseline_that_is_none_is_one_line(folder: Path, content: str) -> None:
    (folder / "known").write_text(content)
    options = ["--baseline", str(folder / "known")]
    result = CliRunner().invoke(cli, ["validate", str(folder / "a.xml"), *options])
    assert result.exit_code == 2
    assert "jsonl" in result.stderr
