"""Layer volet: the volet that the document claims, by the user's own kit."""

from cda_tools.validation.layers import of_kit

LAYER = of_kit("volet", order=70)
