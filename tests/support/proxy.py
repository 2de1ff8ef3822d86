"""A proxy between the pool and PostgreSQL that cuts a connection where it is told to."""

import select
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from psycopg.conninfo import conninfo_to_dict, make_conninfo

CHUNK = 65536


class Moment(Enum):
    """When the connection is cut, seen from the statement that saves."""

    BEFORE = "before it is sent"
    AMID = "in the midst of sending it"
    SENT = "when it has been sent and the server has not answered"
    ANSWERED = "when the server has answered, in the midst of the answer"


class Cut(NamedTuple):
    """Cut the connection on which the mark is sent, so far into the bytes of the moment."""

    mark: bytes
    moment: Moment
    share: float


class Proxy(socketserver.ThreadingTCPServer):
    """Passes everything on, until it is told to cut."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, url: str) -> None:
        self.parameters = conninfo_to_dict(url)
        self.cut: Cut | None = None
        self.cuts = 0
        super().__init__(("127.0.0.1", 0), Passage)

    @property
    def url(self) -> str:
        """The URL of the database through the proxy."""
        through = {**self.parameters, "host": "127.0.0.1", "port": self.server_address[1]}
        return make_conninfo(**through)

    def server(self) -> socket.socket:
        """Return a new connection to PostgreSQL itself."""
        host, port = str(self.parameters["host"]), str(self.parameters.get("port") or 5432)
        if not host.startswith("/"):
            return socket.create_connection((host, int(port)))
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(str(Path(host) / f".s.PGSQL.{port}"))
        return connection

    def take_cut(self, sent: bytes) -> Cut | None:
        """Return the cut that is due with what the client sends, once."""
        cut = self.cut
        if cut is None or cut.mark not in sent:
            return None
        self.cut = None
        self.cuts += 1
        return cut


class Passage(socketserver.BaseRequestHandler):
    """One connection of the pool."""

    server: Proxy

    def handle(self) -> None:
        """Pass bytes on in both directions, until one side ends or the cut is due."""
        client, server = self.request, self.server.server()
        with server:
            while True:
                ready, _, _ = select.select([client, server], [], [])
                for side in ready:
                    data = _received(side)
                    if not data:
                        return
                    if side is server:
                        client.sendall(data)
                    elif (cut := self.server.take_cut(data)) is not None:
                        _cut(cut, data, client, server)
                        return
                    else:
                        server.sendall(data)


def _received(side: socket.socket) -> bytes:
    try:
        return side.recv(CHUNK)
    except OSError:
        return b""


def _cut(cut: Cut, data: bytes, client: socket.socket, server: socket.socket) -> None:
    if cut.moment is Moment.AMID:
        server.sendall(data[: int(len(data) * cut.share)])
    if cut.moment in {Moment.SENT, Moment.ANSWERED}:
        server.sendall(data)
    if cut.moment is Moment.ANSWERED:
        answer = _received(server)
        client.sendall(answer[: int(len(answer) * cut.share)])


@contextmanager
def served(server: socketserver.BaseServer) -> Iterator[None]:
    """Let a server serve in a thread of its own for as long as the block lasts."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


@contextmanager
def proxied(url: str) -> Iterator[Proxy]:
    """Run a proxy before the database for as long as the block lasts."""
    with Proxy(url) as proxy, served(proxy):
        yield proxy
