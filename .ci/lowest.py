"""Print the lowest versions that pyproject.toml allows, as constraints for pip.

    python .ci/lowest.py > lowest.txt && pip install -c lowest.txt '.[test]'

Of a name that several lists have (an extra and the dependencies), the highest of the lowest counts.
"""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# "name>=1.2,<2; marker": what follows the version does not change the lowest one.
REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)>=(?P<version>[0-9.]+)")


def lowest(pyproject: dict) -> dict[str, str]:
    """Return the lowest version of each distribution of a pyproject table, by its name."""
    project = pyproject["project"]
    extras = project["optional-dependencies"].values()
    found: dict[str, str] = {}
    for requirement in [*project["dependencies"], *(one for extra in extras for one in extra)]:
        match = REQUIREMENT.match(requirement)
        if match and numbers(match["version"]) > numbers(found.get(match["name"], "0")):
            found[match["name"]] = match["version"]
    return found


def numbers(version: str) -> tuple[int, ...]:
    """Return a version's numbers, to compare it."""
    return tuple(int(part) for part in version.split("."))


if __name__ == "__main__":
    versions = lowest(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8")))
    print("\n".join(f"{name}=={version}" for name, version in sorted(versions.items())))
