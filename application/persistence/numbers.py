"""The numbers by which people call cases: a series for each office and year."""

from eventsourcing.postgres import PostgresDatastore

_NEXT_NUMBER = """
INSERT INTO case_numbers AS n (series, last) VALUES (%s, 1)
ON CONFLICT (series) DO UPDATE SET last = n.last + 1 RETURNING last
"""


def next_number(datastore: PostgresDatastore, series: str) -> int:
    """Return the next number of the series, from 1; a number is never given twice."""
    with datastore.get_connection() as connection:
        row = connection.execute(_NEXT_NUMBER, [series]).fetchone()
    assert row is not None  # noqa: S101  The statement returns one row.
    return int(row["last"])
