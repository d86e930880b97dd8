"""A kit that is ready to check documents."""

import threading
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lxml import etree
from lxml.etree import _Element

from cda_tools.errors import InputError
from cda_tools.kit import AUTO, NONE, cache, digests
from cda_tools.kit.compiled import Compiled, Fault, Source, without_others
from cda_tools.kit.folder import Folder, open_folder
from cda_tools.kit.lists import Lists
from cda_tools.kit.names import path_of
from cda_tools.kit.running import Outcome, Runner, Stopped
from cda_tools.kit.volets import Claim, claimed, named
from cda_tools.model.editions import NEWEST


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the kit says of a document. ``claim``: its volet, None where none was asked for.

    ``outcomes``: by the number of a Schematron. ``unavailable``: vocabularies that the kit lacks.
    """

    claim: Claim | None
    outcomes: dict[int, Outcome]
    stopped: tuple[Stopped, ...]
    unavailable: tuple[str, ...]


class Kit:
    """A kit, compiled. Its files are read by our own functions only, and inside it only."""

    def __init__(self, folder: Folder, name: str) -> None:
        """Take the compiled kit from the cache, or compile it. ``name``: as in reports."""
        self.folder = folder
        self.name = name
        self._entry = cache.load(folder)
        self._last = threading.local()
        self._first: tuple[int, Runner] | None = None
        self._whole: Runner | None = None

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the kit's Schematrons."""
        return self._entry.digest

    @property
    def label(self) -> str:
        """Return the name and the beginning of the digest: which kit it was.

        A header profile that we do not know is said here, hence in every report.
        """
        unknown = "" if self.edition else ", profil d'en-tête inconnu"
        return f"{self.name} ({self.digest[:12]}{unknown})"

    @cached_property
    def edition(self) -> str | None:
        """Return the edition of the header profile that the kit has, None where it is not known."""
        return digests.header_profile(self.folder)

    @property
    def layers(self) -> tuple[Compiled, ...]:
        """Return the Schematrons that every document goes through."""
        return self._entry.layers

    @property
    def volets(self) -> tuple[Compiled, ...]:
        """Return the Schematrons of the volets."""
        return self._entry.volets

    @cached_property
    def sources(self) -> list[Source]:
        """Return what each check is, by its number."""
        return self._entry.sources()

    @cached_property
    def faults(self) -> tuple[tuple[Compiled | None, Fault], ...]:
        """Return what is wrong in the kit, Schematron by Schematron, each fault once."""
        return tuple(_faults(self))

    @cached_property
    def lists(self) -> Lists:
        """Return the value sets and vocabularies."""
        return Lists(self.folder)

    def _runner(self, layer: int) -> Runner:
        """Return what runs the generic layers and an optional one.

        For a first document that one alone is compiled; for a second volet, all of them.
        """
        if self._whole is None:
            if self._first is None:
                sheet = without_others(etree.fromstring(self._entry.sheet), layer)
                self._first = layer, Runner(sheet, self.lists)
            if self._first[0] == layer or layer < 0:
                return self._first[1]
            self._whole = Runner(etree.fromstring(self._entry.sheet), self.lists)
        return self._whole

    def volet(self, name: str) -> Compiled:
        """Return the volet of that name; raise InputError where the kit has none such."""
        found = named(name, self.volets)
        if found is None:
            import difflib  # noqa: PLC0415  only a wrong name needs it

            near = difflib.get_close_matches(name, [one.name for one in self.volets], 3, 0.4)
            hint = f" (proches : {', '.join(near)})" if near else ""
            raise InputError(f"volet inconnu dans le kit {self.name} : {name}{hint}")
        return found

    def check(self, root: _Element, volet: str = AUTO) -> Verdict:
        """Run the kit on a document: all its layers at once, whichever is asked for first.

        ``root``: its ClinicalDocument, or the root of what is none. ``volet``: ``auto``, ``none``
        or a name.
        """
        known = getattr(self._last, "known", None)
        if known is not None and known[0] is root and known[1] == volet:
            verdict: Verdict = known[2]
            return verdict
        claim = None
        if volet not in {AUTO, NONE}:
            claim = Claim(self.volet(volet))
        elif volet == AUTO:
            claim = claimed(root, self.volets)
        number = claim.volet.number if claim and claim.volet else None
        layer = -1 if number is None else number
        outcome = self._runner(layer).run(root, layer)
        verdict = Verdict(claim, outcome.layers, outcome.stopped, outcome.unavailable)
        self._last.known = root, volet, verdict
        return verdict

    def forget(self) -> None:
        """Let go of the document that was checked last."""
        self._last.known = None


def _faults(kit: Kit) -> list[tuple[Compiled | None, Fault]]:
    found: dict[Fault, Compiled | None] = {}
    every = (*kit.layers, *kit.volets)
    asked = [(one.file, name) for one in every for name in one.documents]
    lacking = set(kit.lists.lacking(asked))
    for compiled in every:
        for fault in compiled.faults:
            found.setdefault(fault, compiled)
        for name in compiled.documents:
            if (compiled.file, name) in lacking:
                found.setdefault(Fault("KIT-05", name, compiled.name), compiled)
    for written, actual in {**kit._entry.forgiven, **kit.folder.forgiven}.items():
        found.setdefault(Fault("KIT-06", written, actual), None)
    if kit.edition is None:
        found.setdefault(Fault("KIT-08", kit.name, NEWEST), None)
    return [(compiled, fault) for fault, compiled in found.items()]


@lru_cache(maxsize=4)
def open_kit(location: str) -> Kit:
    """Return the kit of a name that was added, or in a folder; raise InputError for none.

    A process opens a kit once.
    """
    path, name = path_of(location)
    return Kit(open_folder(path), name)
