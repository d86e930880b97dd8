"""A real service in a process of its own, for tests; its workers meet hostile documents."""

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

HOSTILE = Path(__file__).resolve().parents[1] / "serve" / "hostile"
HANGS, DIES, SLOW = b"<!--hangs-->", b"<!--dies-->", b"<!--slow-->"
LINGERS, FAILS = b"<!--lingers-->", b"<!--fails-->"


class Live:
    """A service in a process of its own, and how to ask it."""

    def __init__(self, *options: str) -> None:
        command = [sys.executable, "-m", "cda_tools", "serve", "--port", "0", *options]
        path = os.pathsep.join([str(HOSTILE), os.environ.get("PYTHONPATH", "")])
        self.process = subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": path}
        )
        self.log: list[str] = []
        self.port = 0
        ready = threading.Event()
        self._listening = threading.Thread(target=self._listen, args=(ready,), daemon=True)
        self._listening.start()
        assert ready.wait(60), self.log

    def _listen(self, ready: threading.Event) -> None:
        for line in self.process.stderr:
            self.log.append(line)
            if found := re.search(r"http://\S+:(\d+)/", line):
                self.port = int(found[1])
            if "prêt" in line:
                ready.set()

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str):
        """Return status, headers with their case, and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def workers(self) -> list[int]:
        """Return the worker processes."""
        listing = subprocess.run(
            ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=False,
        )
        return [
            int(line.split()[0]) for line in listing.stdout.splitlines() if "spawn_main" in line
        ]

    def end(self, number: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(15)
        # To its end, which comes with the last worker: a file is not closed under who reads it.
        self._listening.join(15)
        self.process.stderr.close()
        return code


@contextmanager
def serving(*options: str):
    live = Live(*options)
    try:
        yield live
    finally:
        live.end(signal.SIGKILL)
