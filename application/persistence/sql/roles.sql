-- The database roles of the service. None owns anything; each has the rights of its part only.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['region', 'republic', 'audit', 'registry', 'system', 'writer']
    LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', 'frontoffice_' || name);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END LOOP;
END $$;
