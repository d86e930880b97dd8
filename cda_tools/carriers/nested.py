"""Carriers in carriers: a message, a mail or an archive that is attached, or in an archive."""

from collections.abc import Iterator
from dataclasses import replace

from cda_tools.carriers import sniffing
from cda_tools.carriers.base import Carried
from cda_tools.reading import recognition
from cda_tools.reading.safexml import Limits


def may_hold(start: bytes) -> bool:
    """Tell whether a message, a mail or an archive starts here; no page about messages."""
    kind = sniffing.kind_of(start)
    if kind == sniffing.XDM:
        return not recognition.is_office(start)
    return kind == sniffing.MAIL or (kind == sniffing.HL7V2 and not sniffing.is_logged(start))


def documents(data: bytes, path: str, name: str, limits: Limits) -> Iterator[Carried]:
    """Yield the documents of what is in a carrier: ``path!name!where``.

    Nothing where it is no document and no carrier, or lies deeper than ``limits`` let.
    """
    from cda_tools.carriers.opening import open_bytes  # noqa: PLC0415  which opens the others

    start = data[: sniffing.ENOUGH]
    kind = sniffing.kind_of(start)
    if kind is None or (kind == sniffing.CDA and not sniffing.is_clinical(start)):
        return
    if kind == sniffing.XDM and recognition.is_office(start):
        return
    if kind != sniffing.CDA:
        if not limits.nested:
            return
        limits = replace(limits, nested=limits.nested - 1)
    for one in open_bytes(data, path, limits):
        yield replace(one, inside=f"{name}!{one.inside}" if one.inside else name)
