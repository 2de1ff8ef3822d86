"""A server that answers what a test wants, and remembers what it was asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, NamedTuple

Answer = Callable[[Any], None]


class Asked(NamedTuple):
    """A request that came."""

    method: str
    path: str
    token: str
    body: bytes


class AnsweringServer(HTTPServer):
    """Answers every request by the same function."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.asked: list[Asked] = []

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: Any) -> None:
        """Say nothing: clients go away on purpose."""


class _Handler(BaseHTTPRequestHandler):
    server: AnsweringServer

    def do_GET(self) -> None:
        """Answer as the test wants."""
        length = int(self.headers.get("Content-Length", 0))
        token = self.headers.get("Authorization", "")
        body = self.rfile.read(length)
        self.server.asked.append(Asked(self.command, self.path, token, body))
        self.server.answer(self)

    def do_POST(self) -> None:
        """Answer likewise."""
        self.do_GET()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def plainly(status: int, body: bytes = b"", **headers: str) -> Answer:
    """Return what answers with this and nothing else."""

    def answer(handler: Any) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@contextmanager
def answering(answer: Answer) -> Iterator[AnsweringServer]:
    """Answer for as long as the block lasts."""
    server = AnsweringServer(answer)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
