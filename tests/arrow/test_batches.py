"""Rows of Arrow are the rows of the command line."""

import json
import pickle
import re
from functools import partial

import pyarrow as pa
import pytest
from tables import INPUT, as_jsonl, batches, printed, rows, validated

from cda_tools.arrow import (
    HEADERS,
    LINES,
    VALIDATION,
    Work,
    header_batches,
    line_batches,
    output_schema,
    validate_batches,
)
from cda_tools.arrow import batches as module
from cda_tools.reading.safexml import Limits
from cda_tools.validation import Options
from conftest import ROOT

FUNCTIONS = {VALIDATION: validate_batches, HEADERS: header_batches, LINES: line_batches}
SECRET = b"a key of the tests, of 32 bytes."


@pytest.fixture(scope="module")
def files():
    folder = ROOT / "fixtures" / "gazelle"
    carriers = [folder / "carriers" / name for name in ("mdm-t02.hl7", "mssante.IHE_XDM.ZIP")]
    return [*sorted(folder.glob("*.xml")), *carriers]


def test_verdicts_are_those_of_validate(files):
    found = rows(validate_batches(batches(files)))
    assert [as_jsonl(row) for row in found] == validated(files)


def test_options_go_with_the_work(files):
    work = Work(Options(profile="pre-1.16", edition="2025-02"))
    found = rows(validate_batches(batches(files), work))
    wanted = validated(files, "--profile=pre-1.16", "--edition=2025-02")
    assert [as_jsonl(row) for row in found] == wanted


def test_lines_are_those_of_line_for_that_file(files):
    found = rows(line_batches(batches(files)))
    wanted = [one for path in files for one in json.loads(printed("line", "--format=json", path))]
    assert len(found) == len(wanted)
    for row, one in zip(found, wanted, strict=True):
        for name in ("path", "carrier", "line", "id"):
            assert row[name] == one[name]
        for name, value in (one["fields"] or {}).items():
            assert row[name] == value
        assert [f["rule"] for f in row["findings"]] == [f["rule"] for f in one["findings"]]


def test_headers_are_those_of_inspect(files):
    # A header is read to its end alone: what is cut after it is a document's, not a header's.
    files = [path for path in files if path.name != "faux-xml-tronque.xml"]
    found = rows(header_batches(batches(files)))
    wanted = json.loads(printed("inspect", "--format=json", *files))
    assert [row["path"] for row in found] == [one["path"] for one in wanted]
    for row, one in zip(found, wanted, strict=True):
        for name in ("id", "set_id", "type", "title", "authors", "language", "templates", "line"):
            assert row[name] == one[name], (row["path"], name)
        assert row["version"] == (None if one["version"] is None else str(one["version"]))


def test_a_date_is_a_moment_and_what_was_written(files):
    found = {row["path"].rpartition("/")[2]: row for row in rows(header_batches(batches(files)))}
    row = found["imagerie-v2.xml"]
    assert row["date"].isoformat() == "2025-05-14T08:20:00+00:00"
    assert row["date_written"] == "20250514102000+0200"
    assert found["faux-date-impossible.xml"]["date"] is None
    assert found["faux-date-impossible.xml"]["date_written"]


def test_no_identity_is_in_a_row(files, gazelle):
    text = json.dumps(
        [
            rows(header_batches(batches(files), Work(secret=SECRET))),
            rows(header_batches(batches(files))),
            rows(validate_batches(batches(files))),
        ],
        default=str,
    )
    assert "FICTIF" not in text
    assert not re.search(r"[12]\d{4}99999", text), "an INS of the fixtures"


def test_patients_are_hashed_under_the_secret_alone(files):
    def patients(secret):
        found = rows(header_batches(batches(files), Work(secret=secret)))
        return [row["patients"] for row in found]

    assert patients(None) == [None] * len(patients(None))
    assert patients(SECRET) == patients(SECRET)
    assert patients(SECRET) != patients(bytes(reversed(SECRET)))
    assert any(patients(SECRET))


