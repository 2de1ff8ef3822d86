"""What offices see and may do while a case goes from hand to hand, and people come and go."""

from datetime import timedelta

import pytest
from access import Access
from builders import LIAISON
from matrix import TABLE, Kind
from world import FOREIGN, OTHER, OWN, REPUBLIC, World, missing_id

from application import bootstrap
from application.case_types import REQUEST
from application.streams import CaseRef
from domain.actors import Role
from web.app import create_app

SPECIALIST, COLLEAGUE, HEAD = f"specialist@{OWN}", f"specialist@{OWN}#2", f"head@{OWN}"
NEIGHBOUR, REPUBLICAN = f"specialist@{OTHER}", f"republican_specialist@{REPUBLIC}"
READ, HISTORY, LISTED = (
    "getAssistanceRequest",
    "getAssistanceRequestHistory",
    "listAssistanceRequests",
)
BODIES = {
    "acceptTransferAssistanceRequest": {},
    "declineTransferAssistanceRequest": {"reason": "Не к нам"},
    "answerEscalationAssistanceRequest": {"answer": "Вот так"},
    "noteAssistanceRequest": {"text": "Позже"},
}
ASSIGNEES = (
    "assignAssistanceRequest",
    "askOrganizationAssistanceRequest",
    "recordStepAssistanceRequest",
    "extendTermAssistanceRequest",
    "helpAssistanceRequest",
    "declineAssistanceRequest",
    "withdrawAssistanceRequest",
    "escalateAssistanceRequest",
    "offerTransferAssistanceRequest",
)
COMMANDS = [
    name
    for name, row in TABLE.items()
    if name.endswith("AssistanceRequest") and row.kind is Kind.HOLDER
]


@pytest.fixture
def world(services) -> World:
    return World(services)


@pytest.fixture
def access(app, world) -> Access:
    return Access(app, world)


def refused(answer):
    return answer.status, answer.code


def rows(access, who, **query):
    return access.send(LISTED, who, query=query).body["items"]


def seen_version(access, who, made):
    """Return up to which version somebody sees a case, in every way there is to look at it."""
    shown = access.send(READ, who, made.id)
    told = access.send(HISTORY, who, made.id).body.get("items", [])
    listed = [row["version"] for row in rows(access, who) if row["id"] == str(made.id)]
    ways = {shown.body.get("version", 0), len(told), *(listed or [0])}
    assert len(ways) == 1, ways
    return ways.pop()


# Work that was given to somebody.


def assigned(world, to):
    made = world.taken(OWN)
    staff_id = str(world.people.account(to))
    return world.at(OWN).assign(CaseRef(made.id), world.on(OWN), staff_id=staff_id)


@pytest.mark.parametrize("operation_id", ASSIGNEES)
def test_a_colleague_does_not_do_the_work_of_the_assignee(world, access, operation_id):
    made = assigned(world, SPECIALIST)
    body = TABLE[operation_id].body(world, OWN)
    answer = access.send(operation_id, COLLEAGUE, made.id, version=2, body=body)
    assert refused(answer) == (403, "assigned-to-another")


@pytest.mark.parametrize("operation_id", ASSIGNEES)
def test_the_assignee_does_the_work(world, access, operation_id):
    made = assigned(world, SPECIALIST)
    body = TABLE[operation_id].body(world, OWN)
    assert access.send(operation_id, SPECIALIST, made.id, version=2, body=body).status == 200


@pytest.mark.parametrize("operation_id", ASSIGNEES)
def test_the_head_does_the_work_of_anybody_at_the_office(world, access, operation_id):
    made = assigned(world, SPECIALIST)
    body = TABLE[operation_id].body(world, OWN)
    assert access.send(operation_id, HEAD, made.id, version=2, body=body).status == 200


def test_a_colleague_reads_and_notes_what_is_assigned_to_another(world, access):
    made = assigned(world, SPECIALIST)
    noted = access.send(
        "noteAssistanceRequest", COLLEAGUE, made.id, version=2, body={"text": "Звонили"}
    )
    assert (noted.status, access.send(READ, COLLEAGUE, made.id).status) == (200, 200)


def test_a_head_of_another_office_learns_nothing_of_who_it_is_assigned_to(world, access):
    made, body = assigned(world, SPECIALIST), {"staff_id": world.person(OTHER)}
    known, missing = (
        access.send("assignAssistanceRequest", f"head@{OTHER}", each, version=2, body=body)
        for each in (made.id, missing_id())
    )
    assert (known.status, known.masked) == (404, missing.masked)


# Requests on offer.


