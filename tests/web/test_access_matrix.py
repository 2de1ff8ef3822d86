"""Every operation by every role, from every office, on every kind of case."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import psycopg
import pytest
from access import Access, Answered, operations
from cosigning import cosigned, publish
from emptying import empty
from matrix import (
    CALLERS,
    DONE,
    NOBODY,
    TABLE,
    WITH_CASE,
    Kind,
    annotation_of,
    cells,
    help_for,
    holder_of,
    is_as_expected,
    new_account,
    office_of,
    registration,
    verdict,
    verification_of,
)
from msgspec.structs import replace
from papers import filing, pdf
from sealing import change, sealer_of
from shown_log import ALog
from world import FOREIGN, OTHER, OWN, REPUBLIC, Made, World, missing_id

from application import bootstrap
from application.settings import Settings
from domain.actors import Role
from web.app import create_app

ON_CASE = [name for name, row in TABLE.items() if row.kind in WITH_CASE - {Kind.OPENING}]
OPENINGS = [name for name, row in TABLE.items() if row.kind is Kind.OPENING]
BODIES = {
    "requestHelp": help_for,
    "requestVerification": verification_of,
    "addAnnotation": annotation_of,
}
WITHOUT_CASE = [
    name for name, row in TABLE.items() if row.kind in {Kind.LIST, Kind.FEED, Kind.SIGNED_IN}
]
AT_AN_OFFICE = {"createAccount": new_account, "registerOrganization": registration}
UNHURRIED = {"account_rate": 1e6, "address_rate": 1e6}


@pytest.fixture(scope="module")
def world(settings, database_url, clock) -> Iterator[World]:
    """The service over an empty database, for as many requests as there are."""
    empty(database_url)
    clock.now = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    with bootstrap.build(replace(settings, **UNHURRIED), database_url, clock=clock) as services:
        yield World(services)


@pytest.fixture(scope="module")
def access(world) -> Access:
    return Access(create_app(world.services), world)


class Cases:
    """The four cases on which an operation is tried; one that was changed is made anew."""

    def __init__(self, world: World, operation_id: str) -> None:
        self._world = world
        self._row = TABLE[operation_id]
        self._made: dict[str, Made] = {}

    def __getitem__(self, case: str) -> tuple[Any, int]:
        if case == "missing":
            return missing_id(), 1
        if case not in self._made:
            state = self._row.ended if case == "ended" else self._row.state
            self._made[case] = state(self._world, holder_of(case))
        return self._made[case].id, self._made[case].version

    def was_changed(self, case: str) -> None:
        self._made.pop(case, None)


def told(operation_id: str, who: str, case: str, answer: Answered) -> str:
    expected = verdict(operation_id, who, case)
    if is_as_expected(expected, answer.status, answer.code):
        return ""
    return f"{who} on {case}: {answer.status} {answer.code}, expected {expected}: {answer.body}"


def differences(operation_id: str, who: str, answers: dict[str, Answered]) -> Iterator[str]:
    """Tell of refusals that have to be the same whatever the case, and are not."""
    missing = verdict(operation_id, who, "missing")
    for case, answer in answers.items() if "missing" in answers else ():
        alike = verdict(operation_id, who, case) == missing and missing != DONE
        if alike and answer.masked != answers["missing"].masked:
            yield f"{who} on {case}: {answer.masked}, on missing: {answers['missing'].masked}"


def faults(operation_id: str, send: Any) -> list[str]:
    found, answers = [], {}
    for who, case in cells(operation_id):
        answers.setdefault(who, {})[case] = answer = send(who, case)
        found.append(told(operation_id, who, case, answer))
    found += [each for who in answers for each in differences(operation_id, who, answers[who])]
    return [each for each in found if each]


def test_every_operation_has_a_row_in_the_table_and_every_row_an_operation():
    added = sorted(operations().keys() - TABLE.keys())
    gone = sorted(TABLE.keys() - operations().keys())
    assert not added, f"Say in tests/support/matrix.py (TABLE) who may do: {', '.join(added)}"
    assert not gone, f"Not described any more; take out of TABLE: {', '.join(gone)}"


def test_the_matrix_does_not_shrink():
    assert sum(len(list(cells(operation_id))) for operation_id in operations()) >= 3200


@pytest.mark.parametrize("operation_id", ON_CASE)
def test_a_case_is_for_those_whose_it_is(world, access, operation_id):
    row, cases, bodies = TABLE[operation_id], Cases(world, operation_id), {}

    def send(who: str, case: str) -> Answered:
        if row.body and who not in bodies:
            bodies[who] = row.body(world, office_of(who))
        case_id, version = cases[case]
        answer = access.send(operation_id, who, case_id, version=version, body=bodies.get(who))
        if answer.status < 300:
            cases.was_changed(case)
        return answer

    assert faults(operation_id, send) == []


@pytest.mark.parametrize("operation_id", OPENINGS)
def test_a_case_is_begun_by_those_whose_it_will_be(world, access, operation_id):
    organizations = {
        "existing": world.active(OWN).id,
        "foreign": world.active(FOREIGN).id,
        "missing": missing_id(),
    }

    def send(who: str, case: str) -> Answered:
        if operation_id in AT_AN_OFFICE:
            made = AT_AN_OFFICE[operation_id](world, holder_of(case))
            return access.send(operation_id, who, body=made)
        known = organizations.get(case) or world.closed(OWN).id
        if case == "existing":
            known = world.active(OWN).id
        make = BODIES[operation_id]
        return access.send(operation_id, who, body=make(known), hidden=(known,))

    assert faults(operation_id, send) == []


@pytest.mark.parametrize("operation_id", WITHOUT_CASE)
def test_what_has_no_case_is_for_the_roles_it_is_for(world, access, operation_id):
    def send(who: str, _: str) -> Answered:
        token = None
        if operation_id == "signOut" and who != NOBODY:
            token = world.services.desk.sessions.begin(world.people.account(who)).access_token
        return access.send(operation_id, who, token=token)

    assert faults(operation_id, send) == []


def test_a_document_is_filed_by_those_who_take_cases_in(access):
    def send(who: str, _: str) -> Answered:
        return access.send("uploadDocument", who, form=filing(pdf()))

    assert faults("uploadDocument", send) == []


def test_a_cosignature_is_handed_in_by_those_who_can_be_witnesses(world, access):
    log = ALog()
    size = publish(world.services.front_office.surroundings.owner_url, log)
    body = {"size": size, "line": cosigned(log)}

    assert faults("cosign", lambda who, _: access.send("cosign", who, body=body)) == []


def test_the_log_is_shown_to_readers_and_the_cases_in_it_to_auditors(world, access, tmp_path):
    url, case = world.services.front_office.surroundings.owner_url, world.active(FOREIGN)
    change(url, "DELETE FROM log_checkpoints")
    sealer_of(world.services, Settings(), url, tmp_path).seal_once()
    queries = {
        "getCheckpoint": {},
        "getConsistency": {"from": 1},
        "getInclusion": {"case": case.id, "version": 1},
        "getCompleteness": {"case": case.id},
        "getBundle": {"case": case.id},
    }

    assert queries.keys() == {name for name, row in TABLE.items() if row.kind is Kind.PROVING}
    for name, query in queries.items():
        send = partial(access.send, name, query=query)
        assert faults(name, lambda who, _, send=send: send(who)) == []


def test_whoever_knows_the_password_signs_in_whatever_token_they_send(world, access):
    first: list[str] = []
    world.services.front_office.create_account(
        world.by_administrator(),
        office=REPUBLIC,
        post="Аудитор",
        name="Пример Примеров",
        login="i.vhod",
        roles=(Role.AUDITOR,),
        reason="Принят на работу",
        tell=first.append,
    )
    own = {"login": "i.vhod", "password": "Верблюд-на-проспекте-41"}
    access.send(
        "signIn", NOBODY, body={**own, "password": first[0], "new_password": own["password"]}
    )

    assert faults("signIn", lambda who, _: access.send("signIn", who, body=own)) == []


def test_whoever_has_a_refresh_token_renews_it_whatever_token_they_send(world, access):
    def send(who: str, _: str) -> Answered:
        session = world.services.desk.sessions.begin(world.people.account(CALLERS[0]))
        return access.send("renewSession", who, body={"refresh_token": session.refresh_token})

    assert faults("renewSession", send) == []


LISTS = ("listOrganizations", "listVerifications", "listAssistanceRequests", "listEscalations")


@pytest.fixture(scope="module")
def of_offices(world) -> dict[str, dict[str, set[str]]]:
    """Return the ids that each list has of each region, with one of every kind at least."""
    for office in (OWN, OTHER, FOREIGN):
        world.verification_asked(office)
        world.asked(office)
    database = world.services.front_office.surroundings.owner_url
    with psycopg.connect(database) as connection:
        return {
            operation_id: {
                office: {str(row[0]) for row in connection.execute(statement, [office])}
                for office in (OWN, OTHER, FOREIGN, REPUBLIC)
            }
            for operation_id, statement in IDS.items()
        }


IDS = {
    "listOrganizations": "SELECT id FROM organizations WHERE office = %s",
    "listVerifications": "SELECT id FROM verifications WHERE office = %s",
    "listAssistanceRequests": "SELECT id FROM requests WHERE starts_with(number, %s || '/')",
    "listEscalations": "SELECT case_id FROM escalations WHERE from_office = %s",
    "listAccounts": "SELECT id FROM staff WHERE office = %s",
}


def listed(access: Access, operation_id: str, who: str, **query: Any) -> set[str]:
    """Return the ids of all pages of a list."""
    found: set[str] = set()
    asked: dict[str, Any] | None = {"limit": 100, **query}
    while asked is not None:
        answer = access.send(operation_id, who, query=asked)
        assert answer.status == 200, answer.body
        found |= {row.get("case_id") or row["id"] for row in answer.body["items"]}
        following = answer.body["next_cursor"]
        asked = {**asked, "cursor": following} if following else None
    return found


READERS_OF_A_REGION = [who for who in CALLERS if office_of(who) != REPUBLIC]
READERS_OF_ALL = [who for who in CALLERS if office_of(who) == REPUBLIC and "admin" not in who]


@pytest.mark.parametrize("operation_id", LISTS)
@pytest.mark.parametrize("who", READERS_OF_A_REGION)
def test_a_list_of_a_region_has_its_own_cases_all_of_them_and_no_other(
    access, of_offices, operation_id, who
):
    assert listed(access, operation_id, who) == of_offices[operation_id][office_of(who)]


@pytest.mark.parametrize("operation_id", LISTS)
@pytest.mark.parametrize("who", READERS_OF_ALL)
def test_a_list_of_the_republic_has_the_cases_of_all_regions(access, of_offices, operation_id, who):
    assert listed(access, operation_id, who) == set().union(*of_offices[operation_id].values())


@pytest.mark.parametrize("who", [each for each in READERS_OF_A_REGION if "service" not in each])
def test_a_list_of_staff_has_the_people_of_the_own_office_only(access, of_offices, who):
    staff = listed(access, "listAccounts", who)
    assert staff
    assert not staff & (of_offices["listAccounts"][FOREIGN] | of_offices["listAccounts"][REPUBLIC])


@pytest.mark.parametrize("who", READERS_OF_A_REGION)
@pytest.mark.parametrize(
    ("operation_id", "query"),
    [
        ("listOrganizations", {"region": FOREIGN}),
        ("listOrganizations", {"q": "Группа"}),
        ("listOrganizations", {"verification": "none", "team_type": "initiative_group"}),
        ("listOrganizations", {"without_contact_since": "2027-01-01"}),
        ("listVerifications", {"region": FOREIGN}),
        ("listVerifications", {"office": FOREIGN}),
        ("listVerifications", {"escalated": "true"}),
        ("listAssistanceRequests", {"region": FOREIGN}),
        ("listAssistanceRequests", {"office": FOREIGN}),
        ("listAssistanceRequests", {"escalated": "true"}),
        ("listAssistanceRequests", {"q": f"Запрос {FOREIGN}"}),
        ("listAssistanceRequests", {"q": f"{FOREIGN}/2026/00000"}),
        ("listAssistanceRequests", {"q": "а"}),
        ("listEscalations", {"region": FOREIGN}),
        ("listEscalations", {"status": "open"}),
    ],
)
def test_no_filter_lets_a_region_see_another(access, of_offices, who, operation_id, query):
    own = of_offices[operation_id][office_of(who)]
    assert listed(access, operation_id, who, **query) <= own


def test_a_cursor_of_another_caller_shows_nothing_of_theirs(access, of_offices):
    asked = {"limit": 1}
    cursor = access.send("listAssistanceRequests", f"auditor@{REPUBLIC}", query=asked).body
    following = {**asked, "cursor": cursor["next_cursor"]}
    answer = access.send("listAssistanceRequests", f"specialist@{OTHER}", query=following)
    own = of_offices["listAssistanceRequests"][OTHER]
    assert {row["id"] for row in answer.body["items"]} <= own


@pytest.mark.parametrize("given", ["1", "2", "7"])
def test_no_version_in_if_match_tells_that_there_is_a_case(world, access, given):
    made = world.noted(world.taken(FOREIGN), FOREIGN, "Звонили")
    known, missing = (
        access.send(
            "noteAssistanceRequest", CALLERS[0], each, version=given, body={"text": "Звонили"}
        )
        for each in (made.id, missing_id())
    )
    assert (known.status, known.masked) == (404, missing.masked)


@pytest.mark.parametrize("noun", ["Organization", "Verification", "AssistanceRequest", "Account"])
def test_the_id_of_another_kind_of_case_is_the_id_of_no_case(world, access, noun):
    states = {
        "Organization": World.active,
        "Verification": World.checked,
        "AssistanceRequest": World.taken,
        "Account": World.account,
    }
    reader = f"auditor@{REPUBLIC}"
    for other in states.keys() - {noun}:
        made = states[other](world, OWN)
        known, missing = (
            access.send(f"get{noun}", reader, each) for each in (made.id, missing_id())
        )
        assert (known.status, known.masked) == (404, missing.masked)
