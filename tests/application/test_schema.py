"""The schema is made once, however many start at once, and brought up to date."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from office import Office

from application import bootstrap
from application.persistence.schema import SCHEMA_VERSION, schema_version, sql


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


def test_an_older_schema_is_brought_up_to_date(empty_url, settings):
    with psycopg.connect(empty_url) as connection:
        connection.execute("CREATE TABLE schema_version (version integer PRIMARY KEY)")
        connection.execute(sql("read_models.sql"))
        connection.execute(sql("1.sql"))
        connection.execute("INSERT INTO schema_version VALUES (1)")
    bootstrap.prepare(settings, empty_url)
    with psycopg.connect(empty_url) as connection:
        assert schema_version(connection) == SCHEMA_VERSION
    assert works(settings, empty_url)
