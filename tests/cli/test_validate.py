import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from documents import document

from cda_tools.cli import cli, progress
from cda_tools.model.editions import NEWEST

IDENTITY = ("QUENOUILLE", "FLORIANE", "255069900000034", "19550602", "02/06/1955")
ZERO = '<versionNumber value="0"/>'
ONLY = ("--layer", "xml", "--layer", "versions", "--strict")
SLOW_START = 60


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Make the current folder one of three documents: valid, of version 0, broken."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xml").write_bytes(document())
    (tmp_path / "in" / "b.xml").write_bytes(document(version=ZERO))
    (tmp_path / "in" / "c.xml").write_bytes(b"<oops>")
    return tmp_path


def run(*arguments, data=None):
    return CliRunner().invoke(cli, ["validate", *map(str, arguments)], input=data)


def objects(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def rules(found):
    return [issue["rule"] for layer in found["layers"] for issue in layer["issues"]]


def layer(name, state, *, official=False):
    """Return the object of a layer, without its issues."""
    ran = state != "non exécutée"
    valid = state in {"conforme", "sans erreur"} if ran else None
    return {"name": name, "official": official, "ran": ran, "valid": valid, "state": state}


def test_jsonl_is_the_object_of_the_contract(folder):
    done = run("--format", "jsonl", *ONLY, "in/b.xml")
    (found,) = objects(done)
    (issue,) = found["layers"][4].pop("issues")
    assert found.pop("schema_version") == 1
    assert found == {
        "path": "in/b.xml".replace("/", os.sep),
        "valid": True,
        "profile": "1.16",
        "edition": NEWEST,
        "kit": None,
        "layers": [
            {**layer("xml", "conforme", official=True), "issues": []},
            {**layer("xsd", "non exécutée", official=True), "issues": []},
            {**layer("structuration-minimale", "non exécutée", official=True), "issues": []},
            {**layer("text-1.16", "non exécutée"), "issues": []},
            layer("versions", "avec erreur"),
        ],
    }
    assert issue.keys() == {"rule", "severity", "message", "location", "line"}
    assert (issue["severity"], issue["location"]) == ("error", "/ClinicalDocument/versionNumber")


def test_exit_codes_say_nothing_to_report_findings_or_no_work(folder):
    assert run(*ONLY, "in/a.xml").exit_code == 0
    assert run(*ONLY, "in").exit_code == 1
    for arguments in (("none.xml",), ("--jobs", "0", "in"), ("--format", "pdf", "in"), ()):
        assert run(*arguments).exit_code == 2
    assert run("--exclude", "*", "in").exit_code == 2
    done = run("none.xml")
    assert (done.stdout, done.stderr) == ("", "cda-tools : none.xml : fichier introuvable\n")


@pytest.mark.parametrize(
    ("severity", "strict", "code"),
    [
        ("error", (), 0),
        ("warning", (), 0),
        ("information", (), 0),
        ("error", ("--strict",), 1),
        ("warning", ("--strict",), 1),
    ],
)
def test_what_is_ours_fails_a_document_only_where_it_is_strict(folder, severity, strict, code):
    warned = document(title="<title>" + "x" * 200 + "</title>")
    (folder / "warned.xml").write_bytes(warned)
    options = ("--layer", "text-1.16", "--fail-on", severity, *strict)
    assert run(*options, "warned.xml").exit_code == code


def test_a_list_of_paths_comes_on_standard_input_and_a_bad_one_is_a_finding(folder):
    done = run("--format", "jsonl", *ONLY, "-", data="in/a.xml\nnone.xml\nin/b.xml\n")
    found = objects(done)
    assert [one["path"].replace(os.sep, "/") for one in found] == [
        "in/a.xml",
        "none.xml",
        "in/b.xml",
    ]
    assert rules(found[1]) == ["XML-10"]
    assert done.exit_code == 1


def test_a_document_comes_on_standard_input(folder):
    done = run("--format", "jsonl", *ONLY, "-", data=document())
    assert [(one["path"], one["valid"]) for one in objects(done)] == [("-", True)]
    assert done.exit_code == 0


def test_include_and_exclude_choose_files(folder):
    done = run("--format", "jsonl", *ONLY, "--include", "*.xml", "--exclude", "[bc].xml", "in")
    assert [one["path"].replace(os.sep, "/") for one in objects(done)] == ["in/a.xml"]


def test_the_report_is_the_same_whatever_the_jobs(folder):
    for number in range(20):
        (folder / "in" / f"z{number}.xml").write_bytes(document())
    one, two, default = (
        run("--format", "json", *jobs, "in").stdout for jobs in (("--jobs=1",), ("--jobs=2",), ())
    )
    assert one == two == default
    assert json.loads(one)["summary"]["documents"] == 23


@pytest.mark.parametrize("name", ["report.html", "report.xml"])
def test_a_report_in_the_folder_itself_is_neither_a_document_nor_left_out(folder, name):
    for _ in range(2):
        done = run(*ONLY, "--output", f"in/{name}", "in")
        assert "laissé" not in done.stderr
        assert "  documents                      3\n" in done.stderr


def test_a_report_file_is_utf8_whole_and_nothing_stays_beside_it(folder):
    output = folder / "in" / "report.jsonl"
    output.write_text("before", encoding="utf-8")
    done = run("--format", "jsonl", *ONLY, "--output", output, "in")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "report.jsonl" in done.stderr
    lines = output.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3
    assert "à" in "".join(lines) or "é" in "".join(lines)
    assert sorted(one.name for one in output.parent.iterdir()) == [
        "a.xml",
        "b.xml",
        "c.xml",
        "report.jsonl",
    ]


def test_a_report_that_fails_leaves_the_one_before(folder):
    output = folder / "report.json"
    output.write_text("before", encoding="utf-8")
    done = run("--schema", "none.xsd", "--output", output, "in")
    assert done.exit_code == 2
    assert "schéma introuvable" in done.stderr
    assert output.read_text(encoding="utf-8") == "before"
    assert [one.name for one in folder.iterdir() if one.name.startswith(".")] == []


def test_a_report_that_cannot_be_written_is_one_line(folder):
    done = run("--output", folder / "none" / "report.txt", "in")
    assert done.exit_code == 2
    assert done.stderr.startswith("cda-tools : ")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no such device here")
def test_a_device_is_written_and_not_replaced(folder):
    assert run(*ONLY, "--output", "/dev/null", "in").exit_code == 1
    assert not Path("/dev/null").is_file()


def test_a_baseline_hides_what_is_known_and_says_how_many(folder):
    assert run("--format", "jsonl", *ONLY, "--output", "known.jsonl", "in/b.xml").exit_code == 1
    done = run(*ONLY, "--baseline", "known.jsonl", "in/b.xml")
    assert done.exit_code == 0
    assert "constats masqués : 1" in done.stdout
    assert "constats connus masqués        1   (known.jsonl)" in done.stdout
    (found,) = objects(run("--format", "jsonl", *ONLY, "--baseline", "known.jsonl", "in/b.xml"))
    assert (found["valid"], found["hidden"]) == (True, {"baseline": 1, "ignored": 0})
    assert run("--baseline", "known.jsonl", "in/b.xml").exit_code == 1


def test_a_bad_baseline_is_one_line(folder):
    done = run("--baseline", "in/a.xml", "in")
    assert done.exit_code == 2
    assert done.stderr.endswith("a.xml : ce n'est pas un rapport au format jsonl\n")


def test_settings_of_the_project_are_defaults_that_options_override(folder):
    (folder / "cda-tools.toml").write_text(
        'profile = "pre-1.16"\nexclude = ["c.xml"]\n', encoding="utf-8"
    )
    found = objects(run("--format", "jsonl", *ONLY, "in"))
    assert [(one["path"][-5:], one["profile"]) for one in found] == [
        ("a.xml", "pre-1.16"),
        ("b.xml", "pre-1.16"),
    ]
    (found,) = objects(run("--format", "jsonl", *ONLY, "--profile", "1.16", "in/a.xml"))
    assert found["profile"] == "1.16"


def test_ignored_rules_are_shown_with_their_reason(folder):
    text = '[ignore]\nVER-01 = "repris en 2027"\nVER-02 = "jamais vu"\n'
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    done = run(*ONLY, "--config", "mine.toml", "in/b.xml")
    assert done.exit_code == 0
    assert "règle ignorée VER-01 : 1 constat(s) ; motif : repris en 2027" in done.stdout
    assert "règle ignorée VER-02 : 0 constat(s) ; motif : jamais vu" in done.stdout


def test_a_mistake_in_the_settings_is_one_line(folder):
    (folder / "cda-tools.toml").write_text("colour = 1", encoding="utf-8")
    done = run("in")
    assert done.exit_code == 2
    assert "réglage inconnu « colour »" in done.stderr
    assert done.stderr.count("\n") == 1


def test_explain_says_what_the_schema_asks_for(folder):
    # A second title stands where the schema has none.
    (folder / "x.xml").write_bytes(document(title="<title>a</title><title>b</title>"))
    plain, explained = (
        objects(run("--format", "jsonl", "--layer", "xsd", *explain, "x.xml"))[0]["layers"][1]
        for explain in ((), ("--explain",))
    )
    assert [one["rule"] for one in plain["issues"]] == [one["rule"] for one in explained["issues"]]
    assert " ; le schéma attend : éléments, dans cet ordre" in explained["issues"][0]["message"]
    assert "Le schéma attend" not in plain["issues"][0]["message"]
    (valid,) = objects(run("--format", "jsonl", "--layer", "xsd", "--explain", "in/a.xml"))
    assert valid["layers"][1]["valid"] is True


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "junit", "sarif", "github", "html"])
def test_no_report_names_the_patient(folder, form):
    (folder / "in" / "d.xml").write_bytes(document(set_id="", custodian="", date=""))
    shown = run("--format", form, "in").stdout
    assert "in/d.xml".replace("/", os.sep) in shown or "in/d.xml" in shown
    assert not [one for one in IDENTITY if one in shown]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("form", ["text", "json", "jsonl", "junit", "sarif", "github", "html"])
