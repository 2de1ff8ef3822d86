"""A follower of the log goes on where it was."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from builders import TRAINING
from office import Office

from application.persistence import follower
from application.persistence.follower import Follower


@pytest.fixture
def followed(services, database_url, monkeypatch):
    """A log of some events, and a table in which a follower notes what it has seen."""
    monkeypatch.setattr(follower, "BATCH", 3)
    office = Office(services)
    for number in range(5):
        office.request(office.group(f"Группа {number}").id, TRAINING)
    with psycopg.connect(database_url) as connection:
        connection.execute("CREATE TABLE seen (id bigint)")
    yield services.front_office.recorder
    with psycopg.connect(database_url) as connection:
        connection.execute("DROP TABLE seen")


def note(connection, events):
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO seen VALUES (%s)", [[event.id] for event in events])


def seen(url):
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM seen ORDER BY ctid")]


def test_after_a_crash_it_goes_on_where_it_was(followed, database_url):
    batches = []

    def crash_in_the_second(connection, events):
        batches.append(events)
        note(connection, events)
        if len(batches) == 2:
            raise MemoryError

    with pytest.raises(MemoryError):
        Follower("f", database_url, followed, crash_in_the_second).catch_up()
    assert len(seen(database_url)) == 3

    everything = [event.id for event in followed.select_notifications(None, 100)]
    assert Follower("f", database_url, followed, note).catch_up() == everything[-1]
    assert seen(database_url) == everything
    assert Follower("f", database_url, followed, note).catch_up() == everything[-1]
    assert seen(database_url) == everything


def test_two_of_one_name_do_nothing_twice(followed, database_url):
    everything = [event.id for event in followed.select_notifications(None, 100)]
    with ThreadPoolExecutor(4) as several:
        ends = list(
            several.map(lambda _: Follower("f", database_url, followed, note).catch_up(), range(4))
        )
    assert ends == [everything[-1]] * 4
    assert seen(database_url) == everything
