"""``python -m cda_tools``: the command line."""

from cda_tools.cli import main

main()
