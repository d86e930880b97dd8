"""The order in which a dossier is made, and its log."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from cda_tools.batch import Result
from cda_tools.dmp import Comparison
from cda_tools.document import Document
from cda_tools.dossier import pieces as making
from cda_tools.dossier.archive import masked
from cda_tools.dossier.copies import Copies
from cda_tools.dossier.requirements import HASHES, INDEX, LOG, Facts, Requirement, verdicts
from cda_tools.reports.run import Run


class Making:
    """Makes the pieces one after the other; each step is a line of the log.

    ``now``: the moment that every piece names.
    """

    def __init__(
        self,
        requirement: Requirement,
        copies: Copies,
        run: Run,
        now: datetime,
        *,
        patient: bool = False,
    ) -> None:
        """Begin with the files that were copied."""
        self._requirement, self._copies, self._run = requirement, copies, run
        self._now, self._patient = now, patient
        self._facts = Facts(unread=len(copies.unread), files=len(copies.files))
        self._pieces: making.Pieces = {}
        self._insides: set[str] = set()
        self._log: list[str] = []
        self._note(f"exigence {requirement.id}, {run.described}")
        self._note(f"{len(copies.files)} fichiers copiés et pesés")
        for one in self._notes():
            self._note(one)

    def _note(self, text: str) -> None:
        self._log.append(f"{datetime.now().astimezone():%Y-%m-%dT%H:%M:%S%z}  {text}\n")

    def _notes(self) -> list[str]:
        told = [f"non lu : {one}" for one in self._copies.unread]
        left_out = self._run.left_out
        return [*told, str(left_out)] if left_out.total else told

    def validate(self, results: Iterable[Result]) -> None:
        """Take the results of the validation."""
        self._pieces |= making.reports(self._watched(results), self._run, self._facts)
        facts = self._facts
        self._note(
            f"validation : {facts.documents} document{'s' if facts.documents > 1 else ''}, "
            f"{verdicts(facts)}"
        )

    def _watched(self, results: Iterable[Result]) -> Iterator[Result]:
        for result in results:
            if result.report.inside:
                self._insides.add(result.report.inside)
            yield result

    def show(self, documents: Iterable[Document]) -> None:
        """Take the documents: their lines, and their chains."""
        found = list(documents)
        self._insides |= {one.inside for one in found if one.inside}
        self._pieces |= making.lines(found, self._facts, patient=self._patient)
        self._note(f"lignes : {self._facts.lines}")
        self._pieces |= making.chains(found, self._facts)
        self._note(
            f"chaînes : {self._facts.chains}, dont {self._facts.versions} de plusieurs versions"
        )

    def visit(self, comparison: Comparison, structures: int) -> None:
        """Take what a visit to the DMP told; ``structures``: how many are the user's own."""
        self._pieces |= making.visit(comparison, self._facts, structures)
        for line in self._facts.dmp or ():
            self._note(f"DMP : {line}")

    def pieces(self, screens: Path | None = None) -> dict[str, bytes]:
        """Return every piece by its name; ``screens``: a folder to take screenshots from."""
        masks = self._copies.masks(self._insides)
        self._pieces = {name: masked(text, masks) for name, text in self._pieces.items()}
        shots: dict[str, bytes] = {}
        if screens:
            from cda_tools.dossier.screens import screenshots  # noqa: PLC0415  an extra

            pages = {name: one for name, one in self._pieces.items() if name.endswith(".html")}
            shots = screenshots(pages, screens)
            self._facts.screens = len(shots)
            self._note(f"captures : {len(shots)}")
        self._pieces |= making.hashes(self._copies.files)
        self._pieces |= making.editions(self._run.options, self._now)
        self._note("dossier complet")
        self._pieces[LOG] = "".join(self._log)
        names = [*self._pieces, *shots]
        first = making.index(
            self._requirement,
            self._facts,
            self._copies.files,
            names,
            run=self._run,
            now=self._now,
            named=self._patient,
            notes=self._notes(),
        )
        told = {INDEX: first, **self._pieces}
        for name in (INDEX, LOG, HASHES):
            told[name] = masked(told[name], masks)
        return {name: text.encode("utf-8", "replace") for name, text in told.items()} | shots

    def checklist(self) -> Iterator[str]:
        """Yield a line a point: what shows it, or what is missing."""
        for point in self._requirement.points:
            told = point.told(self._facts) if point.piece else None
            if told is None:
                state = "à compléter" if point.piece else "à joindre"
                yield f"{state:<12}{point.text} : {point.lacks(self._facts)}"
            else:
                yield f"{'montré':<12}{point.text} ({point.piece}) : {told}"
