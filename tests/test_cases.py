"""The case files are what their makers make."""

import cases
from cda_tools.rules import catalogue


def test_the_case_files_are_in_step_with_their_makers():
    assert cases.differences() == [], "python -m tests.cases"


def test_a_changed_a_missing_and_a_left_over_file_are_told(monkeypatch, tmp_path):
    made = {f"tests/cases/xml/{name}": b"<a/>" for name in ("A.xml", "B.xml", "C.xml")}
    monkeypatch.setattr(cases, "made", lambda: made)
    monkeypatch.setattr(cases, "ROOT", tmp_path)
    monkeypatch.setattr(cases, "FOLDER", tmp_path / "tests" / "cases")
    cases.write()
    assert cases.differences() == []
    folder = tmp_path / "tests" / "cases" / "xml"
    (folder / "A.xml").write_bytes(b"<b/>")
    (folder / "B.xml").unlink()
    (folder / "D.xml").write_bytes(b"<a/>")
    assert [line.partition("xml/")[2] for line in cases.differences()] == [
        "D.xml: not made by any maker",
        "A.xml: not what its maker makes",
        "B.xml: missing",
    ]
    cases.write()
    assert cases.differences() == []


def test_each_case_is_named_after_its_rule_and_verdict_in_the_folder_of_its_layer():
    layers = {rule.id: rule.layer for rule in catalogue.rules()}
    of_rules = [folder for folder in cases.layers() if folder.name in set(layers.values())]
    assert len(of_rules) > 7
    for layer in of_rules:
        for path in layer.iterdir():
            if path.name not in cases.BY_HAND:
                rule, verdict, _ = path.name.rsplit("-", 2)
                assert (layers[rule], verdict in ("pass", "fail")) == (layer.name, True), path
