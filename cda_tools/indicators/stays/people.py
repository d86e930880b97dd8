"""Who is who among the patients of messages, by keyed hashes: no identity is ever kept.

The key is made anew for each run and forgotten with it. Identifiers of one PID-3 are one
person's; merges join people for all times, even where they come later. Two INS of one authority
are two people: what would join them is said, and people are then told apart by their INS.
"""

import secrets
from hashlib import blake2b

from cda_tools.model.header import Identifier, Patient
from cda_tools.model.identifiers import key as id_key
from cda_tools.model.patients import ins_number, is_ins

NOBODY = 0


class People:
    """Persons as numbers. Memory grows with the identifiers that are joined, not with messages."""

    def __init__(self) -> None:
        """Start with a key of its own."""
        self._key = secrets.token_bytes(32)
        self._above: dict[int, int] = {}

    def known_as(self, patient: Patient) -> tuple[int, int, int]:
        """Return one identifier of a patient, an INS of theirs (or NOBODY), and its authority.

        All identifiers are joined. A patient without any is NOBODY.
        """
        first = ins = authority = NOBODY
        for one in patient.ids:
            number = self._hash(one)
            if number == NOBODY:
                continue
            if first == NOBODY:
                first = number
            else:
                self.join(first, number)
            if is_ins(one) and ins == NOBODY:
                ins, authority = number, int((one.root or "0").rpartition(".")[2])
        return first, ins, authority

    def join(self, one: int, other: int) -> None:
        """Make one person of two."""
        first, second = self.find(one), self.find(other)
        if first != second:
            # The smaller number stands for both, whatever the order.
            self._above[max(first, second)] = min(first, second)

    def find(self, one: int) -> int:
        """Return the number that stands for a person."""
        above = self._above
        root = one
        while (higher := above.get(root)) is not None:
            root = higher
        while one != root:
            above[one], one = root, above[one]
        return root

    def _hash(self, one: Identifier) -> int:
        if is_ins(one):
            number = ins_number(one.extension or "")
            text = f"INS {number}" if number else ""
        else:
            text = id_key(one)
        if not text:
            return NOBODY
        digest = blake2b(text.encode("utf-8", "surrogatepass"), key=self._key, digest_size=8)
        # SQLite's integers have a sign.
        return int.from_bytes(digest.digest()) >> 1
