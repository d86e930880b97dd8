"""Layer modeles-ans: the models of the ANS, by the user's own kit."""

from cda_tools.validation.layers import of_kit

LAYER = of_kit("modeles-ans", order=50)
