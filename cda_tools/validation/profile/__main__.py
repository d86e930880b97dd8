"""Write what is made from the profile: ``python -m cda_tools.validation.profile``."""

from lxml import etree

from cda_tools.resources import resource
from cda_tools.validation.profile.model import FOLDER, load
from cda_tools.validation.profile.schematron import schematron
from cda_tools.validation.profile.stylesheet import stylesheet


def made() -> dict[str, bytes]:
    """Return the made files, by name."""
    schema = schematron(load())
    sheet = stylesheet(schema)
    etree.indent(schema)
    return {
        "header.sch": etree.tostring(schema, encoding="UTF-8", xml_declaration=True) + b"\n",
        "header.xsl": etree.tostring(sheet, encoding="UTF-8", xml_declaration=True) + b"\n",
    }


def main() -> None:
    """Write the made files beside their source."""
    for name, content in made().items():
        (resource(FOLDER) / name).write_bytes(content)


if __name__ == "__main__":
    main()
