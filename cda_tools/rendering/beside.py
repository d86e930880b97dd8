"""The PDFs that a carrier brings beside its documents: files of an archive, OBX of a message."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from cda_tools.carriers import sniffing
from cda_tools.carriers.opening import kind_of, kind_of_file
from cda_tools.reading.safexml import DEFAULT, Limits

_MARK = b"%PDF-"
_WITHIN = 1024


def pdfs_beside(source: Path | bytes, limits: Limits = DEFAULT) -> Iterator[tuple[str, bytes]]:
    """Yield each PDF of an archive, an unpacked archive or a message: where it is, its bytes.

    ``source``: the carrier. What cannot be read is left out: reading the documents of the same
    carrier says what is wrong with it.
    """
    if isinstance(source, bytes):
        kind = kind_of(source)
    else:
        kind = sniffing.XDM if source.is_dir() else kind_of_file(source)
    if kind == sniffing.XDM:
        yield from _of_archive(source, limits)
    elif kind == sniffing.HL7V2:
        yield from _of_messages(source, limits)


def _of_archive(source: Path | bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    # A carrier's module is imported only where it is used.
    from cda_tools.carriers.xdm.archive import Unreadable, unpacked, zipped  # noqa: PLC0415

    with ExitStack() as stack:
        try:
            archive = (
                unpacked(source, limits)
                if isinstance(source, Path) and source.is_dir()
                else stack.enter_context(zipped(source, limits))
            )
        except Unreadable:
            return
        for member in archive.members.values():
            try:
                if _MARK in archive.start(member)[:_WITHIN]:
                    yield member.name, archive.read(member)
            except Unreadable:
                continue


def _of_messages(source: Path | bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    from cda_tools.carriers.hl7v2 import parts  # noqa: PLC0415
    from cda_tools.carriers.hl7v2.message import messages  # noqa: PLC0415

    data = source if isinstance(source, bytes) else source.read_bytes()
    for message, _ in messages(data, 2 * limits.size):
        if message is None:
            continue
        found = [
            part
            for position, segment in enumerate(message.all("OBX"), start=1)
            for part in parts.of(segment, position)
        ]
        for part, enclosed in parts.joined(found, message.codec):
            if enclosed.data and _MARK in enclosed.data[:_WITHIN]:
                yield part.name, enclosed.data
