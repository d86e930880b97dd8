"""The body of a worker process: it takes a request from its pipe and sends the answer back."""

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cda_tools.batch import memory
from cda_tools.batch.work import Settings, results
from cda_tools.carriers.sources import Source
from cda_tools.errors import CdaToolsError, InputError
from cda_tools.reports.outputs import output
from cda_tools.reports.run import Run
from cda_tools.serve.asking import Answer, Ask, Refused
from cda_tools.serve.routes import Endpoint, Work, adapter
from cda_tools.serve.tools import Failing, Tools, Working

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# A document with something for every layer to look at: what is compiled or read on first use is.
_FIRST = b"""<ClinicalDocument xmlns="urn:hl7-org:v3" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/><id root="1.2"/>
<code code="11502-2" codeSystem="2.16.840.1.113883.6.1"/><title>.</title>
<effectiveTime value="20250514102000+0200"/><confidentialityCode code="N"/>
<languageCode code="fr-FR"/><author><time value="20250514102000+0200"/><assignedAuthor>
<id root="1.2" extension="3"/><telecom nullFlavor="UNK"/><assignedPerson><name><family>A</family>
</name></assignedPerson></assignedAuthor></author></ClinicalDocument>"""
_COMMON = ("json", "tar")
ABNORMAL = 70
"""Exit code of a worker that met something it did not foresee."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A request whose worker hung for ``seconds``, or ended with ``code``.

    ``begun``: the worker had taken the request; else another may try it.
    """

    seconds: float | None = None
    code: int | None = None
    begun: bool = True


@dataclass(frozen=True, slots=True)
class Job:
    """A request for a route. ``lost``: how its worker was lost; what is asked now is to say so."""

    endpoint: Endpoint
    ask: Ask
    lost: Lost | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """Schemas are compiled: requests may come."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The worker has taken the request, or goes on to its next document: the clock restarts."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Nothing can be validated at all: one French line."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unforeseen:
    """The request met an error that nothing foresaw: its kind alone, its text may quote."""

    kind: str


Message = Ready | Begun | Answer | Broken | Unforeseen


def answer(job: Job, tools: Tools) -> Answer:
    """Answer a request; one that its contract refuses has the contract's own form of error."""
    contract, route = adapter(job.endpoint.adapter), job.endpoint.route
    assert isinstance(route, Work)
    if job.lost:
        tools = Failing(tools.settings, job.lost.seconds, job.lost.code)
    try:
        return route.answer(job.ask, tools)
    except Refused as refusal:
        return contract.refusal(job.ask, refusal.reason, refusal.status)
    except CdaToolsError as error:
        status = 400 if isinstance(error, InputError) else 503
        return contract.refusal(job.ask, str(error), status)


def main(connection: "Connection[Message, Job]", settings: Settings) -> None:
    """Serve until the other end of the pipe closes."""
    import signal  # noqa: PLC0415  only processes need it

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the service ends its workers itself
    memory.limit(settings.memory or memory.default())
    try:
        _serve(connection, settings)
    except (EOFError, OSError):
        pass  # the service is gone
    except Exception:
        sys.exit(ABNORMAL)  # without a traceback: it may quote the document


def _serve(connection: "Connection[Message, Job]", settings: Settings) -> None:
    # Schemas and rules are compiled before the clock starts for a real document.
    try:
        for form in _COMMON:
            validated = results(Source("-", _FIRST), settings)
            "".join(output(form).render(validated, Run(settings.options)))
    except CdaToolsError as error:
        connection.send(Broken(str(error)))
        return
    connection.send(Ready())
    tools = Working(settings, lambda _: connection.send(Begun()))
    while True:
        job = connection.recv()
        connection.send(Begun())
        connection.send(_answered(job, tools))


def _answered(job: Job, tools: Tools) -> Answer | Unforeseen:
    """Answer; an error that nothing foresaw costs neither the worker nor the time of a new one."""
    try:
        return answer(job, tools)
    except Exception as error:
        return Unforeseen(type(error).__name__)
