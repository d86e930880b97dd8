"""Build the site: ``python -m docs_site --into FOLDER``; any warning of Zensical is an error."""

import argparse
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from docs_site import api_page, rule_pages

ROOT = Path(__file__).resolve().parent.parent
_AT_THE_ROOT = ("CONTRIBUTING.md", "RELEASING.md", "SECURITY.md")
# Pages that have a place of their own in the list, or are made again as many small ones.
_PLACED = {"architecture.md", "glossary.md", "structuration-minimale.md", "rules.md"}
_LINK = re.compile(r"\[([^\]]+)\]\(([^)#\s]+)(#[^)\s]*)?\)")


def main() -> None:
    """Build the site into the folder that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m docs_site")
    parser.add_argument("--into", type=Path, required=True, help="folder of the site")
    parser.add_argument("--pages-only", action="store_true", help="write the Markdown alone")
    asked = parser.parse_args()
    if asked.pages_only:
        write_pages(asked.into)
        return
    with tempfile.TemporaryDirectory() as folder:
        write_pages(Path(folder) / "pages")
        (Path(folder) / "zensical.toml").write_text(settings(), encoding="utf-8")
        # As a module: this environment's own, whether or not its programs are on the PATH.
        build = [sys.executable, "-m", "zensical", "build", "--strict"]
        built = subprocess.run(build, cwd=folder, check=False)
        if built.returncode:
            sys.exit(built.returncode)
        shutil.copytree(Path(folder) / "site", asked.into, dirs_exist_ok=True)


def write_pages(into: Path) -> None:
    """Write every page of the site as Markdown."""
    pages = {
        path.relative_to(ROOT / "docs").as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "docs").rglob("*.md"))
        if path.name != "rules.md"
    }
    for name in _AT_THE_ROOT:
        pages[name] = (ROOT / name).read_text(encoding="utf-8")
    pages["index.md"] = (ROOT / "README.fr.md").read_text(encoding="utf-8")
    pages["api.md"] = api_page.page()
    pages.update(rule_pages.pages())
    for name, text in pages.items():
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_linked(text, name, pages), encoding="utf-8")
    (into / "assets").mkdir(exist_ok=True)
    shutil.copy(ROOT / "docs_site" / "site.css", into / "assets" / "site.css")


def settings() -> str:
    """Return the settings of Zensical, with every page of ``docs/`` that has no place yet."""
    reference = [
        f'{{ "{_title(path)}" = "{path.name}" }}'
        for path in sorted((ROOT / "docs").glob("*.md"))
        if path.name not in _PLACED
    ]
    template = (ROOT / "docs_site" / "zensical.toml").read_text(encoding="utf-8")
    return template.replace("REFERENCE", f"[{', '.join(reference)}]")


def _title(path: Path) -> str:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    return first.lstrip("# ").replace("`", "").replace('"', "'")


def _linked(text: str, name: str, pages: dict[str, str]) -> str:
    """Keep the links between pages; what is not on the site is named, without a link."""

    def one(found: re.Match[str]) -> str:
        said, target, part = found[1], found[2], found[3] or ""
        if ":" in target:
            return found[0]
        path = _resolved(name, target)
        if path == "rules.md":
            return f"[{said}]({_relative(name, f'{rule_pages.FOLDER}/index.md')})"
        if path in pages:
            return f"[{said}]({_relative(name, path)}{part})"
        return said if said.strip("`") == target else f"{said} (`{path}`)"

    in_code = False
    lines = []
    for line in text.splitlines():
        in_code ^= line.lstrip().startswith("```")
        lines.append(line if in_code else _LINK.sub(one, line))
    return "\n".join([*lines, ""])


def _resolved(name: str, target: str) -> str:
    """Return the page that a link of a page means: pages of docs/ stand at the site's root."""
    place = name if name in _AT_THE_ROOT or name == "index.md" else f"docs/{name}"
    path = posixpath.normpath(posixpath.join(posixpath.dirname(place), target))
    return "index.md" if path == "README.fr.md" else path.removeprefix("docs/")


def _relative(name: str, path: str) -> str:
    return posixpath.relpath(path, posixpath.dirname(name) or ".")


if __name__ == "__main__":
    main()
