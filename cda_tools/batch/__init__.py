"""Many documents: worker processes, results in a stable order, nothing that stops the batch."""

from cda_tools.batch.running import cores, run
from cda_tools.batch.work import FEW, TIMEOUT, Result, Settings

__all__ = ["FEW", "TIMEOUT", "Result", "Settings", "cores", "run"]
