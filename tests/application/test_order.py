"""Followers of the log see every event, in order, whatever the writers do."""

from uuid import uuid4

import order
import psycopg
import pytest
from eventsourcing.persistence import StoredEvent

from application.persistence.connections import CaseDatastore
from application.persistence.recorder import CaseRecorder
from application.persistence.tables import save


def some(count=1):
    case_id = uuid4()
    return [StoredEvent(case_id, place + 1, "order", b"{}") for place in range(count)]


@pytest.fixture
def recorder(database_url):
    order.prepare(database_url)
    datastore = CaseDatastore(database_url, 4)
    yield CaseRecorder(datastore, events_table_name=order.TABLE)
    datastore.close()


def test_followers_of_busy_dawdling_and_killed_writers_miss_nothing(database_url):
    seen = order.play(database_url, events=12_000, writers=8, followers=4, kills=4)
    assert seen == [order.truth(database_url)] * 4
    assert seen[0].count > 8_000


@pytest.mark.parametrize("ends", ["commit", "rollback"])
def test_a_follower_waits_for_a_writer_that_began_earlier(recorder, database_url, ends):
    first = some()
    recorder.insert_events(first)
    with psycopg.connect(database_url) as slow:
        late = some(3)
        slow.execute(*save(("public", order.TABLE), "", late, ()))
        sooner = some()
        recorder.insert_events(sooner)
        seen = [each.originator_id for each in recorder.select_notifications(None, 10)]
        assert seen == [first[0].originator_id]
        getattr(slow, ends)()
    seen = [each.originator_id for each in recorder.select_notifications(None, 10)]
    between = [each.originator_id for each in late] if ends == "commit" else []
    assert seen == [first[0].originator_id, *between, sooner[0].originator_id]


def test_writers_do_not_wait_for_each_other(recorder, database_url):
    with psycopg.connect(database_url) as slow:
        slow.execute(*save(("public", order.TABLE), "", some(), ()))
        assert recorder.insert_events(some()) == [2]
        assert recorder.insert_events(some(3)) == [3, 4, 5]
        slow.execute(*save(("public", order.TABLE), "", some(3), ()))
        assert recorder.insert_events(some(2)) == [9, 10]


def test_positions_of_a_rolled_back_save_are_passed_over(recorder, database_url):
    with psycopg.connect(database_url) as slow:
        slow.execute(*save(("public", order.TABLE), "", some(), ()))
        slow.rollback()
    recorder.insert_events(some())
    assert [each.id for each in recorder.select_notifications(None, 10)] == [2]
    assert recorder.final_position() == 2


def test_an_empty_log_is_final_at_zero(recorder):
    assert recorder.final_position() == 0


def test_the_floor_is_told_from_its_31_bits_beyond_them(recorder, database_url):
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "SELECT setval(%s, %s)", [f"{order.TABLE}_notification_id_seq", 2**33 - 1]
        )
    with psycopg.connect(database_url) as slow:
        slow.execute(*save(("public", order.TABLE), "", some(), ()))
        recorder.insert_events(some())
        assert recorder.final_position() == 2**33 - 1
    assert recorder.final_position() == 2**33 + 1


def test_a_subscription_gives_what_is_there_and_what_comes(recorder):
    recorder.insert_events(some(2))
    with recorder.subscribe(gt=0) as subscription:
        assert [next(subscription).id for _ in range(2)] == [1, 2]
        recorder.insert_events(some())
        assert next(subscription).id == 3
        subscription.stop()
        assert list(subscription) == []
