"""What is known of the official kits beforehand: ``schemas/kit/kit.toml``."""

from dataclasses import dataclass
from functools import cache

from cda_tools.resources import resource

HEADER_PROFILE = "schematrons/profils/structurationMinimale"
VOLETS = "schematrons"
PREFIX = "CI-SIS_"


@dataclass(frozen=True, slots=True)
class Facts:
    """``layers``: the files of each layer's Schematron, the first that is there being the one.

    ``families``: the volets of a templateId that no Schematron asks for. ``named``: the volet of a
    templateId's root and extension. ``level_1``: that of a root and a document code.
    ``profiles``: the edition of a header profile, by digest.
    """

    layers: dict[str, tuple[str, ...]]
    families: dict[str, tuple[str, ...]]
    named: dict[tuple[str, str], str]
    level_1: dict[tuple[str, str], str]
    profiles: dict[str, str]


@cache
def facts() -> Facts:
    """Return the facts; raise ResourceError where the installation lacks them."""
    import tomllib  # noqa: PLC0415  only a run with a kit needs it

    table = tomllib.loads(resource("kit", "kit.toml").read_text(encoding="utf-8"))
    return Facts(
        layers={entry["name"]: tuple(entry["files"]) for entry in table["layer"]},
        families={root: tuple(names) for root, names in table["families"].items()},
        named={(e["root"], e["extension"]): e["volet"] for e in table["named"]},
        level_1={(e["root"], e["code"]): e["volet"] for e in table["level-1"]},
        profiles=table["profiles"],
    )