def test_an_office_sees_nothing_of_a_request_before_it_is_offered_to_it(world, access):
    made = world.taken(OWN)
    assert seen_version(access, NEIGHBOUR, made) == 0


def test_the_offered_office_sees_the_whole_request(world, access):
    made = world.offered(OWN, OTHER)
    assert seen_version(access, NEIGHBOUR, made) == made.version


def test_the_offered_office_sees_what_is_written_while_it_decides(world, access):
    made = world.noted(world.offered(OWN, OTHER), OWN, "Спешите")
    assert seen_version(access, NEIGHBOUR, made) == made.version


def test_a_third_office_sees_nothing_of_an_offer(world, access):
    made = world.offered(OWN, OTHER)
    assert seen_version(access, f"specialist@{FOREIGN}", made) == 0


@pytest.mark.parametrize(
    "operation_id", ["acceptTransferAssistanceRequest", "declineTransferAssistanceRequest"]
)
def test_the_offered_office_answers_the_offer(world, access, operation_id):
    made = world.offered(OWN, OTHER)
    answer = access.send(
        operation_id, NEIGHBOUR, made.id, version=made.version, body=BODIES[operation_id]
    )
    assert answer.status == 200


@pytest.mark.parametrize("operation_id", COMMANDS)
def test_the_offered_office_does_not_work_on_what_it_has_not_accepted(world, access, operation_id):
    made = world.offered(OWN, OTHER)
    body = TABLE[operation_id].body(world, OTHER)
    answer = access.send(operation_id, f"head@{OTHER}", made.id, version=made.version, body=body)
    assert refused(answer) == (403, "office-forbidden")


def declined(world):
    made = world.offered(OWN, OTHER)
    made = world.at(OTHER).decline_transfer(CaseRef(made.id), world.on(OTHER), reason="Не к нам")
    return made, world.noted(made, OWN, "Тайна фронт-офиса")


def test_an_office_that_declined_keeps_the_request_up_to_its_decline(world, access):
    made, newer = declined(world)
    assert newer.version == made.version + 1
    assert seen_version(access, NEIGHBOUR, made) == made.version


def test_an_office_whose_offer_was_taken_back_keeps_the_request_up_to_that(world, access):
    made = world.offered(OWN, OTHER)
    made = world.at(OWN).cancel_transfer(CaseRef(made.id), world.on(OWN))
    world.noted(made, OWN, "Тайна фронт-офиса")
    assert seen_version(access, NEIGHBOUR, made) == made.version


def test_an_office_that_declined_sees_the_request_again_when_it_is_offered_again(world, access):
    made, _ = declined(world)
    newest = world.at(OWN).offer_transfer(
        CaseRef(made.id), world.on(OWN), to_office=OTHER, reason="Всё-таки"
    )
    assert seen_version(access, NEIGHBOUR, made) == newest.version


def test_an_office_that_declined_does_not_learn_how_the_organization_is_verified_later(
    world, access
):
    made, _ = declined(world)
    before = access.send(READ, NEIGHBOUR, made.id)
    world.verify(made.state.organization_id, OWN)
    after = access.send(READ, NEIGHBOUR, made.id)
    assert after.body["verified"] == before.body["verified"]
    assert after.body["version"] == before.body["version"] == made.version


def test_an_office_that_decides_on_an_offer_learns_how_the_organization_is_verified(world, access):
    made = world.offered(OWN, OTHER)
    world.verify(made.state.organization_id, OWN)
    assert access.send(READ, NEIGHBOUR, made.id).body["verified"]["status"] == "verified"


def test_an_office_that_declined_keeps_the_history_as_a_table_up_to_its_decline(app, world, access):
    made, _ = declined(world)
    client, headers = app.test_client(), world.people.headers(NEIGHBOUR)
    table = client.get(
        f"/api/v1/assistance-requests/{made.id}/history", headers={**headers, "Accept": "text/csv"}
    ).get_data(as_text=True)
    assert len(table.strip().splitlines()) == made.version + 1
    assert "Тайна" not in table


def test_whatever_an_office_reads_after_its_part_has_ended_has_no_newer_words(world, access):
    made, _ = declined(world)
    world.at(OWN).withdraw_request(CaseRef(made.id), world.on(OWN), reason="Тайна")
    answers = [
        access.send(READ, NEIGHBOUR, made.id),
        access.send(READ, NEIGHBOUR, made.id, query={"version": made.version}),
        access.send(HISTORY, NEIGHBOUR, made.id),
        access.send(LISTED, NEIGHBOUR),
        access.send("listEscalations", NEIGHBOUR),
    ]
    assert [answer.status for answer in answers] == [200] * 5
    assert not any("Тайна" in str(answer.body) for answer in answers)


