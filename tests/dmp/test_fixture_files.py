"""The files of fixtures/dmp are in step with their generator."""

import build_visits

from conftest import ROOT


def test_the_files_are_in_step_with_their_generator() -> None:
    folder = ROOT / "fixtures" / "dmp"
    made = build_visits.files()
    written = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in (".xml", ".json")
    }
    assert written == made
