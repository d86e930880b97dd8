"""What is kept between two visits is read back, and another file is refused in a line."""

import json
from pathlib import Path

import pytest

from cda_tools.dmp.memory import Memory, Remembered, codes_of, read_memory, to_json
from cda_tools.errors import InputError
from cda_tools.model.carriage import RegistryEntry
from cda_tools.model.header import Code


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    row = Remembered("1.2^A", "u", "l", "2", "Archived", ("N", "MASQUE_PS"), ("1.3",))
    memory = Memory("20260302081500", (row, Remembered("1.4")))
    path = tmp_path / "visite.json"
    path.write_text(json.dumps(to_json(memory)), "utf-8")
    assert read_memory(path) == memory


def test_only_a_replaced_document_says_by_what() -> None:
    assert "replaced" not in to_json(Memory(None, (Remembered("1.4"),)))
    replaced = to_json(Memory(None, (Remembered("1.4", replaced_by=("1.5",)),)))
    assert replaced["replaced"] == {"1.4": ["1.5"]}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"documents": 7}',
        '{"documents": [7]}',
        '{"documents": [{}]}',
        '{"documents": [{"unique_id": ""}]}',
        '{"documents": [{"unique_id": 7}]}',
        '{"documents": [{"unique_id": "1.2", "version": 2}]}',
        '{"documents": [{"unique_id": "1.2", "confidentiality": [7]}]}',
        '{"documents": [{"unique_id": "1.2"}], "replaced": {"1.2": [7]}}',
        '{"documents": [], "replaced": [7]}',
        '{"documents": [], "date_appel_dmp": "hier"}',
        '{"documents": [], "date_appel_dmp": 20260302081500}',
        "[" * 100_000,
    ],
)
def test_another_file_is_refused_in_a_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "visite.json"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match="ce n'est pas le fichier d'une visite"):
        read_memory(path)


def test_a_file_that_is_not_there_or_no_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="introuvable"):
        read_memory(tmp_path / "absent.json")
    path = tmp_path / "visite.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="ce n'est pas le fichier d'une visite"):
        read_memory(path)


def test_the_codes_of_an_entry_are_told_in_one_order() -> None:
    for given in (
        ["MASQUE_PS", "N", "INVISIBLE_REP_LEGAUX"],
        ["INVISIBLE_REP_LEGAUX", "MASQUE_PS", "N"],
    ):
        entry = RegistryEntry(confidentiality=tuple(Code(one) for one in given))
        assert codes_of(entry) == ("N", "INVISIBLE_REPRESENTANTS_LEGAUX", "MASQUE_PS")
