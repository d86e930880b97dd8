"""A limit to memory: the document that needs more is a finding, the others are validated."""

import sys

import hostile
import pytest

from cda_tools.batch import Settings, run
from cda_tools.batch import memory as limits
from cda_tools.document import read_carried
from cda_tools.reading.safexml import DEFAULT
from cda_tools.validation import Options, validate

MIB = 1024 * 1024
QUICK = Options(layers=("xml",))
posix = pytest.mark.skipif(sys.platform == "win32", reason="the system limits no address space")


def rules(result):
    return [finding.rule for finding in result.report.findings if finding.layer == "check"]


@pytest.mark.parametrize("jobs", [None, 1])
def test_a_document_that_needs_too_much_memory_costs_itself_alone(jobs):
    sources = [hostile.good("a"), hostile.Greedy("b", b""), hostile.good("c")]
    found = list(run(sources, Settings(QUICK, jobs=jobs, memory=1024 * MIB)))
    assert [rules(one) for one in found] == [[], ["CHK-04"], []]
    assert found[1].report.valid is None


@pytest.mark.parametrize("name", ["xsd", "versions"])
def test_a_layer_that_needs_too_much_memory_did_not_run(monkeypatch, name):
    def greedy(*_, **__):
        raise MemoryError

    place = "xsd.layer.check" if name == "xsd" else "xpath_rules.check"
    monkeypatch.setattr(f"cda_tools.validation.{place}", greedy)
    (carried,) = hostile.good().open(DEFAULT)
    document = read_carried(carried)
    report = validate(document, Options(layers=(name,)))
    layer = next(one for one in report.layers if one.name == name)
    assert (layer.ran, report.valid) == (False, None if layer.official else True)
    assert [one.rule for one in report.findings if one.layer == "check"] == ["CHK-04"]


@posix
def test_a_limit_holds_inside_and_is_as_before_after():
    import resource  # noqa: PLC0415

    before = resource.getrlimit(resource.RLIMIT_AS)
    with limits.limited(3 * 1024 * MIB):
        inside = resource.getrlimit(resource.RLIMIT_AS)[0]
        with limits.limited(2**60):
            assert resource.getrlimit(resource.RLIMIT_AS)[0] == inside  # the lower one stays
        assert inside != resource.RLIM_INFINITY
        assert inside <= 3 * 1024 * MIB
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_system_without_limits_goes_without(monkeypatch):
    monkeypatch.setitem(sys.modules, "resource", None)
    limits.limit(1)
    with limits.limited(1):
        assert bytearray(10 * MIB)


def test_the_default_is_four_gibibytes_or_less(monkeypatch):
    assert 0 < limits.default() <= 4096 * MIB
    monkeypatch.delattr("os.sysconf", raising=False)
    assert limits.default() == 4096 * MIB
