"""A header to its line, in one call."""

from collections.abc import Sequence

from cda_tools.line.composing import compose
from cda_tools.line.fields import FIELDS, line_fields
from cda_tools.line.fitting import fit
from cda_tools.model.carriage import Context
from cda_tools.model.header import Header


def one_line(
    header: Header,
    context: Context | None = None,
    *,
    width: int | None = None,
    fields: Sequence[str] = FIELDS,
    repeat_title: bool = False,
    patient: bool = False,
) -> str:
    """Return the document's line, without a line break whatever the document holds.

    ``width``: columns of a terminal, at least MINIMUM_WIDTH (ValueError below); the line then
    gives way from its least useful part and keeps type and date. ``fields``: which of FIELDS,
    in which order (ValueError for an unknown one). ``repeat_title``: show a title that only
    repeats the type. ``patient``: name an author who is the patient. ``context``: what the
    carrier says, for the place (DMP, MSSanté) and a registry's date in local time.

    Source: CDA/DD.15 (answers of 11/12/2025).

    >>> from cda_tools import one_line, read_header
    >>> one_line(read_header("fixtures/gazelle/imagerie-v2.xml"), width=60)
    "CR d'imagerie médicale · 14/05/2025 10:20 · Radiogra…profil"
    """
    unknown = [name for name in fields if name not in FIELDS]
    if unknown:
        raise ValueError(f"champ inconnu : {', '.join(unknown)}")
    # The title says what the type does not only where the type is there to be read.
    repeat_title = repeat_title or "type" not in fields
    line = line_fields(header, context, repeat_title=repeat_title, patient=patient)
    if width is not None:
        line = fit(line, fields, width)
    return compose(line, fields)
