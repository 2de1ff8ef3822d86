"""A client of the service, and the bodies it sends."""

import io
import logging
import threading
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient
from people import People

from web.logs import LibraryLines, configure_logs

SPECIALIST = "specialist@KZ-75"
ORGANIZATION: dict[str, Any] = {
    "team_type": "ngo",
    "name": "Общественный фонд «Чистый берег»",
    "region": "KZ-75",
    "district": "751710000",
    "legal_form": "public_foundation",
    "bin": "971240001315",
    "directions": ["taza_alem"],
    "volunteer_groups": ["general"],
    "participation_modes": ["offline"],
}


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What is logged in this process, as it is written."""
    config, hook = structlog.get_config(), threading.excepthook
    stream = io.StringIO()
    configure_logs(stream)
    yield stream
    structlog.configure(**config)
    threading.excepthook = hook
    logging.captureWarnings(capture=False)
    for handler in logging.root.handlers[:]:
        if isinstance(handler, LibraryLines):
            logging.root.removeHandler(handler)


@pytest.fixture
def client(app: Flask, services: Any, people: People) -> FlaskClient:
    """A client over an empty case file, at which a specialist is signed in."""
    assert services is app.extensions["front_office"]
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = people.headers(SPECIALIST)["Authorization"]
    return client


class Caller:
    """What a test says to the service."""

    def __init__(self, client: FlaskClient, people: People) -> None:
        self.client = client
        self.people = people

    def headers(self, who: str = SPECIALIST) -> dict[str, str]:
        """Return the header that says who sends a request."""
        return self.people.headers(who)

    def post(
        self,
        path: str,
        body: Any,
        version: int | None = None,
        who: str = SPECIALIST,
        **headers: str,
    ) -> Any:
        """Send a body, on a version of the case where there is one."""
        tags = {} if version is None else {"If-Match": f'"{version}"'}
        key = {"Idempotency-Key": str(uuid4())}
        return self.client.post(
            f"/api/v1{path}", json=body, headers={**self.headers(who), **key, **tags, **headers}
        )

    def send(self, method: str, path: str, **given: Any) -> Any:
        """Send what may be no request of ours at all."""
        return self.client.open(path, method=method, **given)

    def get(self, path: str, who: str = SPECIALIST, **headers: str) -> Any:
        """Read."""
        return self.client.get(f"/api/v1{path}", headers={**self.headers(who), **headers})

    def organization(self, **changes: Any) -> Any:
        """Register an organization."""
        return self.post("/organizations", {**ORGANIZATION, **changes})

    def request(self, organization_id: str, **changes: Any) -> Any:
        """Take a request in."""
        body = {
            "organization_id": organization_id,
            "help_type": "training",
            "subject": "Обучение",
            "description": "Просят научить",
            "channel": "visit",
            "details": {"topic": "Первая помощь", "audience": "ngo_staff"},
        }
        return self.post("/assistance-requests", {**body, **changes})


@pytest.fixture
def caller(client: FlaskClient, people: People) -> Caller:
    """Somebody who calls the service."""
    return Caller(client, people)