def handed_over(world, to=OTHER):
    made = world.accepted(world.offered(OWN, to), to)
    return made, world.noted(made, to, "Тайна нового фронт-офиса")


def test_after_the_transfer_the_old_office_keeps_what_it_handed_over(world, access):
    made, _ = handed_over(world)
    assert seen_version(access, SPECIALIST, made) == made.version


def test_after_the_transfer_the_new_office_sees_the_whole_request(world, access):
    made, newer = handed_over(world)
    assert seen_version(access, NEIGHBOUR, made) == newer.version


def test_no_version_shows_the_old_office_what_the_new_one_writes(world, access):
    made, newer = handed_over(world)
    asked = {"version": newer.version}
    known = access.send(READ, SPECIALIST, made.id, query=asked)
    never = access.send(READ, SPECIALIST, made.id, query={"version": newer.version + 9})
    assert (known.status, known.masked) == (404, never.masked)


def test_no_moment_shows_the_old_office_what_the_new_one_writes(world, access, clock):
    made, newer = handed_over(world)
    moment = newer.changed_at + timedelta(seconds=1)
    shown = access.send(READ, SPECIALIST, made.id, query={"as_of": moment.isoformat()})
    assert (shown.body["version"], shown.body["notes"]) == (made.version, [])


def test_no_range_of_versions_shows_the_old_office_what_the_new_one_writes(world, access):
    made, newer = handed_over(world)
    asked = {"from_version": newer.version, "to_version": newer.version}
    assert access.send(HISTORY, SPECIALIST, made.id, query=asked).body["items"] == []


def test_the_row_of_the_old_office_does_not_change_with_what_the_new_one_does(world, access):
    made, _ = handed_over(world)
    (before,) = rows(access, SPECIALIST)
    world.at(OTHER).withdraw_request(CaseRef(made.id), world.on(OTHER), reason="Не нужно")
    (after,) = rows(access, SPECIALIST)
    assert (after, after["status"]) == (before, "requested")


def test_no_term_runs_for_the_old_office_and_its_row_says_what_it_saw(world, access, clock):
    made, _ = handed_over(world)
    clock.now += timedelta(days=60)

    (row,) = rows(access, SPECIALIST)
    assert (row["seen_until"], row["due_on"], row["is_overdue"]) == (made.version, None, False)
    assert rows(access, SPECIALIST, overdue="true") == []
    (row,) = rows(access, NEIGHBOUR, overdue="true")
    assert row["seen_until"] is None


def test_a_request_that_came_through_the_republican_office_is_listed_once(world, access):
    made = world.accepted(world.offered(OWN, REPUBLIC), REPUBLIC)
    moved = world.accepted(world.offer(made, REPUBLIC, OTHER), OTHER)

    for who in ("republican_specialist@KZ", "auditor@KZ"):
        (row,) = rows(access, who)
        assert (row["office"], row["version"]) == (OTHER, moved.version)
    assert world.services.front_office.check_read_models(lambda _: None) == []


def test_no_search_of_the_old_office_finds_what_the_new_one_did(world, access):
    made, _ = handed_over(world)
    world.at(OTHER).withdraw_request(CaseRef(made.id), world.on(OTHER), reason="Не нужно")
    assert rows(access, SPECIALIST, status="withdrawn") == []


def test_the_old_office_reads_how_the_organization_was_verified_at_the_transfer(world, access):
    made, _ = handed_over(world)
    world.verify(made.state.organization_id, OWN)
    assert access.send(READ, SPECIALIST, made.id).body["verified"]["status"] == "none"


def test_a_question_of_the_new_office_is_in_no_list_of_the_old_one(world, access):
    made, _ = handed_over(world)
    world.at(OTHER).escalate(REQUEST, CaseRef(made.id), world.on(OTHER), question="Как быть?")
    assert access.send("listEscalations", SPECIALIST).body["items"] == []


@pytest.mark.parametrize("operation_id", COMMANDS)
def test_the_old_office_does_nothing_more_on_what_it_handed_over(world, access, operation_id):
    made, _ = handed_over(world)
    body = TABLE[operation_id].body(world, OWN)
    answer = access.send(operation_id, HEAD, made.id, version=made.version, body=body)
    assert refused(answer) == (403, "office-forbidden")


def test_the_old_office_does_not_learn_the_version_from_a_refusal(world, access):
    made, newer = handed_over(world)
    body = {"text": "Звонили"}
    right, wrong = (
        access.send("noteAssistanceRequest", SPECIALIST, made.id, version=version, body=body)
        for version in (newer.version, newer.version + 5)
    )
    assert (right.status, right.body["version"]) == (412, made.version)
    assert right.masked == wrong.masked


