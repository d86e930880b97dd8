import json
import multiprocessing
import subprocess
import sys
from itertools import count, islice

import hostile
import pytest
from documents import document

from cda_tools.batch import FEW, Settings, pool, run
from cda_tools.carriers.sources import Source
from cda_tools.errors import CdaToolsError
from cda_tools.rules.finding import Severity
from cda_tools.validation import Options
from cda_tools.validation.layers import layers

QUICK = Options(layers=("xml", "versions"))
FAST = Settings(QUICK, jobs=2, timeout=2)


def told(results):
    """Return each document's path and the rules of the tool's own troubles with it."""
    return [
        (
            result.report.path,
            [one.rule for one in result.report.findings if one.rule.startswith("CHK")],
        )
        for result in results
    ]


def trouble(result):
    (finding,) = [one for one in result.report.findings if one.rule.startswith("CHK")]
    return finding


@pytest.fixture
def folder(tmp_path):
    """Return a folder of forty documents, one in ten of which is broken."""
    for number in range(40):
        broken = number % 10 == 3
        version = f'<versionNumber value="{number}"/>'
        data = b"<oops>" if broken else document(version=version)
        (tmp_path / f"{number:02}.xml").write_bytes(data)
    return tmp_path


def test_results_are_the_same_in_the_same_order_whatever_the_jobs(folder):
    paths = [str(path) for path in sorted(folder.iterdir())]
    alone, *pools = (
        list(run([Source(path) for path in paths], Settings(jobs=jobs))) for jobs in (1, 2, 5)
    )
    assert [result.report.path for result in alone] == paths
    assert [result.report.valid for result in alone].count(False) == 40
    assert all(pool == alone for pool in pools)


def test_a_few_files_start_no_process(monkeypatch):
    monkeypatch.setitem(sys.modules, "cda_tools.batch.pool", None)
    sources = [hostile.good(f"{number}.xml") for number in range(FEW)]
    assert told(run(sources, Settings(QUICK))) == [(f"{n}.xml", []) for n in range(FEW)]
    with pytest.raises(ImportError):
        list(run([*sources, hostile.good()], Settings(QUICK)))


def test_only_a_window_of_the_sources_is_read_ahead():
    read = []

    def sources():
        for number in count():
            read.append(number)
            yield hostile.good(str(number))

    results = run(sources(), FAST)
    first = list(islice(results, 5))
    results.close()
    assert [result.report.path for result in first] == ["0", "1", "2", "3", "4"]
    assert len(read) < 2000
    assert not multiprocessing.active_children()


@pytest.mark.parametrize(
    ("kind", "rule", "words"),
    [
        (hostile.Hangs, "CHK-01", "Délai de 2 s dépassé"),
        (hostile.Kills, "CHK-02", f"code {hostile.EXIT_CODE}"),
        (hostile.Raises, "CHK-03", "ouverture du fichier, ValueError, batch/work.py:"),
    ],
)
def test_a_hostile_file_costs_itself_alone(kind, rule, words):
    sources = [hostile.good(f"{number}.xml") for number in range(30)]
    sources[11] = kind("hostile.xml")
    results = list(run(sources, FAST))
    expected = [(f"{number}.xml", []) for number in range(30)]
    expected[11] = ("hostile.xml", [rule])
    assert told(results) == expected
    lost = results[11].report
    finding = trouble(results[11])
    assert words in finding.message
    assert finding.severity is Severity.ERROR
    assert hostile.SECRET not in str(lost)
    assert lost.valid is None
    assert [layer.name for layer in lost.layers if not layer.ran] == [
        "check",
        *(layer.name for layer in layers() if not layer.option),
    ]


def test_two_hostile_files_in_a_row_are_each_reported():
    sources = [hostile.Kills("a"), hostile.Kills("b"), hostile.good("c"), hostile.Hangs("d")]
    assert told(run(sources, Settings(QUICK, jobs=1, timeout=2))) == [
        ("a", ["CHK-02"]),
        ("b", ["CHK-02"]),
        ("c", []),
        ("d", ["CHK-01"]),
    ]


@pytest.mark.parametrize("jobs", [None, 2])
def test_a_hostile_document_in_an_archive_costs_itself_alone(jobs):
    sources = [hostile.good("before.xml"), hostile.Archive("a.zip"), hostile.good("after.xml")]
    assert told(run(sources, Settings(QUICK, jobs=jobs, timeout=2))) == [
        ("before.xml", []),
        ("a.zip!1", []),
        ("a.zip!2", ["CHK-01"]),
        ("a.zip!3", []),
        ("a.zip!4", ["CHK-02"]),
        ("a.zip!5", ["CHK-03"]),
        ("a.zip!6", []),
        ("after.xml", []),
    ]


