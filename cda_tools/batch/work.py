"""One file to the results of the documents that it holds: what every worker does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from cda_tools.carriers import Carried
from cda_tools.carriers.sources import Source
from cda_tools.document import UNREADABLE, Document, read_carried
from cda_tools.errors import CdaToolsError, InputError
from cda_tools.reading.safexml import DEFAULT, Limits
from cda_tools.reading.safexml import LAYER as XML
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding
from cda_tools.validation import Options, Report, troubles, validate
from cda_tools.validation.running import effective_profile

FEW = 8
"""Files up to which starting processes costs more than it gains."""
TIMEOUT = 30.0
"""Seconds that one document may take, unless another limit is given."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What to do with each document.

    ``lines``: compose its line too. ``jobs``: worker processes; None is one a core, and none at
    all for up to FEW files. ``timeout``: seconds that one document may take; it alone is lost
    beyond them. ``memory``: bytes that a worker may use, where the system can limit it; None is
    what ``batch.memory.default`` says. ``documents``: give each document with its report, without
    its tree.
    """

    options: Options = field(default_factory=Options)
    limits: Limits = DEFAULT
    lines: bool = False
    jobs: int | None = None
    timeout: float = TIMEOUT
    memory: int | None = None
    documents: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """One document's report; ``line``: None where not asked, or where there is no header.

    ``known``: findings left out of the report because a baseline has them. ``ignored``: the
    rules of those left out because they are ignored, a rule a finding. ``document``: None where
    not asked.
    """

    report: Report
    line: str | None = None
    known: int = 0
    ignored: tuple[str, ...] = ()
    document: Document | None = None


def _no_one(_: str) -> None:
    """Tell nobody."""


def results(
    source: Source, settings: Settings, begin: Callable[[str], None] = _no_one, skip: int = 0
) -> Iterator[Result]:
    """Yield the result of each document of a file, in order.

    ``begin`` is told the path of each document inside a carrier before it is read; the
    ``skip`` first ones are left out. Raise CdaToolsError where nothing can be validated at
    all (a schema that does not load); everything else is a finding.
    """
    documents = source.open(settings.limits)
    number = 0
    while True:
        try:
            carried = next(documents, None)
        except InputError as error:
            yield _unreadable(source, settings, error)
            return
        except CdaToolsError:
            raise
        except MemoryError:
            yield _without(Document(source.path), settings, troubles.out_of_memory())
            return
        except Exception as error:
            finding = troubles.unexpected("ouverture du fichier", error)
            yield _without(Document(source.path), settings, finding)
            return
        if carried is None:
            return
        number += 1
        if number > skip:
            if carried.path != source.path:
                begin(carried.path)
            yield _result(carried, settings)


def lost(document: Document, settings: Settings, seconds: float | None, code: int | None) -> Result:
    """Return the result of a document that took over ``seconds``, or ended its process."""
    finding = troubles.died(code) if seconds is None else troubles.timed_out(seconds)
    return _without(document, settings, finding)


def _without(document: Document, settings: Settings, finding: Finding) -> Result:
    """Return the result of a document of which nothing else is known than its name."""
    kept = Document(document.file, inside=document.inside, carrier=document.carrier)
    report = _trouble(document, settings.options, finding)
    return Result(report, document=kept if settings.documents else None)


def _result(carried: Carried, settings: Settings) -> Result:
    try:
        document = read_carried(carried, settings.limits)
        report = validate(document, settings.options)
        line = _line(document) if settings.lines else None
        kept = replace(document, tree=None) if settings.documents else None
        return Result(report, line, document=kept)
    except CdaToolsError:
        raise
    except MemoryError:
        return _without(carried, settings, troubles.out_of_memory())
    except Exception as error:
        finding = troubles.unexpected("lecture du document", error)
        return _without(carried, settings, finding)


def _line(document: Document) -> str | None:
    from cda_tools.line import one_line  # noqa: PLC0415  only some outputs show it

    return one_line(document.header, document.context) if document.header else None


def _trouble(document: Document, options: Options, finding: Finding) -> Report:
    return troubles.report(document, effective_profile(options.profile, None), finding, options)


def _unreadable(source: Source, settings: Settings, error: InputError) -> Result:
    finding = texts.finding(UNREADABLE, layer=XML, location=None, line=None, reason=str(error))
    document = Document(source.path, findings=(finding,))
    report = validate(document, settings.options)
    return Result(report, document=document if settings.documents else None)
