"""Reading how the log stands, in one statement."""

from collections.abc import Mapping
from typing import Any

from application.log_state import LogState
from application.persistence.log_events import recorded_at
from application.persistence.log_sealer import PRESENCE_LOCK
from application.persistence.reader import Reader

# The entry before a checkpoint's own is always an event: nothing is signed without news.
STATEMENT = f"""
WITH signed AS (SELECT size, signed_at FROM log_checkpoints ORDER BY size DESC LIMIT 1),
ended AS (SELECT coalesce((
    SELECT position FROM log_entries WHERE index = (SELECT size - 2 FROM signed)), 0) AS position),
stop AS (SELECT * FROM log_stops WHERE resumed_at IS NULL ORDER BY stopped_at DESC LIMIT 1)
SELECT coalesce((SELECT size FROM signed), 0) AS size, (SELECT signed_at FROM signed),
    (SELECT count(*) FROM (SELECT FROM case_events
        WHERE notification_id > (SELECT position FROM ended) LIMIT 100000) AS news) AS unsigned,
    (SELECT state FROM case_events WHERE notification_id > (SELECT position FROM ended)
        ORDER BY notification_id LIMIT 1) AS first_news,
    (SELECT CASE WHEN is_called THEN last_value ELSE 0 END
        FROM case_events_notification_id_seq) AS position,
    case_events_final_position() AS final,
    EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objsubid = 1
        AND objid = {PRESENCE_LOCK} AND granted AND database =
            (SELECT oid FROM pg_database WHERE datname = current_database())) AS is_followed,
    (SELECT stopped_at FROM stop), (SELECT reason FROM stop), (SELECT facts FROM stop)
"""  # noqa: S608  The number is ours.
_ROWS = """
SELECT relname, n_live_tup FROM pg_stat_user_tables WHERE schemaname = 'public' ORDER BY relname
"""


def log_state_of(row: Mapping[str, Any]) -> LogState:
    """Return the state that a row of the statement says."""
    values = {name: value for name, value in row.items() if name != "first_news"}
    first = row["first_news"]
    since = None if first is None else recorded_at(bytes(first))
    return LogState(**{**values, "facts": row["facts"] or {}}, waiting_since=since)


class LogStates:
    """Asks the database, for whoever watches over the service."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def now(self) -> LogState:
        """Return how the log stands."""
        return log_state_of(self._reader.row(STATEMENT))

    def rows(self) -> dict[str, int]:
        """Return about how many rows each table has, as the database reckons."""
        return {row["relname"]: row["n_live_tup"] for row in self._reader.rows(_ROWS)}
