"""What the sealer may do in the database, and what nobody else may do with its log."""

import psycopg
import pytest
from sealing import LOG, sealer_of, work

from application.persistence.kept_tables import KEPT, LEFT_OUT
from application.persistence.log_session import sealer_connection
from application.persistence.logins import embedded_sealer_url, embedded_service_url
from application.persistence.pools import SEALER, WRITER, role_name
from application.read_models.rows import READ_MODELS
from application.scopes import View

PUBLISHED = {"log_checkpoints", "log_cosignatures", "log_hand_overs", "log_tiles"}
READS = {
    View.REGION: PUBLISHED,
    View.REPUBLIC: PUBLISHED,
    View.SYSTEM: PUBLISHED | {"log_entries", "log_stops"},
    View.AUDIT: {*LOG, "log_stops"},
    SEALER: {*LOG, "log_stops", "case_events", "schema_version"} - {"log_cosignatures"},
}
WRITES = {
    "log_entries": {"INSERT"},
    "log_checkpoints": {"INSERT"},
    "log_hand_overs": {"INSERT"},
    "log_stops": {"INSERT"},
    **{key: {"INSERT", "UPDATE"} for key in ("log_tiles", "log_heads", "log_head_nodes")},
}
TABLES = sorted({*KEPT, *LEFT_OUT, *(each.TABLE for each in READ_MODELS)})
VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
RIGHT = "SELECT has_table_privilege(%s, %s, %s)"


@pytest.fixture
def rights(services, database_url):
    """Whether a role has a right on a table."""
    with psycopg.connect(database_url) as connection:
        yield (
            lambda part, table, verb: (
                connection.execute(RIGHT, [role_name(part), table, verb]).fetchone() == (True,)
            )
        )


def test_the_sealer_reads_events_and_its_log_and_writes_what_it_has_to(rights):
    found = {table: {verb for verb in VERBS if rights(SEALER, table, verb)} for table in TABLES}
    assert {table for table, verbs in found.items() if "SELECT" in verbs} == READS[SEALER]
    writes = {table: verbs - {"SELECT"} for table, verbs in found.items()}
    assert {table: verbs for table, verbs in writes.items() if verbs} == WRITES


@pytest.mark.parametrize("part", [*View, WRITER])
def test_of_the_log_others_read_what_is_theirs_and_change_nothing(rights, part):
    tables = [*LOG, "log_stops"]
    assert {each for each in tables if rights(part, each, "SELECT")} == READS.get(part, set())
    changes = {(e, verb) for e in tables for verb in VERBS[1:] if rights(part, e, verb)}
    assert changes == ({("log_cosignatures", "INSERT")} if part == WRITER else set())


def test_the_sealer_sees_the_events_of_every_office(services, settings, database_url, tmp_path):
    work(services)
    size = sealer_of(services, settings, database_url, tmp_path / "sealer").seal_once()
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT count(*) + 1 FROM case_events").fetchone() == (size,)


@pytest.mark.parametrize("change", ["DELETE FROM log_entries", "UPDATE case_events SET topic = ''"])
def test_the_sealer_takes_nothing_back(services, database_url, change):
    with (
        sealer_connection(embedded_sealer_url(database_url)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(change)


def test_who_serves_people_cannot_become_the_sealer(services, database_url):
    with (
        psycopg.connect(embedded_service_url(database_url)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SET ROLE frontoffice_sealer")
