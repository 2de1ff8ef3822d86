-- What a caller has asked for with an idempotency key, and where the answer is found: the case
-- at the version to which it came. Written in the transaction of the events.

CREATE TABLE attempts (
    office text NOT NULL,
    staff_id text NOT NULL,
    key text NOT NULL,
    asked text NOT NULL,
    case_type text NOT NULL,
    case_id uuid NOT NULL,
    version integer NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT attempts_once PRIMARY KEY (office, staff_id, key)
);
CREATE INDEX attempts_by_age ON attempts (made_at);

-- How far each follower of the log has come; written in the transaction of what it did.
CREATE TABLE followers (
    name text PRIMARY KEY,
    position bigint NOT NULL
);
