"""A connection that is cut around the COMMIT: no false success, no false conflict, no double."""

import random
from uuid import uuid4

import psycopg
import pytest
from builders import SPECIALIST, TRAINING
from eventsourcing.persistence import PersistenceError
from office import Office, ref
from proxy import Cut, Moment, proxied

from application import bootstrap
from application.attempts import Attempt
from application.case_types import REQUEST
from application.persistence.connections import CaseDatastore
from application.persistence.recorder import CaseRecorder
from application.save_outcomes import OutcomeUnknown
from application.streams import CaseRef

CUTS = 1000


@pytest.fixture
def proxy(database_url):
    with proxied(database_url) as proxy:
        yield proxy


@pytest.fixture
def cut_services(services, settings, proxy, clock):
    assert services
    with bootstrap.build(settings, proxy.url, clock=clock) as built:
        yield built


def note(services, office, ref, text, key):
    """Write a note as a caller would who sends it again until it is answered."""
    on = services.occasion(SPECIALIST, cause="test", attempt=Attempt(key, text))
    try:
        return office.once(on, lambda: office.note(ref, on, text=text))
    except PersistenceError:
        return note(services, office, ref, text, key)


def test_a_thousand_cuts_around_the_commit_have_one_effect_each(cut_services, proxy):
    chance = random.Random(3)
    cases = Office(cut_services)
    for number in range(CUTS):
        if number % 50 == 0:
            written = []
            request = cases.request(cases.group(f"Группа {number}").id, TRAINING)
        text = f"cut-{number:04}-{uuid4()}"
        proxy.cut = Cut(text.encode(), chance.choice(list(Moment)), chance.random())
        request = note(cut_services, cases.cases, ref(request), text, str(uuid4()))
        written.append(text)
        assert request.version == len(written) + 1
        stored = cases.cases.case(REQUEST, request.id)
        assert [event.text for event in stored.events[1:]] == written
    assert proxy.cuts == CUTS


def test_without_a_key_a_lost_answer_is_told_as_unknown_and_not_as_a_conflict(cut_services, proxy):
    cases = Office(cut_services)
    request = cases.request(cases.group().id, TRAINING)
    proxy.cut = Cut(b"lost answer", Moment.ANSWERED, 0)
    with pytest.raises(OutcomeUnknown):
        cases.cases.note(ref(request), cases.on(), text="lost answer")
    assert cases.cases.case(REQUEST, request.id).version == 2


def test_a_warning_at_the_commit_is_no_success(services, database_url):
    """PostgreSQL warns where the wait for a standby was ended; here a trigger does."""
    cases = Office(services)
    request = cases.request(cases.group().id, TRAINING)
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE WARNING 'not replicated'; RETURN NULL; END $$"
        )
        connection.execute(
            "CREATE CONSTRAINT TRIGGER warn AFTER INSERT ON case_events"
            " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION warn()"
        )
    try:
        with pytest.raises(OutcomeUnknown):
            cases.cases.note(ref(request), cases.on(), text="Звонили")
        on = services.occasion(SPECIALIST, cause="test", attempt=Attempt("k", "note"))
        stored = cases.cases.once(
            on, lambda: cases.cases.note(CaseRef(request.id), on, text="Приходили")
        )
        assert stored.version == 3
    finally:
        with psycopg.connect(database_url) as connection:
            connection.execute("DROP FUNCTION warn CASCADE")
    assert cases.cases.case(REQUEST, request.id).version == 3


def test_a_connection_cancels_nothing(database_url):
    datastore = CaseDatastore(database_url, 1)
    CaseRecorder(datastore)
    with datastore.get_connection() as connection:
        connection.cancel_safe()
        assert connection.execute("SELECT pg_sleep(0.01), 1 AS one").fetchone()["one"] == 1
    datastore.close()
