"""Layer terminologies: codes against their vocabularies, by the user's own kit."""

from cda_tools.validation.layers import of_kit

LAYER = of_kit("terminologies", order=60)
