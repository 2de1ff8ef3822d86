"""A new log in place of one that cannot be continued, so that auditors see where that ended."""

from datetime import datetime

import psycopg
from eventsourcing.persistence import OperationalError
from msgspec import Struct
from psycopg.types.json import Jsonb

from application.audit.keys import VerifyingKey
from application.audit.sealer_files import SealerFiles
from application.persistence.log_sealer import SEALING_LOCK

_TABLES = (
    "log_entries, log_tiles, log_heads, log_head_nodes, log_checkpoints, log_cosignatures,"
    " log_hand_overs"
)
_LAST = "SELECT note FROM log_checkpoints ORDER BY size DESC LIMIT 1"
_SAY = "INSERT INTO log_stops VALUES (%s, 'new-log', %s, %s)"
_END_STOPS = "UPDATE log_stops SET resumed_at = %s WHERE resumed_at IS NULL"


class NewLog(Struct, frozen=True):
    """The key of the new log, and the last checkpoints of the earlier one, as they are known.

    ``outside`` is the one in the folder, ``inside`` the one in the database.
    """

    key: VerifyingKey
    outside: str | None
    inside: str | None


def begin_new_log(
    owner_url: str, files: SealerFiles, origin: str | None, reason: str, now: datetime
) -> NewLog:
    """Begin a log with entry 0, another name and another key; keep the earlier folder aside.

    The reason and the end of the earlier log are kept among the stops. Broken off at any
    moment, it leaves a log that nobody signs, and can be repeated.
    """
    try:
        with files.held(), psycopg.connect(owner_url) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING_LOCK])
            row = connection.execute(_LAST).fetchone()
            outside, inside = files.last_written(), None if row is None else str(row[0])
            begun = NewLog(files.begin_anew(origin, now), outside, inside)
            connection.execute(_END_STOPS, [now])
            facts = {"why": reason, "outside": begun.outside, "inside": begun.inside}
            connection.execute(_SAY, [now, Jsonb({**facts, "key": begun.key.vkey}), now])
            connection.execute(f"TRUNCATE {_TABLES}")
    except psycopg.OperationalError as error:
        raise OperationalError(str(error)) from error
    return begun
