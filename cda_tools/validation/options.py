"""How to validate: what users choose, in the command line, in Python and in cda-tools.toml."""

from dataclasses import dataclass
from pathlib import Path

from cda_tools.model.editions import EDITIONS, NEWEST
from cda_tools.validation.layers import layers

LAYERS = tuple(layer.name for layer in layers())
PROFILES = ("1.16", "pre-1.16", "auto")


@dataclass(frozen=True, slots=True)
class Options:
    """How to validate.

    ``profile``: one of PROFILES; ``auto`` is pre-1.16 for a document dated before 25/09/2024.
    ``strict``: warnings of the layer text-1.16 are errors, and errors of the layers text-1.16 and
    versions count for the exit code. ``layers``: those to run, among LAYERS; ``xml`` always runs.
    ``schema``: another XML Schema than ours. ``edition``: that of the official header profile, one
    of EDITIONS. ``explain``: say what the schema asks for where it refuses (the first time it is
    read for that, which takes a second). ``kit``: the official kit whose layers are added; None
    for none.
    """

    profile: str = "1.16"
    strict: bool = False
    layers: tuple[str, ...] = LAYERS
    schema: Path | None = None
    edition: str = NEWEST
    explain: bool = False
    kit: str | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a profile, a layer or an edition that does not exist."""
        unknown = [name for name in self.layers if name not in LAYERS]
        if self.profile not in PROFILES:
            unknown.append(self.profile)
        if unknown:
            raise ValueError(f"couche ou profil inconnu : {', '.join(unknown)}")
        if self.edition not in EDITIONS:
            raise ValueError(f"édition inconnue : {self.edition} ({', '.join(EDITIONS)})")
