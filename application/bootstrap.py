"""The composition root: the one place where the application is put together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

from application.audit.cosigning import Cosigning
from application.calendar_in_force import CalendarInForce
from application.databases import StartRefused, sealer_url, service_url
from application.front_office import FrontOffice, FrontOffices
from application.persistence.buckets import Rates
from application.persistence.erased_list import ErasedList
from application.persistence.key_file import (
    KeyFileUnusable,
    ensure_key_file,
    read_key_file,
)
from application.persistence.keys_in_force import KeysInForce
from application.persistence.log_view import StoredLogs
from application.persistence.logins import RolesMissing, let_seal
from application.persistence.pools import Pools
from application.persistence.published_log import PublishedLog
from application.persistence.reads import ReadLog
from application.persistence.registry import Registry
from application.persistence.schema import (
    DatabaseUnusable,
    check_current,
    holds_keys,
    read_models_are_filled,
    upgrade,
)
from application.reading_log import ReadingLog
from application.reference.calendar import load_calendar
from application.reference.local_days import day_at
from application.reference.places import load_places
from application.scopes import Scope, View
from application.services import THE_SERVICE, Services
from application.settings import Settings
from application.sign_in.desk import SignInDesk
from application.sign_in.openid import OpenIdVerifier
from application.sign_in.sessions import Sessions
from application.sign_in.strangers import Strangers
from application.use_cases.surroundings import Surroundings
from domain.actors import Occasion, Role
from domain.places import REPUBLICAN_OFFICE
from domain.refusals import Refusal
from domain.staff_account.roles import check_role_at


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


@contextmanager
def build(
    settings: Settings,
    database_url: str,
    *,
    clock: Callable[[], datetime] = utc_now,
    new_id: Callable[[], UUID] = uuid4,
) -> Iterator[Services]:
    """Put the application together over a database whose schema is up to date."""
    pools = Pools(service_url(settings, database_url), settings.threads)
    try:
        surroundings = _surroundings(settings, database_url, pools, new_id)
        yield _services(settings, surroundings, clock)
    except KeyFileUnusable as error:
        raise StartRefused(str(error)) from error
    finally:
        pools.close()


def prepare(settings: Settings, database_url: str) -> int:
    """Make the schema or bring it up to date, once, before any worker starts.

    Return how many people were erased again, whom a restore of an older copy had brought back.

    A database that holds keys of people needs the key file it was made with: then a new
    one is not made.
    """
    login_url = service_url(settings, database_url)
    pools = Pools(login_url, 1)
    try:
        _make_key_file(settings, database_url)
        surroundings = _surroundings(settings, database_url, pools, uuid4)
        front_office = FrontOffices(surroundings).of()
        if upgrade(database_url, login_url, front_office.recorder):
            front_office.rebuild_read_models(lambda _: None)
            read_models_are_filled(database_url)
        if settings.sealer or settings.is_embedded:
            let_seal(database_url, sealer_url(settings, database_url))
        return front_office.keep_erased(_own_occasion(front_office))
    except (KeyFileUnusable, DatabaseUnusable, RolesMissing) as error:
        raise StartRefused(str(error)) from error
    finally:
        pools.close()


def _own_occasion(front_office: FrontOffice) -> Occasion:
    now = utc_now()
    today = day_at(REPUBLICAN_OFFICE, now, front_office.places)
    return Occasion(by=THE_SERVICE, recorded_at=now, today=today, cause="restore")


def check_prepared(database_url: str) -> None:
    """Refuse a database that nobody has prepared for this version of the service."""
    try:
        check_current(database_url)
    except DatabaseUnusable as error:
        raise StartRefused(str(error)) from error


def _make_key_file(settings: Settings, database_url: str) -> None:
    make = read_key_file if holds_keys(database_url) else ensure_key_file
    make(settings.key_file)


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
        cosigning=Cosigning(PublishedLog(surroundings.pools), settings.witnesses),
        logs=StoredLogs(surroundings.pools),
        desk=SignInDesk(accounts, registry, sessions, strangers),
        clock=clock,
        new_id=surroundings.new_id,
    )


def _strangers(
    settings: Settings, accounts: FrontOffice, clock: Callable[[], datetime]
) -> Strangers:
    assert settings.openid is not None  # noqa: S101  It is asked only then.
    for group, given in settings.openid.roles.items():
        _check_given(group, given, accounts)
    verifier = OpenIdVerifier(settings.openid, clock)
    return Strangers(accounts, accounts.registry, verifier, settings.openid, clock)


def _check_given(group: str, given: str, accounts: FrontOffice) -> None:
    """Refuse a group that would give a role that there is not, before somebody comes with it."""
    role, _, office = given.partition("@")
    try:
        check_role_at(Role(role), accounts.places.check_office(office))
    except Refusal as refusal:
        message = f"FRONTOFFICE_OIDC_ROLES: {group}={given}: there is no {role} at {office}."
        raise StartRefused(message) from refusal


def _surroundings(
    settings: Settings,
    database_url: str,
    pools: Pools,
    new_id: Callable[[], UUID],
) -> Surroundings:
    rates = Rates(settings.account_rate, settings.address_rate)
    return Surroundings(
        pools=pools,
        owner_url=database_url,
        keys=KeysInForce(settings.key_file),
        erased=ErasedList.beside(settings.key_file),
        places=load_places(),
        calendar=CalendarInForce(load_calendar()),
        new_id=new_id,
        registry=Registry(pools.reader(Scope(View.DESK)), rates),
    )