def test_an_output_in_another_encoding_stops_nothing_and_spoils_no_data(folder, form, encoding):
    (folder / "in" / "été.xml").write_bytes(document(version=ZERO))
    done = command("--format", form, "in", environment={"PYTHONIOENCODING": encoding})
    assert (done.returncode, done.stderr) == (1, b"")
    text = done.stdout.decode(encoding)
    assert "VER-01" in text
    if form in ("json", "sarif"):
        assert "été.xml" in json.dumps(json.loads(text), ensure_ascii=False).replace("%C3%A9", "é")
    elif form in ("junit", "html"):
        assert "&#233;t&#233;.xml" in text
    elif form == "jsonl":
        assert [json.loads(line)["path"][-7:] for line in text.splitlines()][3] == "été.xml"


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text are Linux's")
@pytest.mark.parametrize("form", ["text", "json", "jsonl", "junit", "sarif", "github", "html"])
def test_a_file_name_that_is_no_text_stops_nothing(folder, form):
    path = Path(os.fsdecode(os.fsencode(folder) + b"/in/caf\xe9\x1b\n.xml"))
    path.write_bytes(document(version=ZERO))
    done = command("--format", form, "in")
    assert (done.returncode, done.stderr) == (1, b"")
    text = done.stdout.decode()
    assert "\x1b" not in text
    if form == "jsonl":
        assert [json.loads(line)["path"] for line in text.splitlines()][3] == str(
            path.relative_to(folder)
        )


