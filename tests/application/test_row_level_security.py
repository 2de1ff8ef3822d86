"""What the database itself lets each of its roles see and do, whatever the application asks."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from access import Access
from builders import TODAY
from crashing import ROOM, lent
from eventsourcing.persistence import PersistenceError
from matrix import TABLE, WITH_CASE, Kind
from office import ref
from people import actor
from world import OTHER, OWN, REPUBLIC, World

from application import bootstrap
from application.attempts import Attempt
from application.case_types import ANNOTATION, ORGANIZATION, REQUEST, STAFF, VERIFICATION
from application.persistence.examination import GUARDED
from application.persistence.lists import select_page
from application.persistence.logins import EMBEDDED_LOGIN, embedded_service_url
from application.persistence.pools import WRITER, Pools, role_name
from application.read_models import account_lists, lists
from application.read_models.loan_rows import item_key
from application.scopes import Scope, View
from application.streams import CaseNotFound, CaseRef, StaleCase
from application.use_cases.decisions import CheckInput, Decision
from domain.annotation import Annotation
from domain.catalogue.codes import CheckOutcome, Finding
from domain.document import Document
from domain.document.document import DocumentErased
from domain.organization_verification.checks import PartnerRecommendation
from domain.rules import authority
from web import callers

NEIGHBOUR = actor(f"specialist@{OTHER}")
PARTS = (*(view.value for view in View), WRITER)
FORBIDDEN = "42501"
OF_CASES = (
    "case_events",
    "organizations",
    "letters",
    "verifications",
    "requests",
    "escalations",
    "loans",
    "sights",
    "documents",
    "document_uses",
    "document_contents",
    "appearances",
    "staff",
    "attempts",
)
# Tables in which there is no case, and why a region that reads one of them learns of none.
NO_CASES = {
    "standings": "says of an id whether it is verified, for a decision about that id",
    "merges": "says of an id which record stands for it, for a decision about that id",
    "calendars": "how often the one calendar of the country was corrected",
    "subjects": "how it stands with the data of a person, by their id; the service's own only",
    "people_uses": "takes what the writer says of people, and keeps none of it",
    "erasures": "takes whom the writer erases, and keeps none of it",
    "retired_keys": "ids of keys that are gone",
    "calendar_uses": "takes what the writer says of the calendar, and keeps none of it",
    "case_numbers": "how many numbers each series has given; no reader has it",
    "subject_keys": "wrapped keys of people, of use to nobody without the key file",
    "followers": "how far each follower of the log has come",
    "log_entries": "where each event is in the log, and not what it says; the audit's and the sealer's",
    "log_tiles": "hashes of the log; the audit's and the sealer's",
    "log_heads": "the last version of each case; the audit's and the sealer's",
    "log_head_nodes": "hashes over these; the audit's and the sealer's",
    "log_checkpoints": "signed heads of the log, made to be published",
    "log_cosignatures": "what witnesses signed, made to be published",
    "log_hand_overs": "signed changes of the key, made to be published",
    "log_stops": "why the sealer stopped",
    "schema_version": "one number",
    "forms": "which form the schema has",
    "sessions": "hashes of tokens; the registry's only",
    "credentials": "hashes of passwords; the registry's only",
    "rates": "how many requests are left; the registry's only",
    "annotations": "what auditors noted about cases; added by the writer, read by audits only",
    "reads": "who looked at what; added by the writer, read by auditors only",
}


@pytest.fixture
def world(services) -> World:
    return World(services)


def vouched(world) -> UUID:
    """Let a verification rest on a letter, and return whose that is."""
    issuer = world.active(OWN)
    letter = PartnerRecommendation(issuer_name="x", issuer_id=issuer.id, letter_date=TODAY)
    world.at(OWN).request_verification(
        world.on(OWN),
        organization_id=world.active(OWN).id,
        checks=(CheckInput(outcome=CheckOutcome.CONFIRMED, details=letter),),
        decision=Decision(findings=dict.fromkeys(Finding, True)),
    )
    return issuer.id


@pytest.fixture
def filled(world) -> World:
    """Something in every table of cases, of one office."""
    vouched(world)
    world.verification_asked(OWN)
    made = world.taken(OWN, ROOM)
    on = world.services.occasion(world.staff(OWN), cause="test", attempt=Attempt("k-1", "asked"))
    world.at(OWN).record_step(
        ref(made), on, summary="Зал", details=lent("Зал"), documents=(world.filed(OWN).id,)
    )
    world.person(OWN)
    world.known(OWN)
    return world


@pytest.fixture
def pools(services, database_url) -> Iterator[Pools]:
    """Connections as the application makes them, one for each role."""
    made = Pools(embedded_service_url(database_url), 1)
    yield made
    made.close()


@pytest.fixture
def unchecked(monkeypatch) -> None:
    """Let the application itself allow everything and hide nothing."""
    monkeypatch.setattr(Scope, "seen", lambda _self, stream: stream.version)
    monkeypatch.setattr(authority, "refusal", lambda *_: None)
    monkeypatch.setattr(authority, "check_role", lambda *_: None)
    monkeypatch.setattr(authority, "check_office", lambda *_: None)
    monkeypatch.setattr(callers, "check_role", lambda *_: None)


def ask(pools: Pools, part: str, statement: str, office: str | None = None, *params: Any) -> Any:
    """Return the rows of a statement in one transaction that is undone; or its SQLSTATE."""
    try:
        with (
            pools.of(part).get_connection() as connection,
            connection.transaction(force_rollback=True),
        ):
            if office is not None:
                connection.execute("SELECT set_config('frontoffice.office', %s, true)", [office])
            cursor = connection.execute(statement, params or None)
            return cursor.fetchall() if cursor.description else cursor.rowcount
    except PersistenceError as error:
        return getattr(error.__cause__, "sqlstate", None)


def owner(database_url: str, statement: str, *params: Any) -> list[Any]:
    with psycopg.connect(database_url) as connection:
        cursor = connection.execute(statement, params or None)
        return cursor.fetchall() if cursor.description else []


# With the checks of the application switched off.


CASE_OPERATIONS = [
    name for name, row in TABLE.items() if row.kind in WITH_CASE - {Kind.OPENING} and row.state
]


def test_without_the_checks_an_own_case_is_open_to_everybody(app, world, unchecked):
    made = world.taken(OWN)
    answer = Access(app, world).send(
        "waiveVerificationAssistanceRequest", f"service@{OWN}", made.id, body={"reason": "Срочно"}
    )
    assert answer.status == 200


@pytest.mark.parametrize("operation_id", CASE_OPERATIONS)
def test_without_the_checks_no_operation_finds_a_case_of_another_region(
    app, world, unchecked, operation_id
):
    row = TABLE[operation_id]
    made = row.state(world, OWN)
    body = row.body(world, OTHER) if row.body else None
    answer = Access(app, world).send(
        operation_id, f"specialist@{OTHER}", made.id, version=made.version, body=body
    )
    assert (answer.status, answer.code) == (404, "not-found")


@pytest.mark.parametrize("noun", ["Account", "AccountHistory"])
def test_without_the_checks_a_region_reads_no_account_of_its_own(app, world, unchecked, noun):
    answer = Access(app, world).send(f"get{noun}", f"head@{OWN}", world.account(OWN).id)
    assert (answer.status, answer.code) == (404, "not-found")


@pytest.mark.parametrize("case_type", [ORGANIZATION, VERIFICATION, REQUEST])
def test_without_the_checks_an_administrator_finds_no_case(world, unchecked, case_type):
    made = {ORGANIZATION: World.active, VERIFICATION: World.checked, REQUEST: World.taken}
    stream = made[case_type](world, OWN)
    with pytest.raises(CaseNotFound):
        world.services.front_office_of(actor("administrator@KZ")).case(case_type, stream.id)


def test_without_the_checks_the_republic_finds_no_account(world, unchecked):
    with pytest.raises(CaseNotFound):
        world.at(REPUBLIC).case(STAFF, world.account(OWN).id)


@pytest.mark.parametrize(
    "case_list", [lists.ORGANIZATIONS, lists.VERIFICATIONS, lists.REQUESTS, lists.ESCALATIONS]
)
def test_without_the_checks_no_list_has_a_row_of_another_region(world, unchecked, case_list):
    for make in (World.active, World.verification_asked, World.asked, World.verified):
        make(world, OWN)
    query = lists.ListQuery(today=TODAY)
    assert world.at(OWN).queries.page(case_list, query).rows
    assert world.at(OTHER).queries.page(case_list, query).rows == []


def test_without_the_checks_no_list_has_staff_of_another_office(world, unchecked):
    for office in (OWN, OTHER, REPUBLIC):
        world.person(office)
    rows = world.at(OTHER).queries.page(account_lists.STAFF, lists.ListQuery(today=TODAY)).rows
    assert {row["office"] for row in rows} == {OTHER}


def test_without_the_checks_no_likely_duplicate_is_of_another_region(world, unchecked):
    ids = [world.active(OWN).id]
    assert world.at(OWN).queries.compared(ids)
    assert world.at(OTHER).queries.compared(ids) == []


def test_without_the_checks_no_letter_of_another_region_is_found(world, unchecked):
    query = lists.ListQuery(today=TODAY, filters={"rests_on": vouched(world)})
    assert world.at(OWN).queries.page(lists.VERIFICATIONS, query).rows
    assert world.at(OTHER).queries.page(lists.VERIFICATIONS, query).rows == []
    count = "SELECT FROM letters"
    pools = world.services.front_office.surroundings.pools
    assert len(pools.reader(Scope(View.REGION, OWN)).rows(count)) == 1
    assert pools.reader(Scope(View.REGION, OTHER)).rows(count) == []


def test_without_the_checks_no_name_is_of_an_organization_of_another_region(world, unchecked):
    ids = [world.active(OWN).id]
    assert world.at(OWN).queries.organizations_named(ids)
    assert world.at(OTHER).queries.organizations_named(ids) == []


def test_without_the_checks_nothing_is_linked_to_a_case_of_another_region(world, unchecked):
    foreign, own = world.taken(OWN), world.taken(OTHER)
    with pytest.raises(CaseNotFound):
        world.at(OTHER).link(ref(own), world.on(OTHER), case_id=foreign.id, relation="related")


def test_without_the_checks_no_attempt_of_another_office_is_found(world, unchecked):
    by = world.staff(OWN)
    attempt = Attempt("key-1", "asked")
    on = world.services.occasion(by, cause="test", attempt=attempt)
    world.at(OWN).note(ref(world.taken(OWN)), on, text="Звонили")
    asked = (OWN, by.staff_id, "key-1")
    assert world.at(OWN).queries.attempt(*asked)
    assert world.at(OTHER).queries.attempt(*asked) is None


def test_without_the_checks_no_loan_of_another_office_is_found(world, unchecked):
    made = world.taken(OWN, ROOM)
    world.at(OWN).record_step(ref(made), world.on(OWN), summary="Зал", details=lent("Зал"))
    asked = (item_key(OWN, "Зал"), TODAY, TODAY, uuid4())
    assert world.at(OWN).queries.loan_in(*asked)
    assert world.at(OTHER).queries.loan_in(*asked) is None


def test_without_the_checks_nobody_of_another_office_works_anywhere(world, unchecked):
    staff_id = world.person(OWN)
    assert world.at(OWN).queries.works_at(staff_id, OWN)
    assert not world.at(OTHER).queries.works_at(staff_id, OWN)


def test_without_the_checks_no_position_in_the_log_is_told_of_another_region(world, unchecked):
    made = world.taken(OWN)
    assert world.at(OWN).queries.positions(made.id)
    assert world.at(OTHER).queries.positions(made.id) == {}


@pytest.mark.parametrize("question", ["open_verification", "verifications_of", "open_requests"])
def test_without_the_checks_no_case_of_a_foreign_organization_is_found(world, unchecked, question):
    make = World.taken if question == "open_requests" else World.checked
    organization_id = make(world, OWN).state.organization_id
    assert getattr(world.at(OWN).queries, question)(organization_id)
    assert not getattr(world.at(OTHER).queries, question)(organization_id)


def test_without_the_checks_an_office_keeps_what_it_handed_over_and_no_more(world, unchecked):
    made = world.accepted(world.offered(OWN, OTHER), OTHER)
    world.noted(made, OTHER, "Тайна нового фронт-офиса")
    assert world.at(OWN).case(REQUEST, made.id).version == made.version


def test_without_the_checks_an_office_that_declined_keeps_what_it_saw(world, unchecked):
    offered = world.offered(OWN, OTHER)
    made = world.at(OTHER).decline_transfer(CaseRef(offered.id), world.on(OTHER), reason="Не к нам")
    world.noted(made, OWN, "Тайна фронт-офиса")
    assert world.at(OTHER).case(REQUEST, made.id).version == made.version


def test_without_the_checks_an_old_office_cannot_write_over_what_it_does_not_see(world, unchecked):
    made = world.accepted(world.offered(OWN, OTHER), OTHER)
    newer = world.noted(made, OTHER, "Тайна нового фронт-офиса")
    with pytest.raises(StaleCase):
        world.noted(made, OWN, "Поверх")
    assert world.again(made).version == newer.version


# The database itself.


@pytest.mark.parametrize("part", PARTS)
def test_the_service_is_no_superuser_and_passes_by_no_policy(pools, part):
    (row,) = ask(
        pools,
        part,
        "SELECT session_user AS login, current_user AS role, bool_or(rolsuper) AS super,"
        " bool_or(rolbypassrls) AS bypasses, bool_or(rolcreaterole OR rolcreatedb) AS makes"
        " FROM pg_roles WHERE rolname IN (session_user, current_user)",
    )
    assert row == {
        "login": EMBEDDED_LOGIN,
        "role": role_name(part),
        "super": False,
        "bypasses": False,
        "makes": False,
    }


def test_no_role_of_the_service_owns_anything(services, database_url):
    names = [EMBEDDED_LOGIN, *map(role_name, PARTS)]
    owned = owner(
        database_url,
        "SELECT relname FROM pg_class WHERE relowner::regrole::text = ANY(%s)"
        " UNION SELECT proname FROM pg_proc WHERE proowner::regrole::text = ANY(%s)"
        " UNION SELECT nspname FROM pg_namespace WHERE nspowner::regrole::text = ANY(%s)"
        " UNION SELECT datname FROM pg_database WHERE datdba::regrole::text = ANY(%s)",
        *[names] * 4,
    )
    assert owned == []


def test_the_login_by_itself_reads_nothing(services, database_url):
    with psycopg.connect(embedded_service_url(database_url)) as connection:
        for table in ("case_events", "requests", "organizations", "staff", "reads", "sessions"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SELECT 1 FROM {table}")
            connection.rollback()


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("table", ["case_events", "reads"])
def test_what_was_recorded_is_changed_by_no_role(pools, part, table):
    statements = ("UPDATE {} SET office = 'KZ-19'", "DELETE FROM {}", "TRUNCATE {}")
    answers = {each: ask(pools, part, each.format(table), OWN) for each in statements}
    assert answers == dict.fromkeys(statements, FORBIDDEN)


@pytest.mark.parametrize("part", PARTS)
def test_what_was_filed_is_changed_by_no_role(pools, part):
    statements = (
        "UPDATE document_contents SET content = ''",
        "DELETE FROM document_contents",
        "INSERT INTO document_contents VALUES ('x', '') ON CONFLICT (digest) DO UPDATE SET content = ''",
    )
    assert [ask(pools, part, each, OWN) for each in statements] == [FORBIDDEN] * 3


ALTERATIONS = (
    "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE {} NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE {} OWNER TO CURRENT_USER",
    "CREATE POLICY mine ON {} USING (true)",
    "DROP TABLE {}",
)


@pytest.mark.parametrize("part", PARTS)
def test_no_role_changes_the_tables_and_their_policies(pools, part):
    altered = [each.format(table) for each in ALTERATIONS for table in (*OF_CASES, "reads")]
    answers = {each: ask(pools, part, each, OWN) for each in altered}
    assert answers == dict.fromkeys(altered, FORBIDDEN)


@pytest.mark.parametrize("part", PARTS)
def test_no_role_makes_a_table_or_drops_a_policy(pools, part):
    statements = ("CREATE TABLE public.mine (id integer)", "DROP POLICY own_office ON case_events")
    assert [ask(pools, part, each, OWN) for each in statements] == [FORBIDDEN] * 2


@pytest.mark.parametrize("part", PARTS)
def test_no_role_reads_with_row_security_switched_off(filled, pools, part):
    assert ask(pools, part, "SET row_security = off; SELECT 1 FROM requests", OWN) == FORBIDDEN


def test_no_right_may_be_passed_on(services, database_url):
    passed = owner(
        database_url,
        "SELECT relname, grantee::regrole::text FROM pg_class, aclexplode(relacl)"
        " WHERE is_grantable AND starts_with(grantee::regrole::text, 'frontoffice')",
    )
    assert passed == []


def test_nothing_is_granted_to_everybody(services, database_url):
    public = owner(
        database_url,
        "SELECT relname FROM pg_class, aclexplode(relacl)"
        " WHERE grantee = 0 AND relnamespace = 'public'::regnamespace",
    )
    assert public == []


def test_the_writer_reads_no_event(world, pools):
    world.taken(OWN)
    assert ask(pools, WRITER, "SELECT state FROM case_events", OWN) == FORBIDDEN


def test_no_role_that_reads_adds_an_event(pools):
    for part in set(PARTS) - {WRITER}:
        assert ask(pools, part, _EVENT, OWN, OWN) == FORBIDDEN


_EVENT = (
    "INSERT INTO case_events"
    " (originator_id, originator_version, topic, state, notification_id, office)"
    " VALUES (gen_random_uuid(), 1, 'request.noted', '', nextval('case_events_notification_id_seq'), %s)"
)
_ATTEMPT = (
    "INSERT INTO attempts (office, staff_id, key, asked, case_type, case_id, version)"
    " VALUES (%s, 's-1', 'k-1', 'asked', 'request', gen_random_uuid(), 1)"
)


@pytest.mark.parametrize("statement", [_EVENT, _ATTEMPT])
def test_the_writer_adds_for_the_office_of_the_transaction(pools, statement):
    assert ask(pools, WRITER, statement, OWN, OWN) == 1


@pytest.mark.parametrize("statement", [_EVENT, _ATTEMPT])
def test_the_writer_adds_for_no_other_office(pools, statement):
    assert ask(pools, WRITER, statement, OTHER, OWN) == FORBIDDEN


@pytest.mark.parametrize("statement", [_EVENT, _ATTEMPT])
def test_the_writer_adds_nothing_without_an_office(pools, statement):
    assert ask(pools, WRITER, statement, None, OWN) == FORBIDDEN


@pytest.mark.parametrize("table", OF_CASES)
def test_a_region_reads_rows_of_its_own(filled, pools, table):
    assert ask(pools, View.REGION, f"SELECT 1 FROM {table}", OWN)


@pytest.mark.parametrize("table", OF_CASES)
@pytest.mark.parametrize("office", [None, "", OTHER, "%"])
def test_a_region_reads_nothing_as_another_office_or_as_none(filled, pools, table, office):
    assert ask(pools, View.REGION, f"SELECT 1 FROM {table}", office) == []


@pytest.mark.parametrize("table", OF_CASES)
def test_an_office_is_forgotten_with_its_transaction(filled, pools, table):
    reader = pools.reader(Scope(View.REGION, OWN))
    statement = f"SELECT pg_backend_pid() AS pid FROM {table} LIMIT 1"
    (first,) = reader.rows(statement)
    (now,) = ask(pools, View.REGION, "SELECT pg_backend_pid() AS pid")
    assert (now["pid"], ask(pools, View.REGION, statement)) == (first["pid"], [])


def test_a_region_reads_no_content_but_of_documents_it_sees(world, pools):
    own, shared, foreign = world.filed(OWN), world.filed(OTHER), world.filed(OTHER)
    made = world.noted(world.taken(OTHER), OTHER, "Отчёт", shared.id)
    statement = "SELECT digest FROM document_contents"

    def seen(office):
        return {row["digest"] for row in ask(pools, View.REGION, statement, office)}

    digests = [each.first(Document.Uploaded).digest for each in (own, shared, foreign)]
    assert (seen(OWN), seen(OTHER)) == (set(digests[:1]), set(digests[1:]))
    world.offer(made, OTHER, OWN)
    assert (seen(OWN), seen(OTHER)) == (set(digests[:2]), set(digests[1:]))


def test_without_the_checks_no_content_is_of_another_region(world, unchecked):
    stream = world.filed(OWN)
    assert world.at(OWN).content(stream)
    with pytest.raises(DocumentErased):
        world.at(OTHER).content(stream)


def test_the_writer_reads_no_content(pools):
    assert ask(pools, WRITER, "SELECT content FROM document_contents", OWN) == FORBIDDEN


def test_an_office_is_forgotten_with_a_save(filled, database_url):
    pools = Pools(embedded_service_url(database_url), 1)
    ask(pools, WRITER, "SELECT case_events_draw(1, %s)", None, OWN)
    (row,) = ask(pools, WRITER, "SELECT current_setting('frontoffice.office', true) AS office")
    pools.close()
    assert not row["office"]


def test_accounts_are_no_business_of_the_republic(filled, pools):
    statement = "SELECT 1 FROM case_events WHERE starts_with(topic, 'staff.')"
    assert ask(pools, View.REPUBLIC, statement, REPUBLIC) == []


def test_cases_are_no_business_of_the_registry(filled, pools):
    topics = ask(pools, View.REGISTRY, "SELECT topic FROM case_events", REPUBLIC)
    assert topics
    assert {row["topic"].partition(".")[0] for row in topics} == {"staff"}


@pytest.mark.parametrize("part", [View.REGION, View.REPUBLIC, View.SYSTEM, WRITER])
@pytest.mark.parametrize("table", ["sessions", "credentials", "rates"])
def test_tokens_and_passwords_are_the_registrys_only(pools, part, table):
    assert ask(pools, part, f"SELECT 1 FROM {table}", OWN) == FORBIDDEN


@pytest.mark.parametrize("part", sorted(set(PARTS) - {View.AUDIT}))
def test_who_looked_at_what_is_read_by_auditors_only(pools, part):
    assert ask(pools, part, "SELECT FROM reads", OWN) == FORBIDDEN


@pytest.mark.parametrize("part", sorted(set(PARTS) - {View.AUDIT, View.SYSTEM}))
def test_what_auditors_note_is_read_by_audits_only(filled, pools, part):
    about = filled.annotated(OWN).first(Annotation.Added).case_id
    rows = "SELECT case_id FROM annotations"
    events = "SELECT topic FROM case_events WHERE starts_with(topic, 'annotation.')"

    assert ask(pools, View.AUDIT, rows, REPUBLIC) == [{"case_id": about}]
    assert ask(pools, View.AUDIT, events, REPUBLIC) == [{"topic": "annotation.added"}]
    for office in (OWN, REPUBLIC):
        if part != WRITER:  # Who writes rows reads them, and is asked by no caller.
            assert ask(pools, part, rows, office) == FORBIDDEN
        no_events = part in {WRITER, View.DESK}
        assert ask(pools, part, events, office) == (FORBIDDEN if no_events else [])


def test_without_the_checks_no_office_finds_what_auditors_noted(world, unchecked):
    made = world.annotated(OWN)
    for office in (OWN, OTHER, REPUBLIC):
        with pytest.raises(CaseNotFound):
            world.at(office).case(ANNOTATION, made.id)


@pytest.mark.parametrize("part", sorted(set(PARTS) - {WRITER}))
@pytest.mark.parametrize("table", ["subject_keys", "case_numbers"])
def test_keys_and_counters_are_the_writers_only(pools, part, table):
    assert ask(pools, part, f"SELECT 1 FROM {table}", OWN) == FORBIDDEN


@pytest.mark.parametrize("part", sorted(set(PARTS) - {WRITER}))
@pytest.mark.parametrize("table", ["organizations", "requests", "verifications", "sights", "staff"])
def test_no_role_that_reads_changes_a_read_model(pools, part, table):
    assert ask(pools, part, f"UPDATE {table} SET office = 'KZ-19'", OWN) == FORBIDDEN


@pytest.fixture
def new_database(server_url, settings) -> Iterator[str]:
    """A database as an operator gets it: without the tables that other tests make."""
    name = f"new_{uuid4().hex}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        url = psycopg.conninfo.make_conninfo(server_url, dbname=name)
        bootstrap.prepare(settings, url)
        yield url
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_every_table_with_cases_has_policies_that_nobody_passes_by(new_database):
    found = owner(
        new_database,
        "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
        " WHERE relkind IN ('r', 'p', 'm', 'v') AND relnamespace = 'public'::regnamespace",
    )
    assert {name for name, held in found if not held} == set(NO_CASES)
    assert {name for name, held in found if held} == set(OF_CASES)


def protection(database_url: str) -> dict[str, list[Any]]:
    """Return everything that says who may do what with a table, and what keeps it fast."""
    statements = {
        "policies": "SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check"
        " FROM pg_policies WHERE schemaname = 'public' ORDER BY 1, 2",
        "enforced": "SELECT relname, relrowsecurity, relforcerowsecurity, relowner::regrole::text"
        " FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1",
        "rights": "SELECT relname, grantee::regrole::text, privilege_type, is_grantable"
        " FROM pg_class, aclexplode(relacl) WHERE relnamespace = 'public'::regnamespace"
        " ORDER BY 1, 2, 3",
        "grants": "SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants"
        " WHERE table_schema = 'public' ORDER BY 1, 2, 3",
        "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes"
        " WHERE schemaname = 'public' ORDER BY 1, 2",
        "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)"
        " FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2",
        "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
        " FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
    }
    return {name: owner(database_url, statement) for name, statement in statements.items()}


def test_the_doctor_looks_whether_all_of_these_are_guarded():
    assert sorted(GUARDED) == sorted(OF_CASES)


def test_a_rebuild_leaves_every_policy_and_right_as_it_was(filled, database_url):
    before = protection(database_url)
    filled.services.front_office.rebuild_read_models(lambda _: None)
    assert protection(database_url) == before
    assert all(before.values())


def test_a_rebuild_leaves_every_region_what_it_sees(filled, pools):
    statements = [f"SELECT count(*) AS rows FROM {table}" for table in OF_CASES]
    seen = [ask(pools, View.REGION, each, office) for each in statements for office in (OWN, OTHER)]
    filled.services.front_office.rebuild_read_models(lambda _: None)
    assert seen == [
        ask(pools, View.REGION, each, office) for each in statements for office in (OWN, OTHER)
    ]


# Pages of lists are read in order from an index, whatever the policies add to them.


_MANY = {
    "requests": """
