"""An index follows its folders, dies without loss, and says nothing of patients."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from documents import document

from cda_tools.carriers.sources import files
from cda_tools.chains import build
from cda_tools.document import read_header
from cda_tools.errors import InputError
from cda_tools.index import Index, Progress, is_index, update
from cda_tools.index import updating as updating_module


def write(folder: Path, name: str, number: int, **parts: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(document(id=f'<id root="1.2.250.1.999.1.{number}"/>', **parts))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(3):
        write(tmp_path / "store", f"{number}.xml", number)
    return tmp_path / "store"


def run(folder: Path, **options) -> Progress:
    with Index(folder.parent / "index.sqlite", create=True) as index:
        return update(index, files(folder), roots=[folder], **options)


def paths(folder: Path) -> list[str]:
    with Index(folder.parent / "index.sqlite") as index:
        return [Path(kept.path).name for kept in index.documents()]


def test_new_then_the_same(folder):
    assert run(folder) == Progress(new=3, documents=3)
    assert run(folder) == Progress(same=3)
    assert paths(folder) == ["0.xml", "1.xml", "2.xml"]


def test_a_changed_file_is_read_again(folder):
    run(folder)
    changed = write(folder, "1.xml", 71)
    os.utime(changed, ns=(0, 1))
    assert run(folder) == Progress(changed=1, same=2, documents=1)
    with Index(folder.parent / "index.sqlite") as index:
        ids = [str(kept.header.id) for kept in index.documents()]
    assert ids[1] == "1.2.250.1.999.1.71"


def test_gone_and_moved_files(folder):
    run(folder)
    (folder / "0.xml").unlink()
    (folder / "1.xml").rename(folder / "moved.xml")
    assert run(folder) == Progress(new=1, same=1, gone=2, documents=1)
    assert paths(folder) == ["2.xml", "moved.xml"]
    with sqlite3.connect(folder.parent / "index.sqlite") as base:
        assert base.execute("SELECT count(*) FROM documents").fetchone() == (2,)
        assert base.execute("SELECT count(DISTINCT document) FROM mentions").fetchone() == (2,)
    base.close()


def test_what_lies_outside_of_the_paths_given_is_left_alone(folder):
    write(folder.parent / "store-2", "z.xml", 9)
    run(folder)
    with Index(folder.parent / "index.sqlite") as index:
        other = folder.parent / "store-2"
        assert update(index, files(other), roots=[other]).gone == 0
    assert sorted(paths(folder)) == ["0.xml", "1.xml", "2.xml", "z.xml"]


def test_a_document_that_cannot_be_read_is_kept_with_its_finding(folder):
    (folder / "bad.xml").write_text("<ClinicalDocument", encoding="utf-8")
    assert run(folder).documents == 4
    with Index(folder.parent / "index.sqlite") as index:
        bad = [kept for kept in index.documents() if kept.header is None]
    assert [finding.rule for finding in bad[0].findings] == ["XML-01"]


def test_an_answer_that_lists_no_document_leaves_the_index_whole(tmp_path, gazelle):
    answer = gazelle.parent / "dmp" / "visite-2" / "1-lots.xml"
    with Index(tmp_path / "index.sqlite", create=True) as index:
        done = update(index, [answer, gazelle / "imagerie-v1.xml"])
        assert done.documents == 1
        assert [one.path for one in index.documents()] == [str(gazelle / "imagerie-v1.xml")]


def test_carriers_are_indexed_by_what_is_in_them(folder, gazelle):
    archive = shutil.copy(gazelle / "carriers" / "mssante.IHE_XDM.ZIP", folder)
    shutil.copy(gazelle / "carriers" / "mdm-t10.hl7", folder)
    run(folder)
    with Index(folder.parent / "index.sqlite") as index:
        received = list(index.documents())
    inside = [one for one in received if one.path.startswith(f"{archive}!")]
    assert inside
    assert {one.carrier for one in received} >= {"cda", "xdm", "hl7v2"}
    message = next(one for one in received if one.carrier == "hl7v2")
    assert message.context.action.value == "replace"


def test_an_unpacked_archive_changes_with_its_files(folder, tmp_path, gazelle):
    shutil.unpack_archive(gazelle / "carriers" / "mssante.IHE_XDM.ZIP", folder / "x", "zip")
    run(folder)
    assert run(folder).changed == 0
    inside = next((folder / "x").rglob("DOC0001.XML"))
    os.utime(inside, ns=(0, 1))
    assert run(folder).changed == 1


def test_the_index_itself_is_no_document(folder):
    inside = folder / "index.sqlite"
    for _ in range(2):
        with Index(inside, create=True) as index:
            done = update(index, [*files(folder), inside], roots=[folder])
    assert done == Progress(same=3)


def test_headers_come_back_but_for_the_patient(folder):
    run(folder)
    with Index(folder.parent / "index.sqlite") as index:
        kept = next(index.documents())
    original = read_header(folder / "0.xml")
    assert kept.header.title == original.title
    assert kept.header.authors == original.authors
    assert kept.header.patient.name is None
    assert kept.header.patient.birth_time is None
    assert kept.header.patient.ids != original.patient.ids


def test_no_trace_of_the_patient_is_in_the_file(folder, gazelle):
    shutil.copy(gazelle / "auteur-patient.xml", folder)
    run(folder)
    content = (folder.parent / "index.sqlite").read_bytes()
    author = read_header(gazelle / "auteur-patient.xml")
    words = ["255069900000034", "2550699000000", "QUENOUILLE", "FLORIANE", "19550602"]
    words += [one.extension for one in author.patient.ids if one.extension]
    words += [*author.patient.name.family, *author.patient.name.given]
    for word in words:
        assert word.encode() not in content, word


def test_chains_from_the_index_are_those_of_the_documents(gazelle, tmp_path):
    with Index(tmp_path / "index.sqlite", create=True) as index:
        update(index, files(gazelle), roots=[gazelle])
        kept = list(index.documents())
    plain = build(kept)
    assert {chain.current for chain in plain.chains} != {None}
    rules = sorted({found.finding.rule for found in plain.all_findings})
    assert rules == ["CHN-01", "CHN-02", "CHN-05", "CHN-09"]


def test_patients_compare_under_their_pseudonyms(tmp_path):
    store = tmp_path / "store"
    bob = "<recordTarget><patientRole><id root='1.2.250.1.213.1.4.10' extension='{}'/>"
    bob += "</patientRole></recordTarget>"
    local = bob.replace("1.2.250.1.213.1.4.10", "1.2.250.1.998")
    root_only = (
        "<recordTarget><patientRole><id root='1.2.250.1.998.7'/></patientRole></recordTarget>"
    )
    same_set = {"set_id": '<setId root="1.2.250.1.999.5"/>'}
    for number, patient in enumerate(
        [
            bob.format("255069900000034"),
            bob.format("2550699000000"),
            bob.format("155069900000034"),
            local.format("7"),
            local.format("7"),
            local.format("8"),
            root_only,
            root_only,
        ]
    ):
        version = f'<versionNumber value="{number}"/>'
        write(store, f"{number}.xml", number, patient=patient, version=version, **same_set)
    run(store)
    with Index(tmp_path / "index.sqlite") as index:
        chains = build(index.documents())
    together = [[Path(one.path).stem for one in chain.documents] for chain in chains.chains]
    assert together == [["0", "1"], ["2"], ["3", "4"], ["5"], ["6", "7"]]


def test_looking_up_what_a_document_mentions(folder):
    write(
        folder,
        "v2.xml",
        50,
        set_id='<setId root="1.2.250.1.999.77"/>',
        related='<relatedDocument typeCode="RPLC"><parentDocument>'
        '<id root="1.2.250.1.999.1.2"/></parentDocument></relatedDocument>',
    )
    run(folder)
    with Index(folder.parent / "index.sqlite") as index:

        def found(*keys):
            return sorted(Path(one.path).name for one in index.mentioning(keys))

        assert found("1.2.250.1.999.1.2") == ["2.xml", "v2.xml"]
        assert found("1.2.250.1.999.77", "1.2.250.1.999.1.50") == ["v2.xml"]
        assert found("1.2.3") == []


def test_nothing_is_reported_before_it_is_kept(folder, monkeypatch):
    monkeypatch.setattr(updating_module, "_BATCH_FILES", 1)
    told: list[int] = []

    def report(progress: Progress) -> None:
        with sqlite3.connect(folder.parent / "index.sqlite") as other:
            (count,) = other.execute("SELECT count(*) FROM files").fetchone()
        other.close()
        assert count >= progress.new
        told.append(count)

    run(folder, report=report)
    assert told == [1, 2, 3, 3]


def test_an_error_in_the_middle_of_writing_leaves_what_was_there(folder):
    run(folder)
    with Index(folder.parent / "index.sqlite") as index:

        def fail_in_the_middle() -> None:
            with index.writing():
                index.put(str(folder / "0.xml"), "signature", [])
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail_in_the_middle()
        assert len(list(index.documents())) == 3


PROGRAM = """
import sys
from pathlib import Path
from cda_tools.carriers.sources import files
from cda_tools.index import Index, update, updating
updating._BATCH_FILES = 10
with Index(Path(sys.argv[2]), create=True) as index:
    def report(progress):
        print(progress.new + progress.same, flush=True)
    update(index, files(Path(sys.argv[1])), roots=[Path(sys.argv[1])], report=report)
