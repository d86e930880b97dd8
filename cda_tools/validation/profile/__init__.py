"""The header profile (structuration minimale) as data, and what is made from it.

``schemas/structuration-minimale/header.xml`` and ``types.xml`` are the source. From them
``python -m cda_tools.validation.profile`` writes the ISO Schematron (``header.sch``) and the
style sheet that lxml runs (``header.xsl``); a test keeps the four in step.
"""
