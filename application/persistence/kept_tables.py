"""Which tables a backup holds: all that is not made from them, and that somebody would miss."""

from typing import Any

import psycopg

from application.persistence.table_copies import KeptTable

KEPT = (
    "case_events",
    "subject_keys",
    "case_numbers",
    "attempts",
    "followers",
    "credentials",
    "reads",
    "document_contents",
    "retired_keys",
    "log_entries",
    "log_tiles",
    "log_heads",
    "log_head_nodes",
    "log_checkpoints",
    "log_cosignatures",
    "log_hand_overs",
    "log_stops",
)
# Nobody stays signed in through a restore; what else is here is said anew by the schema.
LEFT_OUT = ("sessions", "rates", "schema_version", "forms")
# Whatever this machine, login or database has set: the same text for every value, and no limit
# to how long it takes.
_SETTINGS = """
SELECT set_config(name, new, false) FROM pg_settings JOIN (VALUES ('client_encoding', 'UTF8'),
    ('DateStyle', 'ISO'), ('IntervalStyle', 'postgres'), ('TimeZone', 'UTC'),
    ('bytea_output', 'hex'), ('extra_float_digits', '3'), ('statement_timeout', '0'),
    ('lock_timeout', '0'), ('idle_in_transaction_session_timeout', '0'),
    ('transaction_timeout', '0')) AS said (setting_name, new) ON name = setting_name
"""
_COLUMNS = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s) AND a.attgenerated = ''
GROUP BY c.relname ORDER BY array_position(%s::text[], c.relname::text)
"""
_SEQUENCES = """
SELECT s.relname, coalesce(pg_sequence_last_value(s.oid), 0) FROM pg_class s
JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid
    AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
JOIN pg_class c ON c.oid = d.refobjid
WHERE s.relkind = 'S' AND c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s)
"""


def set_up(connection: psycopg.Connection[Any]) -> None:
    """Let values have the same text on both sides, and let it take its time."""
    connection.execute(_SETTINGS)


def kept_tables(connection: psycopg.Connection[Any]) -> list[KeptTable]:
    """Return the tables of a backup that the database has by now."""
    found = connection.execute(_COLUMNS, [list(KEPT), list(KEPT)])
    return [KeptTable(name, tuple(columns)) for name, columns in found]


def drawn_numbers(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Return the last number that each sequence of these tables has drawn; 0 if none."""
    return dict(connection.execute(_SEQUENCES, [list(KEPT)]).fetchall())
