import multiprocessing
import signal

import hostile
import pytest

from cda_tools.batch import Settings, worker
from cda_tools.batch.messages import Begun, Done, Found, Ready, Refused, Task
from cda_tools.batch.work import results
from cda_tools.carriers.sources import Source
from cda_tools.errors import InputError, ResourceError
from cda_tools.validation import Options

QUICK = Settings(Options(layers=("xml", "versions")))


@pytest.fixture(autouse=True)
def no_limit_left():
    """Take back the limit that a worker sets for itself: here it is the tests' own process."""
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


class Unusable(Source):
    """Finds that the installation is incomplete."""

    def open(self, limits):
        raise ResourceError("installation incomplète")
        yield


class Unreachable(Source):
    """Cannot be read."""

    def open(self, limits):
        raise InputError("a.xml : accès refusé")
        yield


class Empty(Source):
    """Carries nothing."""

    def open(self, limits):
        yield from ()


class Two(Source):
    """Carries two documents, the first of which has no name inside."""

    def open(self, limits):
        yield from Source(self.path, hostile.document()).open()
        yield from Source(f"{self.path}!2", hostile.document()).open()


@pytest.fixture(autouse=True)
def hears_ctrl_c():
    """Give Ctrl-C back, which a worker does not hear."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def pipe():
    ours, theirs = multiprocessing.Pipe()
    yield ours, theirs
    ours.close()
    theirs.close()


def said(connection):
    while connection.poll():
        yield connection.recv()


def test_a_worker_is_ready_then_answers_each_chunk(pipe):
    ours, theirs = pipe
    ours.send([Task(0, hostile.good("a.xml")), Task(1, hostile.good("b.xml"))])
    ours.send([Task(2, Unusable("c.xml"))])
    worker.main(theirs, QUICK)
    ready, first, second, refused = said(ours)
    assert ready == Ready()
    assert [(one.result.report.path, one.last) for one in (first, second)] == [
        ("a.xml", True),
        ("b.xml", True),
    ]
    assert refused == Refused("installation incomplète")
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_a_worker_that_can_validate_nothing_says_so_at_once(pipe, tmp_path):
    ours, theirs = pipe
    worker.main(theirs, Settings(Options(schema=tmp_path / "none.xsd")))
    (refused,) = said(ours)
    assert "schéma introuvable" in refused.message


def test_a_worker_ends_without_a_word_when_its_parent_is_gone(pipe, capsys):
    ours, theirs = pipe
    ours.close()
    worker.main(theirs, QUICK)
    assert capsys.readouterr() == ("", "")


def test_a_worker_that_breaks_ends_without_a_traceback(pipe, capsys, monkeypatch):
    def broken(*_):
        raise ValueError(hostile.SECRET)

    _, theirs = pipe
    monkeypatch.setattr(worker, "results", broken)
    with pytest.raises(SystemExit) as end:
        worker.main(theirs, QUICK)
    assert end.value.code == 70
    assert capsys.readouterr() == ("", "")


def test_a_carrier_says_what_it_is_about_to_read_and_its_end():
    messages = []
    worker.perform([Task(0, Two("a.zip")), Task(1, Empty("b.zip"))], QUICK, messages.append)
    first, begun, second, done, empty = messages
    assert isinstance(first, Found)
    assert not first.last
    assert begun == Begun("a.zip!2")
    assert second.result.report.path == "a.zip!2"
    assert done == empty == Done()


def test_a_file_that_cannot_be_reached_is_a_finding():
    (found,) = results(Unreachable("a.xml"), QUICK)
    (finding,) = found.report.findings
    assert (finding.rule, found.report.path) == ("XML-10", "a.xml")
    assert "accès refusé" in finding.message