def test_the_old_office_learns_no_organization_of_the_new_one(world, access):
    made = world.accepted(world.offered(OTHER, OWN), OWN)
    organization_id = made.state.organization_id
    known, missing = (
        access.send("getOrganization", SPECIALIST, each) for each in (organization_id, missing_id())
    )
    assert (known.status, known.masked) == (404, missing.masked)


def test_a_key_that_was_used_before_the_transfer_shows_nothing_newer(world, access):
    made = world.taken(OWN)
    body = {"to_office": OTHER, "reason": "Там ближе"}
    first = access.send("offerTransferAssistanceRequest", SPECIALIST, made.id, body=body, key="k-1")
    world.noted(world.accepted(made, OTHER), OTHER, "Тайна нового фронт-офиса")
    again = access.send("offerTransferAssistanceRequest", SPECIALIST, made.id, body=body, key="k-1")
    assert (again.status, again.body["version"], again.body["notes"]) == (200, 2, [])
    assert again.body["id"] == first.body["id"]


def test_a_key_that_was_used_before_the_transfer_shows_no_newer_standing(world, access):
    made = world.taken(OWN)
    body = {"to_office": OTHER, "reason": "Там ближе"}
    first = access.send("offerTransferAssistanceRequest", SPECIALIST, made.id, body=body, key="k-1")
    world.accepted(made, OTHER)
    world.verify(made.state.organization_id, OWN)
    again = access.send("offerTransferAssistanceRequest", SPECIALIST, made.id, body=body, key="k-1")
    assert (again.status, again.body["verified"]) == (200, first.body["verified"])


def test_a_key_of_a_colleague_or_of_another_office_answers_nothing(world, access):
    made = world.taken(OWN)
    body = {"text": "Звонили"}
    access.send("noteAssistanceRequest", SPECIALIST, made.id, body=body, key="k-1")
    known = access.send("noteAssistanceRequest", NEIGHBOUR, made.id, body=body, key="k-1")
    missing = access.send("noteAssistanceRequest", NEIGHBOUR, missing_id(), body=body, key="k-2")
    assert refused(known) == refused(missing) == (404, "not-found")


# Questions to a region.


def asked_of_a_region(world):
    made, _ = handed_over(world, REPUBLIC)
    return world.at(REPUBLIC).escalate(
        REQUEST, CaseRef(made.id), world.on(REPUBLIC), question="Есть ли зал?", to=OTHER
    )


def test_a_region_that_is_asked_sees_the_case(world, access):
    made = asked_of_a_region(world)
    assert seen_version(access, NEIGHBOUR, made) == made.version


def test_a_region_that_is_asked_has_the_question_in_its_list(world, access):
    made = asked_of_a_region(world)
    (row,) = access.send("listEscalations", NEIGHBOUR).body["items"]
    assert (row["case_id"], row["status"]) == (str(made.id), "open")


def test_a_region_that_is_not_asked_has_no_question_in_its_list(world, access):
    asked_of_a_region(world)
    assert access.send("listEscalations", f"specialist@{FOREIGN}").body["items"] == []


def test_a_region_that_is_asked_answers(world, access):
    made = asked_of_a_region(world)
    answer = access.send(
        "answerEscalationAssistanceRequest",
        NEIGHBOUR,
        made.id,
        version=made.version,
        body={"answer": "Есть"},
    )
    assert answer.status == 200


def test_a_region_that_answered_keeps_the_case_up_to_its_answer(world, access):
    made = asked_of_a_region(world)
    answered = world.at(OTHER).answer_escalation(
        REQUEST, CaseRef(made.id), world.on(OTHER), answer="Есть"
    )
    world.noted(made, REPUBLIC, "Тайна республиканского фронт-офиса")
    assert seen_version(access, NEIGHBOUR, made) == answered.version


@pytest.mark.parametrize("operation_id", COMMANDS)
def test_a_region_that_is_asked_does_no_other_work(world, access, operation_id):
    made = asked_of_a_region(world)
    body = TABLE[operation_id].body(world, OTHER)
    answer = access.send(operation_id, f"head@{OTHER}", made.id, version=made.version, body=body)
    assert refused(answer) == (403, "office-forbidden")


def test_the_region_that_gave_the_case_away_does_not_see_the_question(world, access):
    made = asked_of_a_region(world)
    assert access.send("listEscalations", SPECIALIST).body["items"] == []
    assert seen_version(access, SPECIALIST, made) == 3


