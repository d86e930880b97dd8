"""How to validate: what users choose, in the command line, in Python and in cda-tools.toml."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cda_tools.kit import AUTO, NONE
from cda_tools.model.editions import EDITIONS, NEWEST
from cda_tools.validation.layers import layers

if TYPE_CHECKING:
    from cda_tools.kit.kit import Kit

VOLET = "volet"
LAYERS = tuple(layer.name for layer in layers())
PROFILES = ("1.16", "pre-1.16", "auto")


@dataclass(frozen=True, slots=True)
class Options:
    """How to validate.

    ``profile``: one of PROFILES; ``auto`` is pre-1.16 for a document dated before 25/09/2024.
    ``strict``: warnings of the layer text-1.16 are errors, and errors of the layers text-1.16 and
    versions count for the exit code. ``layers``: those to run, among LAYERS; ``xml`` always runs.
    ``schema``: another XML Schema than ours. ``edition``: that of the official header profile, one
    of EDITIONS; by default that of the kit, else the newest. ``explain``: say what the schema asks
    for where it refuses (the first time it is read for that, which takes a second). ``kit``: the
    official kit whose layers are added, its folder or the name it was added under; None for none.
    ``volet``: ``auto`` for the one that the document claims, ``none``, or the name of one of the
    kit.
    """

    profile: str = "1.16"
    strict: bool = False
    layers: tuple[str, ...] = LAYERS
    schema: Path | None = None
    edition: str = ""
    explain: bool = False
    kit: str | None = None
    volet: str = AUTO

    def __post_init__(self) -> None:
        """Settle the edition.

        Raise ValueError for a profile, a layer or an edition that does not exist, InputError for a
        kit or a volet that does not.
        """
        if not self.edition:
            object.__setattr__(self, "edition", self._default_edition())
        unknown = [name for name in self.layers if name not in LAYERS]
        if self.profile not in PROFILES:
            unknown.append(self.profile)
        if unknown:
            raise ValueError(f"couche ou profil inconnu : {', '.join(unknown)}")
        if self.edition not in EDITIONS:
            raise ValueError(f"édition inconnue : {self.edition} ({', '.join(EDITIONS)})")
        if self.volet not in {AUTO, NONE}:
            if self.kit is None:
                raise ValueError("un volet ne se choisit qu'avec un kit")
            self._opened().volet(self.volet)

    @property
    def kit_label(self) -> str | None:
        """Return the name of the kit in reports, with its digest; None where there is none."""
        return self._opened().label if self.kit else None

    def asks(self, layer: str) -> bool:
        """Tell whether a layer is to run."""
        return layer in self.layers and not (layer == VOLET and self.volet == NONE)

    def _default_edition(self) -> str:
        return (self._opened().edition if self.kit else None) or NEWEST

    def _opened(self) -> "Kit":
        # Only a run with a kit needs it.
        from cda_tools.kit.kit import open_kit  # noqa: PLC0415

        assert self.kit is not None
        return open_kit(self.kit)
