-- Keys and counters: what no stream holds.

-- wrapped is null once the key was destroyed: the row stays, so that it is never made again.
CREATE TABLE subject_keys (
    subject_id uuid PRIMARY KEY,
    kek_id text NOT NULL,
    wrapped bytea,
    made_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE case_numbers (
    series text PRIMARY KEY,
    last bigint NOT NULL
);
