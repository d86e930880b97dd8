"""One archive of evidence for a requirement: pages, report, log, hashes, editions, checklist.

It proves what this tool finds in documents and how it shows them; never what the screens of the
vendor's software show, and every index page says so.
"""

from cda_tools.dossier.copies import FOLDER, Copies
from cda_tools.dossier.making import Making
from cda_tools.dossier.requirements import IDS, REQUIREMENTS

__all__ = ["FOLDER", "IDS", "REQUIREMENTS", "Copies", "Making"]
