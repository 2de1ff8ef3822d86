-- What no case can uphold alone. It is said of rows that are all of one moment: while they are
-- made anew, each is read at a moment of its own.

ALTER TABLE organizations ADD CONSTRAINT organizations_bin_once UNIQUE (bin_once);

CREATE UNIQUE INDEX verifications_one_open ON verifications (organization_id)
    WHERE status = 'requested' AND seen_by = office;

-- An office's thing is its key, a 64-bit hash of office and name, as a range of one number:
-- so the exclusion needs no btree_gist, which the embedded server does not have.
ALTER TABLE loans ADD CONSTRAINT loans_not_twice EXCLUDE USING gist (
    int8range(item_key, item_key, '[]') WITH &&,
    daterange(lent_from, lent_until, '[]') WITH &&
);
