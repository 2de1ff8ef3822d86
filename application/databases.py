"""Where the database is: the one that is set, or the embedded server's."""

from collections.abc import Iterator
from contextlib import contextmanager

from application.persistence.data_folder import DataFolderUnusable, has_data
from application.persistence.embedded import embedded_postgres, running_postgres
from application.persistence.logins import embedded_sealer_url, embedded_service_url
from application.settings import Settings


class StartRefused(Exception):  # noqa: N818  It says what is the matter, in a sentence.
    """The service cannot start; the message says what to do."""


@contextmanager
def database(settings: Settings) -> Iterator[str]:
    """Give the URL of the database: the one that is set, or the embedded server's."""
    if settings.owner_database_url or settings.database_url:
        yield str(settings.owner_database_url or settings.database_url)
        return
    with _usable_folder(), embedded_postgres(settings.data_dir) as url:
        yield url


@contextmanager
def database_to_read(settings: Settings) -> Iterator[str]:
    """Give the URL of the database, of a running service's embedded server too."""
    with _usable_folder():
        url = settings.owner_database_url or settings.database_url
        url = url or running_postgres(settings.data_dir)
        is_missing = url is None and not has_data(settings.data_dir)
    if is_missing:
        message = (
            f"There is no data in {settings.data_dir.resolve()}: no front office has run there.\n"
            "Set FRONTOFFICE_DATA_DIR or FRONTOFFICE_DATABASE_URL to where the cases are."
        )
        raise StartRefused(message)
    if url is not None:
        yield url
        return
    with database(settings) as started:
        yield started


def service_url(settings: Settings, database_url: str) -> str:
    """Return the URL by which the service works: an owner's URL is for the schema only."""
    return settings.database_url or embedded_service_url(database_url)


def sealer_url(settings: Settings, database_url: str) -> str:
    """Return the URL by which the sealer works: a login of its own, or else the owner's.

    It is never that of the service, which could then write the log that is to watch over it,
    unless the service works as the owner anyway.
    """
    if settings.sealer_database_url:
        return settings.sealer_database_url
    return embedded_sealer_url(database_url) if settings.is_embedded else database_url


@contextmanager
def database_to_seal(settings: Settings) -> Iterator[str]:
    """Give the URL by which the sealer works, also where it is told of no other database."""
    if settings.sealer_database_url:
        yield settings.sealer_database_url
        return
    with database_to_read(settings) as url:
        yield sealer_url(settings, url)


def running_already(settings: Settings) -> bool:
    """Whether a service runs its embedded server on the folder of the settings."""
    with _usable_folder():
        return settings.database_url is None and running_postgres(settings.data_dir) is not None


@contextmanager
def _usable_folder() -> Iterator[None]:
    """Tell in words that the folder cannot be used."""
    try:
        yield
    except DataFolderUnusable as error:
        raise StartRefused(str(error)) from error
