"""For the worker processes of a service under test: documents that hang, or end their process.

Python imports a module of this name when it starts, wherever this folder is on PYTHONPATH.
"""

import os
import sys
import time

if "spawn_main" in " ".join(sys.argv) or "--multiprocessing-fork" in sys.argv:
    from cda_tools.serve import tools

    _results = tools.results

    def results(source, settings, begin):
        data = source.data or b""
        if b"<!--hangs-->" in data:
            time.sleep(3600)
        if b"<!--dies-->" in data:
            os._exit(9)
        if b"<!--lingers-->" in data:  # its pipe closes before it ends
            os.closerange(3, 100)
            time.sleep(0.5)
            os._exit(9)
        if b"<!--fails-->" in data:
            raise ValueError("DUPONT")
        if b"<!--slow-->" in data:
            time.sleep(0.7)
        return _results(source, settings, begin)

    tools.results = results
