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

-- People and their keys. Whoever saves values of people, or rows that are made from such values,
-- says whose and by which look-up key, and holds them as they are until it is saved; an erasure and
-- a change of keys wait for that, and whoever comes after them with what was before is refused and
-- reads again. So nothing of an erased person is written after the erasure, whoever still has it in
-- memory, and nothing by a key that is gone.

-- Keys of the key file that wrap nothing new and hash nothing new.
CREATE TABLE retired_keys (
    id text PRIMARY KEY,
    retired_at timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION refuse_people() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'People or their keys have changed.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'people_in_force';
END $$;

CREATE FUNCTION check_people_use() RETURNS trigger LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(1885695088);
    IF EXISTS (SELECT FROM public.retired_keys WHERE id = NEW.lookup)
        OR cardinality(NEW.subjects) <> (SELECT count(*) FROM public.subject_keys
            WHERE subject_id = ANY(NEW.subjects) AND wrapped IS NOT NULL)
    THEN
        PERFORM public.refuse_people();
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION check_new_key() RETURNS trigger LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(1885695088);
    IF EXISTS (SELECT FROM public.retired_keys WHERE id = NEW.kek_id) THEN
        PERFORM public.refuse_people();
    END IF;
    RETURN NEW;
END $$;

-- The owner's: nobody else changes a key or removes a content. Which cases hold the person in their
-- rows, and at which version those rows were made without them, says the caller; if it is otherwise
-- by now, nothing is done. The key stays as a row without one, so that it is never made again.
CREATE FUNCTION erase_subject() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(1885695088);
    IF EXISTS (
        SELECT FROM public.appearances AS a
        WHERE a.subject_id = NEW.subject_id AND a.case_type IN ('organization', 'staff')
          AND NOT EXISTS (SELECT FROM unnest(NEW.cases, NEW.versions) AS made (id, version)
              WHERE made.id = a.case_id AND made.version = (
                  SELECT max(originator_version) FROM public.case_events
                  WHERE originator_id = a.case_id)))
    THEN
        PERFORM public.refuse_people();
    END IF;
    INSERT INTO public.subject_keys AS k (subject_id, kek_id) VALUES (NEW.subject_id, '')
        ON CONFLICT (subject_id) DO UPDATE SET wrapped = NULL;
    DELETE FROM public.document_contents WHERE digest IN (
        SELECT d.digest FROM public.documents AS d
        JOIN public.appearances AS a ON a.case_id = d.id AND a.subject_id = NEW.subject_id);
    DELETE FROM public.credentials WHERE account_id = NEW.subject_id;
    DELETE FROM public.sessions WHERE account_id = NEW.subject_id;
    -- What was asked is kept as a digest of words that name the person.
    UPDATE public.attempts SET asked = '' WHERE asked <> '' AND case_id IN (
        SELECT case_id FROM public.appearances WHERE subject_id = NEW.subject_id);
    RETURN NULL;
END $$;

-- How much there is of a person in each place, and how much was looked through.
CREATE FUNCTION places_of_subject(subject uuid)
RETURNS TABLE (place text, looked bigint, found bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    named constant bytea := convert_to(format('"subject_id":"%s"', subject), 'UTF8');
    own constant uuid[] := ARRAY(SELECT case_id FROM public.appearances WHERE subject_id = subject);
BEGIN
    RETURN QUERY SELECT 'events', count(*), count(*) FILTER (
        WHERE NOT starts_with(topic, 'subject.') AND position(named IN state) > 0)
        FROM public.case_events;
    RETURN QUERY SELECT 'keys', count(*), count(*) FILTER (
        WHERE subject_id = subject AND wrapped IS NOT NULL) FROM public.subject_keys;
    RETURN QUERY SELECT 'organizations', count(*), 0::bigint FROM public.organizations;
    RETURN QUERY SELECT 'staff', count(*), 0::bigint FROM public.staff;
    RETURN QUERY SELECT 'appearances', count(*), count(*) FILTER (WHERE subject_id = subject)
        FROM public.appearances;
    RETURN QUERY SELECT 'lists', (SELECT count(*) FROM public.standings)
        + (SELECT count(*) FROM public.merges) + (SELECT count(*) FROM public.letters)
        + (SELECT count(*) FROM public.verifications) + (SELECT count(*) FROM public.requests)
        + (SELECT count(*) FROM public.escalations) + (SELECT count(*) FROM public.loans)
        + (SELECT count(*) FROM public.sights) + (SELECT count(*) FROM public.documents)
        + (SELECT count(*) FROM public.document_uses), 0::bigint;
    RETURN QUERY SELECT 'documents', (SELECT count(*) FROM public.document_contents), count(*)
        FROM public.document_contents AS c WHERE EXISTS (
            SELECT FROM public.documents AS d WHERE d.digest = c.digest AND d.id = ANY(own));
    RETURN QUERY SELECT 'attempts', count(*), count(*) FILTER (
        WHERE case_id = ANY(own) AND asked <> '') FROM public.attempts;
    RETURN QUERY SELECT 'passwords', count(*), count(*) FILTER (WHERE account_id = subject)
        FROM public.credentials;
    RETURN QUERY SELECT 'sessions', count(*), count(*) FILTER (WHERE account_id = subject)
        FROM public.sessions;
    RETURN QUERY SELECT 'reads', (SELECT count(*) FROM public.reads), count(*)
        FROM public.reads WHERE subjects @> ARRAY[subject];
    RETURN QUERY SELECT 'exports', (SELECT count(*) FROM public.reads WHERE kind = 'export'),
        count(*) FROM public.reads WHERE kind = 'export' AND subjects @> ARRAY[subject];
END $$;

-- What is written here is checked, or done, and kept nowhere.
CREATE VIEW people_uses AS SELECT '{}'::uuid[] AS subjects, ''::text AS lookup;
CREATE TRIGGER checked INSTEAD OF INSERT ON people_uses
    FOR EACH ROW EXECUTE FUNCTION check_people_use();
CREATE VIEW erasures AS
    SELECT NULL::uuid AS subject_id, '{}'::uuid[] AS cases, '{}'::bigint[] AS versions;
CREATE TRIGGER done INSTEAD OF INSERT ON erasures FOR EACH ROW EXECUTE FUNCTION erase_subject();
CREATE TRIGGER checked BEFORE INSERT ON subject_keys
    FOR EACH ROW EXECUTE FUNCTION check_new_key();
