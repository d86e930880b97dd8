"""Compiles a kit: all its Schematrons to one sheet, and what is wrong in it."""

import re
from dataclasses import dataclass

from lxml import etree

from cda_tools.kit.compiled import EVERY_DOCUMENT, FAMILY, Compilation, Compiled, Fault
from cda_tools.kit.facts import PREFIX, VOLETS, facts
from cda_tools.kit.folder import Folder, Unreadable
from cda_tools.kit.includes import Invalid
from cda_tools.kit.schematron import Check, Schema, read_schema
from cda_tools.kit.sheet import Refused, SheetWriter

_ROOT = re.compile(r"templateId\s*(?:/|\[)\s*@root\s*=\s*[\"']([\d.]+)[\"']")


def compile_kit(folder: Folder) -> Compilation:
    """Compile every Schematron of a kit; what cannot be compiled is said, and stops no other."""
    made = _compile(folder, alone=False)
    if not _runs(made.sheet):
        # Which one libxslt does not take is found by trying each alone.
        made = _compile(folder, alone=True)
    return made


def _compile(folder: Folder, *, alone: bool) -> Compilation:
    writer = SheetWriter()
    making = _Making(folder, writer, alone)
    layers = [making.layer(name, files) for name, files in facts().layers.items()]
    volets = [
        making.schematron(volet_name(file), file, optional=True)
        for file in folder.files(VOLETS, ".sch")
    ]
    written = writer.finish()
    sheet = etree.tostring(written.sheet, encoding="UTF-8", xml_declaration=True)
    return Compilation(sheet, layers, volets, written.sources, dict(folder.forgiven))


def _runs(sheet: bytes) -> bool:
    try:
        etree.XSLT(etree.fromstring(sheet), access_control=etree.XSLTAccessControl.DENY_ALL)
    except etree.XSLTError:
        return False
    return True


def volet_name(file: str) -> str:
    """Return the name of a volet from that of its Schematron, e.g. ``BIO-CR-BIO_2024.01``."""
    return file.rpartition("/")[2][: -len(".sch")].removeprefix(PREFIX)


@dataclass(frozen=True, slots=True)
class _Making:
    """Adds Schematrons to a sheet; ``alone``: tries each in a sheet of its own first."""

    folder: Folder
    writer: SheetWriter
    alone: bool

    def layer(self, name: str, files: tuple[str, ...]) -> Compiled:
        file = next((file for file in files if self.folder.find(file)), None)
        if file is None:
            fault = Fault("KIT-01", files[0], "fichier absent")
            return Compiled(name, files[0], None, faults=(fault,))
        return self.schematron(name, file, optional=False)

    def schematron(self, name: str, file: str, *, optional: bool) -> Compiled:
        try:
            schema = read_schema(self.folder, file)
        except (Unreadable, Invalid) as error:
            return Compiled(name, file, None, faults=(Fault("KIT-02", file, str(error)),))
        faults = [Fault("KIT-01", what, reason) for what, reason in schema.missing]
        faults += [Fault("KIT-07", what) for what in schema.dropped]
        roots = _roots(schema)
        first = self.writer.count
        number = None
        if not schema.missing:
            try:
                number = self._added(schema, optional)
            except Refused as error:
                faults.append(Fault("KIT-03" if error.invalid else "KIT-04", str(error)))
        return Compiled(
            name,
            file,
            number,
            checks=_checks(schema) if number is not None else 0,
            first=first,
            after=self.writer.count,
            faults=tuple(faults),
            roots=roots,
            family=_family(roots),
            documents=self.writer.documents(number) if number is not None else (),
        )

    def _added(self, schema: Schema, optional: bool) -> int:
        if self.alone:
            trial = SheetWriter()
            trial.add(schema)
            if not _runs(etree.tostring(trial.finish().sheet)):
                raise Refused(f"{schema.name}, refusé par libxslt", invalid=False)
        return self.writer.add(schema, optional=optional)


def _checks(schema: Schema) -> int:
    return sum(
        isinstance(item, Check)
        for pattern in schema.patterns
        for rule in pattern.rules
        for item in rule.items
    )


def _family(roots: tuple[str, ...]) -> str:
    """Return the root of a family: the longest, as CSE's volets ask for their group's too."""
    own = [root for root in roots if root.startswith(FAMILY) and root != EVERY_DOCUMENT]
    return max(own, key=len, default="")


def _roots(schema: Schema) -> tuple[str, ...]:
    """Return the templateIds that a volet asks of the document: what it is known by."""
    found = {
        root: None
        for pattern in schema.patterns
        for rule in pattern.rules
        if rule.context.strip().rpartition(":")[2] == "ClinicalDocument"
        for item in rule.items
        if isinstance(item, Check)
        for root in _ROOT.findall(item.test)
        if root != EVERY_DOCUMENT
    }
    return tuple(found)
