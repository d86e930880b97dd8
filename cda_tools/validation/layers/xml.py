"""Layer xml: could the document be read as XML, and is it a ClinicalDocument?

It says what reading found. It did not run where a carrier brought no document, but metadata or
nothing, and where the file could not be opened: nothing is then known of the document.
"""

from cda_tools.carriers.reading import UNREADABLE
from cda_tools.reading import safexml
from cda_tools.validation.layers import Checked, Job, Layer, Needs


def check(job: Job) -> Checked:
    """Return the layer's verdict."""
    found = tuple(one for one in job.document.findings if one.layer == safexml.LAYER)
    unread = any(one.rule == UNREADABLE for one in found)
    read = job.document.root is not None or bool(found)
    return Checked(found, ran=read and not unread)


LAYER = Layer(safexml.LAYER, order=0, check=check, official=True, needs=Needs.NOTHING)
