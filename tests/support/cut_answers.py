"""A proxy before the service that lets a request through and cuts its answer where it is told to."""

import json
import socket
import socketserver
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.parser import BytesHeaderParser
from typing import Any, NamedTuple

from proxy import served
from running import all_of

END = b"\r\n\r\n"
CHUNK = 65536
Place = Callable[["Whole"], int]


class Whole(NamedTuple):
    """An answer as the service gave it, byte for byte."""

    head: bytes
    body: bytes

    @property
    def bytes(self) -> bytes:
        """All of it."""
        return self.head + self.body

    @property
    def status(self) -> int:
        """The status code."""
        return int(self.head.split()[1])

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers."""
        return dict(BytesHeaderParser().parsebytes(self.head.split(b"\r\n", 1)[1]).items())

    @property
    def json(self) -> Any:
        """What the body says."""
        return json.loads(self.body) if self.body else None

    @property
    def line(self) -> int:
        """How long the status line is."""
        return self.head.index(b"\r\n")


# Where an answer is cut: how many of its bytes arrive, though never all.
PLACES: Mapping[str, Place] = {
    "before its first byte": lambda _: 0,
    "amid the status line": lambda whole: whole.line // 2,
    "amid the headers": lambda whole: (whole.line + len(whole.head)) // 2,
    "before the headers have ended": lambda whole: len(whole.head) - 2,
    "after the headers": lambda whole: len(whole.head),
    "amid the body": lambda whole: len(whole.head) + len(whole.body) // 2,
    "before its last byte": lambda whole: len(whole.bytes) - 1,
}


class CuttingProxy(socketserver.ThreadingTCPServer):
    """Cuts every answer at the place; with a reset or with a goodbye, as ``reset`` says."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int) -> None:
        self.service = ("127.0.0.1", port)
        self.place: Place = PLACES["before its first byte"]
        self.reset = False
        self.given: Whole | None = None
        super().__init__(("127.0.0.1", 0), Passage)

    def lost(self, request: bytes) -> tuple[Whole, bytes]:
        """Send a request and lose its answer; return it, and what of it arrived."""
        self.given = None
        with socket.create_connection(self.server_address) as client:  # type: ignore[arg-type]
            client.sendall(request)
            arrived = all_of(client)
        assert self.given is not None
        return self.given, arrived


class Passage(socketserver.BaseRequestHandler):
    """One request and as much of its answer as there is to be."""

    server: CuttingProxy

    def handle(self) -> None:
        """Wait for the whole answer, and so for the COMMIT, before anything of it is passed on."""
        request = received(self.request)
        with socket.create_connection(self.server.service) as service:
            service.sendall(request.head + request.body)
            answer = received(service)
        self.server.given = answer
        self.request.sendall(answer.bytes[: min(self.server.place(answer), len(answer.bytes) - 1)])
        if self.server.reset:
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.request.close()


def received(side: socket.socket) -> Whole:
    """Receive a message with its body, which is as long as it says."""
    message = b""
    while END not in message:
        message += _more(side)
    head, _, body = message.partition(END)
    parsed = BytesHeaderParser().parsebytes(head.split(b"\r\n", 1)[1])
    while len(body) < int(parsed.get("Content-Length", 0)):
        body += _more(side)
    return Whole(head + END, body)


def _more(side: socket.socket) -> bytes:
    piece = side.recv(CHUNK)
    assert piece, "The message has ended before its end."
    return piece


@contextmanager
def cutting_proxy(port: int) -> Iterator[CuttingProxy]:
    """Run a proxy before the service for as long as the block lasts."""
    with CuttingProxy(port) as proxy, served(proxy):
        yield proxy
