"""The user's own checkout of the official kit (TestContenuCDA): opened, compiled, run.

A kit is a program written by others. Nothing of it is executed as it stands: its Schematrons are
read to plain values, each expression is parsed and translated or refused, and only style sheets
that we wrote run, with every access denied.
"""

AUTO, NONE = "auto", "none"
"""How a volet is chosen, where it is not named: the one that the document claims, or no volet."""
