"""Ids in bodies: one of a case that is not seen answers as one of no case."""

from typing import Any

import pytest
from access import Access
from builders import TRAINING
from matrix import help_for, registration, verification_of
from office import ref
from world import FOREIGN, OTHER, OWN, REPUBLIC, World, missing_id

from application.streams import CaseRef
from domain.assistance_request import details

SPECIALIST = f"specialist@{OWN}"
PARTNERS = details.PartnerInformation(looking_for="Партнёров")


@pytest.fixture
def world(services) -> World:
    return World(services)


@pytest.fixture
def access(app, world) -> Access:
    return Access(app, world)


def letter(issuer_id: Any) -> dict[str, Any]:
    about = {"issuer_name": "Партнёр", "letter_date": "2026-03-01", "issuer_id": str(issuer_id)}
    return {"method": "partner_recommendation", "outcome": "confirmed", "details": about}


def introduction(organization_id: Any) -> dict[str, Any]:
    about = {"organization_id": str(organization_id)}
    return {"kind": "introduction_made", "summary": "Познакомили", "details": about}


REFERENCES = {
    "requestHelp.organization_id": ("requestHelp", None, World.active, help_for),
    "requestVerification.organization_id": (
        "requestVerification",
        None,
        World.active,
        verification_of,
    ),
    "requestVerification.checks.issuer_id": (
        "requestVerification",
        None,
        World.active,
        lambda issuer: {"checks": [letter(issuer)]},
    ),
    "recordCheck.issuer_id": ("recordCheckVerification", World.checked, World.active, letter),
    "markDuplicate.duplicate_of": (
        "markDuplicateOrganization",
        World.active,
        World.active,
        lambda other: {"duplicate_of": str(other), "reason": "Одна и та же"},
    ),
    "link.case_id of a request": (
        "linkAssistanceRequest",
        World.taken,
        World.taken,
        lambda other: {"case_id": str(other), "relation": "related"},
    ),
    "link.case_id of a verification": (
        "linkAssistanceRequest",
        World.taken,
        World.checked,
        lambda other: {"case_id": str(other), "relation": "related"},
    ),
    "recordStep.organization_id": (
        "recordStepAssistanceRequest",
        lambda world, office: world.taken(office, PARTNERS),
        World.active,
        introduction,
    ),
    "help.introduced_to": (
        "helpAssistanceRequest",
        lambda world, office: world.taken(office, PARTNERS),
        World.active,
        lambda other: {"outcome": "Познакомили", "details": {"introduced_to": [str(other)]}},
    ),
    "assign.staff_id": (
        "assignAssistanceRequest",
        World.taken,
        World.account,
        lambda other: {"staff_id": str(other)},
    ),
}
ENDED = {World.active: World.closed, World.taken: World.ended, World.checked: World.withdrawn}


def answered(world, access, reference, other):
    operation_id, state, _, make = REFERENCES[reference]
    made = state(world, OWN) if state else None
    body = make(other)
    if reference == "requestVerification.checks.issuer_id":
        body |= verification_of(world.active(OWN).id)
    case_id, version = (made.id, made.version) if made else (None, 1)
    hidden = (other,)
    return access.send(operation_id, SPECIALIST, case_id, version=version, body=body, hidden=hidden)


@pytest.mark.parametrize("reference", REFERENCES)
def test_the_id_of_a_foreign_case_is_the_id_of_no_case(world, access, reference):
    foreign = answered(world, access, reference, REFERENCES[reference][2](world, FOREIGN).id)
    missing = answered(world, access, reference, missing_id())
    assert foreign.masked == missing.masked
    assert (foreign.status, foreign.code) in {(404, "not-found"), (409, "staff-unknown")}


@pytest.mark.parametrize("reference", REFERENCES)
def test_the_id_of_a_foreign_case_that_has_ended_is_the_id_of_no_case(world, access, reference):
    ended = ENDED.get(REFERENCES[reference][2], World.closed_account)
    foreign = answered(world, access, reference, ended(world, FOREIGN).id)
    assert foreign.masked == answered(world, access, reference, missing_id()).masked


@pytest.mark.parametrize("reference", REFERENCES)
def test_the_id_of_a_case_of_ones_own_is_taken(world, access, reference):
    own = answered(world, access, reference, REFERENCES[reference][2](world, OWN).id)
    assert own.status < 300 or own.code == "verification-required", own.body


@pytest.mark.parametrize("reference", REFERENCES)
def test_the_id_of_another_kind_of_case_is_the_id_of_no_case(world, access, reference):
    kinds = {World.active: World.taken, World.account: World.active}
    other = kinds.get(REFERENCES[reference][2], World.active)
    wrong = answered(world, access, reference, other(world, OWN).id)
    assert wrong.masked == answered(world, access, reference, missing_id()).masked


@pytest.mark.parametrize("kind", [World.active, World.closed, World.duplicate])
def test_a_foreign_organization_named_as_no_duplicate_answers_as_no_organization(
    world, access, kind
):
    foreign, missing = (
        access.send(
            "registerOrganization",
            SPECIALIST,
            body={
                **registration(world, OWN),
                "registered_as_not_duplicate_of": {"ids": [str(other)], "reason": "Другая"},
            },
        )
        for other in (kind(world, FOREIGN).id, missing_id())
    )
    assert (foreign.status, foreign.code) == (missing.status, missing.code)


def test_no_organization_of_another_region_is_a_likely_duplicate(world, access):
    shared = {"name": "Чистый берег", "qazvolunteer_id": "QV-9"}
    for office in (FOREIGN, OWN):
        body = {**registration(world, office), **shared}
        assert access.send("registerOrganization", f"specialist@{office}", body=body).status == 201


