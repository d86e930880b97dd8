"""Each answer with what it answers, and its request where that was kept.

An answer does not say which query it answers. What it may be is told by its content, by the
request that it relates to (WS-Addressing RelatesTo = MessageID), by a request beside it
(``X.request.xml`` beside ``X.xml``), or by who gives it. Content is never contradicted: an
acknowledgement is no list, whatever is said of it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cda_tools.model.document import Known
from cda_tools.model.registry import (
    NO_QUERY,
    Association,
    RegistryAnswer,
    Request,
    ResponseStatus,
    Role,
    SubmissionSet,
)
from cda_tools.rules import texts
from cda_tools.rules.finding import Finding

LAYER = "dmp"
_REQUEST = ".request."
_BARE_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# What a query may answer, by what an answer's objects alone tell.
_MAY_ANSWER = {
    None: frozenset(Role) - NO_QUERY,
    Role.GET_DOCUMENTS_AND_ASSOCIATIONS: frozenset(
        {Role.GET_DOCUMENTS_AND_ASSOCIATIONS, Role.FIND_DOCUMENTS, Role.GET_DOCUMENTS}
    ),
    Role.GET_ASSOCIATIONS: frozenset({Role.GET_ASSOCIATIONS, Role.GET_DOCUMENTS_AND_ASSOCIATIONS}),
    Role.GET_SUBMISSION_SETS: frozenset({Role.GET_SUBMISSION_SETS, Role.FIND_SUBMISSION_SETS}),
    Role.FIND_SUBMISSION_SETS: frozenset({Role.GET_SUBMISSION_SETS, Role.FIND_SUBMISSION_SETS}),
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """An answer of a visit. ``role`` is None where nothing tells what it answers.

    A registry that reports a failure gives nothing usable, whatever its answer holds (IHE ITI
    TF-3 § 4.2.4).
    """

    answer: RegistryAnswer
    role: Role | None
    request: Request | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def whole(self) -> bool:
        """Tell whether the answer says of itself that nothing is left out."""
        return self.answer.complete

    @property
    def failed(self) -> bool:
        """Tell whether the answer is an error, or could not be read."""
        return self.answer.status is None or self.answer.status is ResponseStatus.FAILURE

    @property
    def lists(self) -> bool:
        """Tell whether it answers a stored query, or may."""
        return self.role not in NO_QUERY

    @property
    def documents(self) -> tuple[Known, ...]:
        """Return the entries that may be used."""
        return self.answer.documents if self._usable else ()

    @property
    def sets(self) -> tuple[SubmissionSet, ...]:
        """Return the lots that may be used."""
        return self.answer.sets if self._usable else ()

    @property
    def associations(self) -> tuple[Association, ...]:
        """Return the associations that may be used."""
        return self.answer.associations if self._usable else ()

    @property
    def _usable(self) -> bool:
        return self.answer.status is not ResponseStatus.FAILURE

    def asked(self, *names: str) -> frozenset[str] | None:
        """Return the entryUUIDs that the request asked for; None where it was not kept."""
        if self.request is None:
            return None
        return frozenset(folded(value) for name in names for value in self.request.values(name))


def folded(uuid: str) -> str:
    """Return a UUID as it compares: without case and without ``urn:uuid:``."""
    return uuid.strip().lower().removeprefix("urn:uuid:")


def asked_with(uuid: str) -> str:
    """Return a UUID as a query names it: with ``urn:uuid:`` (IHE ITI TF-2 § 3.18.4.1.2.3.7).

    Its case is the registry's own.
    """
    bare = uuid.strip()
    return f"urn:uuid:{bare}" if _BARE_UUID.fullmatch(bare) else bare


def pair(
    answers: Iterable[RegistryAnswer],
    requests: Iterable[Request] = (),
    *,
    told: Mapping[str, Role] | None = None,
    default: Role | None = None,
) -> tuple[Exchange, ...]:
    """Return the answers with their roles and requests, in their order.

    ``told``: the role that is said of an answer, by its path; ``default``: of those whose role
    nothing else tells.
    """
    requests = list(requests)
    by_id = {folded(one.message_id): one for one in requests if one.message_id}
    by_path = {_without_mark(one.path): one for one in requests if _REQUEST in one.path}
    found = []
    for answer in answers:
        request = by_id.get(folded(answer.relates_to)) if answer.relates_to else None
        findings: tuple[Finding, ...] = ()
        if request is None and (beside := by_path.get(answer.path)):
            if _belongs(beside, answer):
                request = beside
            else:
                findings = (_finding("DMP-16"),)
        said = (told or {}).get(answer.path) or (request.role if request else None)
        role, contradiction = _role(answer, said or (default if answer.role is None else None))
        if contradiction and request is not None and request.role is said:
            request = None
        found.append(Exchange(answer, role, request, (*findings, *contradiction)))
    return tuple(found)


def _without_mark(path: str) -> str:
    start, _, end = path.rpartition(_REQUEST)
    return f"{start}.{end}"


def _belongs(request: Request, answer: RegistryAnswer) -> bool:
    """Return False where the answer names another message as its request."""
    return not (answer.relates_to and request.message_id)


def _role(answer: RegistryAnswer, said: Role | None) -> tuple[Role | None, tuple[Finding, ...]]:
    own = answer.role
    if said is None or said is own:
        return own, ()
    if own in NO_QUERY:
        # An acknowledgement may not say of what it is; it is a list of nothing in any case.
        if said in NO_QUERY:
            return (said if own is Role.ACKNOWLEDGEMENT else own), ()
        return own, (no_list(own),)
    if said in _MAY_ANSWER[own]:
        return said, ()
    return own, (_finding("DMP-17", role=said.value),)


def no_list(role: Role | None) -> Finding:
    """Return the finding of an answer that lists nothing, and is given as a list."""
    root = "RetrieveDocumentSetResponse" if role is Role.RETRIEVE else "RegistryResponse"
    return texts.finding("XDS-02", layer="xds", location=None, line=None, root=root)


def _finding(rule: str, **fields: str) -> Finding:
    return texts.finding(rule, layer=LAYER, location=None, line=None, **fields)
