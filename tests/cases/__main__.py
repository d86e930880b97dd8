"""``python -m tests.cases``: write the made case files; with ``--check``, compare them."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# As pytest does (pyproject.toml): the helpers of the tests, and the maker of carriers.
sys.path[:0] = [
    str(ROOT),
    str(ROOT / "tests" / "support"),
    str(ROOT / "fixtures" / "gazelle" / "carriers"),
]

from tests import cases  # noqa: E402


def main() -> int:
    """Return 1 where ``--check`` finds a difference."""
    if "--check" not in sys.argv:
        cases.write()
        return 0
    told = cases.differences()
    print("\n".join(told) or f"{len(cases.made())} files as made")
    return 1 if told else 0


sys.exit(main())