@pytest.mark.parametrize("schema", FUNCTIONS, ids=lambda schema: schema.names[1])
def test_every_row_has_the_published_schema_and_other_columns_pass_through(files, schema):
    given = [
        batch.append_column("stay", pa.array(range(batch.num_rows))) for batch in batches(files)
    ]
    found = list(FUNCTIONS[schema](given))
    assert {batch.schema for batch in found} == {output_schema(given[0].schema, schema)}
    for row in rows(found):
        assert row["stay"] is not None


def test_a_column_of_a_name_of_ours_is_refused(files):
    given = [
        batch.append_column("valid", pa.array([1] * batch.num_rows)) for batch in batches(files)
    ]
    with pytest.raises(ValueError, match="valid"):
        list(validate_batches(given))


@pytest.mark.parametrize("schema", FUNCTIONS, ids=lambda schema: schema.names[1])
@pytest.mark.parametrize(
    ("content", "rule"),
    [(None, "XML-10"), (b"", "XML-01"), (b"\x00\xff", None), (b"%PDF-1.4", None)],
)
def test_a_bad_document_is_a_row(schema, content, rule):
    batch = pa.RecordBatch.from_pylist([{"path": "a.xml", "content": content}], INPUT)
    (row,) = rows(FUNCTIONS[schema]([batch]))
    assert row["path"] == "a.xml"
    assert row["findings"]
    if rule:
        assert [one["rule"] for one in row["findings"]] == [rule]


@pytest.mark.parametrize("schema", FUNCTIONS, ids=lambda schema: schema.names[1])
def test_what_nothing_foresaw_is_a_row_without_verdict(schema, files, monkeypatch):
    def breaks(*_, **__):
        raise RuntimeError("FICTIF")

    monkeypatch.setattr(module, "results", breaks)
    monkeypatch.setattr(module, "_read", breaks)
    found = rows(FUNCTIONS[schema](batches(files[:2])))
    assert [[one["rule"] for one in row["findings"]] for row in found] == [["CHK-03"], ["CHK-03"]]
    assert "FICTIF" not in str(found)
    if schema is VALIDATION:
        assert [row["valid"] for row in found] == [None, None]


def test_a_text_column_is_read_whatever_encoding_its_declaration_says(gazelle):
    text = (gazelle / "imagerie-v2.xml").read_text(encoding="utf-8")
    text = text.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    schema = pa.schema([("path", pa.string()), ("content", pa.string())])
    batch = pa.RecordBatch.from_pylist([{"path": "a.xml", "content": text}], schema)
    (row,) = rows(validate_batches([batch]))
    assert row["valid"] is True
    (line,) = rows(line_batches([batch]))
    assert "Inès" in line["author"]


@pytest.mark.parametrize("schema", FUNCTIONS, ids=lambda schema: schema.names[1])
@pytest.mark.parametrize("name", ["path", "content"])
def test_a_column_that_is_missing_is_named(files, schema, name):
    with pytest.raises(ValueError, match=f"columns missing: {name}"):
        list(FUNCTIONS[schema]([batches(files[:1])[0].drop_columns([name])]))


def test_columns_are_found_by_name_in_any_order_and_form(files):
    given = pa.Table.from_batches(batches(files)).select(["content", "path"])
    large = pa.schema([("content", pa.large_binary()), ("path", pa.large_string())])
    found = rows(validate_batches(given.cast(large).to_batches()))
    assert found == rows(validate_batches(batches(files)))


def test_limits_hold(gazelle):
    data = (gazelle / "imagerie-v2.xml").read_bytes()
    batch = pa.RecordBatch.from_pylist([{"path": "a.xml", "content": data}], INPUT)
    (row,) = rows(validate_batches([batch], Work(limits=Limits(size=100))))
    assert [one["rule"] for one in row["findings"]] == ["XML-04"]


def test_a_function_goes_to_another_process(files):
    work = partial(validate_batches, work=Work(secret=SECRET))
    again = pickle.loads(pickle.dumps(work))
    assert rows(again(batches(files[:2]))) == rows(work(batches(files[:2])))
    assert "key of the tests" not in repr(Work(secret=SECRET))


def test_nothing_in_is_nothing_out():
    assert list(validate_batches([])) == []
    assert list(validate_batches([pa.RecordBatch.from_pylist([], INPUT)])) == []
