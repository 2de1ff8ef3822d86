"""The sealer seals every event in order, and signs nothing that does not fit."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent
from sealing import (
    as_it_is,
    change,
    checkpoints,
    expected,
    note,
    put_back,
    rows,
    seal_without_signing,
    sealer_of,
    work,
)

from application.audit.checkpoints import read_checkpoint
from application.audit.frontier import Frontier, frontier
from application.audit.sealer_files import SealerFiles
from application.audit.stops import SealingStopped
from application.audit.tree import root
from application.persistence import log_batches, log_sealer
from application.persistence.log_session import sealer_connection
from application.persistence.log_tiles import Tiles
from application.persistence.tables import save


@pytest.fixture
def sealer(services, settings, database_url, tmp_path):
    """A sealer with a folder of its own, at an empty database."""
    return sealer_of(services, settings, database_url, tmp_path / "sealer")


@pytest.fixture
def sealed(sealer, services):
    """A log with two checkpoints, the second of which changed some cases of the first."""
    case = work(services, 2)
    sealer.seal_once()
    note(services, case)
    work(services)
    sealer.seal_once()
    return sealer


def last(sealer):
    kept = sealer.files.last()
    return kept and read_checkpoint(kept.text)


def test_what_is_sealed_is_every_event_in_order_and_the_heads(sealed, services, database_url):
    work(services)
    assert sealed.seal_once() == checkpoints(database_url)[-1].size
    assert len(checkpoints(database_url)) == 3
    assert checkpoints(database_url) == expected(database_url)
    assert last(sealed) == checkpoints(database_url)[-1]
    ((events, sealed_at),) = rows(
        database_url, "SELECT count(position), count(recorded_at) FROM log_entries"
    )
    assert [(events, events)] == [(sealed_at, sealed_at)]


def test_without_news_nothing_is_signed(sealed, database_url):
    before = checkpoints(database_url)
    assert sealed.seal_once() == before[-1].size
    assert checkpoints(database_url) == before


def test_an_empty_log_has_no_checkpoint(sealer, database_url):
    assert sealer.seal_once() == 0
    assert checkpoints(database_url) == []
    assert sealer.files.has_key()


def test_far_behind_it_signs_now_and_then(sealer, services, database_url, monkeypatch):
    monkeypatch.setattr(log_batches, "BATCH", 3)
    monkeypatch.setattr(log_sealer, "MOST_UNSIGNED", 7)
    work(services, 7)
    sealer.seal_once()
    assert len(checkpoints(database_url)) > 2
    assert checkpoints(database_url) == expected(database_url)


PLAIN = """
INSERT INTO case_events SELECT gen_random_uuid(), 1, 'plain', 'no JSON at all',
    nextval('case_events_notification_id_seq') FROM generate_series(1, %s)
