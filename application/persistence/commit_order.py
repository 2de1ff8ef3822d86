"""The order of the log: why a follower never passes over an event, though nobody waits.

An event's position is drawn from a sequence when it is inserted, and seen when its
transaction has committed. Two transactions may commit in the other order. A follower that
read up to the highest position it sees would then pass over the later one's event for ever.

A writer therefore first publishes its *floor*: it reads the last position drawn so far and
holds a shared advisory lock on that number until its transaction has ended. Only then does
it draw positions. So every position of a transaction lies above its floor, and as long as
one of them may still appear, its floor can be seen among the locks.

A follower first reads the last position drawn, and only then the locks. Take any position
up to the one it read. It was drawn before, so its writer's floor was published before: either
the follower sees that floor, which is lower, or the transaction has ended, and as PostgreSQL
shows a commit before it releases the locks, its events can be seen now. So everything up to
the lowest floor, or up to the last position drawn where there is none, is final: it is
there now, or it will never be. Reading up to there, in order, misses nothing.

Positions of transactions that were rolled back are never used: the numbers have gaps, the
log has none. Locks are those of the primary: a follower does not read a standby. A writer
that hangs inside its transaction holds followers back, never the other writers.

How far a follower has come is told by the position of an event, never by a number that was
only drawn: after a crash such a number may be drawn again, and would then be passed over. Nor
does what is final only grow: a writer may read the last position, be overtaken, and publish
its floor when others have committed above it. A follower never goes back for that: above what
it has read there is nothing yet that it could miss.

The drawing also tells the transaction for which office it writes, so that a row that is
written for another one is refused by the policy of the table.

Positions of one save are neighbours in the log. They are drawn under a lock that is held
for just the drawing, and not until the commit.
"""

from psycopg.sql import SQL, Composed, Identifier

# The class of the floors among advisory locks, and the lock for drawing several positions.
FLOOR_CLASS = 0x666C6F6F
DRAWING_LOCK = 0x647261776E

# A lock has 31 bits for the floor; which of the possible numbers it means is told by the last
# position drawn. A floor that seems to lie ahead was published after that position was read.
_FINAL_POSITION = """
CREATE OR REPLACE FUNCTION {schema}.{final_position}() RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    drawn bigint;
    lowest bigint;
BEGIN
    SELECT CASE WHEN is_called THEN last_value ELSE 0 END INTO drawn FROM {schema}.{sequence};
    SELECT drawn - max(behind) INTO lowest
    FROM (
        SELECT (drawn - objid::bigint) & 2147483647 AS behind
        FROM pg_locks
        WHERE locktype = 'advisory' AND classid = {floor_class} AND objsubid = 2
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    ) AS floors
    WHERE behind < 1073741824;
    RETURN coalesce(lowest, drawn);
END $$
"""

# The owner looks, for the last event may be one that the caller's view does not show. The floor
# is read before, and so in an earlier snapshot than the events.
_ENDS = """
CREATE OR REPLACE FUNCTION {schema}.{ends}(OUT final bigint, OUT newest bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    floor constant bigint := {schema}.{final_position}();
BEGIN
    SELECT coalesce(max(notification_id), 0) INTO final
    FROM {schema}.{table} WHERE notification_id <= floor;
    SELECT coalesce(max(notification_id), 0) INTO newest FROM {schema}.{table};
END $$
"""

_DRAW = """
CREATE OR REPLACE FUNCTION {schema}.{draw}(count integer, for_office text) RETURNS bigint[]
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    positions bigint[];
BEGIN
    PERFORM set_config('frontoffice.office', for_office, true);
    PERFORM pg_advisory_xact_lock_shared(
        {floor_class},
        (SELECT CASE WHEN is_called THEN (last_value & 2147483647)::integer ELSE 0 END
         FROM {schema}.{sequence})
    );
    IF count = 1 THEN
        RETURN ARRAY[nextval({sequence_name})];
    END IF;
    BEGIN
        PERFORM pg_advisory_lock({drawing_lock});
        positions := ARRAY(SELECT nextval({sequence_name}) FROM generate_series(1, count));
        PERFORM pg_advisory_unlock({drawing_lock});
    EXCEPTION WHEN OTHERS OR query_canceled THEN
        PERFORM pg_advisory_unlock_all();
        RAISE;
    END;
    RETURN positions;
END $$
"""


def functions(schema: str, table: str) -> list[Composed]:
    """Return the statements that make the three functions beside the table of events."""
    sequence = f"{table}_notification_id_seq"
    names = {
        "schema": Identifier(schema),
        "table": Identifier(table),
        "sequence": Identifier(sequence),
        "draw": Identifier(f"{table}_draw"),
        "final_position": Identifier(f"{table}_final_position"),
        "ends": Identifier(f"{table}_ends"),
        "sequence_name": SQL("'{}.{}'").format(Identifier(schema), Identifier(sequence)),
        "floor_class": SQL(str(FLOOR_CLASS)),
        "drawing_lock": SQL(str(DRAWING_LOCK)),
    }
    return [SQL(each).format(**names) for each in (_FINAL_POSITION, _ENDS, _DRAW)]