def test_of_the_record_that_has_a_bin_in_another_region_nothing_is_told(world, access):
    number = {"team_type": "ngo", "legal_form": "public_foundation", "bin": "971240001315"}
    foreign = {**registration(world, FOREIGN), **number}
    made = access.send("registerOrganization", f"specialist@{FOREIGN}", body=foreign)
    own = {**registration(world, OWN), **number}
    decided = {"registered_as_not_duplicate_of": {"ids": [made.body["id"]], "reason": "Другая"}}
    for body in (own, own | decided):
        answer = access.send("registerOrganization", SPECIALIST, body=body)
        assert (answer.status, answer.code) == (409, "bin-registered-elsewhere")
        assert set(answer.body) == {"type", "title", "status", "detail", "code", "request_id"}
        for told in (made.body["id"], foreign["name"], FOREIGN, foreign["district"]):
            assert told not in str(answer.body)


def test_a_likely_duplicate_of_ones_own_is_named(world, access):
    own = registration(world, OWN)
    first = access.send("registerOrganization", SPECIALIST, body=own)
    again = access.send("registerOrganization", SPECIALIST, body=own)
    (candidate,) = again.body["candidates"]
    assert (again.code, candidate["id"]) == ("duplicate-suspected", first.body["id"])


def test_a_verification_that_is_open_elsewhere_is_not_told_of(world, access):
    foreign = world.checked(FOREIGN).state.organization_id
    known, missing = (
        access.send("requestVerification", SPECIALIST, body=verification_of(each), hidden=(each,))
        for each in (foreign, missing_id())
    )
    assert (known.status, known.masked) == (404, missing.masked)


@pytest.mark.parametrize(
    ("operation_id", "query"),
    [
        ("listVerifications", "organization_id"),
        ("listAssistanceRequests", "organization_id"),
    ],
)
def test_a_list_narrowed_to_a_foreign_organization_is_as_empty_as_to_none(
    world, access, operation_id, query
):
    known = world.taken(FOREIGN).state.organization_id
    foreign, missing = (
        access.send(operation_id, SPECIALIST, query={query: str(each)})
        for each in (known, missing_id())
    )
    assert (foreign.status, foreign.body["items"], foreign.masked) == (200, [], missing.masked)


def test_a_list_narrowed_to_a_foreign_colleague_is_empty(world, access):
    made = world.taken(FOREIGN)
    staff_id = world.person(FOREIGN)
    world.at(FOREIGN).assign(ref(made), world.on(FOREIGN), staff_id=staff_id)
    answer = access.send("listAssistanceRequests", SPECIALIST, query={"assigned_to": staff_id})
    assert answer.body["items"] == []


def test_the_new_office_of_a_request_introduces_to_organizations_of_its_own_only(world, access):
    made = world.accepted(
        world.at(OTHER).offer_transfer(
            ref(world.taken(OTHER, PARTNERS)), world.on(OTHER), to_office=OWN, reason="Там ближе"
        ),
        OWN,
    )
    foreign, missing, own = (
        access.send(
            "recordStepAssistanceRequest",
            SPECIALIST,
            made.id,
            version=made.version,
            body=introduction(each),
            hidden=(each,),
        )
        for each in (world.active(OTHER).id, missing_id(), world.active(OWN).id)
    )
    assert (foreign.status, foreign.masked, own.status) == (404, missing.masked, 200)


def test_a_refused_introduction_names_no_foreign_organization(world, access):
    organization = world.active(OTHER)
    asked = world.at(OTHER).request_help(
        world.on(OTHER),
        organization_id=organization.id,
        help_type=PARTNERS.help_type,
        subject="Партнёры",
        description="Ищут",
        channel="visit",
        details=PARTNERS,
    )
    offered = world.at(OTHER).offer_transfer(
        ref(asked), world.on(OTHER), to_office=OWN, reason="Там ближе"
    )
    made = world.accepted(offered, OWN)
    same = world.active(OTHER)
    world.at(OTHER).mark_duplicate(
        CaseRef(organization.id), world.on(OTHER), duplicate_of=same.id, reason="Одна и та же"
    )
    answer = access.send(
        "recordStepAssistanceRequest",
        SPECIALIST,
        made.id,
        version=made.version,
        body=introduction(world.active(OWN).id),
    )
    assert str(same.id) not in str(answer.body)


def test_an_account_of_another_office_says_nothing_of_itself(world, access):
    foreign, missing = (
        access.send("getAccount", SPECIALIST, each)
        for each in (world.account(FOREIGN).id, missing_id())
    )
    assert (foreign.code, foreign.masked) == ("role-forbidden", missing.masked)


def test_a_foreign_verification_is_neither_read_nor_told_in_the_list_of_organizations(
    world, access
):
    verification = world.verified(OTHER)
    answer = access.send("getVerification", SPECIALIST, verification.id)
    row = access.send("listOrganizations", SPECIALIST, query={"verification": "verified"})
    assert (answer.status, row.body["items"]) == (404, [])


def test_a_republican_reads_what_they_may_not_work_on(world, access):
    made = world.taken(FOREIGN, TRAINING)
    reader = f"republican_specialist@{REPUBLIC}"
    note = {"text": "Звонили"}
    assert access.send("getAssistanceRequest", reader, made.id).status == 200
    answer = access.send("noteAssistanceRequest", reader, made.id, body=note)
    assert (answer.status, answer.code) == (403, "office-forbidden")
