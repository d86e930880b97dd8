"""What stands before the root of nearly every document: told without a parser.

Source: XML 1.0 § 2.8.
"""

# Spelt so that nothing is looked at twice: a lazy ``.*?`` takes five times as long.
_INSTRUCTION = rb"<\?[^?]*+(?:\?(?!>)[^?]*+)*+\?>"
_COMMENT = rb"<!--[^-]*+(?:-(?!->)[^-]*+)*+-->"

PLAIN = rb"(?:\s++|" + _INSTRUCTION + rb"|" + _COMMENT + rb")*+"
"""A regular expression of blanks, instructions and comments alone: no document type."""
