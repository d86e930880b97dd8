"""A folder gives its documents whatever stands among them, and says what it passed by."""

import io
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from documents import document
from make_metadata import announced, archive, submission

from cases.makers.carriers import CDA, V1
from cda_tools import read_all
from cda_tools.carriers import opening
from cda_tools.carriers.sources import standard_input
from cda_tools.carriers.walking import LeftOut, files
from cda_tools.cli import cli

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need a right there")
OFFICE = archive([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "f"
    folder.mkdir()
    for name in ("a.xml", "b.xml"):
        (folder / name).write_bytes(document())
    return folder


def walked(folder: Path) -> tuple[list[str], LeftOut]:
    left_out = LeftOut()
    found = [path.relative_to(folder).as_posix() for path in files(folder, left_out)]
    return found, left_out


@posix
def test_a_link_to_itself_or_to_nothing_is_one_document_that_cannot_be_read(folder: Path) -> None:
    (folder / "self").symlink_to("self")
    (folder / "gone").symlink_to("nowhere")
    assert walked(folder)[0] == ["a.xml", "b.xml", "gone", "self"]
    found = {Path(one.path).name: one for one in read_all(folder)}
    assert [found[name].header is not None for name in sorted(found)] == [True, True, False, False]
    assert "lien qui mène à lui-même" in found["self"].findings[0].message
    assert "introuvable" in found["gone"].findings[0].message


@posix
@pytest.mark.parametrize("target", ["pipe", "/dev/zero", "/dev/null"])
@pytest.mark.parametrize("name", ["c", "c.xml"])
def test_links_to_pipes_and_devices_are_left_out_and_counted(
    folder: Path, target: str, name: str
) -> None:
    os.mkfifo(folder.parent / "pipe")
    (folder / name).symlink_to(Path("..") / target)
    found, left_out = walked(folder)
    assert found == ["a.xml", "b.xml"]
    assert str(left_out) == "1 fichier laissé de côté : 1 tube ou périphérique"


@posix
def test_folders_that_links_multiply_are_walked_once(folder: Path) -> None:
    before = folder
    for level in range(30):
        below = folder.parent / f"level{level}"
        below.mkdir()
        (below / "d.xml").write_bytes(document())
        for name in ("x", "y"):
            (before / name).symlink_to(below, target_is_directory=True)
        before = below
    found, left_out = walked(folder)
    assert len(found) == 2 + 30
    assert left_out.counts == {"dossiers déjà parcourus": 30}


def test_a_folder_of_any_depth_is_walked(folder: Path) -> None:
    below = folder
    for _ in range(400):
        below /= "d"
        below.mkdir()
    (below / "c.xml").write_bytes(document())
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(200)
    try:
        found, _ = walked(folder)
    finally:
        sys.setrecursionlimit(limit)
    assert len(found) == 3


def test_a_file_that_cannot_be_read_is_named_whatever_its_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "sans-suffixe").write_bytes(document())
    (folder / "texte.txt").write_text("rien")
    real = Path.open

    def refused(path: Path, *args: object, **options: object) -> object:
        if path.name == "sans-suffixe":
            raise PermissionError(13, "refused")
        return real(path, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refused)
    found, left_out = walked(folder)
    assert found == ["a.xml", "b.xml", "sans-suffixe"]
    assert left_out.counts == {".txt": 1}
    (told,) = (one for one in read_all(folder) if one.header is None)
    assert "accès refusé" in told.findings[0].message


def test_an_ordinary_zip_is_left_out_and_an_archive_of_documents_is_not(folder: Path) -> None:
    (folder / "lettre.docx").write_bytes(OFFICE)
    (folder / "outil.jar").write_bytes(archive([("META-INF/MANIFEST.MF", b"x")]))
    (folder / "photos.zip").write_bytes(archive([("a.png", b"\x89PNG")]))
    (folder / "documents.zip").write_bytes(archive([("x/c.xml", CDA)]))
    (folder / "envoi.dat").write_bytes(archive([("IHE_XDM/SUBSET01/METADATA.XML", b"<a/>")]))
    (folder / "abime.zip").write_bytes(OFFICE[:-40])
    found, left_out = walked(folder)
    assert found == ["a.xml", "abime.zip", "b.xml", "documents.zip", "envoi.dat"]
    assert left_out.counts == {"archives sans document": 3}


def test_pages_and_other_xml_of_a_folder_are_no_documents(folder: Path) -> None:
    (folder / "page.html").write_text("<html><body/></html>")
    (folder / "feuille.xsl").write_text("<xsl:stylesheet xmlns:xsl='x'/>")
    (folder / "image.svg").write_text("<svg/>")
    (folder / "guide.md").write_text("Un message : MSH|^~\\&|RIS|\n")
    (folder / "cda.dat").write_bytes(document())
    (folder / "message").write_bytes(b"MSH|^~\\&|RIS|\r")
    found, left_out = walked(folder)
    assert found == ["a.xml", "b.xml", "cda.dat", "message"]
    assert left_out.counts == {".html": 1, ".xsl": 1, ".svg": 1, ".md": 1}


def test_an_unpacked_archive_does_not_hide_what_lies_beside_it(folder: Path) -> None:
    subset = folder / "IHE_XDM" / "SUBSET01"
    subset.mkdir(parents=True)
    (subset / "METADATA.XML").write_bytes(submission(announced(V1, CDA, "DOC0001.XML")))
    (subset / "DOC0001.XML").write_bytes(CDA)
    (folder / "INDEX.HTM").write_text("<html/>")
    (folder / "README.TXT").write_text("x")
    (folder / "m.hl7").write_bytes(b"MSH|^~\\&|RIS|\r")
    found, left_out = walked(folder)
    assert found == [".", "a.xml", "b.xml", "m.hl7"]
    assert left_out.total == 0
    paths = [one.path for one in read_all(folder)]
    assert len(paths) == len(set(paths)) == 4
    assert paths[0].endswith("f!IHE_XDM/SUBSET01/DOC0001.XML")


def test_a_list_with_paths_that_cannot_be_goes_on(folder: Path) -> None:
    good = os.fsencode(folder / "a.xml")
    bad = [b"/tmp/" + 400 * b"a", b"nulle-part.xml", good + b"/b.xml"]
    lines = b"\n".join([good, *bad, good])
    found = [one for source in standard_input(io.BytesIO(lines)) for one in source.open()]
    assert len(found) == 5
    read = list(map(opening.kind_of, (one.start for one in found)))
    assert [kind is not None for kind in read] == [True, False, False, False, True]


def test_each_command_says_what_a_folder_held_that_is_no_document(folder: Path) -> None:
    (folder / "lettre.docx").write_bytes(OFFICE)
    (folder / "a.pdf").write_bytes(b"%PDF-1.4")
    (folder / ".caché").write_bytes(b"x")
    told = "3 fichiers laissés de côté : 1 .pdf, 1 archive sans document, 1 caché"
    for command in ("validate", "line", "inspect", "chain"):
        result = CliRunner().invoke(cli, [command, str(folder)])
        assert told in result.stderr
    (folder / "a.xml").unlink()
    (folder / "b.xml").unlink()
    result = CliRunner().invoke(cli, ["line", str(folder)])
    assert result.exit_code == 2
    assert f"aucun document trouvé : {told}" in result.stderr
    result = CliRunner().invoke(cli, ["validate", str(folder), "--include", "*.pdf"])
    assert "aucun document trouvé" in result.stderr


def test_patterns_are_counted_too(folder: Path) -> None:
    result = CliRunner().invoke(cli, ["validate", str(folder), "--exclude", "b.xml"])
    assert "1 écarté par --include ou --exclude" in result.stderr
    assert "laissés de côté" in result.stdout
