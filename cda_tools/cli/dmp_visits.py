"""Where ``cda-tools dmp`` keeps what a visit leaves: a file of one patient, or an index of many."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from cda_tools.cli.output import opened
from cda_tools.dmp import Memory, Remembered
from cda_tools.dmp.memory import from_json, read_memory, to_json
from cda_tools.errors import InputError
from cda_tools.index import Index, is_index
from cda_tools.model.header import Identifier
from cda_tools.reports.escapes import Escape
from cda_tools.text import holds_ins


def read_visit(path: Path, ins: Identifier | None) -> Memory:
    """Return what was kept of the patient's last visit; nothing, where an index has none.

    Raise InputError where the file is neither, or where an index is asked for nobody.
    """
    if not is_index(path):
        return read_memory(path)
    with Index(path) as index:
        kept = index.visit(_required(path, ins))
    try:
        return from_json(json.loads(kept)) if kept else Memory()
    except (ValueError, TypeError, KeyError):
        raise InputError(f"{path} : index endommagé, à refaire") from None


def write_visit(path: Path, ins: Identifier | None, kept: Memory) -> None:
    """Keep what a visit leaves: in an index, under a keyed hash of the INS.

    An index keeps no INS: a document whose id holds one is not kept there.
    """
    if is_index(path):
        kept = Memory(kept.date, tuple(_without_ins(kept.documents)))
        with Index(path) as index:
            text = json.dumps(to_json(kept), ensure_ascii=True, separators=(",", ":"))
            index.keep_visit(_required(path, ins), text)
        return
    with opened(path, Escape.JSON) as write:
        write(json.dumps(to_json(kept), ensure_ascii=False, indent=1) + "\n")


def _without_ins(rows: Iterable[Remembered]) -> Iterator[Remembered]:
    for one in rows:
        if not holds_ins(one.unique_id):
            newer = tuple(each for each in one.replaced_by if not holds_ins(each))
            yield replace(one, replaced_by=newer)


def _required(path: Path, ins: Identifier | None) -> Identifier:
    if ins is None:
        raise InputError(f"{path} : une visite s'y garde par l'INS, et il en manque un seul et sûr")
    return ins
