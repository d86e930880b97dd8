"""Files that do what no document should: hang, kill their process, break in the middle.

Worker processes import this module, so that what is hostile is so there too.
"""

import os
import time

from documents import document

from cda_tools.carriers import Carried
from cda_tools.carriers.sources import Source

EXIT_CODE = 9
SECRET = "QUENOUILLE"


def good(path="good.xml"):
    """Return a source with a document that every layer reads."""
    return Source(path, document())


def never_starts(*_):
    """End a worker process before it is ready."""
    os._exit(EXIT_CODE)


class Hangs(Source):
    """Never opens."""

    def open(self, limits):
        time.sleep(3600)
        yield


class Kills(Source):
    """Ends the process that opens it."""

    def open(self, limits):
        os._exit(EXIT_CODE)
        yield


class Raises(Source):
    """Breaks with a message that names the patient."""

    def open(self, limits):
        raise ValueError(SECRET)
        yield


class HangingDocument(Carried):
    """Can be opened, and never read."""

    def data(self, at_most: int = -1):
        time.sleep(3600)


class KillingDocument(Carried):
    """Ends the process that reads it."""

    def data(self, at_most: int = -1):
        os._exit(EXIT_CODE)


class RaisingDocument(Carried):
    """Breaks where it is read, with a message that names the patient."""

    def data(self, at_most: int = -1):
        raise ValueError(SECRET)


class Archive(Source):
    """A carrier of six documents: the second hangs, the fourth kills, the fifth breaks."""

    def open(self, limits):
        kinds = (Carried, HangingDocument, Carried, KillingDocument, RaisingDocument, Carried)
        for number, kind in enumerate(kinds, 1):
            yield kind(self.path, inside=str(number), carrier="xdm", source=document())


class Greedy(Source):
    """Takes more memory than a machine has."""

    def open(self, limits):
        assert bytearray(1 << 46)
        yield
