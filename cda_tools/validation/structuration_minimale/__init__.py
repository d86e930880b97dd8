"""Layer ``structuration-minimale``: the header profile."""
