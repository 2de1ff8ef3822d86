"""The schema is made once, however many start at once, and brought up to date."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from builders import NEIGHBOUR, SPECIALIST
from office import Office

from application import bootstrap
from application.case_types import REQUEST
from application.persistence.schema import SCHEMA_VERSION, schema_version
from application.streams import CaseNotFound


@pytest.fixture
def empty_url(server_url):
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS empty WITH (FORCE)")
        connection.execute("CREATE DATABASE empty")
    yield psycopg.conninfo.make_conninfo(server_url, dbname="empty")
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute("DROP DATABASE empty WITH (FORCE)")


def works(settings, url):
    with bootstrap.build(settings, url) as services:
        office = Office(services)
        office.request(office.group().id)
        return services.front_office.check_read_models(lambda _: None) == []


@pytest.mark.parametrize("there", [False, True], ids=["from nothing", "over an existing one"])
def test_many_may_start_at_once(empty_url, settings, there):
    if there:
        bootstrap.prepare(settings, empty_url)
    with ThreadPoolExecutor(8) as starting:
        list(starting.map(lambda _: bootstrap.prepare(settings, empty_url), range(16)))
    assert works(settings, empty_url)


def test_cases_of_the_schema_before_are_seen_by_their_offices(empty_url, settings):
    bootstrap.prepare(settings, empty_url)
    with bootstrap.build(settings, empty_url) as services:
        office = Office(services)
        organization = office.organization().id
        request = office.request(organization).id
    with psycopg.connect(empty_url) as connection:
        connection.execute(BACK_TO_2)
        connection.execute(READ_MODELS_2.read_bytes())

    bootstrap.prepare(settings, empty_url)
    with psycopg.connect(empty_url) as connection:
        assert schema_version(connection) == SCHEMA_VERSION
        written = connection.execute("SELECT DISTINCT office FROM case_events").fetchall()
        assert written == [("KZ-75",)]
    with bootstrap.build(settings, empty_url) as services:
        here, elsewhere = map(services.front_office_of, (SPECIALIST, NEIGHBOUR))
        assert here.case(REQUEST, request).state.organization_id == organization
        with pytest.raises(CaseNotFound):
            elsewhere.case(REQUEST, request)
    assert works(settings, empty_url)


BACK_TO_2 = """
DROP TABLE annotations, appearances, subjects, retired_keys;
DROP VIEW people_uses, erasures;
DROP TRIGGER checked ON subject_keys;
DROP FUNCTION check_people_use(), check_new_key(), refuse_people(), erase_subject(), places_of_subject(uuid);
DROP TABLE log_entries, log_tiles, log_heads, log_head_nodes, log_checkpoints, log_cosignatures, log_hand_overs, log_stops;
DELETE FROM schema_version WHERE version > 2;
DROP POLICY own_office ON case_events;
DROP TABLE organizations, standings, verifications, requests, escalations, loans, sights, staff;
DROP POLICY documents ON case_events;
DROP TABLE document_contents, documents, document_uses;
DROP TABLE calendars;
DROP VIEW calendar_uses;
DROP FUNCTION check_calendar_use();
DROP FUNCTION wait_for_calendar_uses();
DROP TABLE sessions, credentials, rates, reads, forms;
DROP FUNCTION take(text, double precision, double precision);
DROP POLICY writing ON case_events;
ALTER TABLE case_events NO FORCE ROW LEVEL SECURITY;
ALTER TABLE case_events DISABLE ROW LEVEL SECURITY;
ALTER TABLE case_events DROP COLUMN office;
"""
READ_MODELS_2 = Path(__file__).with_name("read_models_2.sql")
