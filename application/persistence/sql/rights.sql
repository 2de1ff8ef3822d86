-- Rights on what is no read model: first none, and then just these. Said when they change.
REVOKE ALL ON case_events, subject_keys, case_numbers, attempts, sessions, credentials, rates, reads,
    document_contents, schema_version, forms, followers, calendar_uses, people_uses, erasures, retired_keys,
    log_entries, log_tiles, log_heads, log_head_nodes, log_checkpoints, log_cosignatures, log_hand_overs, log_stops
    FROM PUBLIC, frontoffice_region, frontoffice_republic,
    frontoffice_audit, frontoffice_registry, frontoffice_desk, frontoffice_system, frontoffice_writer,
    frontoffice_sealer;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO frontoffice_region, frontoffice_republic, frontoffice_audit,
    frontoffice_registry, frontoffice_desk, frontoffice_system, frontoffice_writer, frontoffice_sealer;

GRANT SELECT ON case_events TO frontoffice_region, frontoffice_republic, frontoffice_audit,
    frontoffice_registry, frontoffice_system;
GRANT INSERT ON case_events TO frontoffice_writer;
GRANT SELECT, USAGE ON SEQUENCE case_events_notification_id_seq TO frontoffice_writer;
GRANT SELECT ON SEQUENCE case_events_notification_id_seq TO frontoffice_region,
    frontoffice_republic, frontoffice_audit, frontoffice_registry, frontoffice_system;

GRANT SELECT, INSERT ON subject_keys TO frontoffice_writer;
GRANT SELECT, INSERT, UPDATE ON case_numbers TO frontoffice_writer;

GRANT SELECT ON attempts TO frontoffice_region, frontoffice_republic, frontoffice_audit,
    frontoffice_registry, frontoffice_system;
GRANT INSERT ON attempts TO frontoffice_writer;
GRANT DELETE ON attempts TO frontoffice_system;

GRANT SELECT ON document_contents TO frontoffice_region, frontoffice_republic, frontoffice_audit,
    frontoffice_system;
GRANT INSERT ON document_contents TO frontoffice_writer;

GRANT SELECT, INSERT, UPDATE, DELETE ON sessions, credentials, rates TO frontoffice_desk;
GRANT INSERT ON reads, calendar_uses, people_uses, erasures TO frontoffice_writer;
GRANT SELECT ON retired_keys TO frontoffice_writer;
GRANT SELECT ON reads TO frontoffice_audit;
GRANT SELECT ON schema_version, forms TO frontoffice_system;
REVOKE ALL ON FUNCTION places_of_subject(uuid), erase_subject() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION places_of_subject(uuid) TO frontoffice_audit;

-- The log is written by the sealer, which reads events and nothing else of the service, and changes
-- no entry. What is signed is published to every reader; where a case is in it, to the audit only.
GRANT SELECT ON case_events, schema_version TO frontoffice_sealer;
GRANT SELECT ON SEQUENCE case_events_notification_id_seq TO frontoffice_sealer;
GRANT SELECT, INSERT ON log_entries, log_checkpoints, log_hand_overs TO frontoffice_sealer;
GRANT SELECT, INSERT, UPDATE ON log_tiles, log_heads, log_head_nodes TO frontoffice_sealer;
GRANT SELECT, INSERT ON log_stops TO frontoffice_sealer;
GRANT UPDATE (resumed_at) ON log_stops TO frontoffice_sealer;
GRANT SELECT ON log_checkpoints, log_cosignatures, log_hand_overs, log_tiles TO frontoffice_region,
    frontoffice_republic, frontoffice_audit, frontoffice_system;
GRANT SELECT ON log_entries, log_heads, log_head_nodes, log_stops TO frontoffice_audit;
GRANT SELECT ON log_entries, log_stops TO frontoffice_system;
GRANT INSERT ON log_cosignatures TO frontoffice_writer;

ALTER TABLE case_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_events FORCE ROW LEVEL SECURITY;
ALTER TABLE attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE attempts FORCE ROW LEVEL SECURITY;
ALTER TABLE document_contents ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_contents FORCE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS sealing ON case_events;
CREATE POLICY sealing ON case_events FOR SELECT TO frontoffice_sealer USING (true);

DROP POLICY IF EXISTS all_offices ON document_contents;
CREATE POLICY all_offices ON document_contents FOR SELECT TO frontoffice_republic,
    frontoffice_audit, frontoffice_system USING (true);
DROP POLICY IF EXISTS writing ON document_contents;
CREATE POLICY writing ON document_contents FOR INSERT TO frontoffice_writer WITH CHECK (true);
DROP POLICY IF EXISTS upkeep ON document_contents;
CREATE POLICY upkeep ON document_contents TO CURRENT_USER USING (true) WITH CHECK (true);

DROP POLICY IF EXISTS own_office ON attempts;
CREATE POLICY own_office ON attempts FOR SELECT TO frontoffice_region, frontoffice_republic,
    frontoffice_audit, frontoffice_registry
    USING (office = current_setting('frontoffice.office', true));
DROP POLICY IF EXISTS all_offices ON attempts;
CREATE POLICY all_offices ON attempts TO frontoffice_system USING (true);
DROP POLICY IF EXISTS writing ON attempts;
CREATE POLICY writing ON attempts FOR INSERT TO frontoffice_writer
    WITH CHECK (office = current_setting('frontoffice.office', true));
DROP POLICY IF EXISTS upkeep ON attempts;
CREATE POLICY upkeep ON attempts TO CURRENT_USER USING (true) WITH CHECK (true);
