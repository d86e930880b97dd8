"""The site of the documentation: pages of ``docs/``, one page a rule, the Python interface.

It is no part of the package: ``python -m docs_site --into FOLDER`` builds it (extra ``docs``).
"""
