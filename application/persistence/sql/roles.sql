-- The database roles of the service. None owns anything; each has the rights of its part only.
-- They are looked for first: who may not make roles can be given them by an administrator.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY
        ARRAY['region', 'republic', 'audit', 'registry', 'desk', 'system', 'writer', 'sealer']
    LOOP
        CONTINUE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = 'frontoffice_' || name);
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', 'frontoffice_' || name);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END LOOP;
END $$;
