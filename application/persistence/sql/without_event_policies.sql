-- The policies that look into the read models go before those do; ``event_policies`` says them anew.
DROP POLICY IF EXISTS own_office ON public.case_events;
DROP POLICY IF EXISTS documents ON public.case_events;
DROP POLICY IF EXISTS own_office ON public.document_contents;
