"""An index of headers in one SQLite file: chain, line and intake without reading documents again.

What it contains is health data: which documents a person's establishment has, their types,
titles, dates and authors. See :mod:`cda_tools.index.pseudonyms` for what it says of patients.
"""

from cda_tools.carriers.sources import is_index
from cda_tools.index.database import Index
from cda_tools.index.updating import Progress, update

__all__ = ["Index", "Progress", "is_index", "update"]
