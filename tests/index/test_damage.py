"""A damaged index is one line and exit code 2, and the file is left as it was."""

import os
import random
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from documents import document

from cda_tools.cli import cli
from cda_tools.errors import CdaToolsError
from cda_tools.index import Index, update

DAMAGES = {
    "no secret": "DELETE FROM secret",
    "secret of text": "UPDATE secret SET key = 'abc'",
    "short secret": "UPDATE secret SET key = x'00'",
    "context of another kind": "UPDATE documents SET context = '[]'",
    "context of numbers": "UPDATE documents SET context = '5'",
    "number for a root": """UPDATE documents SET header = '{"id":{"root":5}}'""",
    "number for a title": """UPDATE documents SET header = '{"title":5}'""",
    "text for a list": """UPDATE documents SET header = '{"authors":"abc"}'""",
    "text for an object": """UPDATE documents SET header = '{"id":"abc"}'""",
    "unknown field": """UPDATE documents SET header = '{"none":1}'""",
    "unknown kind": """UPDATE documents SET header = '{"authors":[{"kind":"none"}]}'""",
    "no header and nothing else": "UPDATE documents SET header = NULL",
    "no JSON": "UPDATE documents SET header = 'abc'",
    "deep JSON": f"UPDATE documents SET header = '{'[' * 100_000}'",
    "digest of bytes": "UPDATE documents SET digest = x'00'",
    "carrier of numbers": "UPDATE documents SET carrier = x'00'",
    "path of text": "UPDATE files SET path = 5",
    "findings of another kind": "UPDATE documents SET findings = '{}x'",
    "finding without rule": "UPDATE documents SET findings = '[[1]]'",
    "finding of no rule": (
        """UPDATE documents SET findings = '[["NO-1","error","xml",null,null,{},null]]'"""
    ),
    "finding without fields": (
        """UPDATE documents SET findings = '[["XML-07","error","xml",null,null,{},null]]'"""
    ),
    "no table": "DROP TABLE documents",
    "another version": "PRAGMA user_version = 99",
    "another program": "PRAGMA application_id = 5",
}


@pytest.fixture
def index(tmp_path: Path) -> Path:
    (tmp_path / "a.xml").write_bytes(document())
    with Index(tmp_path / "i.sqlite", create=True) as opened:
        update(opened, [tmp_path / "a.xml"])
    return tmp_path / "i.sqlite"


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_one_line(index: Path, damage: str) -> None:
    connection = sqlite3.connect(index)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(DAMAGES[damage])
    connection.commit()
    connection.close()
    before = index.read_bytes()
    result = CliRunner().invoke(cli, ["line", str(index)])
    assert result.exit_code == 2
    assert result.stderr.startswith("cda-tools : ")
    assert result.stderr.count("\n") == 1
    assert index.read_bytes() == before


def test_a_mention_of_a_document_that_is_gone_is_damage(index: Path) -> None:
    connection = sqlite3.connect(index)
    connection.execute("PRAGMA foreign_keys = OFF")
    (key,) = connection.execute("SELECT key FROM mentions").fetchone()
    connection.execute("DELETE FROM documents")
    connection.commit()
    connection.close()
    with Index(index) as opened, pytest.raises(CdaToolsError, match="endommagé"):
        opened.mentioning([key])


def test_random_damage_never_raises_anything_else(index: Path, tmp_path: Path) -> None:
    whole = index.read_bytes()
    chance = random.Random(14)
    copy = tmp_path / "copy.sqlite"
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 40)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        copy.write_bytes(data)
        try:
            with Index(copy) as opened:
                list(opened.documents())
                opened.files()
                opened.signatures()
        except CdaToolsError as error:
            assert "\n" not in str(error)


def test_a_folder_that_cannot_be_read_for_a_moment_is_not_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cda_tools.carriers.walking import files  # noqa: PLC0415

    store = tmp_path / "store"
    (store / "closed").mkdir(parents=True)
    (store / "a.xml").write_bytes(document())
    (store / "closed" / "b.xml").write_bytes(document())
    real = os.scandir

    def refused(path: object) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "refused")
        return real(path)  # type: ignore[call-overload]

    with Index(tmp_path / "i.sqlite", create=True) as index:
        update(index, files(store), roots=[store])
        monkeypatch.setattr(os, "scandir", refused)
        done = update(index, files(store), roots=[store])
        assert done.gone == 0
        assert len(index.files()) == 3
        monkeypatch.undo()
        assert update(index, files(store), roots=[store]).gone == 1
        assert len(index.files()) == 2


INS = "255069900000034"


@pytest.mark.parametrize(
    "part",
    [
        {"id": f'<id root="1.2.250.1.999.{INS}"/>'},
        {"id": f'<id root="1.2.250.1.999" extension="{INS}"/>'},
        {"set_id": f'<setId root="1.2.250.1.999" extension="A{INS[:13]}"/>'},
        {
            "related": '<relatedDocument typeCode="RPLC"><parentDocument>'
            f'<id root="1.2.3" extension="{INS}"/></parentDocument></relatedDocument>'
        },
        {"title": f"<title>Lettre de {INS}</title>"},
    ],
)
def test_what_looks_like_an_ins_is_nowhere_in_an_index(
    tmp_path: Path, part: dict[str, str]
) -> None:
    (tmp_path / "a.xml").write_bytes(document(**part))
    with Index(tmp_path / "i.sqlite", create=True) as index:
        update(index, [tmp_path / "a.xml"])
        (kept,) = index.documents()
    assert kept.header is not None
    assert INS[:13].encode() not in (tmp_path / "i.sqlite").read_bytes()
