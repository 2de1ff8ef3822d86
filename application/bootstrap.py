"""The composition root: the one place where the application is put together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

from application.front_office import FrontOffice, FrontOffices
from application.persistence.buckets import Rates
from application.persistence.data_folder import DataFolderUnusable, has_data
from application.persistence.embedded import embedded_postgres, running_postgres
from application.persistence.key_file import (
    KeyFile,
    KeyFileUnusable,
    ensure_key_file,
    read_key_file,
)
from application.persistence.logins import RolesMissing, embedded_service_url
from application.persistence.pools import Pools
from application.persistence.reads import ReadLog
from application.persistence.registry import Registry
from application.persistence.schema import DatabaseUnusable, holds_keys, upgrade
from application.reading_log import ReadingLog
from application.reference.calendar import load_calendar
from application.reference.places import load_places
from application.scopes import Scope, View
from application.services import Services
from application.settings import Settings
from application.sign_in.desk import SignInDesk
from application.sign_in.openid import OpenIdVerifier
from application.sign_in.sessions import Sessions
from application.sign_in.strangers import Strangers
from application.use_cases.case_work import Surroundings


class StartRefused(Exception):  # noqa: N818  It says what is the matter, in a sentence.
    """The service cannot start; the message says what to do."""


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


@contextmanager
def database(settings: Settings) -> Iterator[str]:
    """Give the URL of the database: the one that is set, or the embedded server's."""
    if settings.owner_database_url or settings.database_url:
        yield str(settings.owner_database_url or settings.database_url)
        return
    try:
        with embedded_postgres(settings.data_dir) as url:
            yield url
    except DataFolderUnusable as error:
        raise StartRefused(str(error)) from error


@contextmanager
def database_to_read(settings: Settings) -> Iterator[str]:
    """Give the URL of the database, of a running service's embedded server too."""
    url = settings.owner_database_url or settings.database_url
    url = url or running_postgres(settings.data_dir)
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
    pools = Pools(_service_url(settings, database_url), settings.threads)
    try:
        surroundings = _surroundings(settings, database_url, pools, new_id)
        yield _services(settings, surroundings, clock)
    except KeyFileUnusable as error:
        raise StartRefused(str(error)) from error
    finally:
        pools.close()


def prepare(settings: Settings, database_url: str) -> None:
    """Make the schema or bring it up to date, once, before any worker starts.

    A database that holds keys of people needs the key file it was made with: then a new
    one is not made.
    """
    service_url = _service_url(settings, database_url)
    pools = Pools(service_url, 1)
    try:
        keys = _key_file(settings, database_url)
        surroundings = _surroundings(settings, database_url, pools, uuid4, keys)
        front_office = FrontOffices(surroundings).of()
        if upgrade(database_url, service_url, front_office.recorder):
            front_office.rebuild_read_models(lambda _: None)
    except (KeyFileUnusable, DatabaseUnusable, RolesMissing) as error:
        raise StartRefused(str(error)) from error
    finally:
        pools.close()


def _service_url(settings: Settings, database_url: str) -> str:
    """Return the URL by which the service works: an owner's URL is for the schema only."""
    return settings.database_url or embedded_service_url(database_url)


def _key_file(settings: Settings, database_url: str) -> KeyFile:
    make = read_key_file if holds_keys(database_url) else ensure_key_file
    return make(settings.key_file)


def _services(
    settings: Settings, surroundings: Surroundings, clock: Callable[[], datetime]
) -> Services:
    offices, registry = FrontOffices(surroundings), surroundings.registry
    accounts = offices.of(Scope(View.REGISTRY))
    sessions = Sessions(registry, clock, surroundings.new_id)
    strangers = _strangers(settings, accounts, clock) if settings.openid else None
    return Services(
        front_offices=offices,
        reading_log=ReadingLog(ReadLog(surroundings.pools), clock, accounts.vault.lookup),
        desk=SignInDesk(accounts, registry, sessions, strangers),
        clock=clock,
        new_id=surroundings.new_id,
    )


def _strangers(
    settings: Settings, accounts: FrontOffice, clock: Callable[[], datetime]
) -> Strangers:
    assert settings.openid is not None  # noqa: S101  It is asked only then.
    verifier = OpenIdVerifier(settings.openid, clock)
    return Strangers(accounts, accounts.registry, verifier, settings.openid, clock)


def _surroundings(
    settings: Settings,
    database_url: str,
    pools: Pools,
    new_id: Callable[[], UUID],
    keys: KeyFile | None = None,
) -> Surroundings:
    rates = Rates(settings.account_rate, settings.address_rate)
    return Surroundings(
        pools=pools,
        owner_url=database_url,
        key_file=keys or read_key_file(settings.key_file),
        places=load_places(),
        calendar=load_calendar(),
        new_id=new_id,
        registry=Registry(pools.reader(Scope(View.REGISTRY)), rates),
    )
