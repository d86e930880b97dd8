"""The only place that knows where ``schemas/`` lies.

In a wheel it is inside the package; in a checkout or an editable install, beside it.
"""

from functools import cache
from pathlib import Path

from cda_tools.errors import ResourceError

_PACKAGE = Path(__file__).resolve().parent


@cache
def schemas() -> Path:
    """Return the folder ``schemas``; raise ResourceError where the installation lacks it."""
    for folder in (_PACKAGE / "schemas", _PACKAGE.parent / "schemas"):
        if (folder / "valuesets").is_dir():
            return folder
    raise ResourceError("installation incomplète : le dossier « schemas » est introuvable")


def resource(*parts: str) -> Path:
    """Return the path of a shipped file, e.g. ``resource("cda", "CDA.xsd")``.

    Raise ResourceError where it is missing.
    """
    path = schemas().joinpath(*parts)
    if not path.exists():
        raise ResourceError(f"installation incomplète : « {'/'.join(parts)} » est introuvable")
    return path
