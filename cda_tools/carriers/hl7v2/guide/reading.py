"""What the rules of the guides look at: a message, its documents, its indicators, its profile."""

from dataclasses import dataclass, field

from cda_tools.carriers.hl7v2 import names
from cda_tools.carriers.hl7v2.content import Content, Item
from cda_tools.carriers.hl7v2.message import Message, Segment
from cda_tools.model.header import Header
from cda_tools.model.messages import Envelope, Profile

_TELERADIOLOGY = "CISIS_TLR_HL7_V2"


@dataclass(slots=True)
class Reading:
    """A message to check. ``documents``: each with its header, None where that is unreadable.

    ``lps``: the message follows the LPS guide, by MSH-21 or, where that tells nothing, because a
    mail follows the document and DESTDMP is absent. ``rows``: the OBX of indicators by name, each
    with its position.
    """

    message: Message
    envelope: Envelope
    documents: list[tuple[Item, Header | None]]
    rows: dict[str, list[tuple[int, Segment]]] = field(default_factory=dict)
    lps: bool = False

    @property
    def profile(self) -> Profile:
        """Return what MSH-21 says."""
        return self.envelope.profile

    @property
    def old(self) -> bool:
        """Tell whether the message follows an older guide."""
        return self.profile is Profile.OLDER

    def value(self, name: str) -> str:
        """Return an indicator's value, "" where it is absent."""
        rows = self.rows.get(name)
        return rows[0][1].value(5) if rows else ""

    def yes(self, name: str) -> bool:
        """Tell whether an indicator is Y."""
        return self.value(name) == "Y"

    def mails(self) -> list[tuple[int, Segment]]:
        """Return the OBX that carry a mail's text: ED, neither document nor indicator."""
        positions = {item.position for item, _ in self.documents}
        return [
            (position, segment)
            for position, segment in enumerate(self.message.all("OBX"), start=1)
            if position not in positions
            and segment.value(2) == "ED"
            and segment.value(3, 3) != names.SYSTEM
            and segment.value(5, 3).upper() != "XML"
        ]


def is_foreign(message: Message) -> bool:
    """Tell whether MSH-21 names a guide of another subject (téléradiologie)."""
    return message.value("MSH", 21, 2).upper() == _TELERADIOLOGY


def reading(
    message: Message, envelope: Envelope, content: Content, headers: list[Header | None]
) -> Reading:
    """Return what the rules look at."""
    told = Reading(message, envelope, list(zip(content.items, headers, strict=True)))
    for position, segment in content.indicators:
        told.rows.setdefault(segment.value(3), []).append((position, segment))
    unsaid = told.profile in (Profile.ABSENT, Profile.OTHER, Profile.PAM)
    told.lps = told.profile is Profile.LPS or (
        unsaid and "DESTDMP" not in told.rows and bool(told.mails())
    )
    return told