def test_a_file_that_hangs_among_a_few_leaves_the_others_to_a_process():
    sources = [hostile.good("a"), hostile.Hangs("b"), hostile.good("c")]
    assert told(run(sources, Settings(QUICK, timeout=2))) == [
        ("a", []),
        ("b", ["CHK-01"]),
        ("c", []),
    ]


def test_a_layer_that_breaks_is_a_finding_and_the_others_run(monkeypatch):
    def broken(*_, **__):
        raise RecursionError(hostile.SECRET)

    monkeypatch.setattr("cda_tools.validation.xsd.layer.check", broken)
    (result,) = run([hostile.good()])
    finding = trouble(result)
    assert finding.rule == "CHK-03"
    assert "couche xsd, RecursionError, validation/layers/xsd.py:" in finding.message
    assert hostile.SECRET not in finding.message
    layers = [(layer.name, layer.ran) for layer in result.report.layers]
    assert layers == [
        ("xml", True),
        ("xsd", False),
        ("structuration-minimale", True),
        ("text-1.16", True),
        ("versions", True),
        ("check", False),
    ]


def test_a_line_that_breaks_costs_its_document(monkeypatch):
    def broken(*_):
        raise KeyError(hostile.SECRET)

    monkeypatch.setattr("cda_tools.line.one_line", broken)
    (result,) = run([hostile.good("a.xml")], Settings(QUICK, lines=True))
    assert "lecture du document, KeyError, batch/work.py:" in trouble(result).message


def test_lines_come_with_the_results_when_asked():
    sources = [hostile.good(), Source("broken.xml", b"<oops>")]
    asked = [result.line for result in run(sources, Settings(QUICK, lines=True))]
    assert asked == [
        "Lettre · 04/03/2025 10:15 · Lettre de sortie · "
        "Dr Léonie BRUMAIRE (Médecin généraliste, Maison de santé des Tilleuls)",
        None,
    ]
    assert [result.line for result in run(sources, Settings(QUICK))] == [None, None]


@pytest.mark.parametrize("jobs", [None, 2])
def test_a_schema_that_does_not_load_is_an_error_of_the_command(jobs, tmp_path):
    schema = tmp_path / "none.xsd"
    with pytest.raises(CdaToolsError, match=r"schéma introuvable : « .*none\.xsd »"):
        list(run([hostile.good()] * 3, Settings(Options(schema=schema), jobs=jobs)))
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("jobs", [None, 2])
def test_what_is_finished_is_kept_when_the_run_is_stopped(jobs):
    finished = []
    sources = [hostile.good("a"), hostile.good("b"), hostile.Hangs("c"), hostile.good("d")]
    results = run(
        sources,
        Settings(QUICK, jobs=jobs, timeout=60),
        stopped=lambda: len(finished) >= 2,
        done=lambda: finished.append(True),
    )
    assert told(results) in (
        [("a", []), ("b", [])],
        [("a", []), ("b", []), ("d", [])],  # another worker had it
    )
    assert len(finished) == 2
    assert not multiprocessing.active_children()


def test_done_is_called_once_a_file_in_order_whatever_it_holds():
    calls = []
    sources = [hostile.good("a"), Source("b", b""), hostile.Raises("c"), hostile.good("d")]
    seen = [
        (result.report.path, len(calls))
        for result in run(sources, FAST, done=lambda: calls.append(True))
    ]
    assert len(calls) == 4
    assert [number for _, number in seen] == sorted(number for _, number in seen)


def test_workers_that_cannot_start_are_an_error_of_the_command(monkeypatch):
    monkeypatch.setattr(pool, "main", hostile.never_starts)
    with pytest.raises(CdaToolsError, match=r"processus de travail ne démarrent pas \(code 9\)"):
        list(run([hostile.good()], FAST))


def test_nothing_is_yielded_for_nothing():
    assert list(run([], FAST)) == []
    assert list(run([])) == []


def test_a_script_can_call_it_with_many_files(folder, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import json, sys\n"
        "from pathlib import Path\n"
        "from cda_tools.batch import run\n"
        "from cda_tools.carriers.sources import sources\n"
        "if __name__ == '__main__':\n"
        "    found = run(sources([sys.argv[1]]))\n"
        "    print(json.dumps([result.report.valid for result in found]))\n",
        encoding="utf-8",
    )
    command = [sys.executable, str(script), str(folder)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert json.loads(done.stdout) == [False] * 40
