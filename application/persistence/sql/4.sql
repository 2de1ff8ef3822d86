-- The contents of documents, each once under its digest; already packed, so stored as they are.
CREATE TABLE document_contents (
    digest text PRIMARY KEY,
    content bytea NOT NULL
);
ALTER TABLE document_contents ALTER COLUMN content SET STORAGE EXTERNAL;

-- A term in a list is derived by the calendar of working days, and the calendar can be corrected
-- at the same moment. Whoever saves terms says by how many corrections they were derived, and
-- holds the calendar as it is until they are saved; a correction waits for them, and whoever comes
-- after it with the calendar of before is refused and derives again. So each term that is there
-- when a correction is, is either by the new calendar or can be seen by who derives them anew.

CREATE FUNCTION check_calendar_use() RETURNS trigger LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(1667329126);
    IF NEW.corrections <> (SELECT coalesce(max(version), 0) FROM public.calendars) THEN
        RAISE EXCEPTION 'The calendar of working days was corrected.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'calendar_in_force';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION wait_for_calendar_uses() RETURNS trigger LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(1667329126);
    RETURN NEW;
END $$;

-- What is written here is checked, and kept nowhere.
CREATE VIEW calendar_uses AS SELECT 0 AS corrections;
CREATE TRIGGER checked INSTEAD OF INSERT ON calendar_uses
    FOR EACH ROW EXECUTE FUNCTION check_calendar_use();
