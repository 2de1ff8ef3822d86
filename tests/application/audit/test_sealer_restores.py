"""After a restore the log goes on, if the backup is the newest, or stops; and a new one can begin."""

import psycopg
import pytest
from backing_up import empty_database, quiet
from msgspec.structs import replace
from sealing import checkpoints, expected, rows, sealer_of, work

from application.audit.stops import SealingStopped
from application.backups.making import back_up
from application.backups.restoring import restore


@pytest.fixture
def sealer(services, settings, database_url, tmp_path):
    return sealer_of(services, settings, database_url, tmp_path / "sealer")


@pytest.fixture
def backup(sealer, services, settings, database_url, tmp_path):
    """A backup of a log with a checkpoint, and of events that are not sealed yet."""
    work(services)
    sealer.seal_once()
    work(services)
    here = replace(settings, database_url=database_url)
    back_up(here, tmp_path / "backup.zip", services.clock(), quiet)
    return tmp_path / "backup.zip"


@pytest.fixture
def restored(backup, services, settings, server_url, tmp_path):
    """Restore it elsewhere; return that place, and its sealer with the folder of before."""
    with empty_database(server_url) as url:
        restore(replace(settings, database_url=url), backup, quiet)
        yield url, sealer_of(services, settings, url, tmp_path / "sealer")


def test_after_a_restore_of_the_newest_backup_the_log_goes_on(restored, database_url):
    url, sealer = restored
    before = checkpoints(database_url)
    sealer.seal_once()
    assert checkpoints(url)[:-1] == before
    assert checkpoints(url) == expected(url)


def test_after_a_restore_of_an_older_one_nothing_is_signed(restored, sealer, services):
    url, again = restored
    work(services)
    sealer.seal_once()
    before = checkpoints(url)
    for _ in range(2):
        with pytest.raises(SealingStopped, match="database-older"):
            again.seal_once()
    assert checkpoints(url) == before


def test_a_new_log_begins_at_its_beginning_and_says_where_the_old_one_ended(
    restored, sealer, services, database_url
):
    url, again = restored
    sealer.seal_once()
    ended, old_key = sealer.files.last(), sealer.files.key()
    with pytest.raises(SealingStopped):
        again.seal_once()

    begun = again.begin_new_log(url, "Диск сломался, копия вчерашняя")
    again.seal_once()

    (only,) = checkpoints(url)
    assert only == expected(url)[0]
    assert only.origin != old_key.origin
    assert begun.key == again.files.key().signing.verifying != old_key.signing.verifying
    (facts,) = (row[0] for row in rows(url, "SELECT facts FROM log_stops WHERE reason = 'new-log'"))
    assert facts["why"] == "Диск сломался, копия вчерашняя"
    assert facts["outside"] == ended.written
    assert facts["inside"] is not None
    assert rows(url, "SELECT count(*) FROM log_stops WHERE resumed_at IS NULL") == [(0,)]
    (aside,) = again.files.folder.glob("until-*")
    assert {path.name for path in aside.iterdir()} == {"key.json", "last-checkpoint"}
    with pytest.raises(SealingStopped, match="other-key"):
        sealer_of(services, again._settings, database_url, again.files.folder).seal_once()


def test_a_new_log_that_was_broken_off_is_begun_again(restored, monkeypatch):
    url, again = restored
    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Connection, "commit", _broken)
        with pytest.raises(KeyboardInterrupt):
            again.begin_new_log(url, "Причина")
    with pytest.raises(SealingStopped, match="other-key"):
        again.seal_once()
    again.begin_new_log(url, "Причина")
    again.seal_once()
    assert checkpoints(url) == expected(url)


def _broken(connection):
    connection.close()
    raise KeyboardInterrupt
