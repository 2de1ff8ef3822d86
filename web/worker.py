"""A worker of gunicorn that no client can hold, and that answers with problem documents."""

from contextlib import suppress
from typing import Any

from gunicorn.http import wsgi
from gunicorn.http.errors import ParseException
from gunicorn.workers.gthread import ThreadWorker

from web.refused_requests import refused_request
from web.timed_socket import RequestTooSlow, TimedSocket

NAME = "front-office"


class Worker(ThreadWorker):
    """gunicorn's threaded worker with a limit to the time of a request."""

    def init_process(self) -> None:
        """Begin to work under a name that says nothing of what the service is made of."""
        wsgi.SERVER = NAME
        super().init_process()

    def enqueue_req(self, conn: Any) -> None:
        """Give a new connection its clock; until it says something it has no thread."""
        if not isinstance(conn.sock, TimedSocket):
            conn.sock = TimedSocket(conn.sock, self.app.request_seconds)
            said_something = conn.wait_for_data
            conn.wait_for_data = lambda _: said_something(0)
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        """Serve one request; wait for the client's goodbye here and not where all wait."""
        conn.sock.begin()
        kept = super().handle(conn)
        conn.sock.end()
        if not kept:
            conn.sock.linger()
        return kept

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Serve a request whose head is read; one that came too late is the last."""
        conn.sock.late = req.force_close
        return super().handle_request(req, conn)

    def _keepalive_after(self, conn: Any, keepalive: bool) -> bool:  # noqa: FBT001  gunicorn's own.
        """Leave a connection whose rest of a body is no body; the answer has been given."""
        try:
            return bool(super()._keepalive_after(conn, keepalive))
        except (ParseException, RequestTooSlow):
            return False

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:  # noqa: ARG002  gunicorn's own.
        """Answer what is no request with a problem document, and log none of its words."""
        with suppress(OSError):
            client.sendall(refused_request(self.wsgi, exc))
