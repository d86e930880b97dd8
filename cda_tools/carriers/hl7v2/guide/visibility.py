"""Who may see a document against where it is sent. Guide page: regles-gestion-mssante.

The guide's table is said to be exhaustive, yet has no row for the commonest sending of all: only
what its prose forbids too is an error here, the rest is said.
"""

from collections.abc import Iterator
from typing import NamedTuple

from cda_tools.carriers.hl7v2.findings import finding
from cda_tools.carriers.hl7v2.guide.reading import Reading
from cda_tools.carriers.hl7v2.names import ACKNOWLEDGEMENTS, LABELS, RESTRICTIONS
from cda_tools.rules.finding import Finding

_NAMES = tuple(name for name in LABELS if name not in ACKNOWLEDGEMENTS)


class _Row(NamedTuple):
    number: int
    to: str
    values: tuple[str, ...]


# The guide's table of 21/04/2026; a value of two letters: either.
_TABLE = (
    _Row(1, "professionnel et patient", ("N", "N", "N", "NY", "NY", "NY", "Y", "Y")),
    _Row(2, "professionnel", ("N", "Y", "N", "NY", "NY", "NY", "Y", "N")),
    _Row(3, "patient", ("NY", "N", "NY", "N", "NY", "N", "N", "Y")),
)


def check(told: Reading) -> Iterator[Finding]:
    """Check the combination of the eight indicators of visibility and destination."""
    if told.lps:
        return
    values = [told.value(name) for name in _NAMES]
    if told.yes("CONNEXION_SECRETE") and told.value("DESTDMP") == "N":
        yield finding("HL7-VIS-SECRET", "OBX")
    forbidden = told.yes("INVISIBLE_PATIENT") and told.yes("DESTMSSANTEPAT")
    if forbidden:
        yield finding("HL7-VIS-PATIENT", "OBX")
    masked = told.yes("MASQUE_PS") and told.yes("DESTMSSANTEPS")
    if masked:
        yield finding("HL7-VIS-MASKED", "OBX")
    mailed = told.yes("DESTMSSANTEPS") or told.yes("DESTMSSANTEPAT")
    complete = all(value in ("Y", "N") for value in values)
    if not mailed or not complete or forbidden or masked or _is_the_commonest(told):
        return
    nearest = max(_TABLE, key=lambda row: _agreement(row, values))
    if _agreement(nearest, values) < len(_NAMES):
        differing = ", ".join(
            name
            for name, value, allowed in zip(_NAMES, values, nearest.values, strict=True)
            if value not in allowed
        )
        yield finding(
            "HL7-VIS-TABLE", "OBX", row=nearest.number, to=nearest.to, differing=differing
        )


def _agreement(row: _Row, values: list[str]) -> int:
    return sum(value in allowed for value, allowed in zip(values, row.values, strict=True))


def _is_the_commonest(told: Reading) -> bool:
    """Tell whether nothing is hidden and a professional alone has mail: in no row of the table."""
    hidden = any(map(told.yes, RESTRICTIONS))
    return not hidden and told.yes("DESTMSSANTEPS") and told.value("DESTMSSANTEPAT") == "N"
