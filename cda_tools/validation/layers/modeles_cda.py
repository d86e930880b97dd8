"""Layer modeles-cda: the content models of the CI-SIS, by the user's own kit."""

from cda_tools.validation.layers import of_kit

LAYER = of_kit("modeles-cda", order=40)
