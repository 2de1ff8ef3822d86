"""The feed stops where the log is not final yet, and never passes over what comes there."""

from uuid import UUID

import psycopg
import pytest
from examples import SUBJECT, examples
from office import ref
from people import actor

from application.case_types import EVENT_TYPES
from application.persistence.commit_order import FLOOR_CLASS
from application.persistence.event_mapper import EventMapper
from application.persistence.store import EVENTS
from application.persistence.tables import save
from application.persistence.upcasts import Upcast, stored_as
from application.streams import Recorded
from application.use_cases.feed import PositionBeyondEnd
from domain.rules.authority import OfficeForbidden

AUDITOR, REPUBLICAN = actor("auditor@KZ"), actor("republican_specialist@KZ")
MOST = 1000


@pytest.fixture
def feed(office):
    """Read the feed, as an auditor if nobody else is named."""

    def read(after=0, limit=MOST, by=AUDITOR, topics=None):
        return office.services.front_office_of(by).events_after(by, after, limit, topics)

    return read


def told(batch):
    return [(each.case_id, each.event.TOPIC) for each in batch.events]


def withheld(connection, stream):
    """Save the last event of the case once more, in a transaction that does not end yet."""
    again = Recorded(stream.id, stream.version + 1, stream.events[-1])
    stored = EventMapper(EVENT_TYPES).store(again, {})
    connection.execute(*save(("public", EVENTS), "KZ-75", [stored], ()))


@pytest.mark.parametrize("ends", ["commit", "rollback"])
def test_it_stops_before_a_save_that_may_still_come_and_then_gives_it(
    office, feed, database_url, ends
):
    group = office.group("Первая")
    with psycopg.connect(database_url) as slow:
        withheld(slow, group)
        later = office.group("Вторая")
        before = feed()
        assert told(before) == [(group.id, "organization.registered")]
        assert feed(before.reached).events == ()
        getattr(slow, ends)()
    late = [(group.id, "organization.registered")] if ends == "commit" else []
    assert told(feed(before.reached)) == [*late, (later.id, "organization.registered")]


def test_a_number_that_was_drawn_and_not_used_is_not_told_as_reached(office, feed, database_url):
    """After a crash it could be drawn again."""
    group = office.group()
    reached = feed().reached
    with psycopg.connect(database_url) as slow:
        withheld(slow, group)
        slow.rollback()
    assert feed().reached == feed(reached).reached == reached
    assert feed().events[-1].position == reached


def test_a_follower_who_has_overtaken_a_late_floor_is_neither_refused_nor_set_back(
    office, feed, database_url
):
    office.group()
    reached = feed().reached
    with psycopg.connect(database_url) as late:
        late.execute("SELECT pg_advisory_lock_shared(%s, 0)", [FLOOR_CLASS])
        assert feed(reached) == feed(reached, by=REPUBLICAN)
        assert (feed(reached).events, feed(reached).reached) == ((), reached)
        assert feed().reached == 0


def test_nobody_has_read_further_than_the_last_event(office, feed):
    office.group()
    end = feed().reached
    with pytest.raises(PositionBeyondEnd) as refused:
        feed(end + 1)
    assert refused.value.facts == {"field": "after", "value": end + 1, "end": end}


def test_an_empty_log_is_read_to_its_beginning(services, feed):
    assert services is not None
    assert (feed().events, feed().reached) == ((), 0)


def test_pieces_make_the_whole_of_it(office, feed):
    for number in range(5):
        office.group(f"Группа {number}")
    whole = feed()
    for limit in (1, 2, 5, 6):
        after, read = 0, ()
        while (batch := feed(after, limit)).reached != after:
            assert len(batch.events) <= limit
            after, read = batch.reached, (*read, *batch.events)
        assert read == whole.events
        assert after == whole.reached


def test_the_republican_office_goes_past_the_accounts_that_it_does_not_see(office, feed):
    office.group()
    office.people.account("specialist@KZ-75")
    auditors, theirs = feed(), feed(by=REPUBLICAN)

    assert auditors.events[-1].event.TOPIC == "staff.role-granted"
    assert told(theirs) == told(auditors)[:1]
    assert theirs.reached == auditors.reached
    assert feed(by=REPUBLICAN, topics=["staff.created"]).events == ()


def test_who_asks_for_some_topics_goes_past_the_others(office, feed):
    group = office.group()
    office.request(group.id)
    some = feed(topics=["request.requested"])

    assert [each.event.TOPIC for each in some.events] == ["request.requested"]
    assert feed(topics=["organization.closed"]).reached == feed().reached
    assert feed(topics=[]).events == ()


def test_a_region_does_not_follow(office, feed):
    office.group()
    for who in ("service@KZ-75", "service@KZ-19"):
        with pytest.raises(OfficeForbidden):
            feed(by=actor(who))


def test_what_a_follower_may_see_is_told_by_the_event_alone(database_url):
    """What could become visible later would come at positions that were read already."""
    with psycopg.connect(database_url) as connection:
        conditions = connection.execute(
            "SELECT qual FROM pg_policies WHERE tablename = %s AND cmd IN ('SELECT', 'ALL')"
            " AND roles && '{frontoffice_republic,frontoffice_audit,frontoffice_system}'",
            [EVENTS],
        ).fetchall()
    assert conditions
    for (condition,) in conditions:
        assert "SELECT" not in condition
        assert "current_setting" not in condition


@pytest.mark.parametrize("event", examples(), ids=lambda event: event.TOPIC)
def test_an_event_tells_the_same_whether_its_people_are_erased_or_not(event):
    mapper = EventMapper(EVENT_TYPES)
    stored = mapper.store(Recorded(UUID(int=7), 3, event), {SUBJECT: bytes(32)})

    assert mapper.load_without_people(stored) == mapper.load(stored, {}).event


def test_topics_of_today_are_asked_for_by_all_the_names_they_ever_had():
    upcasts = {"a.old": Upcast("a.older", dict), "a.older": Upcast("a.new", dict)}
    assert sorted(stored_as(upcasts, ["a.new"])) == ["a.new", "a.old", "a.older"]
    assert stored_as(upcasts, ["b.new"]) == ["b.new"]


def test_what_follows_is_what_the_history_has(office, feed):
    group = office.group()
    request = office.request(group.id)
    office.cases.withdraw_request(ref(request), office.on(), reason="Не нужно")
    positions = office.cases.queries.positions(request.id)
    assert [
        (each.version, each.position) for each in feed().events if each.case_id == request.id
    ] == sorted(positions.items())