"""


def test_a_killed_run_loses_nothing_that_it_reported(tmp_path):
    store, base = tmp_path / "store", tmp_path / "index.sqlite"
    for number in range(400):
        write(store, f"{number:03}.xml", number)
    reported = 0
    for _ in range(3):
        arguments = [sys.executable, "-c", PROGRAM, str(store), str(base)]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
            for _ in range(3):
                reported = max(reported, int(process.stdout.readline() or 0))
            # A signal that no program can catch; on Windows, its equivalent.
            process.kill()
        with Index(base) as index:
            assert len(list(index.documents())) >= reported
        assert reported
    with Index(base, create=True) as index:
        done = update(index, files(store), roots=[store])
        assert done.new + done.same == 400
        assert done.same >= reported
        assert len(list(index.documents())) == 400


def test_a_file_that_is_no_index_is_refused(tmp_path):
    text = tmp_path / "text.xml"
    text.write_text("<a/>", encoding="utf-8")
    with pytest.raises(InputError, match="illisible"):
        Index(text)
    other = tmp_path / "other.sqlite"
    base = sqlite3.connect(other)
    base.execute("CREATE TABLE a (b)")
    base.commit()
    base.close()
    assert is_index(other)
    assert not is_index(text)
    for create in (False, True):
        with pytest.raises(InputError, match="n'est pas un index"):
            Index(other, create=create)
    with pytest.raises(InputError, match="introuvable"):
        Index(tmp_path / "none.sqlite")
    with pytest.raises(InputError, match="illisible"):
        Index(tmp_path / "no" / "folder.sqlite", create=True)
    assert not is_index(tmp_path / "none.sqlite")


def test_an_index_of_another_version_is_refused(folder):
    run(folder)
    base = sqlite3.connect(folder.parent / "index.sqlite")
    base.execute("PRAGMA user_version = 99")
    base.close()
    with pytest.raises(InputError, match="autre version"):
        Index(folder.parent / "index.sqlite")


def test_a_damaged_header_is_one_clear_error(folder):
    run(folder)
    base = sqlite3.connect(folder.parent / "index.sqlite")
    base.execute("UPDATE documents SET header = '{\"nothing\": 1}'")
    base.commit()
    base.close()
    with (
        Index(folder.parent / "index.sqlite") as index,
        pytest.raises(InputError, match="endommagé"),
    ):
        list(index.documents())


def test_an_index_in_use_says_so(folder, monkeypatch):
    run(folder)
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, **{**k, "timeout": 0.05}))
    with Index(folder.parent / "index.sqlite") as first, first.writing():
        first.forget([1])
        second = Index(folder.parent / "index.sqlite")
        with second, pytest.raises(InputError, match="occupé"), second.writing():
            pass


def test_a_file_that_goes_while_it_is_read_is_a_finding(folder, monkeypatch):
    gone = folder / "gone.xml"
    with Index(folder.parent / "index.sqlite", create=True) as index:
        done = update(index, [gone], roots=[folder])
        assert done.new == 1
        (kept,) = index.documents()
    assert [finding.rule for finding in kept.findings] == ["XML-10"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names there are Unicode")
def test_a_name_in_another_encoding(folder):
    odd = os.fsencode(folder) + b"/caf\xe9.xml"
    Path(os.fsdecode(odd)).write_bytes((folder / "0.xml").read_bytes())
    run(folder)
    assert run(folder) == Progress(same=4)
    assert os.fsdecode(b"caf\xe9.xml") in paths(folder)


@pytest.mark.skipif(os.name != "posix", reason="no file modes there")
def test_an_index_is_for_its_owner_alone(folder: Path) -> None:
    run(folder)
    assert (folder.parent / "index.sqlite").stat().st_mode & 0o777 == 0o600


def test_messages_without_document_are_not_kept_for_an_adt_names_its_patient(gazelle, tmp_path):
    folder = tmp_path / "messages"
    folder.mkdir()
    for name in ("venues-juin-2025.hl7", "reponses-juin-2025.hl7", "mdm-t02.hl7"):
        shutil.copy(gazelle / "carriers" / name, folder)
    with Index(tmp_path / "index.sqlite", create=True) as index:
        done = update(index, files(folder), roots=[folder])
        assert (done.new, done.documents) == (3, 1)
        assert [one.carrier for one in index.documents()] == ["hl7v2"]
    assert b"VO000417" not in (tmp_path / "index.sqlite").read_bytes()
