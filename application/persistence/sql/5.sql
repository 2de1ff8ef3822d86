-- The log: what was sealed, as docs/log-format.md has it. Tiles hold 256 hashes of a level; an entry
-- without a position is one of the sealer's own, and holds its bytes.

CREATE TABLE log_entries (
    index bigint PRIMARY KEY,
    position bigint UNIQUE,
    recorded_at timestamptz,
    content bytea
);
CREATE INDEX log_entries_by_time ON log_entries (recorded_at);

CREATE TABLE log_tiles (
    level smallint NOT NULL,
    index bigint NOT NULL,
    hashes bytea NOT NULL,
    PRIMARY KEY (level, index)
);
ALTER TABLE log_tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;

-- The last version of each case among the entries, and the hashes of the map over them.
CREATE TABLE log_heads (
    case_id uuid PRIMARY KEY,
    version bigint NOT NULL
);
CREATE TABLE log_head_nodes (
    depth smallint NOT NULL,
    prefix integer NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (depth, prefix)
);

CREATE TABLE log_checkpoints (
    size bigint PRIMARY KEY,
    note text NOT NULL,
    signed_at timestamptz NOT NULL
);
CREATE TABLE log_cosignatures (
    size bigint NOT NULL,
    witness text NOT NULL,
    line text NOT NULL,
    PRIMARY KEY (size, witness)
);
CREATE TABLE log_hand_overs (
    number integer PRIMARY KEY,
    note text NOT NULL
);

-- When and why the sealer has stopped, and when it went on; facts stand in the words of the reason.
CREATE TABLE log_stops (
    stopped_at timestamptz PRIMARY KEY,
    reason text NOT NULL,
    facts jsonb NOT NULL DEFAULT '{}',
    resumed_at timestamptz
);
