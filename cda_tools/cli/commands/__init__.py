"""The commands, one module each, found by name in this folder.

Adding a command is adding a file here, with a ``SUMMARY`` (one line of French, a plain string, for
the list of commands), an ``EXAMPLE`` (a command line, which ends its help) and a click ``command``.
"""
