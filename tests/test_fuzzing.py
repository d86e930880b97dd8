"""Whatever comes in: no exception, nothing lost in silence, and an end, in every command.

The mutators are seeded by hypothesis and bounded. ``fuzzing/`` has a coverage-guided fuzzer of the
readers, run by hand.
"""

import random
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import mutators
import pytest
from click.testing import CliRunner
from documents import document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_document import document as carried_document
from make_message import mdm
from make_metadata import announced, archive, submission

from cases.makers.carriers import NEW, V1, a_mail
from cases.makers.carriers import files as carrier_files
from cda_tools import read_all
from cda_tools.cli import cli
from cda_tools.model.document import Document
from cda_tools.model.header import Identifier

SEEDS = {name: data for name, data in carrier_files().items() if len(data) < 100_000}
SEEDS["a.xml"] = document()
# Far more than anything takes: what this catches is what does not end.
LONGEST = 60.0

COMMANDS: dict[str, Callable[[str, str], list[str]]] = {
    "validate": lambda path, _: ["validate", path, "--layer", "xml", "--layer", "text-1.16"],
    "validate jsonl": lambda path, _: [
        "validate",
        path,
        "--layer",
        "versions",
        "--format",
        "jsonl",
    ],
    "line": lambda path, _: ["line", path],
    "line html": lambda path, _: ["line", path, "--format", "html"],
    "inspect": lambda path, _: ["inspect", path, "--layer", "xml", "--format", "json"],
    "chain": lambda path, _: ["chain", path],
    "chain json": lambda path, _: ["chain", path, "--format", "json"],
    "intake": lambda path, store: ["intake", store, path],
    "dmp": lambda path, store: ["dmp", store, path],
    "history": lambda path, _: ["history", path],
    "consent": lambda path, _: ["consent", path],
    "index": lambda path, store: ["index", path, "--into", f"{store}/../i.sqlite"],
}
EXAMPLES = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("command", COMMANDS)
@EXAMPLES
@given(one=mutators.mutated(SEEDS))
def test_no_command_raises_and_each_ends(
    command: str, one: tuple[str, bytes], tmp_path: Path
) -> None:
    name, data = one
    store = tmp_path / "store"
    store.mkdir(exist_ok=True)
    (store / "a.xml").write_bytes(SEEDS["a.xml"])
    path = tmp_path / Path(name).name
    path.write_bytes(data)
    begun = time.monotonic()
    result = CliRunner().invoke(cli, COMMANDS[command](str(path), str(store)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (0, 1, 2)
    assert "Traceback" not in result.output
    assert time.monotonic() - begun < LONGEST
    path.unlink()


@EXAMPLES
@given(one=mutators.mutated(SEEDS))
def test_every_file_gives_a_document_or_a_finding(one: tuple[str, bytes]) -> None:
    found = list(read_bytes(one[1]))
    assert found
    for document_ in found:
        assert document_.header is not None or document_.findings or document_.context


def read_bytes(data: bytes) -> list[Document]:
    return list(read_all(data))


NUMBERS = range(1, 5)
DOCS = [replace(V1, id=f"1.2.250.1.999.7.{n}", set_id=f"1.2.250.1.999.8.{n}") for n in NUMBERS]
CONTENTS = [carried_document(doc) for doc in DOCS]


def ids(found: list[Document]) -> set[Identifier]:
    return {one.header.id for one in found if one.header and one.header.id}


def others(left: int) -> set[Identifier]:
    return {Identifier(doc.id) for number, doc in enumerate(DOCS) if number != left}


one_of_them = st.integers(0, len(DOCS) - 1)
chances = st.randoms(use_true_random=False)


@EXAMPLES
@given(bad=one_of_them, chance=chances)
def test_a_bad_message_takes_no_other_of_its_batch_along(bad: int, chance: random.Random) -> None:
    rows = [mdm(replace(NEW, content=c, txa12=d.id)) for c, d in zip(CONTENTS, DOCS, strict=True)]
    start, _, rest = rows[bad].partition(b"\r")
    changed = mutators.hl7v2(rest, chance)
    # What starts or ends a message is left to tell it from the others.
    changed = changed.replace(b"MSH", b"MSX").replace(b"\x0b", b"").rstrip(b"\r\n") + b"\r"
    rows[bad] = start + b"\r" + changed
    found = read_bytes(b"".join(rows))
    assert others(bad) <= ids(found)
    assert len(found) >= len(DOCS)


@EXAMPLES
@given(bad=one_of_them, chance=chances)
def test_a_bad_file_takes_no_other_of_its_archive_along(bad: int, chance: random.Random) -> None:
    told = [
        announced(doc, content, f"{n}.XML", number=n)
        for n, (doc, content) in enumerate(zip(DOCS, CONTENTS, strict=True), start=1)
    ]
    contents = list(CONTENTS)
    contents[bad] = mutators.xml(contents[bad], chance)
    files = [("IHE_XDM/SUBSET01/METADATA.XML", submission(*told))]
    files += [(f"IHE_XDM/SUBSET01/{n}.XML", one) for n, one in enumerate(contents, start=1)]
    found = read_bytes(archive(files))
    assert others(bad) <= ids(found)
    assert len(found) == len(DOCS)


@EXAMPLES
@given(bad=one_of_them, chance=chances)
def test_a_bad_attachment_takes_no_other_of_its_mail_along(bad: int, chance: random.Random) -> None:
    contents = list(CONTENTS)
    contents[bad] = mutators.raw(contents[bad], chance)
    attached = [(f"{n}.xml", "text/xml", one) for n, one in enumerate(contents)]
    found = read_bytes(a_mail(*attached))
    assert others(bad) <= ids(found)
    told = [finding.rule for one in found for finding in one.findings]
    assert len(found) + told.count("MAIL-02") >= len(DOCS) or not contents[bad].strip()


@EXAMPLES
@given(bad=one_of_them, chance=chances)
def test_a_bad_file_takes_no_other_of_its_folder_along(
    bad: int, chance: random.Random, tmp_path: Path
) -> None:
    for number, content in enumerate(CONTENTS):
        changed = mutators.raw(content, chance) if number == bad else content
        (tmp_path / f"{number}.xml").write_bytes(changed)
    found = list(read_all(tmp_path))
    assert others(bad) <= ids(found)
    assert len({one.file for one in found}) == len(DOCS)
