"""A release is refused for a reason, and what it is made of can be checked."""

import subprocess
import sys

import pytest

from cda_tools import __version__
from release import __main__ as release

TOLD = "# Changelog\n\n## 1.2.0 (2026-12-01)\n\n- New.\n"


@pytest.mark.parametrize(
    ("changed", "changelog", "reason"),
    [
        (" M README.md\n", TOLD, "not committed"),
        ("", "# Changelog\n", "has no part"),
        ("", TOLD.replace("2026-12-01", "unreleased"), "has no day (unreleased)"),
        ("", TOLD.replace("1.2.0", "1x2x0"), "has no part"),
    ],
)
def test_a_release_is_refused_for_what_is_missing(changed, changelog, reason):
    (said,) = release.refusals("1.2.0", changed, changelog)
    assert reason in said


def test_a_clean_tree_whose_version_is_told_is_released():
    assert release.refusals("1.2.0", "", TOLD) == []
    assert release.version() == __version__


def test_sha256sum_checks_the_digests(tmp_path):
    (tmp_path / "b.whl").write_bytes(b"wheel")
    (tmp_path / "a.pyz").write_bytes(b"archive")
    (tmp_path / release.DIGESTS).write_text(release.digests(tmp_path), encoding="ascii")
    checked = ["sha256sum", "--strict", "-c", release.DIGESTS]
    done = subprocess.run(checked, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["a.pyz", "b.whl"]
    (tmp_path / "a.pyz").write_bytes(b"another")
    assert subprocess.run(checked, cwd=tmp_path, check=False, capture_output=True).returncode == 1


def test_a_folder_that_has_files_is_left_alone(tmp_path):
    (tmp_path / "old.whl").write_bytes(b"")
    command = [sys.executable, "-m", "release", "--dry-run", "--into", str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=release.ROOT)
    assert done.returncode == 2
    assert "is not empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["old.whl"]