INSERT INTO requests (id, seen_by, version, number, office, region, district, status, help_type,
    category, subject, organization_order, opened_on, due_on, escalated, search_text, created_at,
    updated_at)
SELECT gen_random_uuid(), office, 1, n::text, office, office, '', 'requested', 'training',
    'administrative', 'Обучение', n::text, '2026-03-02', day, false, words, moment, moment FROM many
""",
    "verifications": """
INSERT INTO verifications (id, seen_by, version, number, office, region, district, status,
    organization_id, organization_name, organization_order, valid_until, escalated, search_text,
    created_at, updated_at)
SELECT gen_random_uuid(), office, 1, n::text, office, office, '', 'verified', gen_random_uuid(),
    'Группа', n::text, day, false, words, moment, moment FROM many
""",
    "organizations": """
INSERT INTO organizations (id, version, office, region, district, status, team_type, name, name_order,
    name_beginnings, directions, identifiers, not_duplicate_of, last_contact_on, search_text,
    created_at, updated_at)
SELECT gen_random_uuid(), 1, office, office, '', 'active', 'initiative_group', 'Группа', n::text,
    '{}', '{}', '{}', '{}', day, words, moment, moment FROM many
""",
    "escalations": """
INSERT INTO escalations (case_id, place, seen_by, case_type, number, from_office, to_office, direction,
    question, status, search_text, raised_at, updated_at)
