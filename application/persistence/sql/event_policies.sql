-- Who reads and who writes events. A region reads the cases it sees, as far as it sees them, and
-- the documents that it sees, content and all; accounts are no business of a region or of the republican office, cases none of the registry,
-- and what auditors note is read by the audit only.
-- Said anew when the read models are swapped, for policies look into them: those have been taken
-- away by ``without_event_policies`` before.
CREATE POLICY own_office ON public.case_events FOR SELECT TO frontoffice_region USING (EXISTS (
    SELECT FROM public.sights
    WHERE case_id = originator_id AND sights.office = current_setting('frontoffice.office', true)
      AND (until IS NULL OR originator_version <= until)));
CREATE POLICY documents ON public.case_events FOR SELECT TO frontoffice_region
    USING (starts_with(topic, 'document.')
        AND EXISTS (SELECT FROM public.documents WHERE id = originator_id));
CREATE POLICY own_office ON public.document_contents FOR SELECT TO frontoffice_region
    USING (EXISTS (SELECT FROM public.documents AS seen WHERE seen.digest = document_contents.digest));
DROP POLICY IF EXISTS all_offices ON public.case_events;
CREATE POLICY all_offices ON public.case_events FOR SELECT TO frontoffice_republic
    USING (NOT starts_with(topic, 'staff.') AND NOT starts_with(topic, 'annotation.'));
DROP POLICY IF EXISTS accounts ON public.case_events;
CREATE POLICY accounts ON public.case_events FOR SELECT TO frontoffice_registry
    USING (starts_with(topic, 'staff.'));
DROP POLICY IF EXISTS everything ON public.case_events;
CREATE POLICY everything ON public.case_events FOR SELECT TO frontoffice_audit, frontoffice_system
    USING (true);
DROP POLICY IF EXISTS writing ON public.case_events;
CREATE POLICY writing ON public.case_events FOR INSERT TO frontoffice_writer
    WITH CHECK (office = current_setting('frontoffice.office', true));
DROP POLICY IF EXISTS upkeep ON public.case_events;
CREATE POLICY upkeep ON public.case_events TO CURRENT_USER USING (true) WITH CHECK (true);
