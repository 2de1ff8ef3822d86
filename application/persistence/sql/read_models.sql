-- The read models: made from the streams, and made anew from them when their form changes.
-- No extension is needed; the same statements run on PostgreSQL 15 and later. What sorts names is
-- made for it and compared by code points; words are searched as they are and by their stems.

-- An index holds this, and no column: a column is made again by every save, an entry of an index
-- only when the words are others.
CREATE OR REPLACE FUNCTION public.words_in(search_text text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    array_to_tsvector(string_to_array(search_text, ' ')) || strip(to_tsvector('russian', search_text));

CREATE TABLE organizations (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    office text NOT NULL,
    region text NOT NULL,
    district text NOT NULL,
    status text NOT NULL,
    team_type text NOT NULL,
    name text NOT NULL,
    name_order text COLLATE "C" NOT NULL,
    name_kk text,
    name_beginnings text[] NOT NULL,
    bin text,
    bin_once text,
    directions text[] NOT NULL,
    identifiers text[] NOT NULL,
    not_duplicate_of uuid[] NOT NULL,
    reverify uuid,
    last_contact_on date,
    search_text text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX organizations_by_region ON organizations (region, created_at, id);
CREATE INDEX organizations_by_beginnings ON organizations USING gin (name_beginnings);
CREATE INDEX organizations_by_identifier ON organizations USING gin (identifiers);
CREATE INDEX organizations_in_order ON organizations (created_at, id);
CREATE INDEX organizations_by_office ON organizations (office, created_at, id);
CREATE INDEX organizations_by_name ON organizations (office, name_order, id);
CREATE INDEX organizations_all_by_name ON organizations (name_order, id);
CREATE INDEX organizations_by_contact
    ON organizations (office, (coalesce(last_contact_on, date '0001-01-01')), id);
CREATE INDEX organizations_all_by_contact
    ON organizations ((coalesce(last_contact_on, date '0001-01-01')), id);
CREATE INDEX organizations_by_words ON organizations USING gin (public.words_in(search_text));

CREATE TABLE standings (
    organization_id uuid PRIMARY KEY,
    verification_id uuid NOT NULL,
    status text NOT NULL,
    valid_until date,
    decided_at timestamptz NOT NULL
);

-- The record of which another is a duplicate: what is asked of the one is told of the other.
CREATE TABLE merges (
    organization_id uuid PRIMARY KEY,
    survivor uuid
);
CREATE INDEX merges_by_survivor ON merges (survivor);

-- Confirmed letters of organizations that are registered here, by the checks of verifications.
CREATE TABLE letters (
    verification_id uuid NOT NULL,
    number integer NOT NULL,
    office text NOT NULL,
    issuer_id uuid NOT NULL,
    issuer_was_verified boolean NOT NULL,
    PRIMARY KEY (verification_id, number)
);
CREATE INDEX letters_by_issuer ON letters (issuer_id);

-- Who sees a case, and up to which version; without one, as it goes on.
CREATE TABLE sights (
    case_id uuid NOT NULL,
    office text NOT NULL,
    until integer,
    PRIMARY KEY (case_id, office)
);

-- A case that several offices see has a row for each, as that office sees it. The row of the
-- office that holds the case is the case itself: there seen_by = office.
CREATE TABLE verifications (
    id uuid NOT NULL,
    seen_by text NOT NULL,
    seen_until integer,
    version integer NOT NULL,
    number text NOT NULL,
    office text NOT NULL,
    region text NOT NULL,
    district text NOT NULL,
    status text NOT NULL,
    organization_id uuid NOT NULL,
    organization_name text NOT NULL,
    organization_order text COLLATE "C" NOT NULL,
    valid_until date,
    renewed_by uuid,
    due_on date,
    escalated boolean NOT NULL,
    search_text text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id, seen_by),
    UNIQUE (number, seen_by)
);
CREATE INDEX verifications_by_organization ON verifications (organization_id);
CREATE INDEX verifications_by_validity ON verifications (valid_until) WHERE status = 'verified';
CREATE INDEX verifications_in_order ON verifications (seen_by, created_at, id);
CREATE INDEX verifications_of_all ON verifications (created_at, id) WHERE seen_by = office;
CREATE INDEX verifications_by_name ON verifications (seen_by, organization_order, id);
CREATE INDEX verifications_all_by_name ON verifications (organization_order, id)
    WHERE seen_by = office;
CREATE INDEX verifications_by_end
    ON verifications (seen_by, (coalesce(valid_until, date '9999-12-31')), id);
CREATE INDEX verifications_all_by_end
    ON verifications ((coalesce(valid_until, date '9999-12-31')), id) WHERE seen_by = office;
CREATE INDEX verifications_by_words ON verifications USING gin (public.words_in(search_text));

CREATE TABLE requests (
    id uuid NOT NULL,
    seen_by text NOT NULL,
    seen_until integer,
    version integer NOT NULL,
    number text NOT NULL,
    office text NOT NULL,
    region text NOT NULL,
    district text NOT NULL,
    status text NOT NULL,
    help_type text NOT NULL,
    category text NOT NULL,
    subject text NOT NULL,
    organization_id uuid,
    organization_name text,
    organization_order text COLLATE "C" NOT NULL,
    assigned_to text,
    offered_to text,
    opened_on date NOT NULL,
    due_on date,
    escalated boolean NOT NULL,
    search_text text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id, seen_by),
    UNIQUE (number, seen_by)
);
CREATE INDEX requests_by_organization ON requests (organization_id);
CREATE INDEX requests_by_office ON requests (office, created_at, id);
CREATE INDEX requests_in_order ON requests (seen_by, created_at, id);
CREATE INDEX requests_of_all ON requests (created_at, id) WHERE seen_by = office;
CREATE INDEX requests_by_name ON requests (seen_by, organization_order, id);
CREATE INDEX requests_all_by_name ON requests (organization_order, id) WHERE seen_by = office;
CREATE INDEX requests_by_due ON requests (seen_by, (coalesce(due_on, date '9999-12-31')), id);
CREATE INDEX requests_all_by_due ON requests ((coalesce(due_on, date '9999-12-31')), id)
    WHERE seen_by = office;
