"""What a request can have done to its documents, in a worker; and what is said when that fails."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from cda_tools.batch.work import Result, Settings, lost, results
from cda_tools.carriers.sources import Source
from cda_tools.document import Door
from cda_tools.model.document import Document
from cda_tools.reports.contracts.verdict import Judged, judged, together
from cda_tools.serve.asking import Refused
from cda_tools.serve.content import Input
from cda_tools.validation import PROFILES


class Tools(Protocol):
    """What an adapter's route is given."""

    @property
    def settings(self) -> Settings:
        """Return how the service validates."""
        ...

    def results(self, inputs: Iterable[Input], profile: str | None) -> Iterator[Result]:
        """Yield the report of every document of the inputs, in order."""
        ...

    def documents(self, inputs: Iterable[Input], *, whole: bool) -> Iterator[Document]:
        """Yield every document of the inputs; ``whole``: with its body, else its header alone."""
        ...


@dataclass(frozen=True, slots=True)
class Working:
    """The tools of a worker. ``begin`` is told each document, so that its time is its own."""

    settings: Settings
    begin: Callable[[str], None]

    def results(self, inputs: Iterable[Input], profile: str | None) -> Iterator[Result]:
        """Validate every document of the inputs; ``profile`` None: the service's own."""
        settings = with_profile(self.settings, profile)
        for one in inputs:
            self.begin(one.name)
            yield from results(Source(one.name, one.data), settings, self.begin)

    def documents(self, inputs: Iterable[Input], *, whole: bool) -> Iterator[Document]:
        """Read every document of the inputs."""
        door = Door(self.settings.limits, whole=whole, digests=True)
        for one in inputs:
            self.begin(one.name)
            for document in door.read([Source(one.name, one.data)]):
                yield document
                self.begin(document.path)


@dataclass(frozen=True, slots=True)
class Failing:
    """What stands for the tools where the worker was lost: nothing was checked.

    ``seconds``: the time limit, where it struck. ``code``: how the process ended.
    """

    settings: Settings
    seconds: float | None = None
    code: int | None = None

    def results(self, inputs: Iterable[Input], profile: str | None) -> Iterator[Result]:
        """Yield for each input that it was not checked (CHK-01, CHK-02)."""
        settings = with_profile(self.settings, profile)
        for one in inputs:
            yield lost(Document(one.name), settings, self.seconds, self.code)

    def documents(self, inputs: Iterable[Input], *, whole: bool) -> Iterator[Document]:
        """Raise Refused: without a worker there is nothing to show."""
        reason = "le délai est passé" if self.seconds is not None else "le traitement a échoué"
        raise Refused(f"{reason} : ce document n'a pas été traité", 503)


def with_profile(settings: Settings, profile: str | None) -> Settings:
    """Return the settings with another profile; raise Refused for one that does not exist."""
    if profile is None:
        return settings
    if profile not in PROFILES:
        raise Refused(f"profil inconnu : {profile} ; profils : {', '.join(PROFILES)}")
    return replace(settings, options=replace(settings.options, profile=profile))


def verdicts(tools: Tools, inputs: Sequence[Input], profile: str | None = None) -> list[Judged]:
    """Return one verdict an input: the documents of a carrier are taken together."""
    found = []
    for one in inputs:
        reports = [judged(result.report) for result in tools.results([one], profile)]
        if not reports:
            raise Refused(f"{one.name} : aucun document")
        found.append(together(reports, one.name))
    return found


def now() -> datetime:
    """Return the moment that a report carries."""
    return datetime.now(UTC)
