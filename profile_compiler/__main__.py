"""Write what is made from the profile: ``python -m profile_compiler``."""

from pathlib import Path

from lxml import etree

from cda_tools.model.editions import editions
from cda_tools.resources import schemas
from profile_compiler.model import FOLDER, load
from profile_compiler.schematron import schematron
from profile_compiler.stylesheet import stylesheet
from profile_compiler.texts import rules_file


def made() -> dict[str, bytes]:
    """Return the made files, by their path in ``schemas/``."""
    files = {}
    worded = {}
    for edition in editions():
        profile = load(edition.name)
        schema = schematron(profile)
        worded[edition.name] = (profile, schema)
        folder = f"{FOLDER}/{edition.name}"
        files[f"{folder}/header.xsl"] = _xml(stylesheet(schema))
        files[f"{folder}/header.sch"] = _xml(schema)
    files[f"rules/{FOLDER}.toml"] = rules_file(worded).encode()
    return files


def _xml(root: etree._Element) -> bytes:
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def write(folder: Path) -> None:
    """Write the made files under ``schemas/``."""
    for name, content in made().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    write(schemas())
