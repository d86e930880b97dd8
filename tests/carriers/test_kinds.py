"""A kind of carrier is a file of its folder, and that file is what opening has to know of it."""

import sys
from importlib import invalidate_caches

import pytest

from cda_tools import read_all
from cda_tools.carriers import kind_of, kinds, open_bytes
from cda_tools.carriers.kinds import kind_named


@pytest.fixture
def with_lines(tmp_path, monkeypatch):
    """Add a carrier: the documents of a text, one a line."""
    (tmp_path / "lines.py").write_text(
        "from cda_tools.carriers.base import Carried\n"
        "from cda_tools.carriers.kinds import Kind\n\n"
        "def _open(source, path, limits):\n"
        "    for number, line in enumerate(source.splitlines()[1:], start=1):\n"
        "        yield Carried(path, inside=str(number), carrier='lines', source=line)\n\n"
        "KIND = Kind('lines', 5, lambda start: start.data.startswith(b'#lines'), _open)\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(tmp_path)])
    invalidate_caches()
    kinds.kinds.cache_clear()
    yield
    kinds.kinds.cache_clear()
    sys.modules.pop("cda_tools.carriers.kinds.lines")


@pytest.mark.usefixtures("with_lines")
def test_a_file_is_all_that_opening_needs_of_a_new_carrier(tmp_path):
    data = b'#lines\n<ClinicalDocument xmlns="urn:hl7-org:v3"/>\n<html/>\n'
    assert kind_of(data) == "lines"
    assert [one.path for one in open_bytes(data, "a.txt")] == ["a.txt!1", "a.txt!2"]
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    found = list(read_all(path))
    assert [(one.carrier, one.header is not None) for one in found] == [
        ("lines", True),
        ("lines", False),
    ]


def test_every_kind_has_a_name_of_its_own_and_a_place_in_the_order():
    assert [kind.name for kind in kinds.kinds()] == ["xdm", "mail", "xds", "hl7v2"]
    assert len({kind.order for kind in kinds.kinds()}) == 4
    assert kind_named("cda") is None
    assert kind_named(None) is None
