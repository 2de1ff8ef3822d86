"""The desk at which a scenario is played: the cases at hand, and the last answer."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from drivers import REQUESTS, VERIFICATIONS, ApplicationDriver, Driver, HttpDriver, Refused, day
from flask import Flask
from people import People
from pytest_bdd import given, parsers, when

from application.services import Services
from web.app import create_app

ALMATY, OBLAST, REPUBLICAN = "KZ-75", "KZ-19", "KZ"
OFFICES = {
    "фронт-офис города Алматы": ALMATY,
    "фронт-офис Алматинской области": OBLAST,
    "республиканский фронт-офис": REPUBLICAN,
}
OFFICES_OF = {
    "фронт-офиса города Алматы": ALMATY,
    "фронт-офиса Алматинской области": OBLAST,
    "республиканского фронт-офиса": REPUBLICAN,
}
SPECIALIST, HEAD = f"specialist@{ALMATY}", f"head@{ALMATY}"
ADMINISTRATOR = f"administrator@{REPUBLICAN}"


class Desk:
    """What lies on the desk: organizations by name, one request, one verification."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.organizations: dict[str, str] = {}
        self.cases: dict[str, Mapping[str, Any]] = {}
        self.answer: Mapping[str, Any] | Refused = {}
        self.sent: tuple[str, Callable[..., Mapping[str, Any] | Refused], dict[str, Any]]

    def begin(self, collection: str, who: str = SPECIALIST, **body: Any) -> None:
        """Begin a case; it is the one at hand from now on."""
        self._send(collection, partial(self.driver.begin, who, collection), body)

    def command(self, collection: str, name: str, who: str = SPECIALIST, **body: Any) -> None:
        """Give a command on the case at hand."""
        case = self.cases[collection]
        self._send(collection, partial(self.driver.command, who, collection, case, name), body)

    def send_again(self, **changes: Any) -> None:
        """Send what was sent last, as if its answer had not been heard."""
        key, send, body = self.sent
        self.answer = send(key=key, **{**body, **changes})

    def read(self, collection: str, **past: Any) -> Mapping[str, Any]:
        """Read the case at hand."""
        found = self.driver.read(collection, str(self.cases[collection]["id"]), **past)
        assert not isinstance(found, Refused), found
        return found

    def refresh(self, collection: str) -> Mapping[str, Any]:
        """Read the case at hand again and keep what was read."""
        self.cases[collection] = self.read(collection)
        return self.cases[collection]

    def _send(self, collection: str, send: Any, body: dict[str, Any]) -> None:
        self.sent = (str(uuid4()), send, body)
        answer = self.answer = send(key=self.sent[0], **body)
        if not isinstance(answer, Refused):
            self.cases[collection] = answer

    @property
    def request(self) -> Mapping[str, Any]:
        """The request at hand."""
        return self.cases[REQUESTS]

    @property
    def verification(self) -> Mapping[str, Any]:
        """The verification at hand."""
        return self.cases[VERIFICATIONS]


@pytest.fixture(scope="session")
def app(session_services: Services) -> Flask:
    """The web application, built once."""
    return create_app(session_services)


@pytest.fixture(params=["application", "http"])
def driver(
    request: pytest.FixtureRequest, services: Services, app: Flask, people: People
) -> Driver:
    """Each scenario runs twice: through the application, and through HTTP."""
    if request.param == "application":
        return ApplicationDriver(services, people)
    return HttpDriver(app.test_client(), people)


@pytest.fixture
def desk(driver: Driver) -> Desk:
    """An empty desk."""
    return Desk(driver)


@given("сегодня 02.03.2026", target_fixture="today")
def first_day(desk: Desk) -> str:
    """The day on which the clock of every scenario begins."""
    assert desk.cases == {}
    return "02.03.2026"


@when(parsers.parse("наступило {text}"))
def later(text: str, clock: Any) -> None:
    """Move the clock to noon of a later day."""
    clock.now = clock.now.replace(hour=7, minute=0) + (day(text) - clock.now.date())
