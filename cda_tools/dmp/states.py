"""What may be said of a local document beside the DMP, and what the user may do with it."""

from dataclasses import dataclass
from enum import StrEnum

from cda_tools.model.carriage import Place
from cda_tools.model.document import Known
from cda_tools.rules.finding import Finding


class State(StrEnum):
    """What the answers say of one of the user's documents."""

    UP_TO_DATE = "up-to-date"
    NEWER_LISTED = "newer-listed"
    METADATA_CHANGED = "metadata-changed"
    NO_LONGER_LISTED = "no-longer-listed"
    NEVER_LISTED = "never-listed"
    NOT_LISTED = "not-listed"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a document is absent, or why nothing can be said of it."""

    ABSENT = "absent-from-list"
    NO_ID = "no-id"
    OTHER_PATIENT = "other-patient"
    OUTSIDE_QUERY = "outside-query"
    NO_LIST = "no-list"
    LIST_FAILED = "list-failed"
    LIST_PARTIAL = "list-partial"
    LIST_EMPTY = "list-empty"
    CHAIN_OPEN = "chain-open"
    CHANGES_MISSING = "changes-missing"


class Hint(StrEnum):
    """What the answers since the last visit tell of a document that no list shows."""

    NO_CHANGE_REPORTED = "no-change-reported"
    SOME_NOT_ACCESSIBLE = "some-changes-not-accessible"


class Choice(StrEnum):
    """What the user may do with a document that is absent from the list."""

    KEEP = "keep"
    REMOVE = "remove"


_ABSENT = frozenset({State.NO_LONGER_LISTED, State.NOT_LISTED})


@dataclass(frozen=True, slots=True)
class Compared:
    """One local document.

    ``listed``: the last version of its own metadata, where the answers have it. ``newer``: the
    version that replaces it and is there; None for a document that was replaced by one that is not
    accessible. ``newer_at_hand``: that version is among the local documents too. ``chain``: the
    uniqueIds from its own to the last, None for one that was never seen; ``by``: RPLC, XFRM_RPLC,
    or ``headers`` where the documents themselves tell. ``added``, ``removed``: confidentiality
    codes since the last visit; ``availability``: the old and the new status, where it changed.
    ``duplicate_of``: the carrier by which a document that the DMP lists was received too.
    ``candidates``: listed documents, unknown here, of the same type and author and of a later
    date, for an absent document: perhaps a new version of it, which only retrieving them can tell.
    """

    document: Known
    state: State
    reason: Reason | None = None
    hint: Hint | None = None
    listed: Known | None = None
    newer: Known | None = None
    newer_at_hand: bool = False
    chain: tuple[str | None, ...] = ()
    by: str | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    availability: tuple[str, str] | None = None
    duplicate_of: Place | None = None
    candidates: tuple[Known, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return what the user may choose: an absent document is kept or removed."""
        return (Choice.KEEP, Choice.REMOVE) if self.state in _ABSENT else ()