SELECT md5(n::text)::uuid, 1, seen_by, 'request', n::text, office, 'KZ', 'to_republican', 'Как быть?',
    'open', words, moment, moment FROM many, unnest(ARRAY[office, 'KZ']) AS seen_by
""",
}
_OF_OFFICES = """
WITH many AS (
    SELECT n, 'KZ-' || 10 + n % 20 AS office, timestamptz '2026-03-02' - n * interval '1 minute' AS moment,
        nullif(date '2026-03-02' + n % 100, date '2026-03-02') AS day,
        CASE WHEN n <= 40 THEN 'редкое' ELSE 'частое' END || ' слово ' || n AS words
    FROM generate_series(1, 4000) AS n
)
"""
LISTS = {
    "organizations": lists.ORGANIZATIONS,
    "verifications": lists.VERIFICATIONS,
    "requests": lists.REQUESTS,
    "escalations": lists.ESCALATIONS,
}
MOMENT, DAY = "2026-03-01T00:00:00Z", "2026-04-01"
# The order, a key within it, and the indexes of one office and of all.
ORDERS = [
    ("organizations", "created_at", MOMENT, "by_office", "in_order"),
    ("organizations", "name", "4", "by_name", "all_by_name"),
    ("organizations", "last_contact_on", DAY, "by_contact", "all_by_contact"),
    ("verifications", "created_at", MOMENT, "in_order", "of_all"),
    ("verifications", "organization_name", "4", "by_name", "all_by_name"),
    ("verifications", "valid_until", DAY, "by_end", "all_by_end"),
    ("requests", "created_at", MOMENT, "in_order", "of_all"),
    ("requests", "organization_name", "4", "by_name", "all_by_name"),
    ("requests", "due_on", DAY, "by_due", "all_by_due"),
    ("escalations", "raised_at", MOMENT, "in_order", "in_order"),
]


def page_statement(case_list: lists.CaseList, query: lists.ListQuery) -> Any:
    asked: list[Any] = []
    select_page(SimpleNamespace(rows=lambda each: asked.append(each) or []), case_list, query)
    return asked[0]


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from nodes(inner)


def explained(pools: Pools, view: View, office: str, statement: Any) -> list[dict[str, Any]]:
    with pools.of(view).get_connection() as connection, connection.transaction():
        connection.execute("SELECT set_config('frontoffice.office', %s, true)", [office])
        # Of a few rows it would sort all; of a million it does not, if an index has the order.
        connection.execute("SET LOCAL enable_sort = off")
        connection.execute("SET LOCAL enable_incremental_sort = off")
        (found,) = connection.execute(
            psycopg.sql.SQL("EXPLAIN (FORMAT JSON) {}").format(statement)
        ).fetchall()
    return list(nodes(found["QUERY PLAN"][0]["Plan"]))


@pytest.fixture
def many(database_url: str, world: World) -> None:
    """Rows of many offices, of which forty have a rare word."""
    for table, rows in _MANY.items():
        owner(database_url, _OF_OFFICES + rows)
        owner(database_url, f"ANALYZE {table}")


@pytest.mark.parametrize("is_whole", [False, True])
@pytest.mark.parametrize(
    ("table", "order", "key", "of_one", "of_all"), ORDERS, ids=[f"{o[0]}-{o[1]}" for o in ORDERS]
)
def test_a_page_is_read_in_order_from_an_index(
    pools, many, is_whole, table, order, key, of_one, of_all
):
    view, office = (View.REPUBLIC, REPUBLIC) if is_whole else (View.REGION, OTHER)
    for sign, after in (("", None), ("-", None), ("", key), ("-", key)):
        beyond = None if after is None else (after, uuid4(), 0)
        query = lists.ListQuery(today=TODAY, order=f"{sign}{order}", after=beyond)
        plan = explained(pools, view, office, page_statement(LISTS[table], query))
        named = [each["Index Name"] for each in plan if each.get("Relation Name") == table]
        assert named == [f"{table}_{of_all if is_whole else of_one}"]
        assert not [each for each in plan if "Sort" in each["Node Type"]]


@pytest.mark.parametrize("table", LISTS)
@pytest.mark.parametrize(
    ("office", "seen"), [(OTHER, 2), (REPUBLIC, 40)], ids=["a region", "the republic"]
)
def test_words_are_found_among_what_may_be_seen(world, many, table, office, seen):
    office, rows = world.at(office), {"редкого": seen, "частое": 100, "редкое частое": 0}
    for words, count in rows.items():
        query = lists.ListQuery(today=TODAY, filters={"q": words}, limit=100)
        assert len(office.queries.page(LISTS[table], query).rows) == count


@pytest.mark.parametrize("table", LISTS)
def test_ids_are_told_to_those_who_see_the_rows_and_only_if_they_are_few(pools, many, table):
    rare = f"SELECT ids_with_words('{table}', 'редкое', 1000) AS ids"
    common = f"SELECT ids_with_words('{table}', 'частое', 100) AS ids"
    own = f"SELECT {'case_id' if table == 'escalations' else 'id'} AS id FROM {table}"

    (found,) = ask(pools, View.REGION, rare, OTHER)
    seen = {row["id"] for row in ask(pools, View.REGION, own, OTHER)}
    assert len(found["ids"]) == 2
    assert set(found["ids"]) <= seen
    assert len(set(ask(pools, View.REPUBLIC, rare, REPUBLIC)[0]["ids"])) == 40
    assert ask(pools, View.REGION, common, OTHER) == [{"ids": None}]


@pytest.mark.parametrize("part", [View.REGISTRY, View.DESK, WRITER])
def test_whoever_reads_no_lists_is_told_no_ids(pools, part):
    told = ask(pools, part, "SELECT ids_with_words('requests', 'слово', 10)", OWN)
    assert told == FORBIDDEN


def test_ids_of_other_tables_are_told_to_nobody(pools):
    told = ask(pools, View.REGION, "SELECT ids_with_words('staff', 'слово', 10)", OWN)
    assert told == FORBIDDEN


# People.


@pytest.mark.parametrize("part", PARTS)
def test_no_role_destroys_a_key_or_takes_one_back_by_itself(world, pools, part):
    world.known(OWN)
    statements = (
        "UPDATE subject_keys SET wrapped = NULL",
        "UPDATE subject_keys SET wrapped = ''",
        "DELETE FROM subject_keys",
        "INSERT INTO retired_keys VALUES ('x')",
        "DELETE FROM retired_keys",
    )
    assert [ask(pools, part, each, OWN) for each in statements] == [FORBIDDEN] * 5


@pytest.mark.parametrize("part", sorted(set(PARTS) - {WRITER}))
def test_only_the_writer_erases(world, pools, part):
    statement = "INSERT INTO erasures VALUES (gen_random_uuid(), '{}', '{}')"
    assert ask(pools, part, statement, OWN) == FORBIDDEN
    assert ask(pools, WRITER, statement, OWN) == 0  # What is done is no row.


@pytest.mark.parametrize("part", PARTS)
def test_where_people_are_in_all_places_is_counted_for_the_audit_only(world, pools, part):
    statement = "SELECT place FROM places_of_subject(gen_random_uuid())"
    found = ask(pools, part, statement, OWN)
    assert found == FORBIDDEN if part != View.AUDIT else len(found) > 10


def test_a_region_finds_nobody_of_another(world, pools):
    who = world.known(OWN)
    statement = "SELECT office FROM appearances WHERE subject_id = %s"
    assert ask(pools, View.REGION, statement, OWN, who.id) == [{"office": OWN}]
    assert ask(pools, View.REGION, statement, OTHER, who.id) == []
    assert ask(pools, View.REGION, "SELECT FROM subjects", OWN) == FORBIDDEN
    assert ask(pools, View.REGISTRY, statement, OWN, who.id) == FORBIDDEN
