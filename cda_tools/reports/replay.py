"""Results that several reports read, one after the other, without being held in memory."""

import pickle
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile

from cda_tools.batch import Result
from cda_tools.closing import Closing

_IN_MEMORY = 8 * 1024 * 1024


class Replay(Closing):
    """Keeps what goes by, in a file that has no name; use it with ``with``."""

    def __init__(self) -> None:
        """Start empty."""
        # Closed with the replay; what is unpickled is what this process wrote.
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self._count = 0

    def close(self) -> None:
        """Forget everything."""
        self._file.close()

    def kept(self, results: Iterable[Result]) -> Iterator[Result]:
        """Yield results as they come, and keep them."""
        for result in results:
            pickle.dump(result, self._file, protocol=pickle.HIGHEST_PROTOCOL)
            self._count += 1
            yield result

    def again(self) -> Iterator[Result]:
        """Yield what was kept, in its order."""
        self._file.seek(0)
        for _ in range(self._count):
            yield pickle.load(self._file)
