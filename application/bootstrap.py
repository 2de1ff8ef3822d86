"""The composition root: the one place where the application is put together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

from application.front_office import FrontOffice
from application.persistence.data_folder import DataFolderUnusable, has_data
from application.persistence.embedded import embedded_postgres, running_postgres
from application.persistence.key_file import (
    KeyFile,
    KeyFileUnusable,
    ensure_key_file,
    read_key_file,
)
from application.persistence.schema import DatabaseUnusable, holds_keys, upgrade
from application.reference.calendar import load_calendar
from application.reference.places import load_places
from application.services import Services
from application.settings import Settings
from application.use_cases.case_work import Surroundings


class StartRefused(Exception):  # noqa: N818  It says what is the matter, in a sentence.
    """The service cannot start; the message says what to do."""


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


@contextmanager
def database(settings: Settings) -> Iterator[str]:
    """Give the URL of the database: the one that is set, or the embedded server's."""
    if settings.database_url is not None:
        yield settings.database_url
        return
    try:
        with embedded_postgres(settings.data_dir) as url:
            yield url
    except DataFolderUnusable as error:
        raise StartRefused(str(error)) from error


@contextmanager
def database_to_read(settings: Settings) -> Iterator[str]:
    """Give the URL of the database, of a running service's embedded server too."""
    url = settings.database_url or running_postgres(settings.data_dir)
    if url is not None:
        yield url
        return
    if not has_data(settings.data_dir):
        message = (
            f"There is no data in {settings.data_dir.resolve()}: no front office has run there.\n"
            "Set FRONTOFFICE_DATA_DIR or FRONTOFFICE_DATABASE_URL to where the cases are."
        )
        raise StartRefused(message)
    with database(settings) as started:
        yield started


@contextmanager
def build(
    settings: Settings,
    database_url: str,
    *,
    clock: Callable[[], datetime] = utc_now,
    new_id: Callable[[], UUID] = uuid4,
) -> Iterator[Services]:
    """Put the application together over a database whose schema is up to date."""
    try:
        surroundings = _surroundings(settings, database_url, new_id)
    except KeyFileUnusable as error:
        raise StartRefused(str(error)) from error
    with FrontOffice(surroundings) as front_office:
        yield Services(front_office=front_office, clock=clock, new_id=new_id)


def prepare(settings: Settings, database_url: str) -> None:
    """Make the schema or bring it up to date, once, before any worker starts.

    A database that holds keys of people needs the key file it was made with: then a new
    one is not made.
    """
    try:
        keys = _key_file(settings, database_url)
        with FrontOffice(_surroundings(settings, database_url, uuid4, keys)) as front_office:
            upgrade(database_url, front_office.recorder)
    except (KeyFileUnusable, DatabaseUnusable) as error:
        raise StartRefused(str(error)) from error


def _key_file(settings: Settings, database_url: str) -> KeyFile:
    make = read_key_file if holds_keys(database_url) else ensure_key_file
    return make(settings.key_file)


def _surroundings(
    settings: Settings,
    database_url: str,
    new_id: Callable[[], UUID],
    keys: KeyFile | None = None,
) -> Surroundings:
    return Surroundings(
        database_url=database_url,
        key_file=keys or read_key_file(settings.key_file),
        places=load_places(),
        calendar=load_calendar(),
        new_id=new_id,
        pool_size=settings.threads,
    )
