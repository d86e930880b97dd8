"""The value sets and vocabularies of a kit, each read once, when a document first asks for it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from lxml.etree import _Element

from cda_tools.kit.folder import Folder, Unreadable
from cda_tools.kit.kept import kept

Entries = frozenset[str]
_BETWEEN = "\0"  # which no XML holds
_MOST_NAMES = 10_000
_LARGE = 200_000  # bytes from which parsing costs more than reading what was kept


class Lists:
    """The lists of one kit, by the name that a Schematron gives them."""

    def __init__(self, folder: Folder) -> None:
        """Read the files of ``folder``."""
        self._folder = folder
        self._names: dict[tuple[str, str], str | None] = {}
        self._readable: dict[str, bool] = {}
        self._entries: dict[tuple[str, str, str], Entries | None] = {}

    def entries(self, beside: str, file: str, name: str, keys: str) -> Entries | None:
        """Return the values of ``keys`` in the elements ``name`` of a file, None without file.

        Several keys of one element are one string (:func:`together`).

        ``beside``: the Schematron that names the file. ``keys``: ``@code`` for an attribute or
        ``text()``, blank-separated.
        """
        where = self.find(beside, file)
        if where is None:
            return None
        asked = (where, name, keys)
        if asked not in self._entries:
            self._entries[asked] = self._read(where, name, keys.split())
        return self._entries[asked]

    def readable(self, beside: str, file: str) -> bool:
        """Return whether a file is there and is XML: what ``doc-available()`` says."""
        where = self.find(beside, file)
        if where is None:
            return False
        if where not in self._readable:
            path = self._folder.find(where)
            large = path is not None and path.stat().st_size >= _LARGE
            self._readable[where] = (
                bool(kept("readable", [str(path)], lambda: self._parses(where)))
                if large
                else self._parses(where)
            )
        return self._readable[where]

    def lacking(self, asked: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return those of the files asked for, each beside a Schematron, that are not readable.

        What was found of them all is kept: it is asked once a run, of hundreds of files.
        """
        names = {one: self.find(*one) for one in asked}
        there = sorted({name for name in names.values() if name is not None})
        paths = [str(self._folder.root / name) for name in there]
        refused = set(
            kept("unreadable", paths, lambda: [one for one in there if not self._parses(one)])
        )
        return [one for one, name in names.items() if name is None or name in refused]

    def _parses(self, where: str) -> bool:
        try:
            self._folder.xml(where)
        except (OSError, Unreadable):
            return False
        return True

    def find(self, beside: str, file: str) -> str | None:
        """Return the name in the kit of a file that is there, else None."""
        asked = (beside, file)
        if asked not in self._names:
            if len(self._names) >= _MOST_NAMES:
                self._names.clear()
            self._names[asked] = self._find(beside, file)
        return self._names[asked]

    def _find(self, beside: str, file: str) -> str | None:
        if not file or "#" in file or "?" in file:
            return None
        try:
            name = self._folder.resolve(file, beside)
        except Unreadable:
            return None
        return None if self._folder.find(name) is None else name

    def _read(self, where: str, name: str, keys: list[str]) -> Entries | None:
        path = self._folder.find(where)
        if path is None:
            return None
        try:
            if path.stat().st_size < _LARGE:
                return frozenset(self._values(where, name, keys))
            what = f"list {name} {' '.join(keys)}"
            values = kept(what, [str(path)], lambda: list(self._values(where, name, keys)))
            return frozenset(values)
        except (OSError, Unreadable):
            return None

    def _values(self, where: str, name: str, keys: list[str]) -> Iterator[str]:
        for element in self._folder.xml(where).iter(name):
            yield from together([_found(element, key) for key in keys])


def together(values: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield each choice of one value a key as one string; none where a key has none."""
    if len(values) == 1:
        yield from values[0]
    else:
        yield from (_BETWEEN.join(one) for one in product(*values))


def _found(element: _Element, key: str) -> list[str]:
    if key == "text()":
        texts = [element.text, *(child.tail for child in element)]
        return [text for text in texts if text]
    value = element.get(key.removeprefix("@"))
    return [] if value is None else [value]