def command(*arguments, environment=None):
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "cda_tools", "validate", *arguments],
        capture_output=True,
        check=False,
        timeout=SLOW_START,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8", **(environment or {})},
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
@pytest.mark.parametrize("jobs", [(), ("--jobs", "2")])
def test_ctrl_c_ends_the_run_with_what_is_done(folder, jobs):
    os.mkfifo(folder / "zz.xml")
    arguments = ["--format", "json", *ONLY, *jobs, "--timeout", "600", "in", "zz.xml"]
    running = subprocess.Popen(
        [sys.executable, "-m", "cda_tools", "validate", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    with (folder / "zz.xml").open("wb"):  # waits until a worker reads the pipe
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does, to workers as well
        stdout, stderr = running.communicate(timeout=SLOW_START)
    assert running.returncode == 2
    assert stderr.decode() == "cda-tools : validation interrompue\n"
    found = json.loads(stdout)
    paths = [one["path"] for one in found["documents"]]
    assert set(paths) <= {"in/a.xml", "in/b.xml", "in/c.xml"}
    assert paths == sorted(paths)
    assert found["summary"]["interrupted"] is True


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_file_that_never_ends_costs_itself_alone(folder):
    os.mkfifo(folder / "pipe.xml")
    found = objects(run("--format", "jsonl", *ONLY, "--timeout", "1", "pipe.xml", "in"))
    assert rules(found[0]) == ["CHK-01"]
    assert len(found) == 4


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_in_a_folder_is_not_waited_for(folder):
    os.mkfifo(folder / "in" / "aa.xml")
    assert len(objects(run("--format", "jsonl", *ONLY, "in"))) == 3


def test_a_bar_with_rate_and_remaining_time_is_shown_on_a_terminal(monkeypatch):
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with progress.bar(None, lambda: 4, printing=False) as advance:
        advance()
        advance()
    shown = terminal.getvalue()
    assert "2/4" in shown
    assert "fichiers" in shown
    assert "/s" in shown
    assert "0:00:0" in shown


def test_no_bar_is_shown_elsewhere_unless_asked(capsys):
    with progress.bar(None, lambda: 1 / 0, printing=True) as advance:
        advance()
    with progress.bar(False, lambda: 1 / 0, printing=True) as advance:
        advance()
    assert capsys.readouterr().err == ""
    with progress.bar(True, lambda: None, printing=True) as advance:
        advance()


def test_what_is_printed_meanwhile_is_whole(folder):
    done = run("--progress", "--format", "jsonl", *ONLY, "in")
    assert len(objects(done)) == 3
