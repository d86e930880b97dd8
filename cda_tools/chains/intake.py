"""What a consumer does with a document that arrives: the decision, and why.

Source: structuration minimale 1.16 § 3.5.5.10. Its four steps are taken as they stand; beside
them, a document without setId is placed by what it replaces, a deletion withdraws, and a setId
that another patient has links nothing.
"""

from dataclasses import dataclass
from enum import StrEnum

from cda_tools.chains import Chain, ChainFinding, Chains, Status, build
from cda_tools.chains.entry import DigestOf
from cda_tools.chains.storing import MemoryStore, Store
from cda_tools.model.carriage import Action
from cda_tools.model.document import Document, Known, known
from cda_tools.model.header import Header, Identifier
from cda_tools.model.identifiers import key
from cda_tools.model.patients import Acquaintance, acquaintance, patient_key


class IntakeAction(StrEnum):
    """What to do with the document: ACCEPT a new one, STORE another version of a known one."""

    ACCEPT = "accept"
    STORE = "store"
    REJECT = "reject"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Decision:
    """The consumer's decision on one document.

    ``reason``: one French sentence. ``supersedes``: the stored documents that were current and
    are no longer. ``becomes_current``: this document is now its chain's current version.
    ``findings``: what chaining says of this document and the stored ones, and did not before.
    """

    action: IntakeAction
    reason: str
    supersedes: tuple[Identifier, ...] = ()
    becomes_current: bool = False
    findings: tuple[ChainFinding, ...] = ()


def decide(store: Store, document: Document, *, digest: DigestOf | None = None) -> Decision:
    """Decide on one document; nothing is stored.

    ``digest``: asked for the digest of a file whose document came without, as in ``chains.build``.

    >>> from cda_tools.model.document import Document
    >>> from cda_tools.model.header import Header, Identifier
    >>> document = Document("a.xml", header=Header(id=Identifier("1.2.250.1.999.1")))
    >>> decide(MemoryStore(), document).action.value
    'accept'
    >>> decide(MemoryStore([document]), document).action.value
    'reject'
    """
    incoming = next(known([document]), None)
    if incoming is None:
        return Decision(IntakeAction.REJECT, "Document illisible : rien à décider.")
    header = incoming.header
    if header.id is None:
        return Decision(IntakeAction.REJECT, "Document sans id : rien ne permet de le reconnaître.")
    memory = store if isinstance(store, MemoryStore) else MemoryStore(beside=store)
    same_id = memory.of_id(incoming)
    if incoming.context and incoming.context.action is Action.DELETE:
        return _withdraw(incoming, same_id)
    if same_id:
        return Decision(IntakeAction.REJECT, _already_there(incoming, same_id, digest))
    stored = memory.concerned(incoming)
    same_set = [one for one in stored if _one_set(one, incoming)]
    if any(one.header.version == header.version is not None for one in same_set):
        reason = f"Le dépôt a déjà la version {header.version} de ce setId, sous un autre id."
        return Decision(IntakeAction.REJECT, reason)
    return _place(incoming, stored, same_set, digest)


def _withdraw(incoming: Known, same_id: list[Known]) -> Decision:
    ours = [one for one in same_id if _patients(one, incoming) is not Acquaintance.OTHER]
    if not ours:
        where = "est d'un autre patient" if same_id else "n'est pas dans le dépôt"
        reason = f"Suppression sans effet : le document à supprimer {where}."
        return Decision(IntakeAction.REJECT, reason)
    return Decision(
        IntakeAction.WITHDRAW, "Le message demande de supprimer ce document, que le dépôt a."
    )


def _already_there(incoming: Known, same_id: list[Known], digest: DigestOf | None) -> str:
    reason = "Un document de même id est déjà dans le dépôt"
    if all(_patients(one, incoming) is Acquaintance.OTHER for one in same_id):
        return f"{reason}, et il est d'un autre patient."
    digests = {_digest(one, digest) for one in same_id}
    own = _digest(incoming, digest)
    if own and None not in digests and own not in digests:
        return f"{reason}, avec un autre contenu."
    return f"{reason}."


def _digest(one: Known, digest: DigestOf | None) -> str | None:
    if one.digest is None and one.inside is None and digest is not None:
        return digest(one.file)
    return one.digest


def _place(
    incoming: Known, stored: list[Known], same_set: list[Known], digest: DigestOf | None
) -> Decision:
    before = build(stored, digest=digest)
    after = build([*stored, incoming], digest=digest)
    chain = _chain_of(after, incoming.header)
    others = [one for one in chain.documents if one.id != incoming.header.id]
    current = [v for v in chain.documents if v.status is Status.CURRENT]
    becomes_current = [one.id for one in current] == [incoming.header.id]
    were = {one.id for c in before.chains for one in c.documents if one.status is Status.CURRENT}
    supersedes = tuple(
        dict.fromkeys(
            one.id
            for one in others
            if one.id and one.id in were and one.status is Status.SUPERSEDED
        )
    )
    known = set(before.all_findings)
    return Decision(
        IntakeAction.STORE if others else IntakeAction.ACCEPT,
        _reason(incoming, chain, stored, same_set, becomes_current),
        supersedes,
        becomes_current,
        tuple(one for one in after.all_findings if one not in known),
    )


def _chain_of(chains: Chains, header: Header) -> Chain:
    return next(chain for chain in chains.chains for one in chain.documents if one.id == header.id)


def _reason(
    incoming: Known,
    chain: Chain,
    stored: list[Known],
    same_set: list[Known],
    becomes_current: bool,
) -> str:
    header = incoming.header
    if len(chain.documents) == 1:
        return _reason_alone(incoming, stored)
    what = "Nouvelle version d'un document du dépôt"
    how = _how(header) if same_set else "il le remplace"
    if becomes_current:
        return f"{what} ({how}) : elle devient la version en vigueur."
    if chain.current is None:
        return f"{what} ({how}) : aucune version en vigueur ne peut être désignée."
    if same_set and header.version is not None:
        return (
            f"Version {header.version} d'un setId connu : une version plus élevée reste en vigueur."
        )
    return "Version d'un document du dépôt qui a déjà une version plus récente."


def _how(header: Header) -> str:
    if header.version is None:
        return "même setId, versionNumber absent ou illisible"
    return f"même setId, version {header.version}"


def _reason_alone(incoming: Known, stored: list[Known]) -> str:
    header = incoming.header
    sharing = [one for one in stored if _same_key(one.header.set_id, header.set_id)]
    if sharing:
        if any(_patients(one, incoming) is Acquaintance.OTHER for one in sharing):
            return "Nouveau document : son setId est aussi celui d'un autre patient, à signaler."
        return "Nouveau document : son setId est connu, mais rien n'établit le même patient."
    if header.replaces:
        return "Nouveau document : celui qu'il remplace n'est pas dans le dépôt pour ce patient."
    if header.set_id:
        return "Nouveau document : setId inconnu du dépôt."
    return "Nouveau document : sans setId, et il n'en remplace aucun."


def _one_set(one: Known, incoming: Known) -> bool:
    if not _same_key(one.header.set_id, incoming.header.set_id):
        return False
    return _patients(one, incoming) is Acquaintance.SAME


def _same_key(one: Identifier | None, other: Identifier | None) -> bool:
    return one is not None and other is not None and key(one) == key(other)


def _patients(one: Known, other: Known) -> Acquaintance:
    return acquaintance(patient_key(one.header.patient), patient_key(other.header.patient))
