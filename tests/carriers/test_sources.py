import io
import os
import sys

import pytest
from documents import document

from cda_tools.carriers.sources import Choice, Source, sources, standard_input
from cda_tools.carriers.walking import files
from cda_tools.errors import InputError


@pytest.fixture
def folder(tmp_path):
    """Return a folder of documents among other things."""
    for name in ("b.xml", "a.xml", "below/c.xml", "below/skip.xml", ".hidden/d.xml", "no-name"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(document())
    (tmp_path / "empty.xml").touch()
    (tmp_path / "README.md").write_text("# Nothing to read", encoding="utf-8")
    (tmp_path / "below" / "picture.png").write_bytes(b"\x89PNG\r\n")
    return tmp_path


def names(folder, found):
    return [os.path.relpath(one.path, folder).replace(os.sep, "/") for one in found]


def test_a_folder_gives_its_documents_sorted_and_passes_over_the_rest(folder):
    found = names(folder, sources([str(folder)]))
    assert found == ["a.xml", "b.xml", "below/c.xml", "below/skip.xml", "empty.xml", "no-name"]


def test_a_file_that_is_named_is_taken_whatever_it_is(folder):
    path = str(folder / "README.md")
    assert list(sources([path])) == [Source(path)]


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        (("*.xml",), (), ["a.xml", "b.xml", "below/c.xml", "below/skip.xml", "empty.xml"]),
        (("below/*",), ("*skip*",), ["below/c.xml"]),
        ((), ("below/*", "[ab].xml"), ["empty.xml", "no-name"]),
        (("a.xml", "no-*"), (), ["a.xml", "no-name"]),
        (("*.pdf",), (), []),
    ],
)
def test_patterns_choose_files(folder, include, exclude, expected):
    assert names(folder, sources([str(folder)], Choice(include, exclude))) == expected


def test_patterns_match_the_path_as_it_was_given_too(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    choice = Choice(exclude=(f"{folder.name}/below/*", "*/a.xml"))
    found = list(sources([folder.name], choice))
    assert names(folder.name, found) == ["b.xml", "empty.xml", "no-name"]


def test_the_report_is_no_document_of_its_own(folder):
    choice = Choice(but=(folder / "a.xml", folder / "below" / ".." / "b.xml"))
    assert "b.xml" not in names(folder, sources([str(folder)], choice))
    assert "b.xml" in names(
        folder, sources([str(folder)], Choice(but=(folder / "none" / "b.xml",)))
    )


def test_a_folder_that_cannot_be_read_is_left_for_reading_to_say_so(folder, monkeypatch):
    def refused(_):
        raise PermissionError(13, "refused")

    monkeypatch.setattr(os, "scandir", refused)
    (found,) = sources([str(folder)])
    assert found == Source(str(folder))
    (carried,) = found.open()
    with pytest.raises(InputError, match=r"dossier|refusé"):
        carried.data()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_back_to_a_folder_above_is_not_followed_for_ever(folder):
    (folder / "below" / "loop").symlink_to(folder, target_is_directory=True)
    assert len(list(files(folder))) == 6


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_in_a_folder_is_left_out_as_reading_it_may_never_end(folder):
    os.mkfifo(folder / "pipe")
    assert "pipe" not in names(folder, sources([str(folder)]))


def test_a_document_on_standard_input_is_told_by_its_content():
    data = document()
    (source,) = standard_input(io.BytesIO(data))
    assert source == Source("-", data)
    (carried,) = source.open()
    assert carried.data() == data


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_anything_else_on_standard_input_is_a_list_of_paths(folder, end):
    paths = [str(folder / "b.xml"), str(folder / "below"), "", str(folder / "été.xml")] * 200
    stream = io.BytesIO(os.fsencode(end.join(paths)))
    found = names(folder, standard_input(stream, Choice(exclude=("*skip.xml",))))
    assert found == ["b.xml", "below/c.xml", "été.xml"] * 200


def test_a_list_may_start_with_a_byte_order_mark_and_nothing_is_an_empty_document():
    assert list(standard_input(io.BytesIO(b"\n"))) == [Source("-", b"\n")]
    assert list(standard_input(io.BytesIO(b"\xef\xbb\xbfa.xml\n"))) == [Source("a.xml")]


def test_a_path_of_a_list_that_does_not_exist_is_a_finding_later(tmp_path):
    (source,) = standard_input(io.BytesIO(os.fsencode(tmp_path / "none.xml")))
    (carried,) = source.open()
    with pytest.raises(InputError, match="introuvable"):
        carried.data()
