"""What is closed at the end of its ``with``."""

from abc import ABC, abstractmethod
from typing import Self


class Closing(ABC):
    """Holds a file or a database, which is closed however its ``with`` ends."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what is held."""

    def __enter__(self) -> Self:
        """Return the object itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()
