"""Who was erased stays so, whatever a restore of an older copy has brought back."""

import os
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from backing_up import empty_database, quiet
from msgspec.structs import replace
from persons import appears, decided_by, erase, head, somebody
from world import OWN, World

from application import bootstrap
from application.backups.making import back_up
from application.backups.outcomes import BackupRefused
from application.backups.restoring import restore
from application.databases import StartRefused
from application.persistence import key_replacement
from application.persistence.erased_list import ErasedList
from application.persistence.key_file import KeyFileUnusable
from application.persistence.vault import SubjectErased
from application.settings import Settings
from application.streams import CaseRef
from domain.catalogue.codes import ErasureGround

MADE_AT = datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.fixture
def world(services) -> World:
    return World(services)


@pytest.fixture
def here(settings, database_url) -> Settings:
    return replace(settings, database_url=database_url)


@pytest.fixture
def there(settings, server_url):
    with empty_database(server_url) as url:
        yield replace(settings, database_url=url)


@pytest.fixture
def backup(here, tmp_path):
    def made():
        path = tmp_path / f"{uuid4()}.zip"
        back_up(here, path, MADE_AT, quiet)
        return path

    return made


@pytest.fixture
def listed(settings):
    return ErasedList.beside(settings.key_file)


def restored(settings, clock):
    return bootstrap.build(settings, settings.database_url, clock=clock)


def test_an_older_backup_does_not_bring_the_erased_back(world, backup, there, clock):
    known, unknown = somebody(1), somebody(2)
    theirs = appears(world, known, OWN)
    yesterday = backup()
    appears(world, unknown, OWN)
    for each in (known, unknown):
        erase(world, each.id, head(OWN))

    assert restore(there, yesterday, quiet).erased_again == 2
    with restored(there, clock) as services:
        again = World(services)
        assert theirs.values(again) == {None}
        office = services.front_office
        for each in (known, unknown):
            with pytest.raises(SubjectErased):
                appears(again, each, OWN)
            erased = office.subject(each.id).events[-1]
            assert (erased.ground, erased.by.role) == (ErasureGround.ERASED_BEFORE, "service")
        assert list(office.check_read_models(quiet)) == []
    assert bootstrap.prepare(there, there.database_url) == 0


def test_a_hold_of_then_does_not_stand_in_the_way(world, backup, there, clock):

    who = somebody()
    theirs = appears(world, who, OWN)
    office, on = decided_by(world, head(OWN))
    office.hold_subject(CaseRef(who.id), on, reason="Суд")
    yesterday = backup()
    office.release_subject(CaseRef(who.id), on, reason="Суд окончен")
    erase(world, who.id, head(OWN))
    assert restore(there, yesterday, quiet).erased_again == 1
    with restored(there, clock) as services:
        assert theirs.values(World(services)) == {None}


def test_a_backup_of_after_keeps_the_erased_as_they_are(world, backup, there, listed, clock):
    who = somebody()
    theirs = appears(world, who, OWN)
    erase(world, who.id, head(OWN))
    today = backup()
    listed.path.unlink()
    found = restore(there, today, quiet)
    assert (found.erased_again, found.has_list, found.refolded) == (0, False, ())
    assert listed.ids() == {who.id}
    with restored(there, clock) as services:
        assert theirs.values(World(services)) == {None}
        assert services.front_office.subject(who.id).version == 2


def test_another_list_can_be_named(world, backup, there, listed, tmp_path, clock):
    who = somebody()
    theirs = appears(world, who, OWN)
    yesterday = backup()
    erase(world, who.id, head(OWN))
    elsewhere = listed.path.rename(tmp_path / "of-the-other-machine.erased")
    found = restore(there, yesterday, quiet, elsewhere)
    assert found.erased_again == 1
    assert listed.ids() == {who.id}
    with restored(there, clock) as services:
        assert theirs.values(World(services)) == {None}
    for wrong in (tmp_path / "no", tmp_path):
        with pytest.raises(BackupRefused, match="There is no list"):
            restore(there, yesterday, quiet, wrong)


def test_a_copy_of_the_database_itself_is_put_right_at_the_next_start(world, here, database_url):
    who = somebody()
    theirs = appears(world, who, OWN)
    with psycopg.connect(database_url) as connection:
        (key,) = connection.execute("SELECT wrapped FROM subject_keys").fetchone()
    erase(world, who.id, head(OWN))
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE subject_keys SET wrapped = %s", [key])
    assert theirs.values(world) >= {who.name}
    assert bootstrap.prepare(here, database_url) == 1
    assert theirs.values(world) == {None}


def test_what_could_not_be_listed_is_listed_later(world, listed):
    who = somebody()
    appears(world, who, OWN)
    listed.path.mkdir()
    erase(world, who.id, head(OWN))
    office = world.services.front_office
    report = office.erasure_report(office.subject(who.id))
    assert {each.place: each.outcome for each in report.places}["erased_list"] == "not_listed"
    world.services.tidy_up()
    listed.path.rmdir()
    world.services.tidy_up()
    assert listed.ids() == {who.id}


def test_a_list_that_nobody_can_read_stops_a_start(world, here, listed, there, backup, tmp_path):
    listed.path.write_text("somebody\n")
    with pytest.raises(StartRefused, match="restore it from a copy"):
        bootstrap.prepare(here, here.database_url)
    other = tmp_path / "other.erased"
    other.write_text("somebody\n")
    listed.path.unlink()
    with pytest.raises(BackupRefused, match="restore it from a copy"):
        restore(there, backup(), quiet, other)


def test_a_line_that_a_power_cut_has_left_is_let_be(tmp_path):
    made = ErasedList(tmp_path / "x.erased")
    one, two = uuid4(), uuid4()
    made.add([one])
    with made.path.open("a") as file:
        file.write(str(two)[:20])
    assert made.ids() == {one}
    made.add([two])
    assert made.ids() == {one, two}
    assert made.path.stat().st_mode & 0o777 == 0o600
    made.path.write_text("nonsense of somebody's\n")
    with pytest.raises(KeyFileUnusable):
        made.ids()


# Backups and other keys.


@pytest.fixture
def own_keys(there, tmp_path):
    return replace(there, key_file=tmp_path / "keys.json")


def test_a_backup_of_before_a_rotation_is_refused_in_words(own_keys, clock, server_url, tmp_path):
    bootstrap.prepare(own_keys, own_keys.database_url)
    with restored(own_keys, clock) as services:
        theirs = appears(World(services), who := somebody(), OWN)
        back_up(own_keys, tmp_path / "b.zip", MADE_AT, quiet)
        key_replacement.begin(own_keys.key_file, MADE_AT)
        _check_restores(own_keys, tmp_path, theirs, who, clock)
        services.front_office.rotate_keys(MADE_AT, quiet)
    with pytest.raises(BackupRefused, match="rotated after this backup was made"):
        restore(own_keys, tmp_path / "b.zip", quiet)


def _check_restores(settings, tmp_path, theirs, who, clock):
    """While keys are being replaced the backup of before opens yet."""
    name = f"beside_{os.getpid()}"
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    url = psycopg.conninfo.make_conninfo(settings.database_url, dbname=name)
    beside = replace(settings, database_url=url)
    assert restore(beside, tmp_path / "b.zip", quiet).refolded == ()
    with restored(beside, clock) as services:
        assert theirs.values(World(services)) >= {who.name}
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