def test_a_question_to_the_republic_shows_the_case_to_no_other_region(world, access):
    made = world.asked(OWN)
    assert seen_version(access, NEIGHBOUR, made) == 0


def test_a_region_that_answered_sees_no_later_question_to_another(world, access):
    made = asked_of_a_region(world)
    world.at(OTHER).answer_escalation(REQUEST, CaseRef(made.id), world.on(OTHER), answer="Есть")
    world.at(REPUBLIC).escalate(
        REQUEST, CaseRef(made.id), world.on(REPUBLIC), question="А у вас?", to=FOREIGN
    )
    (row,) = access.send("listEscalations", NEIGHBOUR).body["items"]
    assert (row["question"], row["status"]) == ("Есть ли зал?", "answered")


def test_the_read_models_are_as_the_events_tell_after_all_these_moves(world):
    declined(world)
    handed_over(world)
    made = asked_of_a_region(world)
    world.at(OTHER).answer_escalation(REQUEST, CaseRef(made.id), world.on(OTHER), answer="Есть")
    world.noted(made, REPUBLIC, "Тайна республиканского фронт-офиса")
    assert world.services.front_office.check_read_models(lambda _: None) == []


# People who come and go.


@pytest.fixture
def another_worker(settings, database_url, clock, world):
    """Another process of the service over the same database."""
    with bootstrap.build(settings, database_url, clock=clock) as services:
        yield Access(create_app(services), world)


ENDINGS = {
    "revokeRoleAccount": {"role": "specialist", "reason": "Ушёл"},
    "closeAccount": {"reason": "Ушёл"},
    "endSessionsAccount": {"reason": "Потерян телефон"},
    "resetPasswordAccount": {"reason": "Забыт пароль"},
}


@pytest.mark.parametrize("operation_id", ENDINGS)
def test_the_next_request_is_refused_after_an_ending_by_every_worker(
    world, access, another_worker, operation_id
):
    made = world.account(OWN)
    token = world.services.desk.sessions.begin(made.id).access_token
    assert another_worker.send("getMe", SPECIALIST, token=token).status == 200
    ended = access.send(
        operation_id,
        f"administrator@{REPUBLIC}",
        made.id,
        version=made.version,
        body=ENDINGS[operation_id],
    )
    assert ended.status == 200
    for worker in (access, another_worker):
        assert refused(worker.send("getMe", SPECIALIST, token=token)) == (401, "not-signed-in")


def test_a_refresh_token_is_no_good_after_the_account_is_closed(world, access, another_worker):
    made = world.account(OWN)
    session = world.services.desk.sessions.begin(made.id)
    body = {"reason": "Ушёл"}
    access.send(
        "closeAccount", f"administrator@{REPUBLIC}", made.id, version=made.version, body=body
    )
    renewed = another_worker.send(
        "renewSession", "nobody", body={"refresh_token": session.refresh_token}
    )
    assert refused(renewed) == (401, "not-signed-in")


def test_a_token_is_no_good_after_signing_out_by_every_worker(world, access, another_worker):
    token = world.services.desk.sessions.begin(world.account(OWN).id).access_token
    access.send("signOut", SPECIALIST, token=token)
    for worker in (access, another_worker):
        assert refused(worker.send("getMe", SPECIALIST, token=token)) == (401, "not-signed-in")


def test_a_role_that_was_taken_does_not_read_a_case_by_every_worker(world, access, another_worker):
    account, made = world.account(OWN), world.taken(OWN, LIAISON)
    token = world.services.desk.sessions.begin(account.id).access_token
    assert access.send(READ, SPECIALIST, made.id, token=token).status == 200
    world.services.front_office.revoke_role(
        CaseRef(account.id), world.by_administrator(), role=Role.SPECIALIST, reason="Ушёл"
    )
    for worker in (access, another_worker):
        assert refused(worker.send(READ, SPECIALIST, made.id, token=token))[0] == 401


def test_a_role_that_was_changed_counts_from_the_next_request(world, access, another_worker):
    account, made = world.account(OWN), world.taken(OWN)
    token = world.services.desk.sessions.begin(account.id).access_token
    waive = ("waiveVerificationAssistanceRequest", SPECIALIST, made.id)
    asked = {"body": {"reason": "Срочно"}, "token": token}
    assert refused(another_worker.send(*waive, **asked)) == (403, "role-forbidden")
    world.services.front_office.grant_role(
        CaseRef(account.id), world.by_administrator(), role=Role.HEAD, reason="Назначен"
    )
    assert another_worker.send(*waive, **asked).status == 200
