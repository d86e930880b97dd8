"""Build the files of a release: sdist, wheel, archive of one file, SBOM, digests.

    python -m release --into dist/              what is released: a clean tree, a version told
    python -m release --into dist/ --dry-run    the same files of the tree as it is
    python -m release --into dist/ --archive    the archive of one file alone

Extra ``release``. The time in archives is that of the last commit, so that they can be made again.
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIGESTS = "SHA256SUMS"


def main() -> None:
    """Build what the command line asks for; end with 2 and one line where it is refused."""
    parser = argparse.ArgumentParser(prog="python -m release")
    parser.add_argument("--into", type=Path, required=True, help="folder of the files")
    parser.add_argument("--dry-run", action="store_true", help="refuse nothing")
    parser.add_argument("--archive", action="store_true", help="cda-tools.pyz alone")
    asked = parser.parse_args()
    into = asked.into.resolve()
    if not asked.dry_run and not asked.archive:
        for reason in refusals(version(), _said("git", "status", "--porcelain"), _changelog()):
            print(f"release: {reason}", file=sys.stderr)
            sys.exit(2)
    into.mkdir(parents=True, exist_ok=True)
    if any(into.iterdir()):
        print(f"release: {into} is not empty", file=sys.stderr)
        sys.exit(2)
    if asked.archive:
        archive(ROOT, into)
        return
    _run(sys.executable, "-m", "build", "--outdir", str(into), str(ROOT))
    (wheel,) = into.glob("*.whl")
    archive(wheel, into)
    bill_of_materials(wheel, into / f"cda_tools-{version()}.cdx.json")
    (into / DIGESTS).write_text(digests(into), encoding="ascii")


def version() -> str:
    """Return the version of the tree."""
    text = (ROOT / "cda_tools" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"$', text, re.M)
    assert found
    return found[1]


def refusals(version: str, changed: str, changelog: str) -> list[str]:
    """Return why a version is not to be released from a tree, each as one line."""
    told = []
    if changed.strip():
        told.append("the tree has changes that are not committed")
    heading = re.search(rf"^## {re.escape(version)} \((.+)\)$", changelog, re.M)
    if heading is None:
        told.append(f"CHANGELOG.md has no part « {version} (day) »")
    elif not re.fullmatch(r"\d{4}-\d{2}-\d{2}", heading[1]):
        told.append(f"CHANGELOG.md: {version} has no day ({heading[1]})")
    return told


def archive(what: Path, into: Path) -> None:
    """Make the archive that a Python of this version and system runs without installing."""
    _run(
        *("shiv", "--console-script", "cda-tools", "--compressed", "--reproducible"),
        *("--output-file", str(into / "cda-tools.pyz"), str(what)),
    )


def bill_of_materials(wheel: Path, into: Path) -> None:
    """Write the CycloneDX bill of what an installation of the wheel has."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        _run(sys.executable, "-m", "venv", "--without-pip", folder)
        _run(sys.executable, "-m", "pip", "--python", str(python), "install", "-q", str(wheel))
        _run(
            *("cyclonedx-py", "environment", "--pyproject", str(ROOT / "pyproject.toml")),
            *("--output-reproducible", "--output-format", "JSON"),
            *("--output-file", str(into), str(python)),
        )


def digests(folder: Path) -> str:
    """Return what ``sha256sum -c`` reads: a line a file, by name."""
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
        if path.name != DIGESTS
    )


def _changelog() -> str:
    return (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def _said(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def _run(*command: str) -> None:
    when = {"SOURCE_DATE_EPOCH": _said("git", "log", "-1", "--format=%ct").strip()}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, **when, "PATH": path})


if __name__ == "__main__":
    main()
