"""What a registry answered about a patient's documents, as plain values.

Source: IHE ITI-18 (Registry Stored Query); the DMP's TD3.1.
"""

from dataclasses import dataclass
from enum import StrEnum

from cda_tools.model.carriage import Received
from cda_tools.rules.finding import Finding


class ResponseStatus(StrEnum):
    """How the registry says its query went; a submission has none."""

    SUCCESS = "Success"
    PARTIAL = "PartialSuccess"
    FAILURE = "Failure"


@dataclass(frozen=True, slots=True)
class RegistryAnswer:
    """An answer: its documents' headers, the objects that it only names, what is wrong with it.

    ``complete``: the answer says of itself that it holds the whole list, and all of it could
    be read. Only then does an absent document mean anything.
    """

    path: str
    status: ResponseStatus | None = None
    documents: tuple[Received, ...] = ()
    references: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    complete: bool = False
