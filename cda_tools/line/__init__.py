"""The single line that a DPI shows for each document (CDA/DD.15): type, date, title, author."""

from cda_tools.line.composing import compose, groups
from cda_tools.line.cutting import cut
from cda_tools.line.fields import FIELDS, LineFields, line_fields
from cda_tools.line.fitting import MINIMUM_WIDTH, fit
from cda_tools.line.oneline import one_line
from cda_tools.line.telling_apart import fit_all

__all__ = [
    "FIELDS",
    "MINIMUM_WIDTH",
    "LineFields",
    "compose",
    "cut",
    "fit",
    "fit_all",
    "groups",
    "line_fields",
    "one_line",
]
