-- Which form rights and read models have, told by what made them.
CREATE TABLE forms (
    name text PRIMARY KEY,
    mark text NOT NULL
);

-- Accounts and what they did: sessions, passwords, rates, and the stream of what was read.

-- A token is kept as its hash only. A refresh token is used once: one that comes back was stolen.
CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    access_hash bytea NOT NULL UNIQUE,
    access_until timestamptz NOT NULL,
    refresh_hash bytea NOT NULL UNIQUE,
    refresh_until timestamptz NOT NULL,
    used_hashes bytea[] NOT NULL DEFAULT '{}',
    made_at timestamptz NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_end ON sessions (refresh_until);
CREATE INDEX sessions_by_used ON sessions USING gin (used_hashes);

CREATE TABLE credentials (
    account_id uuid PRIMARY KEY,
    password_hash text NOT NULL,
    must_change boolean NOT NULL,
    valid_until timestamptz
);

-- A token bucket for each thing that has a rate, shared by all workers. Nothing is lost with it.
CREATE UNLOGGED TABLE rates (
    key text PRIMARY KEY,
    tokens double precision NOT NULL,
    taken boolean NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX rates_by_age ON rates (at);

-- Returns 0 when the bucket had a token, or else in how many seconds it has one.
CREATE FUNCTION take(bucket text, per_second double precision, burst double precision)
RETURNS double precision LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    moment constant timestamptz := clock_timestamp();
    left_over double precision;
    admitted boolean;
BEGIN
    INSERT INTO rates AS r (key, tokens, taken, at) VALUES (bucket, burst - 1, true, moment)
    ON CONFLICT (key) DO UPDATE SET
        tokens = least(burst, r.tokens + greatest(0, extract(epoch FROM moment - r.at)) * per_second)
            - CASE WHEN r.tokens + greatest(0, extract(epoch FROM moment - r.at)) * per_second >= 1
                THEN 1 ELSE 0 END,
        taken = r.tokens + greatest(0, extract(epoch FROM moment - r.at)) * per_second >= 1,
        at = greatest(moment, r.at)
    RETURNING tokens, taken INTO left_over, admitted;
    RETURN CASE WHEN admitted THEN 0 ELSE (1 - left_over) / per_second END;
END $$;

-- What was looked at, by whom: a stream of its own, to which is only added.
CREATE TABLE reads (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recorded_at timestamptz NOT NULL,
    kind text NOT NULL,
    staff_id text NOT NULL,
    role text NOT NULL,
    office text NOT NULL,
    cause text NOT NULL,
    case_type text,
    case_id uuid,
    version integer,
    subjects uuid[] NOT NULL,
    asked jsonb NOT NULL,
    shown integer NOT NULL
);
CREATE INDEX reads_by_staff ON reads (staff_id, position);
CREATE INDEX reads_by_subject ON reads USING gin (subjects);
CREATE INDEX reads_in_order ON reads (recorded_at, position);

UPDATE case_events SET office = coalesce(convert_from(state, 'UTF8')::jsonb #>> '{by,office}', '');