"""


def test_trees_of_several_tiles_are_the_same_tree(sealer, services, database_url):
    for count in (100, 154, 1, 2, 700):
        change(database_url, PLAIN, count)
        sealer.seal_once()
    assert checkpoints(database_url) == expected(database_url)


def test_tiles_above_tiles_have_the_same_roots(services, database_url):
    hashes = [sha256(bytes((n % 256, n // 256 % 256, n // 65536))).digest() for n in range(66_000)]
    edge = Frontier()
    with sealer_connection(database_url) as connection, connection.transaction():
        for start, end in ((0, 255), (255, 256), (256, 65_530), (65_530, 66_000)):
            Tiles(connection).add(start, hashes[start:end])
            for each in hashes[start:end]:
                edge.add(each)
            assert root(Tiles(connection).node, end) == edge.root
            assert frontier(Tiles(connection).node, end).root == edge.root
        ((levels,),) = connection.execute("SELECT count(DISTINCT level) FROM log_tiles").fetchall()
    assert levels == 3


def test_no_event_is_passed_over_by_a_writer_that_dawdles(sealer, services, database_url):
    with psycopg.connect(database_url) as slow:
        slow.execute(*save(("public", "case_events"), "KZ-75", [_event()], ()))
        work(services)
        assert sealer.seal_once() == 0
        slow.commit()
    sealer.seal_once()
    assert checkpoints(database_url) == expected(database_url)


def _event():
    return StoredEvent(uuid4(), 1, "plain", b"{}")


# What somebody with all rights in the database can do, and how the sealer takes it.

ONE = "(SELECT max(notification_id) - 2 FROM case_events)"
GAP = """
(SELECT max(notification_id) + 1 FROM case_events AS one
WHERE notification_id < (SELECT max(notification_id) FROM case_events)
AND NOT EXISTS (SELECT FROM case_events WHERE notification_id = one.notification_id + 1))
"""
SINCE = {
    "edited": (
        f"UPDATE case_events SET state = state || ' ' WHERE notification_id = {ONE}",
        "event-changed",
    ),
    "renamed": (
        f"UPDATE case_events SET topic = 'other' WHERE notification_id = {ONE}",
        "event-changed",
    ),
    "deleted": (f"DELETE FROM case_events WHERE notification_id = {ONE}", "event-gone"),
    "cut": (
        f"DELETE FROM case_events WHERE notification_id >= {ONE}",
        "event-gone",
    ),
    "deleted with its entry": (
        (
            f"WITH gone AS (DELETE FROM case_events WHERE notification_id = {ONE} RETURNING *)"
            " DELETE FROM log_entries USING gone WHERE position = notification_id"
        ),
        "log-changed",
    ),
    "slipped in": (
        f"INSERT INTO case_events VALUES (gen_random_uuid(), 1, 'plain', '', {GAP})",
        "event-added",
    ),
    "a hash": (
        (
            "UPDATE log_tiles SET hashes = overlay(hashes PLACING sha256('x')"
            " FROM octet_length(hashes) - 31) WHERE level = 0"
        ),
        "event-changed",
    ),
    "a head": (
        (
            f"UPDATE log_heads SET version = version + 1 WHERE case_id ="
            f" (SELECT originator_id FROM case_events WHERE notification_id = {ONE})"
        ),
        "heads-changed",
    ),
}
BEFORE = {
    "a checkpoint's tree": (
        "UPDATE log_tiles SET hashes = sha256('x') || substr(hashes, 33)",
        "log-changed",
    ),
    "an entry of heads": (
        (
            "UPDATE log_entries SET content = overlay(content PLACING '\\x00' FROM 70)"
            " WHERE content IS NOT NULL"
        ),
        "log-changed",
    ),
    "hashes above the heads": ("UPDATE log_head_nodes SET hash = sha256('x')", "heads-changed"),
    "lower hashes of the heads": (
        "UPDATE log_head_nodes SET hash = sha256('x') WHERE depth = 16",
        "heads-changed",
    ),
    "the note": ("UPDATE log_checkpoints SET note = replace(note, '=', '==')", "signature-wrong"),
    "the size of a note": (
        "UPDATE log_checkpoints SET note = regexp_replace(note, '([0-9]+)', '1')",
        "signature-wrong",
    ),
    "a missing version": (
        "UPDATE log_heads SET version = 0",
        "event-missing",
    ),
}


@pytest.mark.parametrize("how", SINCE)
def test_what_was_changed_between_sealing_and_signing_is_not_signed(
    sealed, services, database_url, how
):
    work(services)
    change(database_url, "SELECT nextval('case_events_notification_id_seq')")
    work(services)
    seal_without_signing(database_url)
    before = checkpoints(database_url), last(sealed)
    statement, reason = SINCE[how]
    change(database_url, statement)
    with pytest.raises(SealingStopped, match=reason):
        sealed.seal_once()
    assert (checkpoints(database_url), last(sealed)) == before


@pytest.mark.parametrize("how", BEFORE)
def test_what_was_signed_and_is_otherwise_now_is_not_continued(sealed, services, database_url, how):
    case = work(services)
    statement, reason = BEFORE[how]
    sealed.seal_once()
    note(services, case)
    change(database_url, statement)
    with pytest.raises(SealingStopped, match=reason):
        sealed.seal_once()
    assert rows(database_url, "SELECT count(*) FROM log_checkpoints") == [(3,)]


def test_a_stop_is_told_once_and_ends_when_all_is_as_it_was(sealed, services, database_url):
    work(services)
    seal_without_signing(database_url)
    change(
        database_url, f"UPDATE case_events SET topic = 'x' || topic WHERE notification_id = {ONE}"
    )
    for _ in range(2):
        with pytest.raises(SealingStopped):
            sealed.seal_once()
    ((reason, facts, resumed),) = rows(
        database_url, "SELECT reason, facts, resumed_at FROM log_stops"
    )
    assert (reason, set(facts), resumed) == ("event-changed", {"case", "version", "position"}, None)
    change(
        database_url,
        f"UPDATE case_events SET topic = substr(topic, 2) WHERE notification_id = {ONE}",
    )
    sealed.seal_once()
    assert checkpoints(database_url) == expected(database_url)
    assert rows(database_url, "SELECT resumed_at IS NULL FROM log_stops") == [(False,)]


# The folder, and another database than the one that was signed.


def test_a_database_that_is_older_than_what_was_signed_is_not_continued(
    sealed, services, database_url
):
    older = as_it_is(database_url)
    work(services)
    sealed.seal_once()
    put_back(database_url, older)
    work(services)
    with pytest.raises(SealingStopped, match="database-older"):
        sealed.seal_once()


def test_a_database_that_has_grown_otherwise_since_is_not_continued(
    sealed, services, settings, database_url, tmp_path
):
    shutil.copytree(sealed.files.folder, tmp_path / "others")
    older = as_it_is(database_url)
    work(services)
    sealed.seal_once()
    put_back(database_url, older)
    other = sealer_of(services, settings, database_url, tmp_path / "others")
    work(services, 5)
    other.seal_once()
    with pytest.raises(SealingStopped, match="log-changed"):
        sealed.seal_once()


def test_an_empty_database_is_not_taken_for_the_log(sealed, services, database_url):
    change(
        database_url,
        "TRUNCATE log_entries, log_tiles, log_heads, log_head_nodes, log_checkpoints, case_events",
    )
    with pytest.raises(SealingStopped, match="database-older"):
        sealed.seal_once()


def test_without_its_key_it_makes_no_other(sealed, services):
    (sealed.files.folder / "key.json").unlink()
    with pytest.raises(SealingStopped, match="key-missing"):
        sealed.seal_once()
    (sealed.files.folder / "last-checkpoint").unlink()
    with pytest.raises(SealingStopped, match="key-missing"):
        sealed.seal_once()
    assert not sealed.files.has_key()


@pytest.mark.parametrize("name", ["key.json", "last-checkpoint"])
def test_a_damaged_file_is_told(sealed, name):
    (sealed.files.folder / name).write_text("{")
    with pytest.raises(SealingStopped, match="files-unusable"):
        sealed.seal_once()


def test_a_folder_that_is_closed_is_told(services, settings, database_url):
    sealer = sealer_of(services, settings, database_url, "/proc/here")
    with pytest.raises(SealingStopped, match="files-unusable"):
        sealer.seal_once()


def test_another_key_does_not_continue_the_log(sealed, services, settings, database_url, tmp_path):
    work(services)
    SealerFiles(tmp_path / "others").make_key("office.test/log")
    other = sealer_of(services, settings, database_url, tmp_path / "others")
    with pytest.raises(SealingStopped, match="other-key"):
        other.seal_once()
    sealed.seal_once()
    assert checkpoints(database_url) == expected(database_url)


def test_the_last_checkpoint_comes_back_from_the_database_into_a_folder_without_it(
    sealed, database_url
):
    (sealed.files.folder / "last-checkpoint").unlink()
    sealed.seal_once()
    assert last(sealed) == checkpoints(database_url)[-1]


def test_a_checkpoint_that_was_deleted_comes_back_from_the_folder(sealed, database_url):
    change(database_url, "DELETE FROM log_checkpoints WHERE size = %s", last(sealed).size)
    sealed.seal_once()
    assert last(sealed) == checkpoints(database_url)[-1]


def test_several_at_once_take_turns_and_sign_one_log(sealed, services, settings, database_url):
    others = [sealer_of(services, settings, database_url, sealed.files.folder) for _ in range(4)]
    with ThreadPoolExecutor(len(others)) as several:
        for _ in range(3):
            work(services)
            list(several.map(lambda each: each.seal_once(), others))
    assert checkpoints(database_url) == expected(database_url)


def test_key_and_last_checkpoint_are_for_the_sealer_only(sealed):
    folder = sealed.files.folder
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert (folder.stat().st_mode & 0o777, modes["key.json"], modes["last-checkpoint"]) == (
        0o700,
        0o600,
        0o600,
    )
