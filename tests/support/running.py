"""The service as a person starts it: a process of its own, spoken to over a socket."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple
from uuid import uuid4

from signing_in import SignedIn

READY = "Ctrl+C"
SPECIALIST = "specialist@KZ-75"
UNHURRIED = {"ACCOUNT_RATE": "100000", "ADDRESS_RATE": "100000"}
SECONDS = 60


class Answer(NamedTuple):
    """What the service answered."""

    status: int
    headers: Mapping[str, str]
    body: Any


class Running:
    """A started service."""

    def __init__(self, process: subprocess.Popen[str], port: int, data_dir: Path) -> None:
        self.process = process
        self.port = port
        self.data_dir = data_dir
        self.greeting = list(self._greeting())
        self.said: list[str] = []
        self._listener = Thread(target=self._listen)
        self._listener.start()

    def call(
        self, method: str, path: str, body: Any = None, who: str = SPECIALIST, **headers: str
    ) -> Answer:
        """Send a request as somebody of the staff; a body goes as JSON."""
        token = self.signed_in.token(who) if path.startswith("/api/") else None
        return self.send(method, path, body, token=token, **headers)

    @cached_property
    def signed_in(self) -> SignedIn:
        """Everybody who has signed in."""
        return SignedIn(self.send, self.greeting, self.data_dir)

    def send(
        self, method: str, path: str, body: Any = None, *, token: str | None, **headers: str
    ) -> Answer:
        """Send a request with a token, or without one."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        data = None if body is None else json.dumps(body).encode()
        bearer = {} if token is None else {"Authorization": f"Bearer {token}"}
        key = {"Idempotency-Key": str(uuid4())}
        given = {"Content-Type": "application/json", **key, **bearer, **named}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)) as connection:
            connection.request(method, path, data, given)
            answer = connection.getresponse()
            text = answer.read()
        return Answer(answer.status, dict(answer.getheaders()), json.loads(text) if text else None)

    def send_anything(
        self, method: str, path: str, data: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, bytes]:
        """Send what may be no request at all, as a specialist; return the status and the body."""
        bearer = {"Authorization": f"Bearer {self.signed_in.token(SPECIALIST)}"}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)) as connection:
            connection.request(method, path, data, {**bearer, **headers})
            answer = connection.getresponse()
            return answer.status, answer.read()

    def raw(self, *pieces: bytes) -> bytes:
        """Send these bytes and no others; return all that comes back."""
        with closing(self.connected()) as connection:
            with suppress(ConnectionError):
                for piece in pieces:
                    connection.sendall(piece)
            return all_of(connection)

    def connected(self) -> socket.socket:
        """Return a connection that has said nothing yet."""
        return socket.create_connection(("127.0.0.1", self.port), SECONDS)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop it; return its exit code."""
        self.process.send_signal(how)
        return self.process.wait(SECONDS)

    def postgres(self) -> int | None:
        """Return the process id of its PostgreSQL, if that lives."""
        pid_file = self.data_dir / "postgres" / "postmaster.pid"
        if not pid_file.exists():
            return None
        pid = int(pid_file.read_text().split()[0])
        return pid if _lives(pid) else None

    def _listen(self) -> None:
        """Hear everything it says: a full pipe would make it wait."""
        assert self.process.stdout is not None
        self.said.extend(self.process.stdout)

    def close(self) -> None:
        """Leave nothing of it behind."""
        self.process.wait(SECONDS)
        self._listener.join()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def _greeting(self) -> Iterator[str]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            yield line
            if READY in line:
                return


def all_of(connection: socket.socket) -> bytes:
    """Return all that comes until the other side closes."""
    pieces = []
    with suppress(ConnectionError):
        while piece := connection.recv(65536):
            pieces.append(piece)
    return b"".join(pieces)


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def command(
    *arguments: str, data_dir: Path, environ: Mapping[str, str] = {}, **settings: str
) -> subprocess.Popen[str]:
    """Start the command line with these settings and nothing of this machine's."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("FRONTOFFICE_")
    }
    given = {f"FRONTOFFICE_{name}": value for name, value in settings.items()}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "web", *arguments],
        env={**inherited, "FRONTOFFICE_DATA_DIR": str(data_dir), **given, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def said(*arguments: str, data_dir: Path, **more: Any) -> tuple[int, str]:
    """Run a command to its end; return its exit code and what it printed."""
    process = command(*arguments, data_dir=data_dir, **more)
    try:
        text, _ = process.communicate(timeout=SECONDS)
    finally:
        process.kill()
    return process.returncode, text


@contextmanager
def running(data_dir: Path, **settings: str) -> Iterator[Running]:
    """Run the service for as long as the block lasts; it seals when it is told how often."""
    port = free_port()
    sealer = "on" if "SEAL_SECONDS" in settings else "off"
    started = Running(
        command(
            "serve",
            data_dir=data_dir,
            PORT=str(port),
            **{**UNHURRIED, "SEALER": sealer, **settings},
        ),
        port,
        data_dir,
    )
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.stop()
        started.close()


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
