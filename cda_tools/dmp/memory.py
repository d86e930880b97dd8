"""What the software keeps of the DMP between two visits to a patient's record.

Source: consultation guide of the ANS (V0.3): the moment of the last visit, and for each document
held here and known to be in the DMP its uniqueId, last entryUUID and logicalId. To tell what
changed, its codes, its availability and what replaced it are kept too. It is the patient's data
without the patient: no name and no INS.
"""

import json
import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from cda_tools.carriers.base import unreadable
from cda_tools.errors import InputError
from cda_tools.model.carriage import RegistryEntry
from cda_tools.model.header import Identifier
from cda_tools.model.identifiers import from_unique_id, key

_MOMENT = re.compile(r"\d{14}", re.ASCII)
_OLD_SPELLINGS = {
    "INVISIBLE_REPRENSANTS_LEGAUX": "INVISIBLE_REPRESENTANTS_LEGAUX",
    "INVISIBLE_REP_LEGAUX": "INVISIBLE_REPRESENTANTS_LEGAUX",
}


@dataclass(frozen=True, slots=True)
class Remembered:
    """A document held here and known to be in the DMP, as it was there at the last visit.

    ``confidentiality``: its codes, whose order means nothing. ``replaced_by``: the uniqueIds of the
    documents that replaced it, in order, the last one in force.
    """

    unique_id: str
    entry_uuid: str | None = None
    logical_id: str | None = None
    version: str | None = None
    availability: str | None = None
    confidentiality: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the uniqueId as it compares with a document's id."""
        return name_of(self.unique_id)


@dataclass(frozen=True, slots=True)
class Memory:
    """One patient's: ``date`` is when the last visit was, ``AAAAMMJJhhmmss`` in UTC, or None."""

    date: str | None = None
    documents: tuple[Remembered, ...] = ()


NOTHING = Memory()


def name_of(unique_id: str) -> str:
    """Return a uniqueId as :func:`cda_tools.model.identifiers.key` has ids."""
    return key(from_unique_id(unique_id) or Identifier(None))


def codes_of(entry: RegistryEntry) -> tuple[str, ...]:
    """Return an entry's confidentiality codes, each once, a misprint of old guides mended.

    Levels (N, R, V) before visibilities, each in alphabetical order: that of an answer means
    nothing.
    """
    codes = {canonical(one.code) for one in entry.confidentiality if one.code}
    return tuple(sorted(codes, key=lambda code: (len(code) > 1, code)))


def canonical(code: str) -> str:
    """Return a visibility code in its spelling of today (TRE_A07)."""
    return _OLD_SPELLINGS.get(code, code)


def read_memory(path: Path) -> Memory:
    """Read a memory that was written as JSON. Raise InputError, one line, for another file."""
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
    try:
        return from_json(json.loads(data.decode("utf-8-sig")))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise InputError(f"{path} : ce n'est pas le fichier d'une visite au DMP") from None


def from_json(value: Any) -> Memory:
    """Return a memory from its JSON. Raise ValueError, TypeError or KeyError for another value."""
    if not isinstance(value, dict):
        raise TypeError
    date = value.get("date_appel_dmp")
    if date is not None and not (isinstance(date, str) and _MOMENT.fullmatch(date)):
        raise ValueError
    replaced = value.get("replaced") or {}
    if not isinstance(replaced, dict):
        raise TypeError
    return Memory(date, tuple(_remembered(one, replaced) for one in value["documents"]))


def to_json(memory: Memory) -> dict[str, Any]:
    """Return a memory as JSON; what replaced a document stands apart, by its uniqueId."""
    found: dict[str, Any] = {
        "date_appel_dmp": memory.date,
        "documents": [_row(one) for one in memory.documents],
    }
    replaced = {one.unique_id: list(one.replaced_by) for one in memory.documents if one.replaced_by}
    return found | ({"replaced": replaced} if replaced else {})


def _row(one: Remembered) -> dict[str, Any]:
    row: dict[str, Any] = {field.name: getattr(one, field.name) for field in fields(Remembered)}
    row["confidentiality"] = list(one.confidentiality)
    del row["replaced_by"]
    return row


def _remembered(value: Any, replaced: dict[str, Any]) -> Remembered:
    if not isinstance(value, dict) or not name_of(_text(value["unique_id"])):
        raise TypeError
    texts = {
        name: None if value.get(name) is None else _text(value[name])
        for name in ("entry_uuid", "logical_id", "version", "availability")
    }
    return Remembered(
        unique_id=value["unique_id"],
        confidentiality=tuple(canonical(_text(one)) for one in value.get("confidentiality") or ()),
        replaced_by=tuple(_text(one) for one in replaced.get(value["unique_id"]) or ()),
        **texts,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
