-- Who reads which rows. Said once the rows are there: nothing is copied into a table whose rows
-- are guarded. A region reads what is its own, by plain equality; whoever reads all
-- regions reads each case once. Rows are written by a role that appends, and that reads none of
-- the events. A document is seen by the office that filed it, and with every case in which it
-- lies. standings and merges are no cases: they say of an id whether it is verified and which
-- record stands for it, for any decision. Nor is calendars: there is one, and it says how often it
-- was corrected. What auditors note about cases is read by the audit and by no office.
GRANT SELECT ON organizations, standings, merges, letters, verifications, requests, escalations, loans, sights, staff,
    documents, document_uses, appearances
    TO frontoffice_region, frontoffice_republic, frontoffice_audit, frontoffice_system;
GRANT SELECT ON staff TO frontoffice_registry, frontoffice_desk;
GRANT SELECT ON subjects TO frontoffice_system;
GRANT SELECT ON calendars TO frontoffice_desk, frontoffice_system;
GRANT SELECT ON annotations TO frontoffice_audit, frontoffice_system;
GRANT SELECT, INSERT, UPDATE
    ON organizations, standings, merges, letters, verifications, requests, escalations, loans, sights, staff, calendars,
    documents, document_uses, annotations, appearances, subjects
    TO frontoffice_writer;

-- A correction waits for whoever saves terms by the calendar of before (see 4.sql).
CREATE TRIGGER after_its_uses BEFORE INSERT OR UPDATE OF version ON calendars
    FOR EACH ROW EXECUTE FUNCTION public.wait_for_calendar_uses();

DO $$
DECLARE
    name text;
    own text;
    whole text;
    this_office constant text := 'current_setting(''frontoffice.office'', true)';
BEGIN
    FOR name, own, whole IN VALUES
        ('organizations', 'office', 'true'),
        ('letters', 'office', 'true'),
        ('verifications', 'seen_by', 'seen_by = office'),
        ('requests', 'seen_by', 'seen_by = office'),
        ('escalations', 'seen_by', 'seen_by = ''KZ'''),
        ('loans', 'office', 'true'),
        ('sights', 'office', 'true'),
        ('documents', 'office', 'true'),
        ('document_uses', 'seen_by', 'true'),
        ('staff', 'office', 'true'),
        ('appearances', 'office', 'true')
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_office ON %I FOR SELECT TO frontoffice_region USING (%I = %s)',
            name, own, this_office);
        EXECUTE format(
            'CREATE POLICY all_offices ON %I FOR SELECT TO frontoffice_republic,'
            ' frontoffice_audit, frontoffice_system, frontoffice_registry, frontoffice_desk USING (%s)',
            name, whole);
        EXECUTE format(
            'CREATE POLICY writing ON %I TO frontoffice_writer USING (true) WITH CHECK (true)', name);
        EXECUTE format(
            'CREATE POLICY upkeep ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', name);
    END LOOP;
END $$;

CREATE POLICY used ON documents FOR SELECT TO frontoffice_region
    USING (EXISTS (SELECT FROM document_uses WHERE document_id = id));
-- A person is seen with the case: by the office that holds it, and by others up to a version.
CREATE POLICY in_sight ON appearances FOR SELECT TO frontoffice_region USING (EXISTS (
    SELECT FROM sights
    WHERE sights.case_id = appearances.case_id
      AND sights.office = current_setting('frontoffice.office', true)
      AND (until IS NULL OR appearances.version <= until)));
CREATE POLICY filed ON appearances FOR SELECT TO frontoffice_region USING (
    case_type = 'document' AND EXISTS (SELECT FROM documents WHERE documents.id = case_id));
