"""Layer modeles-ihe: the sections and entries of IHE, by the user's own kit."""

from cda_tools.validation.layers import of_kit

LAYER = of_kit("modeles-ihe", order=30)
