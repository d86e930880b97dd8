"""Joins the includes of a Schematron: each gives way to the root element of its file."""

from collections.abc import Iterator

from lxml.etree import _Element

from cda_tools.kit.folder import Folder, Unreadable

S = "{http://purl.oclc.org/dsdl/schematron}"
_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_DEEPEST = 16
_MOST_FILES = 5_000


class Invalid(Exception):
    """The Schematron cannot be followed; the message says why, in French, and where."""


class Joining:
    """Joins, and keeps what the includes said: files that are missing, parts left out."""

    def __init__(self, folder: Folder) -> None:
        """Read the files of ``folder``."""
        self.missing: dict[str, str] = {}
        self.dropped: list[str] = []
        self._folder = folder
        self._files: dict[_Element, str] = {}
        self._count = 0

    def children(self, root: _Element, name: str, way: tuple[str, ...]) -> Iterator[_Element]:
        """Yield the child elements of ``root``, those of included files in their place.

        ``name``: its file. ``way``: the files that include one another down to it.
        """
        for child in list(root.iterchildren("*")):
            if child.tag == f"{S}include":
                yield from self._included(child, name, way)
            else:
                yield self._joined(child, name, way)

    def file(self, element: _Element) -> str:
        """Return the file in which an element is written."""
        current: _Element | None = element
        while current is not None and current not in self._files:
            current = current.getparent()
        return self._files[current] if current is not None else ""

    def _joined(self, element: _Element, name: str, way: tuple[str, ...]) -> _Element:
        """Return the element, with what it includes inside."""
        self._files[element] = name
        for node in element.iter("*"):
            if str(node.tag).startswith(_XSL):
                raise Invalid(f"{name} : un élément xsl: n'est pas exécuté")
        for include in list(element.iter(f"{S}include")):
            parent = include.getparent()
            assert parent is not None
            at = parent.index(include)
            parent.remove(include)
            for number, part in enumerate(self._included(include, name, way)):
                parent.insert(at + number, part)
        return element

    def _included(self, include: _Element, name: str, way: tuple[str, ...]) -> Iterator[_Element]:
        href, _, fragment = (include.get("href") or "").partition("#")
        if not href.strip():
            raise Invalid(f"{name} : inclusion sans nom de fichier")
        try:
            target = self._folder.resolve(href.strip(), name)
            if target in way:
                raise Invalid(f"{name} : inclusion circulaire de « {href} »")
            if len(way) >= _DEEPEST:
                raise Invalid(f"{name} : plus de {_DEEPEST} inclusions l'une dans l'autre")
            self._count += 1
            if self._count > _MOST_FILES:
                raise Invalid(f"plus de {_MOST_FILES} inclusions")
            root = self._folder.xml(target)
        except Unreadable as error:
            self.missing[f"{href} (dans {name})"] = str(error)
            return
        if fragment:
            found = [node for node in root.iter(f"{S}*") if node.get("id") == fragment]
            if not found:
                self.missing[f"{href}#{fragment} (dans {name})"] = "identifiant absent"
                return
            root = found[0]
        if root.tag == f"{S}schema" or not str(root.tag).startswith(S):
            # The official tool takes nothing of it either.
            self.dropped.append(f"{name} : « {href} » n'est pas un fragment de Schematron")
            return
        yield self._joined(root, target, (*way, target))
