"""What can be set right in a document without any fact of its author's: shown, never written.

The order of elements, the declaration of the encoding, the form of a language or of a date: what
the document says stays what it is. Whatever the change, the result is validated again, and a
change that does not take findings away is not proposed.
"""

from cda_tools.mending.changes import Mended, mend
from cda_tools.mending.diff import Difference, difference

__all__ = ["Difference", "Mended", "difference", "mend"]
