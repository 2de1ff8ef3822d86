"""The owner of the tables is no superuser, and the service's login owns nothing."""

from contextlib import contextmanager

import psycopg
import pytest
from backing_up import quiet, tables_in
from builders import NEIGHBOUR, SPECIALIST
from msgspec.structs import replace
from office import Office
from psycopg.conninfo import make_conninfo

from application import bootstrap
from application.backups.making import back_up
from application.backups.outcomes import BackupRefused
from application.backups.restoring import restore
from application.bootstrap import utc_now
from application.case_types import REQUEST
from application.databases import StartRefused
from application.persistence.logins import embedded_service_url
from application.persistence.schema import read_models_are_filled
from application.streams import CaseNotFound

ROLES = ("region", "republic", "audit", "registry", "desk", "system", "writer", "sealer")
OWNER = "plain_owner"


@pytest.fixture
def made(server_url):
    """What makes an owner with these rights and a database of theirs, and undoes it."""
    names = []

    @contextmanager
    def owner(rights):
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {OWNER} LOGIN NOSUPERUSER {rights}")
            connection.execute(f"CREATE DATABASE plain OWNER {OWNER}")
        names.append(OWNER)
        yield make_conninfo(server_url, user=OWNER, dbname="plain")

    yield owner
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS plain WITH (FORCE)")
        for name in names:
            connection.execute(f"REASSIGN OWNED BY {name} TO CURRENT_USER")
            connection.execute(f"DROP OWNED BY {name}")
            connection.execute(f"DROP ROLE {name}")


@pytest.fixture
def plain(made, server_url, database_url):
    """An owner who was given the roles of the service, and may make none."""
    assert database_url  # The roles are there.
    with made("NOCREATEROLE") as url:
        with psycopg.connect(server_url, autocommit=True) as connection:
            for role in ROLES:
                connection.execute(f"GRANT frontoffice_{role} TO {OWNER}")
        yield url


def test_an_owner_without_any_right_beyond_their_database_is_enough(plain, settings):
    own = replace(settings, database_url=plain)
    for _ in range(2):
        bootstrap.prepare(own, plain)
    with bootstrap.build(own, plain) as services:
        office = Office(services)
        request = office.request(office.organization().id).id
        assert services.front_office_of(SPECIALIST).case(REQUEST, request)
        with pytest.raises(CaseNotFound):
            services.front_office_of(NEIGHBOUR).case(REQUEST, request)
        assert services.front_office.check_read_models(quiet) == []
        assert services.front_office.rebuild_read_models(quiet) == []
        assert services.front_office.queries.is_ready()


def test_whoever_may_neither_make_nor_take_on_the_roles_is_told_what_to_do(made, settings):
    with made("NOCREATEROLE") as url, pytest.raises(StartRefused, match="grant them to"):
        bootstrap.prepare(replace(settings, database_url=url), url)


def test_an_upgrade_that_was_broken_off_is_finished_by_the_next_start(plain, settings, monkeypatch):
    own = replace(settings, database_url=plain)
    bootstrap.prepare(own, plain)
    with bootstrap.build(own, plain) as services:
        office = Office(services)
        office.request(office.organization().id)
        office.people.account("head@KZ-75")
    with psycopg.connect(plain) as connection:
        connection.execute("UPDATE forms SET mark = 'an earlier form' WHERE name = 'read models'")
    with monkeypatch.context() as broken:
        broken.setattr("application.front_office.FrontOffice.rebuild_read_models", _killed)
        with pytest.raises(KeyboardInterrupt):
            bootstrap.prepare(own, plain)
    with bootstrap.build(own, plain) as services:
        assert not services.front_office.queries.is_ready()

    bootstrap.prepare(own, plain)
    with bootstrap.build(own, plain) as services:
        assert services.front_office.queries.is_ready()
        assert services.front_office.registry.has_accounts()
        assert services.front_office.check_read_models(quiet) == []
    read_models_are_filled(plain)


def test_an_owner_without_any_further_right_backs_up_and_restores(
    plain, settings, tmp_path, server_url
):
    own, path = replace(settings, database_url=plain), tmp_path / "backup.zip"
    bootstrap.prepare(own, plain)
    with bootstrap.build(own, plain) as services:
        office = Office(services)
        request = office.request(office.organization().id)
    made = back_up(own, path, utc_now(), quiet)
    assert made.events == 2

    with psycopg.connect(make_conninfo(server_url, dbname="plain"), autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute(f"CREATE SCHEMA public AUTHORIZATION {OWNER}")
    assert restore(own, path, quiet).refolded == ()
    with bootstrap.build(own, plain) as services:
        assert services.front_office_of(SPECIALIST).case(REQUEST, request.id) == request
        with pytest.raises(CaseNotFound):
            services.front_office_of(NEIGHBOUR).case(REQUEST, request.id)


def test_whoever_may_not_make_the_roles_is_told_before_anything_is_restored(
    made, settings, database_url, tmp_path
):
    path = tmp_path / "backup.zip"
    back_up(replace(settings, database_url=database_url), path, utc_now(), quiet)
    with made("NOCREATEROLE") as url:
        with pytest.raises(BackupRefused, match="grant them to"):
            restore(replace(settings, database_url=url), path, quiet)
        assert tables_in(url) == set()


@pytest.mark.parametrize(
    "hidden",
    [
        (
            "DROP POLICY upkeep ON case_events; DROP POLICY everything ON case_events;"
            " DROP POLICY sealing ON case_events"
        ),
        "CREATE POLICY narrow ON case_events AS RESTRICTIVE USING (office = 'KZ-75')",
    ],
)
def test_rows_that_may_be_hidden_are_no_backup(plain, settings, tmp_path, hidden):
    own, path = replace(settings, database_url=plain), tmp_path / "backup.zip"
    bootstrap.prepare(own, plain)
    with psycopg.connect(plain) as connection:
        connection.execute(hidden)
    with pytest.raises(BackupRefused, match="may hide rows of case_events"):
        back_up(own, path, utc_now(), quiet)
    assert not path.exists()


def test_the_login_of_the_service_is_no_owner_and_is_told_whose_login_it_takes(
    plain, settings, tmp_path
):
    bootstrap.prepare(replace(settings, database_url=plain), plain)
    login = replace(settings, database_url=embedded_service_url(plain))
    with pytest.raises(BackupRefused, match="set FRONTOFFICE_OWNER_DATABASE_URL to the owner"):
        back_up(login, tmp_path / "backup.zip", utc_now(), quiet)


def _killed(*_):
    raise KeyboardInterrupt
