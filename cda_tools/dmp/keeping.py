"""What is kept of a visit until the next one.

Source: consultation guide of the ANS (V0.3): the date of the last visit, and for each document
held here and known to be in the DMP its ids. The date moves on only when every answer since the
last visit was whole, so that no lot is ever passed over; a list that failed does not hold it back.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from cda_tools.dmp.memory import Memory, Remembered
from cda_tools.dmp.picture import Picture, Version
from cda_tools.dmp.progress import Progress
from cda_tools.dmp.states import Compared, State
from cda_tools.model.identifiers import key

MOMENT = "%Y%m%d%H%M%S"


def kept(
    memory: Memory,
    picture: Picture,
    progress: Progress,
    documents: Iterable[Compared],
    moment: datetime | None,
) -> Memory:
    """Return the memory after a visit.

    A document that is there is kept as it now is. One that was replaced keeps its ids, with what
    replaced it. One that no answer has stays as it was until the user decides; so does one that
    is not among the local documents this time. ``moment``: of this visit, in UTC.
    """
    rows = {one.name: one for one in memory.documents}
    for one in documents:
        if one.document.header.id is None:
            continue
        name = key(one.document.header.id)
        version = _own_version(picture, name)
        if one.state in (State.UP_TO_DATE, State.METADATA_CHANGED) and version:
            rows[name] = remembered(version, rows.get(name))
        elif one.state is State.NEWER_LISTED:
            rows[name] = _replaced(one, rows.get(name), version)
    return Memory(_date(memory, progress, moment), tuple(rows.values()))


def remembered(version: Version, before: Remembered | None = None) -> Remembered:
    """Return a listed document as it is kept, with what is known to have replaced it."""
    availability = version.registry.availability
    return Remembered(
        unique_id=before.unique_id if before else version.unique_id,
        entry_uuid=version.registry.entry_uuid,
        logical_id=version.registry.logical_id,
        version=version.registry.version,
        availability=availability.value if availability else None,
        confidentiality=version.codes,
        replaced_by=before.replaced_by if before else (),
    )


def _replaced(one: Compared, before: Remembered | None, version: Version | None) -> Remembered:
    row = before or (remembered(version) if version else None)
    if row is None:
        row = Remembered(str(one.document.header.id))
    chain = tuple(each for each in one.chain[1:] if each)
    return replace(row, replaced_by=chain or row.replaced_by)


def _own_version(picture: Picture, name: str) -> Version | None:
    lid = picture.lid_of_name(name)
    return picture.last.get(lid) if lid else None


def _date(memory: Memory, progress: Progress, moment: datetime | None) -> str | None:
    done = progress.incremental_whole if progress.later else progress.list_whole
    if moment is None or not done or not progress.incremental_whole:
        return memory.date
    now = moment.strftime(MOMENT).zfill(len("AAAAMMJJhhmmss"))
    return now if memory.date is None else max(memory.date, now)
