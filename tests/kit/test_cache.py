"""Compiled kits are kept for their owner, and made again where they are damaged."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from documents_of_kits import failed, root, section, written

from cda_tools.kit import cache, compiling, kept
from cda_tools.kit.folder import open_folder
from cda_tools.kit.kit import Kit

DOCUMENT = written(section('<templateId root="1.1.1"/>'))


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv(kept.FOLDER, str(tmp_path / "cache"))


@pytest.fixture
def compiled(monkeypatch):
    """Return the list of the kits that were compiled, not taken from the cache."""
    found = []
    real = compiling.compile_kit
    monkeypatch.setattr(
        compiling, "compile_kit", lambda folder: found.append(folder) or real(folder)
    )
    return found


def entries():
    return sorted(
        path for path in kept.folder().rglob("*") if path.is_file() and path.parent.name != "values"
    )


def opened(copied):
    return Kit(open_folder(copied), "petit")


def test_a_kit_is_compiled_once(copied, compiled):
    first, second = opened(copied), opened(copied)
    assert len(compiled) == 1
    assert first.digest == second.digest
    assert first.sources == second.sources
    assert (first.layers, first.volets) == (second.layers, second.volets)
    assert failed(first, DOCUMENT, "modeles-ihe") == failed(second, DOCUMENT, "modeles-ihe") != []


def test_another_byte_of_a_schematron_is_another_kit(copied, compiled):
    digest = opened(copied).digest
    path = copied / "schematrons" / "include" / "sections" / "Conclusion.sch"
    path.write_text(path.read_text("utf-8").replace("999", "998"), "utf-8")
    assert opened(copied).digest != digest
    assert len(compiled) == 2


def test_other_ends_of_lines_are_the_same_kit(copied, compiled):
    digest = opened(copied).digest
    for path in copied.rglob("*.sch"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert opened(copied).digest == digest
    assert len(compiled) == 1


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("damage", [b"", b"{}", b"<a/>", None])
def test_a_damaged_entry_is_made_again(copied, compiled, number, damage):
    opened(copied)
    path = entries()[number]
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    assert failed(opened(copied), DOCUMENT, "modeles-ihe") != []
    assert len(compiled) == 2
    opened(copied)
    assert len(compiled) == 2


def test_where_nothing_can_be_written_a_kit_is_compiled_all_the_same(copied, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x", "utf-8")
    monkeypatch.setenv(kept.FOLDER, str(tmp_path / "file" / "below"))
    assert failed(opened(copied), DOCUMENT, "modeles-ihe") != []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_entries_are_readable_by_their_owner_alone(copied):
    opened(copied)
    assert len(entries()) == 3
    for path in (*entries(), entries()[0].parent):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_a_kit_that_is_forgotten_leaves_nothing(copied):
    opened(copied)
    cache.forget(open_folder(copied))
    assert entries() == []
    cache.forget(open_folder(copied))


def test_one_volet_after_the_other_and_none_say_what_each_says_alone(copied):
    def said(kit, volet):
        document = section("<code code='19005-8'/>") if volet != "none" else ""
        verdict = kit.check(root(written(document)), volet)
        return {number: outcome.fired for number, outcome in verdict.outcomes.items()}

    names = ("IMG-DEMO_2024.01", "none", "IMG-DEMO_2023.01", "IMG-DEMO_2024.01", "none")
    alone = {name: said(opened(copied), name) for name in names}
    kit = opened(copied)
    assert [said(kit, name) for name in names] == [alone[name] for name in names]
    assert len(alone["none"]) == 4
    assert len(alone["IMG-DEMO_2024.01"]) == 5


def test_a_run_whose_kit_is_in_the_cache_does_not_import_the_compiler(copied):
    opened(copied)
    code = (
        "import sys; from cda_tools import validate; from cda_tools.validation import Options;"
        "assert validate(sys.argv[1], Options(kit=sys.argv[2])).kit;"
        "print(*(one for one in sys.modules if one.startswith('cda_tools.kit.')))"
    )
    document = Path(__file__).resolve().parents[2] / "fixtures" / "gazelle" / "imagerie-v2.xml"
    command = [sys.executable, "-c", code, str(document), str(copied)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    loaded = ran.stdout.split()
    assert "cda_tools.kit.running" in loaded
    assert not {"cda_tools.kit.compiling", "cda_tools.kit.sheet"} & set(loaded)
