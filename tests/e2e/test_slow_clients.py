"""A client that dawdles holds no thread for longer than a request has."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from select import select
from time import monotonic

import pytest
from running import Running, all_of, running

SECONDS = 1.0
# The time of a request, the goodbye, and a machine that is busy with other tests.
SOON = 10.0
PATH = b"/api/v1/session HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST " + PATH + b"Content-Type: application/json\r\nIdempotency-Key: slow\r\n"


@pytest.fixture(scope="module")
def service() -> Iterator[Running]:
    """A service of one thread: whoever holds it holds everything."""
    few = {"WORKERS": "1", "THREADS": "1", "REQUEST_SECONDS": str(SECONDS)}
    with (
        tempfile.TemporaryDirectory(prefix="fo", dir="/tmp") as folder,
        running(Path(folder), **few) as it,
    ):
        yield it


def dripped(service: Running, begin: bytes, drop: bytes) -> tuple[bytes, float]:
    """Send the beginning, then a drop every twentieth of a second until there is an answer."""
    started = monotonic()
    with closing(service.connected()) as connection:
        connection.sendall(begin)
        with suppress(ConnectionError):
            while not select([connection], [], [], 0.05)[0]:
                connection.sendall(drop)
        answered = monotonic() - started
        return all_of(connection), answered


def problem(answer: bytes):
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"Content-Type: application/problem+json" in head
    assert b"Connection: close" in head
    assert b"X-Content-Type-Options: nosniff" in head
    return int(head.split()[1]), json.loads(body)["code"]


@pytest.mark.parametrize(
    ("begin", "drop"),
    [
        (b"GET /", b"a"),
        (b"GET " + PATH, b"X-A: b\r\n"),
        (POST + b"Content-Length: 60000\r\n\r\n", b" "),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    ],
    ids=["request line", "headers", "body", "chunks", "chunk size"],
)
def test_a_request_that_comes_by_drops_is_given_up_in_time(service, begin, drop):
    answer, seconds = dripped(service, begin, drop)
    assert problem(answer) == (408, "request-too-slow")
    assert SECONDS <= seconds < SOON
    assert service.call("GET", "/healthz").status == 200


def test_who_waits_behind_a_silent_client_is_served(service):
    with closing(service.connected()) as silent:
        silent.sendall(b"GET /healthz HTT")
        assert waited(service) < SOON
        assert problem(all_of(silent)) == (408, "request-too-slow")


def test_connections_that_say_nothing_hold_no_thread_at_all(service):
    silent = [service.connected() for _ in range(20)]
    assert waited(service) < SECONDS * len(silent)
    for connection in silent:
        with closing(connection):
            assert all_of(connection) == b""


def test_a_body_nobody_reads_is_not_waited_for_longer(service):
    answer, seconds = dripped(
        service, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n", b" "
    )
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b" 200 OK" in answer
    assert seconds < SOON
    assert service.call("GET", "/healthz").status == 200


def test_who_does_not_take_the_answers_loses_them(service):
    # One would fit into the buffers of the kernel.
    bundle = b"GET /static/swagger-ui/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with closing(service.connected()) as greedy:
        greedy.sendall(bundle * 20)
        wait = next(wait for _ in range(1000) if (wait := waited(service)) > SECONDS / 2)
        begun = all_of(greedy).count(b"HTTP/1.1 200 OK")
    assert wait < SOON
    assert 0 < begun < 20


def waited(service: Running) -> float:
    """Return how long another client had to wait."""
    started = monotonic()
    assert service.call("GET", "/healthz").status == 200
    return monotonic() - started
