"""What every test can ask for: a real PostgreSQL, and an office whose clock stands still."""

import csv
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from cosigning import WITNESS
from emptying import empty
from office import Office
from people import People

from application import bootstrap
from application.persistence.embedded import embedded_postgres
from application.services import Services
from application.settings import Settings

CLAUSES = Path(__file__).with_name("clauses.csv")
NOON = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)

pytest_plugins = [
    "steps.desk",
    "steps.organizations",
    "steps.imports",
    "steps.verifications",
    "steps.standing",
    "steps.requests",
    "steps.offices",
    "steps.duplicates",
    "steps.outcomes",
    "steps.sending",
    "steps.accounts",
    "steps.sessions",
    "steps.access",
    "steps.documents",
    "steps.backups",
    "steps.replays",
    "steps.calendar",
    "steps.lists",
    "steps.changes",
    "steps.annotations",
    "steps.bundles",
    "steps.witnesses",
    "steps.feed",
    "steps.persons",
]


def pytest_configure(config: pytest.Config) -> None:
    """Register the clauses of the handbook as the tags of the features."""
    with CLAUSES.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            config.addinivalue_line("markers", f"clause-{row['clause']}: {row['text_ru_short']}")


class Clock:
    """A clock that stands still until it is moved; every reading is a little later."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        """Return the present moment."""
        self.now += timedelta(milliseconds=1)
        return self.now


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """A running PostgreSQL: the one that is set, or an embedded one of this session's own."""
    given = os.environ.get("FRONTOFFICE_TEST_DATABASE_URL")
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="fo", dir="/tmp"))
        yield given or stack.enter_context(embedded_postgres(Path(folder)))


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with a key file of the session's own."""
    return Settings(
        key_file=tmp_path_factory.mktemp("keys") / "keys.json",
        threads=8,
        witnesses=(WITNESS.verifying,),
    )


@pytest.fixture(scope="session")
def database_url(server_url: str, settings: Settings) -> Iterator[str]:
    """A database with the schema and nothing in it."""
    name = f"office_{os.getpid()}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    url = psycopg.conninfo.make_conninfo(server_url, dbname=name)
    bootstrap.prepare(settings, url)
    yield url
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def clock() -> Clock:
    """The clock of the session."""
    return Clock()


@pytest.fixture(scope="session")
def session_services(settings: Settings, database_url: str, clock: Clock) -> Iterator[Services]:
    """The application, put together once."""
    with bootstrap.build(settings, database_url, clock=clock) as services:
        yield services


@pytest.fixture
def services(
    session_services: Services, database_url: str, settings: Settings, clock: Clock
) -> Services:
    """The application over an empty database, at noon of a Monday."""
    empty(database_url)
    clock.now = NOON
    settings.key_file.with_suffix(".erased").unlink(missing_ok=True)
    session_services.front_offices.surroundings.calendar.forget()
    return session_services


@pytest.fixture
def people(services: Services) -> People:
    """The staff, who have accounts once they are asked for."""
    return People(services)


@pytest.fixture
def office(services: Services) -> Office:
    """An office with an empty case file."""
    return Office(services)
