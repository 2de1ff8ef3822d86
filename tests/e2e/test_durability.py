"""What was acknowledged is there, whatever is killed, and what was not can be sent again."""

import itertools
import os
import signal
import threading
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from http.client import HTTPException

import psutil
import pytest
from bodies import GROUP
from running import SPECIALIST, Running, running

ROUNDS = 40
CONTACT = {"channel": "visit", "told_about_office": True}


class Desk:
    """Somebody who writes down one contact after another, and each until it is acknowledged."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.acknowledged: list[str] = []
        self.path = ""
        self.version = 1

    def work(self, service: Running, rest: threading.Event) -> None:
        """Go on until told to rest; what is not acknowledged then is sent again next time."""
        while not rest.is_set():
            told = f"{self.number}-{len(self.acknowledged)}"
            try:
                self._write(service, told)
            except (OSError, HTTPException):
                continue

    def _write(self, service: Running, told: str) -> None:
        if not self.path:
            begun = service.call(
                "POST",
                "/api/v1/organizations",
                {**GROUP, "name": f"Группа {self.number}"},
                Idempotency_Key=f"group-{self.number}",
            )
            self.path = begun.headers["Location"] if begun.status == 201 else ""
            return
        answer = service.call(
            "POST",
            f"{self.path}/log-contact",
            {**CONTACT, "summary": told},
            If_Match=f'"{self.version}"',
            Idempotency_Key=told,
        )
        assert answer.status in {200, 503}, answer
        if answer.status == 200:
            self.version = answer.body["version"]
            self.acknowledged.append(told)


def postgres(service: Running) -> int:
    return service.postgres() or 0


def worker(service: Running) -> int:
    return next(
        child.pid
        for child in psutil.Process(service.process.pid).children()
        if child.pid != service.postgres()
    )


def parent(service: Running) -> int:
    return service.process.pid


@pytest.mark.parametrize("seed", [0])
def test_forty_kills_under_load_lose_nothing(data_dir, seed):
    desks = [Desk(number) for number in range(4)]
    victims = itertools.islice(itertools.cycle((postgres, worker, parent)), ROUNDS)
    for last_of_its_life, lives in itertools.groupby(victims, lambda victim: victim is parent):
        with running(data_dir, WORKERS="2") as service:
            assert service.signed_in.token(SPECIALIST)
            for victim in lives:
                _work_until_killed(service, desks, victim)
            if last_of_its_life:
                continue
    with running(data_dir) as service:
        for desk in desks:
            case = service.call("GET", desk.path).body
            assert len(desk.acknowledged) > ROUNDS
            told = [contact["summary"] for contact in case["contacts"]]
            assert told[: len(desk.acknowledged)] == desk.acknowledged
            assert len(told) <= len(desk.acknowledged) + 1


def _work_until_killed(service, desks, victim):
    rest = threading.Event()
    before = [len(desk.acknowledged) for desk in desks]
    with ThreadPoolExecutor(len(desks)) as people, _resting(rest):
        working = [people.submit(desk.work, service, rest) for desk in desks]
        _until_more(service, desks, before, working)
        os.kill(victim(service), signal.SIGKILL)
        if victim is not parent:
            after = [len(desk.acknowledged) for desk in desks]
            _until_more(service, desks, after, working)
    for each in working:
        each.result()


@contextmanager
def _resting(rest):
    try:
        yield
    finally:
        rest.set()


def _until_more(service, desks, counts, working):
    """Wait until each has written more; somebody who has stopped says why."""
    while any(
        len(desk.acknowledged) <= count + 2 for desk, count in zip(desks, counts, strict=True)
    ):
        assert service.process.poll() is None, service.said
        wait(working, timeout=0.01, return_when=FIRST_COMPLETED)
        for each in working:
            if each.done():
                each.result()
