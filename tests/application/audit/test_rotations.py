"""The log's key is handed over, also in between a crash, a restore and a key put back."""

from pathlib import Path

import pytest
from backing_up import empty_database, quiet
from msgspec.structs import replace
from sealing import change, checkpoints, expected, rows, work

from application import bootstrap
from application.audit.acceptance import NotSigned
from application.audit.checkpoints import Checkpoint
from application.audit.notes import read_note
from application.audit.policy_files import read_policy
from application.audit.sealer_files import SealerFiles
from application.audit.stops import SealingStopped
from application.backups.making import back_up
from application.backups.restoring import restore
from application.databases import sealer_url
from application.sealer import Sealer

HAND_OVERS = "SELECT note FROM log_hand_overs ORDER BY number"
NOTES = "SELECT note FROM log_checkpoints ORDER BY size"


@pytest.fixture
def sealer(services, settings, database_url, tmp_path) -> Sealer:
    """A sealer that has signed something."""
    mine = replace(settings, sealer_dir=tmp_path / "sealer", log_origin="office.test/log")
    made = Sealer(mine, sealer_url(mine, database_url), services.clock)
    work(services)
    made.seal_once()
    return made


@pytest.fixture
def policy(sealer):
    """What an auditor wrote down when the log had its first key."""
    return read_policy(f"log {sealer.files.key().signing.verifying.vkey}\nquorum none\n")


def accepted(policy, url: str) -> list[Checkpoint]:
    """Return every checkpoint that the auditor accepts; all there are, or it fails."""
    hand_overs = [read_note(note) for (note,) in rows(url, HAND_OVERS)]
    return [policy.accepted(read_note(note), hand_overs) for (note,) in rows(url, NOTES)]


def test_an_auditor_with_the_first_key_accepts_all_checkpoints_over_three_rotations(
    sealer, policy, services, database_url
):
    for _ in range(3):
        (sealer.files.folder / "key.json").chmod(0o400)
        sealer.hand_over()
        work(services)
        sealer.seal_once()

    found = accepted(policy, database_url)
    assert len(found) == 4
    assert found == checkpoints(database_url) == expected(database_url)
    assert len(rows(database_url, HAND_OVERS)) == 3


def test_two_rotations_without_news_between_them_are_followed_too(
    sealer, policy, services, database_url
):
    sealer.hand_over()
    sealer.hand_over()
    work(services)
    sealer.seal_once()
    assert len(accepted(policy, database_url)) == 2


def test_a_sealer_at_work_goes_on_with_the_new_key(sealer, policy, services, database_url):
    other = Sealer(sealer._settings, sealer._url, services.clock)
    turns = []

    def wait(seconds: float) -> bool:
        """Hand over and work each time the sealer has nothing to do."""
        if seconds:
            turns.append(seconds)
            other.hand_over()
            work(services)
        return len(turns) == 4

    sealer.follow(wait, listener=None)
    assert len(accepted(policy, database_url)) == 4


def test_the_old_key_is_nowhere_in_the_folder(sealer, tmp_path):
    old = sealer.files.key().private
    path = tmp_path / "sealer" / "key.json"
    other_name = tmp_path / "another name of the same file"
    other_name.hardlink_to(path)
    sealer.hand_over()

    for each in (*path.parent.iterdir(), other_name):
        assert old.encode() not in each.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert set(other_name.read_bytes()) == {0}


def broken_off(monkeypatch, sealer, services, name: str) -> None:
    """Hand over, and lose the power at one of its steps."""

    def power_cut(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as cut, pytest.raises(KeyboardInterrupt):
        cut.setattr(name, power_cut)
        sealer.hand_over()
    work(services)
    sealer.seal_once()


def test_broken_off_before_the_new_key_is_on_the_disk_the_old_one_goes_on(
    sealer, policy, services, database_url, monkeypatch
):
    old = sealer.files.key()
    broken_off(monkeypatch, sealer, services, "application.audit.sealer_files.Path.replace")
    assert sealer.files.key() == old
    assert (len(accepted(policy, database_url)), rows(database_url, HAND_OVERS)) == (2, [])


@pytest.mark.parametrize(
    "name",
    [
        "application.audit.sealer_files._sync",
        "application.persistence.log_sealer.read_note",
    ],
)
def test_broken_off_after_that_the_new_one_goes_on_with_its_hand_over(
    sealer, policy, services, database_url, monkeypatch, name
):
    old = sealer.files.key()
    broken_off(monkeypatch, sealer, services, name)
    assert sealer.files.key().earlier == (old.signing.verifying.vkey,)
    assert len(accepted(policy, database_url)) == 2
    assert len(rows(database_url, HAND_OVERS)) == 1


def test_in_a_database_of_before_the_rotation_the_hand_over_is_stored_again(
    sealer, policy, services, database_url
):
    sealer.hand_over()
    sealer.hand_over()
    change(database_url, "DELETE FROM log_hand_overs WHERE number = 2")
    work(services)
    sealer.seal_once()
    assert len(accepted(policy, database_url)) == 2


def test_a_backup_keeps_the_hand_overs_and_the_log_goes_on_where_it_is_restored(
    sealer, policy, services, settings, database_url, server_url, tmp_path
):
    sealer.hand_over()
    work(services)
    sealer.seal_once()
    backup = tmp_path / "backup.zip"
    back_up(replace(settings, database_url=database_url), backup, services.clock(), quiet)
    with empty_database(server_url) as url:
        there = replace(sealer._settings, database_url=url)
        restore(there, backup, quiet)
        with bootstrap.build(there, url, clock=services.clock) as restored:
            work(restored)
            Sealer(there, sealer_url(there, url), services.clock).seal_once()
        assert rows(url, HAND_OVERS) == rows(database_url, HAND_OVERS)
        assert len(accepted(policy, url)) == 3


def test_an_old_key_that_was_put_back_signs_nothing(sealer, services, database_url):
    old = sealer.files.key()
    sealer.hand_over()
    SealerFiles(Path(sealer.files.folder)).keep_key(old)
    work(services)
    with pytest.raises(SealingStopped, match="key-handed-over"):
        sealer.seal_once()
    assert len(checkpoints(database_url)) == 1


def test_a_checkpoint_signed_by_a_key_that_was_given_up_is_not_accepted(
    sealer, policy, services, database_url
):
    old = sealer.files.key().signing
    sealer.hand_over()
    work(services)
    sealer.seal_once()
    *_, last = checkpoints(database_url)
    hand_overs = [read_note(note) for (note,) in rows(database_url, HAND_OVERS)]
    with pytest.raises(NotSigned):
        policy.accepted(last.note.signed(old), hand_overs)


def test_nothing_is_handed_over_before_something_was_signed(
    services, settings, database_url, tmp_path
):
    mine = replace(settings, sealer_dir=tmp_path / "sealer")
    with pytest.raises(SealingStopped, match="nothing-signed"):
        Sealer(mine, sealer_url(mine, database_url), services.clock).hand_over()
    assert rows(database_url, HAND_OVERS) == []
