"""What has become of a document: replaced, withdrawn, in a newer version in the DMP.

Told by the registry that lists it, and by the other documents of the list it stands in.
"""

from collections import Counter
from collections.abc import Sequence

from cda_tools.model.carriage import Action, Availability, Context, Place
from cda_tools.model.document import Document
from cda_tools.model.identifiers import key

REPLACED = "remplacé"
WITHDRAWN = "retiré"
ARCHIVED = "archivé"
NEWER_IN_DMP = "version plus récente dans le DMP"
_AVAILABILITIES = {
    Availability.DEPRECATED: REPLACED,
    Availability.ARCHIVED: ARCHIVED,
    Availability.DELETED: "supprimé",
}


def is_current(state: str | None) -> bool:
    """Tell whether a document is in force: an archived one is (DMP, JDV_J52)."""
    return state in (None, ARCHIVED)


def states(documents: Sequence[Document]) -> list[str | None]:
    """Return each document's state in a few French words, None for a current one.

    Versions are told as ``cda_tools.chains.build`` tells them: never by title, date or type.
    """
    found = _by_path(documents)
    return [found.get(one.path) or _of_registry(one.context) for one in documents]


def _of_registry(context: Context | None) -> str | None:
    if context is None:
        return None
    if context.action is Action.DELETE:
        return WITHDRAWN
    availability = context.registry.availability if context.registry else None
    return _AVAILABILITIES.get(availability) if availability else None


def _by_path(documents: Sequence[Document]) -> dict[str, str]:
    """Return the state of the documents that others of the list replace or withdraw."""
    if not _has_versions(documents):
        return {}
    from cda_tools.chains import build  # noqa: PLC0415  needed only where there are versions
    from cda_tools.chains.result import Status  # noqa: PLC0415

    places = {one.path: one.context.place for one in documents if one.context}
    found: dict[str, str] = {}
    for chain in build(documents).chains:
        newer_of = {link.older: chain.documents[link.newer] for link in chain.links}
        for index, version in enumerate(chain.documents):
            if version.status is Status.WITHDRAWN:
                found[version.path] = WITHDRAWN
            elif version.status is Status.SUPERSEDED:
                newer = newer_of.get(index)
                in_dmp = newer is not None and places.get(newer.path) is Place.DMP
                if in_dmp and places.get(version.path) is not Place.DMP:
                    found[version.path] = NEWER_IN_DMP
                elif newer and newer.version is not None:
                    found[version.path] = f"{REPLACED} par la v{newer.version}"
                else:
                    found[version.path] = REPLACED
    return found


def _has_versions(documents: Sequence[Document]) -> bool:
    """Tell whether one of the documents may replace or withdraw another: most lists have none."""
    if len(documents) < 2:
        return False
    sets: Counter[str] = Counter()
    for one in documents:
        header, context = one.header, one.context
        if header is None:
            continue
        if header.replaces or (context and (context.action or context.parent_id)):
            return True
        if context and context.registry and context.registry.replaces:
            return True
        if header.set_id:
            sets[key(header.set_id)] += 1
    return any(number > 1 for number in sets.values())
