"""The files of a kit: found whatever the case, and only inside it."""

import pytest

from cda_tools.errors import InputError
from cda_tools.kit.folder import Folder, Unreadable, open_folder


def test_names_are_found_with_case_unicode_form_and_percent_encoding_forgiven(tmp_path):
    (tmp_path / "Entête").mkdir()
    (tmp_path / "Entête" / "A b.xml").write_text("<a/>", "utf-8")
    folder = Folder(tmp_path)
    for name in ("Entête/A b.xml", "entête/a%20B.xml", "Ente\u0302te/A b.xml"):
        assert folder.xml(name).tag == "a"
    assert set(folder.forgiven) == {"entête/a%20B.xml", "Ente\u0302te/A b.xml"}


def test_a_name_that_is_there_is_taken_before_one_in_another_case(tmp_path):
    (tmp_path / "a.xml").write_text("<lower/>", "utf-8")
    (tmp_path / "A.xml").write_text("<upper/>", "utf-8")
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("this file system has one file for both names")
    assert Folder(tmp_path).xml("A.xml").tag == "upper"
    assert Folder(tmp_path).xml("a.xml").tag == "lower"


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/passwd", "%2e%2e/x", "a/%2e%2e/x"])
def test_no_name_leads_out_of_the_kit(tmp_path, name):
    (tmp_path / "kit" / "a").mkdir(parents=True)
    (tmp_path / "x").write_text("<a/>", "utf-8")
    folder = Folder(tmp_path / "kit")
    assert folder.find(name) is None
    with pytest.raises(Unreadable):
        folder.read(folder.resolve(name, "a.sch"))


def test_a_link_out_of_the_kit_is_no_file_of_it(tmp_path):
    (tmp_path / "kit").mkdir()
    (tmp_path / "secret.xml").write_text("<a/>", "utf-8")
    try:
        (tmp_path / "kit" / "a.xml").symlink_to(tmp_path / "secret.xml")
    except OSError:
        pytest.skip("links cannot be made here")
    assert Folder(tmp_path / "kit").find("a.xml") is None


def test_a_kit_is_found_at_its_root_or_up_to_two_folders_below(tmp_path):
    root = tmp_path / "a" / "b"
    (root / "Schematrons").mkdir(parents=True)
    for path in (root, root.parent, tmp_path):
        assert open_folder(path).root == root.resolve()


@pytest.mark.parametrize(("folders", "reason"), [((), "aucun dossier"), (("a", "b"), "plusieurs")])
def test_no_kit_or_several_are_an_error_that_says_so(tmp_path, folders, reason):
    for name in folders:
        (tmp_path / name / "schematrons").mkdir(parents=True)
    with pytest.raises(InputError, match=reason):
        open_folder(tmp_path)


def test_a_file_too_big_for_a_kit_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("cda_tools.kit.folder.LARGEST", 3)
    (tmp_path / "a.xml").write_text("<a/>", "utf-8")
    with pytest.raises(Unreadable, match="volumineux"):
        Folder(tmp_path).read("a.xml")
