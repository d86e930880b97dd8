"""What the indicators take: documents and messages as they were read, in any order."""

from typing import Protocol

from cda_tools.model.carriage import Context
from cda_tools.model.header import Header
from cda_tools.rules.finding import Finding


class Item(Protocol):
    """A document or a message, e.g. a :class:`cda_tools.Document`.

    ``context`` holds the message's envelope and, where it carries no document, its statement.
    """

    @property
    def path(self) -> str: ...  # noqa: D102
    @property
    def header(self) -> Header | None: ...  # noqa: D102
    @property
    def context(self) -> Context | None: ...  # noqa: D102
    @property
    def findings(self) -> tuple[Finding, ...]: ...  # noqa: D102
