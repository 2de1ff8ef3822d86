"""Our recorder passes the suites that the event library has for every recorder."""

import psycopg
import pytest
from eventsourcing.tests.persistence import (
    AggregateRecorderTestCase,
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
)

from application.persistence.connections import CaseDatastore
from application.persistence.recorder import CaseRecorder

DROP = "DROP TABLE IF EXISTS stored_events CASCADE"


class WithoutPositions(CaseRecorder):
    def insert_events(self, *args, **kwargs):
        super().insert_events(*args, **kwargs)


@pytest.fixture(autouse=True)
def recorders(request, database_url):
    """Give each test case a recorder of an empty table of its own."""
    datastores = []

    def made() -> CaseRecorder:
        datastores.append(CaseDatastore(database_url, 8))
        recorder = getattr(request.cls, "recorder_class", CaseRecorder)(datastores[-1])
        recorder.create_table()
        return recorder

    request.instance.create_recorder = made
    yield
    for datastore in datastores:
        datastore.close()
    with psycopg.connect(database_url) as connection:
        connection.execute(DROP)


def made_by_the_fixture(_: object) -> CaseRecorder:
    raise AssertionError


class TestAsAggregateRecorder(AggregateRecorderTestCase):
    """That suite is of recorders without a log: they return no positions."""

    create_recorder = made_by_the_fixture
    recorder_class = WithoutPositions


class TestAsApplicationRecorder(ApplicationRecorderTestCase):
    create_recorder = made_by_the_fixture


class TestThatPositionsOfOneSaveAreNeighbours(NonInterleavingNotificationIDsBaseCase):
    create_recorder = made_by_the_fixture


del AggregateRecorderTestCase, ApplicationRecorderTestCase, NonInterleavingNotificationIDsBaseCase
