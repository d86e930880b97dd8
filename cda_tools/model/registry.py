"""What a registry answered about a patient's documents, as plain values.

Source: IHE ITI-18 (Registry Stored Query); the DMP's TD3.1.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from cda_tools.model.document import Known
from cda_tools.model.header import Patient
from cda_tools.model.timestamp import Timestamp
from cda_tools.rules.finding import Finding


class ResponseStatus(StrEnum):
    """How the registry says its query went; a submission has none."""

    SUCCESS = "Success"
    PARTIAL = "PartialSuccess"
    FAILURE = "Failure"


class Role(StrEnum):
    """What a message of a registry or repository answers, or asks for.

    The first six are stored queries (IHE ITI-18; the DMP's TD3.1); then ITI-43 (TD3.2), ITI-41
    (TD2.1), ITI-57 (TD3.3), and an acknowledgement that does not say of what it is.
    """

    FIND_DOCUMENTS = "FindDocuments"
    FIND_SUBMISSION_SETS = "FindSubmissionSets"
    GET_DOCUMENTS = "GetDocuments"
    GET_ASSOCIATIONS = "GetAssociations"
    GET_DOCUMENTS_AND_ASSOCIATIONS = "GetDocumentsAndAssociations"
    GET_SUBMISSION_SETS = "GetSubmissionSets"
    RETRIEVE = "RetrieveDocumentSet"
    PROVIDE = "ProvideAndRegisterDocumentSet"
    UPDATE = "UpdateDocumentSet"
    ACKNOWLEDGEMENT = "RegistryResponse"


NO_QUERY = frozenset({Role.RETRIEVE, Role.PROVIDE, Role.UPDATE, Role.ACKNOWLEDGEMENT})
"""Answers that are none to a stored query: they list nothing."""


@dataclass(frozen=True, slots=True)
class SubmissionSet:
    """A lot: what was submitted together (RegistryPackage, IHE ITI TF-3 § 4.2.3.3).

    ``entry_uuid`` is what GetAssociations is asked with. ``submitted``: submissionTime in local
    time, by the submitter's clock.
    """

    entry_uuid: str
    unique_id: str | None = None
    submitted: Timestamp | None = None
    patient: Patient | None = None


@dataclass(frozen=True, slots=True)
class Association:
    """A link between two registry objects, by their entryUUIDs (IHE ITI TF-3 § 4.2.2).

    ``kind``: what follows the last colon of its type (``HasMember``, ``RPLC``, ``signs``).
    ``original``: False where SubmissionSetStatus says Reference: the lot deposits nothing new.
    """

    kind: str
    source: str
    target: str
    original: bool = True


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A document that a repository gave back (DocumentResponse, IHE ITI-43)."""

    unique_id: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked. ``parameters``: a pair for each slot, its values without their quotes.

    Slots of one name are conditions that all hold; values of one slot are alternatives (IHE ITI
    TF-2 § 3.18.4.1.2.3.5). ``deposited``: the uniqueIds of the documents that a submission holds.
    ``role`` is None for a stored query that is not known here. ``patient``: whose documents are
    asked for; it is among the parameters too, which is why neither is in the repr.
    """

    path: str
    role: Role | None = None
    message_id: str | None = None
    parameters: tuple[tuple[str, tuple[str, ...]], ...] = field(default=(), repr=False)
    patient: Patient | None = field(default=None, repr=False)
    deposited: tuple[str, ...] = ()

    def values(self, name: str) -> tuple[str, ...]:
        """Return all values of a parameter, its leading ``$`` left out; () where not asked."""
        return tuple(value for slot, values in self.parameters if slot == name for value in values)


@dataclass(frozen=True, slots=True)
class RegistryAnswer:
    """An answer: its documents' headers, the objects that it only names, what is wrong with it.

    ``complete``: the answer says of itself that it holds the whole list, and all of it could
    be read. Only then does an absent document mean anything. ``role``: what its content alone
    tells; None where that does not tell (a list of documents may answer FindDocuments or
    GetDocuments). ``relates_to``: the message id of its request. ``refused``: the identifiers
    that stand beside an error "already in the registry", never to be shown ("" where none does).
    """

    path: str
    status: ResponseStatus | None = None
    documents: tuple[Known, ...] = ()
    references: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    complete: bool = False
    role: Role | None = None
    relates_to: str | None = None
    sets: tuple[SubmissionSet, ...] = ()
    associations: tuple[Association, ...] = ()
    retrieved: tuple[Retrieved, ...] = ()
    refused: tuple[str, ...] = ()
