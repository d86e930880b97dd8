"""The header profile (structuration minimale) as data, and what is made from it.

``header.xml`` and ``types.xml`` of this folder are the source, for all editions. From them
``python -m profile_compiler`` writes, for each edition, in ``schemas/structuration-minimale/``,
the ISO Schematron (``header.sch``) and the style sheet that lxml runs (``header.xsl``), and for
all together the rules with their texts (``schemas/rules/structuration-minimale.toml``). The made
files are committed; a test keeps them in step. The running program needs nothing of this, and the
wheel does not have it.
"""
