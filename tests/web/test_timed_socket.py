"""The clock of a connection leaves the server's own waits alone, and no others."""

import socket
from time import monotonic

import pytest

from web.timed_socket import RequestTooSlow, TimedSocket


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    timed = TimedSocket(ours, 0.05)
    timed.settimeout(None)
    with timed, theirs:
        yield timed, theirs


def test_reading_ends_with_the_time_of_the_request(pair):
    timed, theirs = pair
    late = []
    timed.begin()
    timed.late = lambda: late.append(True)
    theirs.sendall(b"ab")
    assert timed.recv(1) == b"a"
    with pytest.raises(RequestTooSlow):
        while True:
            timed.recv(1)
    theirs.sendall(b"more")
    with pytest.raises(RequestTooSlow):
        timed.recv(1)
    assert (late, timed.gettimeout()) == ([True, True], None)
    timed.begin()
    assert timed.recv(9) == b"more"


def test_a_shorter_wait_of_the_server_ends_as_it_always_did(pair):
    timed, _ = pair
    timed.begin()
    timed.settimeout(0.001)
    with pytest.raises(TimeoutError):
        timed.recv(1)
    timed.settimeout(0)
    with pytest.raises(BlockingIOError):
        timed.recv(1)


def test_an_answer_nobody_takes_is_a_broken_pipe(pair):
    timed, _ = pair
    timed.begin()
    with pytest.raises(BrokenPipeError):
        timed.sendall(b"x" * 2**24)
    with pytest.raises(BrokenPipeError):
        timed.sendall(b"x" * 2**24)


def test_the_goodbye_waits_for_the_client_and_not_for_ever(pair):
    timed, theirs = pair
    timed.end()
    timed.sendall(b"answer")
    theirs.sendall(b"the rest of a request")
    started = monotonic()
    timed.linger()
    assert monotonic() - started >= 0.9
    assert theirs.recv(99) == b"answer"
    assert theirs.recv(99) == b""
    timed.linger()


def test_the_goodbye_ends_when_the_client_says_it_or_says_too_much(pair):
    timed, theirs = pair
    theirs.settimeout(0)
    with pytest.raises(BlockingIOError):
        while True:
            theirs.send(b"x" * 9000)
    started = monotonic()
    timed.linger()
    assert monotonic() - started < 0.9
