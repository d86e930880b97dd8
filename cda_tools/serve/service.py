"""What the routes that need no document are told by: the service's state and settings."""

from dataclasses import dataclass, field
from importlib.metadata import version

from cda_tools.batch.work import Settings
from cda_tools.serve.store import Store

VERSION = version("cda-tools")


@dataclass(slots=True)
class Service:
    """The state of one service. ``ready``: its workers have compiled their schemas."""

    settings: Settings
    ready: bool = False
    store: Store = field(default_factory=Store)
