"""Where documents are already stored, and which of them a new one is to be compared with.

A long history is nearly always calm: one patient, one way of numbering, nobody contests anything.
There, a document has to do with its neighbours only: taking in a thousand versions one by one
costs a thousand looks at a few documents, and not at all that came before. Wherever a history is
not calm, all of it is looked at.
"""

from collections.abc import Iterable
from typing import Protocol

from cda_tools.chains.calm import History, Place, near, placed
from cda_tools.model.document import Document, Known, known
from cda_tools.model.identifiers import key


class Store(Protocol):
    """Where documents are already stored: a :class:`MemoryStore` or an index."""

    def mentioning(self, keys: Iterable[str]) -> Iterable[Known]:
        """Return the documents whose id, setId or parents' ids are among the keys."""
        ...


class MemoryStore:
    """Documents held in memory, and what was asked of another store where one is given."""

    def __init__(self, documents: Iterable[Document] = (), *, beside: Store | None = None) -> None:
        """Store the documents."""
        self._by_key: dict[str, list[Place]] = {}
        self._histories: dict[str, History] = {}
        self._beside = beside
        self._asked: set[str] = set()
        self._fetched: set[object] = set()
        for one in documents:
            self.add(one)

    def add(self, document: Document) -> None:
        """Store one more document; one without header is no document to decide by."""
        for one in known([document]):
            place = placed(one)
            self._fetch(place.mentions)
            self._keep(place)

    def mentioning(self, keys: Iterable[str]) -> Iterable[Known]:
        """Return the documents whose id, setId or parents' ids are among the keys."""
        keys = list(keys)
        self._fetch(keys)
        found = {id(place): place.document for name in keys for place in self._at(name)}
        return list(found.values())

    def of_id(self, document: Known) -> list[Known]:
        """Return the stored documents that have the id of this one."""
        own = key(document.header.id) if document.header.id else None
        if own is None:
            return []
        self._fetch([own])
        return [place.document for place in self._at(own) if place.key == own]

    def connected(self, incoming: Known) -> list[Known]:
        """Return the stored documents that ids and setIds connect to this one, near or far."""
        histories = self._histories_of(placed(incoming))
        return [place.document for history in histories for place in history.places]

    def concerned(self, incoming: Known) -> list[Known]:
        """Return those of the connected documents on which the decision can depend.

        All of them, unless they and the new one make a calm history (:mod:`.calm`); where one
        already has its number, that one.
        """
        place = placed(incoming)
        histories = self._histories_of(place)
        for one in histories:
            twin = one.twin(place)
            if twin is not None:
                return [twin.document]
        if not all(one.welcomes(place, self._by_key) for one in histories):
            return self.connected(incoming)
        return [one.document for one in near(place, histories, self._by_key)]

    def _at(self, name: str) -> list[Place]:
        return self._by_key.get(name, [])

    def _histories_of(self, place: Place) -> list[History]:
        self._fetch(place.mentions)
        return self._connected(place)

    def _connected(self, place: Place) -> list[History]:
        names = sorted(place.mentions)
        found = [self._histories[name] for name in names if name in self._histories]
        return list({id(one): one for one in found}.values())

    def _keep(self, place: Place) -> None:
        histories = self._connected(place) or [History()]
        calm = all(one.welcomes(place, self._by_key) for one in histories)
        history = max(histories, key=lambda one: len(one.places))
        for other in histories:
            if other is not history:
                history.absorb(other)
                self._histories.update(dict.fromkeys(other.keys, history))
        history.add(place, calm=calm)
        for name in place.mentions:
            self._histories[name] = history
            self._by_key.setdefault(name, []).append(place)

    def _fetch(self, keys: Iterable[str]) -> None:
        """Bring what the other store has of these keys, near or far: each is asked for once."""
        if self._beside is None:
            return
        wanted = set(keys) - self._asked
        while wanted:
            self._asked |= wanted
            following: set[str] = set()
            for one in self._beside.mentioning(sorted(wanted)):
                # A store may make its documents anew at each question.
                name = (one.path, one.carrier, one.header.id, one.digest)
                if name not in self._fetched:
                    self._fetched.add(name)
                    place = placed(one)
                    self._keep(place)
                    following |= place.mentions
            wanted = following - self._asked