CREATE INDEX requests_by_words ON requests USING gin (public.words_in(search_text));

CREATE TABLE escalations (
    case_id uuid NOT NULL,
    place integer NOT NULL,
    seen_by text NOT NULL,
    case_type text NOT NULL,
    number text NOT NULL,
    from_office text NOT NULL,
    to_office text NOT NULL,
    direction text NOT NULL,
    question text NOT NULL,
    status text NOT NULL,
    words text,
    search_text text NOT NULL,
    raised_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, place, seen_by)
);
CREATE INDEX escalations_in_order ON escalations (seen_by, raised_at, case_id, place);
CREATE INDEX escalations_by_words ON escalations USING gin (public.words_in(search_text));

CREATE TABLE loans (
    request_id uuid NOT NULL,
    place integer NOT NULL,
    office text NOT NULL,
    item text NOT NULL,
    item_key bigint NOT NULL,
    lent_from date NOT NULL,
    lent_until date NOT NULL,
    PRIMARY KEY (request_id, place)
);

CREATE TABLE documents (
    id uuid PRIMARY KEY,
    office text NOT NULL,
    digest text NOT NULL
);
CREATE INDEX documents_by_digest ON documents (digest);

-- Who sees a case in which a document lies, for every office and case one row, with the version
-- of the case at which it was put there.
CREATE TABLE document_uses (
    document_id uuid NOT NULL,
    case_id uuid NOT NULL,
    seen_by text NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (document_id, case_id, seen_by)
);

-- Accounts as they are found at sign-in and in lists; logins only as keyed hashes.
CREATE TABLE staff (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    office text NOT NULL,
    post text NOT NULL,
    status text NOT NULL,
    roles text[] NOT NULL,
    role text,
    login_key text,
    identity_key text,
    believed_from timestamptz,
    told_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT staff_login_once UNIQUE (login_key),
    CONSTRAINT staff_identity_once UNIQUE (identity_key)
);
CREATE INDEX staff_by_office ON staff (office, created_at, id);

-- What auditors noted about cases; the audit's only.
CREATE TABLE annotations (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    case_type text NOT NULL,
    case_id uuid NOT NULL,
    case_version integer,
    status text NOT NULL,
    text text NOT NULL,
    reason text,
    staff_id text NOT NULL,
    role text NOT NULL,
    office text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX annotations_in_order ON annotations (created_at, id);
CREATE INDEX annotations_by_case ON annotations (case_id, created_at, id);

-- Which corrections of the calendar of working days there are by now, and by how many of them the
-- terms of the requests above have been derived.
CREATE TABLE calendars (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    derived integer NOT NULL DEFAULT 0
);

-- In which cases a person appears, by their id: since which version, and in how many events.
CREATE TABLE appearances (
    subject_id uuid NOT NULL,
    case_id uuid NOT NULL,
    case_type text NOT NULL,
    office text NOT NULL,
    version integer NOT NULL,
    events integer NOT NULL,
    PRIMARY KEY (subject_id, case_id)
);

-- What was decided about people: held, known, erased.
CREATE TABLE subjects (
    id uuid PRIMARY KEY,
    subject_id uuid NOT NULL UNIQUE,
    status text NOT NULL
);
