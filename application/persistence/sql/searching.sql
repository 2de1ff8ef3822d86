-- Where words are looked for. Under a policy PostgreSQL asks @@ of every row that may be seen,
-- because it is not leakproof, and no index helps. So the index is asked here, by the owner of
-- the tables, for the ids of rows that the caller's role may see: all of them if they are few.
-- What the rows hold is read under the policies as ever; of many, enough are soon met in order.
CREATE OR REPLACE FUNCTION public.ids_with_words(list text, sought tsquery, few integer)
RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    id constant text := CASE list WHEN 'escalations' THEN 'case_id' ELSE 'id' END;
    own constant text := CASE list WHEN 'organizations' THEN 'office' ELSE 'seen_by' END;
    found uuid[];
BEGIN
    IF current_setting('role') NOT IN
        ('frontoffice_region', 'frontoffice_republic', 'frontoffice_audit', 'frontoffice_system')
        OR list NOT IN ('organizations', 'verifications', 'requests', 'escalations')
    THEN
        RAISE insufficient_privilege;
    END IF;
    EXECUTE format(
        'SELECT array_agg(met.id) FROM (SELECT %I AS id FROM public.%I WHERE public.words_in(search_text) @@ $1'
        ' AND ($2 OR %I = current_setting(''frontoffice.office'', true)) LIMIT $3 + 1) AS met',
        id, list, own)
    INTO found USING sought, current_setting('role') <> 'frontoffice_region', few;
    RETURN CASE WHEN coalesce(cardinality(found), 0) <= few THEN coalesce(found, '{}') END;
END $$;
REVOKE ALL ON FUNCTION public.ids_with_words FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.ids_with_words
    TO frontoffice_region, frontoffice_republic, frontoffice_audit, frontoffice_system;
