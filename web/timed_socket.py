"""A client's connection: the request has to arrive, and the answer to be taken, in time."""

import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from math import inf
from time import monotonic

from werkzeug.exceptions import HTTPException

LINGER_SECONDS = 1.0
LINGER_BYTES = 64 * 1024


class RequestTooSlow(HTTPException):
    """The request did not arrive as a whole in the time it has."""

    code = HTTPStatus.REQUEST_TIMEOUT


def _nobody() -> None: ...


class TimedSocket(socket.socket):
    """A socket with a moment by which a request is read, however often a byte comes."""

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        super().__init__(fileno=connection.detach())
        self.settimeout(0)
        self._seconds = self._allowed = seconds
        self.end()

    def begin(self) -> None:
        """Give the next request its time."""
        self.late: Callable[[], None] = _nobody
        self.allow(1)

    def allow(self, times: int) -> None:
        """Give the request at hand, and then its answer, so many times the usual time."""
        self._allowed = self._seconds * times
        self._read_by, self._write_by = monotonic() + self._allowed, inf

    def end(self) -> None:
        """Stop the time: only the server's own waits are left."""
        self.late, self._read_by, self._write_by = _nobody, inf, inf

    def recv(self, size: int, flags: int = 0) -> bytes:
        """Read what has come, or raise once the time is over."""
        own, left = self.gettimeout(), self._read_by - monotonic()
        if left == inf or (own is not None and own <= left):
            return super().recv(size, flags)
        try:
            return self._recv_within(left, size, flags)
        except TimeoutError:
            self.late()
            raise RequestTooSlow from None
        finally:
            self.settimeout(own)

    def _recv_within(self, left: float, size: int, flags: int) -> bytes:
        if left <= 0:  # Even if there is more to read: a fast trickle is no request either.
            raise TimeoutError
        self.settimeout(left)
        return super().recv(size, flags)

    def sendall(self, data: bytes, flags: int = 0) -> None:  # type: ignore[override]
        """Send all of it; a client that does not take the answer in time has gone."""
        own = self.gettimeout()
        self._write_by = min(self._write_by, monotonic() + self._allowed)
        try:
            self.settimeout(max(self._write_by - monotonic(), 0))
            super().sendall(data, flags)
        except (TimeoutError, BlockingIOError):
            raise BrokenPipeError(errno.EPIPE, "the answer is not taken") from None
        finally:
            self.settimeout(own)

    def linger(self) -> None:
        """Close our side and wait for the client's, so that it reads the whole answer."""
        until, heard = monotonic() + LINGER_SECONDS, 0
        with suppress(OSError):
            self.shutdown(socket.SHUT_WR)
            while heard < LINGER_BYTES and (left := until - monotonic()) > 0:
                self.settimeout(left)
                piece = super().recv(4096)
                if not piece:
                    break
                heard += len(piece)
        with suppress(OSError):
            self.shutdown(socket.SHUT_RDWR)
