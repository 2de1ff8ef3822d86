"""The stops of the sealer, kept for whoever asks later, also when it has gone on."""

from datetime import datetime
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from application.audit.stops import SealingStopped

_BEGIN = """
INSERT INTO log_stops (stopped_at, reason, facts) SELECT %(now)s, %(reason)s, %(facts)s
WHERE NOT EXISTS (SELECT FROM log_stops WHERE resumed_at IS NULL AND reason = %(reason)s)
ON CONFLICT DO NOTHING
"""
_END = "UPDATE log_stops SET resumed_at = %s WHERE resumed_at IS NULL"


class Stops:
    """Records when the sealer stopped, and when everything fitted again."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def begin(self, stop: SealingStopped, now: datetime) -> None:
        """Record a stop, once while it lasts."""
        values = {"now": now, "reason": stop.reason, "facts": Jsonb(stop.facts)}
        self._connection.execute(_BEGIN, values)

    def end(self, now: datetime) -> None:
        """Record that the sealer goes on."""
        self._connection.execute(_END, [now])
