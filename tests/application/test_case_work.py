"""What is saved is there at once, all of it or nothing, and nobody overwrites anybody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from builders import HEAD, TODAY, TRAINING
from office import LOOK_UP, Office, ref
from people import actor

from application.case_types import ORGANIZATION, REQUEST, VERIFICATION
from application.read_models.lists import ORGANIZATIONS, REQUESTS, ListQuery
from application.streams import CaseNotFound, CaseRef, StaleCase
from domain.assistance_request import details, steps
from domain.assistance_request.outcomes import LentOut, PartnersIntroduced, Trained
from domain.assistance_request.steps import AlreadyLent
from domain.catalogue.codes import HelpType, LoanKind, Relation, StandingStatus
from domain.organization import OrganizationDetailsChange
from domain.organization_verification.verification import VerificationAlreadyOpen
from domain.personal import person
from domain.refusals import Refusal

PARTNER = details.PartnerInformation(looking_for="Кто учит детей")
ROOM = details.PremisesAndEquipment(
    kind=LoanKind.PREMISES, needed="Зал", needed_from=TODAY, needed_until=TODAY
)

CAPITAL = actor("specialist@KZ-71")


def listed(office: Office, **filters):
    query = ListQuery(today=office.services.today("KZ-75"), filters=filters)
    return office.cases.queries.page(REQUESTS, query).rows


def test_a_reader_sees_their_own_write_at_once(office):
    request = office.request(office.organization().id, TRAINING)
    office.cases.assign(ref(request), office.on(), staff_id=office.specialist)

    (row,) = listed(office)
    assert (row["status"], row["assigned_to"], row["version"]) == (
        "in_progress",
        office.specialist,
        2,
    )


def test_of_many_who_read_one_version_one_changes_the_case_and_the_others_are_told(office):
    request = office.request(office.organization().id, TRAINING)

    specialist = office.specialist

    def assign(_: int) -> str:
        try:
            office.cases.assign(ref(request), office.on(), staff_id=specialist)
        except StaleCase as stale:
            return f"stale, now {stale.facts['version']}"
        return "assigned"

    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(assign, range(16)))
    assert sorted(set(answers)) == ["assigned", "stale, now 2"]
    assert answers.count("assigned") == 1
    assert office.cases.case(REQUEST, request.id).version == 2


def test_numbers_run_by_office_and_year_without_a_gap_for_a_refusal(office):
    organization = office.organization()
    first = office.request(organization.id, TRAINING)
    with pytest.raises(Refusal):
        office.cases.request_help(
            office.on(),
            organization_id=organization.id,
            help_type=HelpType.TRAINING,
            subject=" ",
            description="x",
            channel="visit",
            details=TRAINING,
        )
    second = office.request(organization.id, TRAINING)
    verification = office.cases.request_verification(office.on(), organization_id=organization.id)

    numbers = [each.events[0].number for each in (first, second, verification)]
    assert numbers == ["KZ-75/2026/000001", "KZ-75/2026/000002", "KZ-75/V/2026/000001"]


def test_a_case_of_another_kind_is_not_found(office):
    organization = office.organization()

    with pytest.raises(CaseNotFound):
        office.cases.case(REQUEST, organization.id)
    with pytest.raises(CaseNotFound):
        office.cases.case(ORGANIZATION, uuid4())


def test_a_case_is_read_at_a_version_and_as_of_a_moment(office, clock):
    before = clock()
    request = office.request(office.organization().id, TRAINING)
    between = clock()
    clock.now += timedelta(days=1)
    office.cases.assign(ref(request), office.on(), staff_id=office.specialist)

    assert office.cases.case(REQUEST, request.id, version=1).state.assigned_to is None
    assert office.cases.case(REQUEST, request.id, as_of=between).version == 1
    for past in ({"version": 3}, {"version": 0}, {"as_of": before}):
        with pytest.raises(CaseNotFound):
            office.cases.case(REQUEST, request.id, **past)


def test_a_clock_that_goes_back_does_not_put_events_out_of_order(office, clock):
    request = office.request(office.organization().id, TRAINING)
    clock.now -= timedelta(hours=1)
    assigned = office.cases.assign(ref(request), office.on(), staff_id=office.specialist)

    first, second = assigned.events
    assert second.recorded_at == first.recorded_at


def test_a_decision_is_told_to_the_requests_that_wait_and_to_no_other(office):
    organization, other = office.organization(), office.group()
    waiting, foreign = office.request(organization.id), office.request(other.id)
    ended = office.request(organization.id, TRAINING)
    office.cases.withdraw_request(ref(ended), office.on(), reason="x")
    verification = office.verified(organization.id)

    told = office.cases.case(REQUEST, waiting.id)
    assert told.state.verified_by == verification.id
    assert office.cases.case(REQUEST, foreign.id).version == 1
    assert office.cases.case(REQUEST, ended.id).version == 2
    office.cases.revoke(ref(verification), office.on(), reason="Платят")
    assert office.cases.case(REQUEST, waiting.id).state.verified_by is None


def test_somebody_at_work_on_a_waiting_request_does_not_make_a_decision_stale(office, monkeypatch):
    organization = office.organization()
    waiting = office.request(organization.id)
    interrupted = []
    keep = office.cases.keep

    def keep_after_somebody_else(on, stream, *others):
        if others and not interrupted:
            interrupted.append(True)
            keep(
                on,
                office.cases.case(REQUEST, waiting.id).then(
                    office.cases.case(REQUEST, waiting.id).state.note(
                        office.on(), text="Между делом"
                    )
                ),
            )
        return keep(on, stream, *others)

    monkeypatch.setattr(office.cases, "keep", keep_after_somebody_else)  # The other hand at work.
    office.verified(organization.id)

    assert interrupted
    topics = [event.TOPIC for event in office.cases.case(REQUEST, waiting.id).events]
    assert topics == ["request.requested", "request.noted", "request.verified"]


def test_a_second_verification_is_refused_also_when_both_begin_at_once(office):
    organization = office.organization()

    def begin(_: int) -> str:
        try:
            office.cases.request_verification(office.on(), organization_id=organization.id)
        except VerificationAlreadyOpen:
            return "refused"
        return "begun"

    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(begin, range(8)))
    assert answers.count("begun") == 1


def test_one_thing_is_not_lent_twice_also_when_both_lend_at_once(office):
    requests = [office.request(office.group(f"Группа {n}").id, ROOM) for n in range(6)]

    def lend(request, item) -> str:
        lent = steps.Lent(loan_kind=LoanKind.PREMISES, item=item, lent_from=TODAY, lent_until=TODAY)
        try:
            office.cases.record_step(CaseRef(request.id), office.on(), summary="x", details=lent)
        except AlreadyLent:
            return "refused"
        return "lent"

    with ThreadPoolExecutor(6) as people:
        for number in range(2):
            answers = list(people.map(lend, requests, [f"Зал {number}"] * 6))
            assert sorted(answers) == ["lent"] + ["refused"] * 5


def lend_days(office, request, item, start, end):
    day = TODAY - timedelta(days=TODAY.day)
    lent = steps.Lent(
        loan_kind=LoanKind.PREMISES,
        item=item,
        lent_from=day + timedelta(days=start),
        lent_until=day + timedelta(days=end),
    )
    current = office.cases.case(REQUEST, request.id)
    return office.cases.record_step(ref(current), office.on(), summary="x", details=lent)


def test_every_loan_of_a_thing_keeps_its_days_however_its_name_is_written(office):
    one, other = (office.request(office.group(name).id, ROOM) for name in ("Один", "Два"))
    lend_days(office, one, "Экран", 1, 5)
    lend_days(office, one, "ЭКРАН ", 10, 12)
    for start, end in ((3, 4), (12, 13)):
        with pytest.raises(AlreadyLent):
            lend_days(office, other, "экран", start, end)
        with pytest.raises(AlreadyLent):
            lend_days(office, one, "экран", start, end)
    lend_days(office, other, "экран", 6, 9)
    assert office.cases.check_read_models(lambda _: None) == []


def test_a_late_return_is_recorded_also_when_the_next_has_the_thing(office, clock):
    one, other = (office.request(office.group(name).id, ROOM) for name in ("Один", "Два"))
    lend_days(office, one, "Экран", 1, 2)
    lend_days(office, other, "экран", 3, 30)
    returned = steps.ItemReturned(item="ЭКРАН", returned_on=TODAY)
    current = office.cases.case(REQUEST, one.id)
    office.cases.record_step(ref(current), office.on(), summary="Вернули", details=returned)
    assert office.cases.case(REQUEST, one.id).state.lent == frozenset()


def test_what_the_outcome_says_was_lent_is_not_lent_to_others(office):
    requests = [office.request(office.group(name).id, ROOM) for name in ("Один", "Два")]
    lent = LentOut(kind=LoanKind.PREMISES, item="Зал", lent_from=TODAY, lent_until=TODAY)
    for request in requests:
        office.cases.waive_verification(ref(request), office.on(HEAD), reason="Знаем")
    first, second = (office.cases.case(REQUEST, each.id) for each in requests)
    office.cases.help(ref(first), office.on(), outcome="Зал", details=lent)
    with pytest.raises(AlreadyLent):
        office.cases.help(ref(second), office.on(), outcome="Зал", details=lent)


def test_many_introductions_to_one_organization_do_not_make_each_other_stale(office):
    partner = office.organization()
    requests = [office.request(office.group(f"Группа {n}").id, PARTNER) for n in range(6)]
    made = steps.IntroductionMade(organization_id=partner.id)

    def introduce(request):
        return office.cases.record_step(ref(request), office.on(), summary="x", details=made)

    with ThreadPoolExecutor(6) as people:
        assert [each.version for each in people.map(introduce, requests)] == [2] * 6
    assert office.cases.case(ORGANIZATION, partner.id).version == 7


def test_an_outcome_names_partners_that_exist_and_not_the_organization_itself(office):
    group = office.group()
    request = office.request(group.id, PARTNER)
    for partner, refusal in ((group.id, steps.IntroducedToItself), (uuid4(), CaseNotFound)):
        with pytest.raises(refusal):
            office.cases.help(
                ref(request),
                office.on(),
                outcome="x",
                details=PartnersIntroduced(introduced_to=(partner,)),
            )


def test_an_introduction_is_recorded_on_both_organizations_or_on_neither(office):
    one, other = office.organization(), office.group()
    asked = office.request(one.id, details.PartnerInformation(looking_for="Партнёра"))
    meeting = steps.IntroductionMade(organization_id=other.id)
    office.cases.record_step(ref(asked), office.on(), summary="Встреча", details=meeting)

    for organization in (one, other):
        assert office.cases.case(ORGANIZATION, organization.id).version == 2
    lost = steps.IntroductionMade(organization_id=uuid4())
    with pytest.raises(CaseNotFound):
        office.cases.record_step(CaseRef(asked.id), office.on(), summary="x", details=lost)
    assert office.cases.case(REQUEST, asked.id).version == 2


def test_nothing_of_a_save_remains_when_one_part_of_it_cannot_be(office, database_url):
    organization = office.organization()
    request = office.request(organization.id, TRAINING)
    with psycopg.connect(database_url) as connection:
        connection.execute("ALTER TABLE requests ADD CONSTRAINT no_notes CHECK (version < 2)")
    try:
        with pytest.raises(StaleCase):
            office.cases.note(ref(request), office.on(), text="x")
    finally:
        with psycopg.connect(database_url) as connection:
            connection.execute("ALTER TABLE requests DROP CONSTRAINT no_notes")
    assert office.cases.case(REQUEST, request.id).version == 1


def test_an_expired_verification_is_recorded_once_and_told(office, clock):
    organization = office.organization()
    office.verified(organization.id)
    clock.now += timedelta(days=366 * 2 + 1)
    waiting = office.request(organization.id)
    standing = office.cases.standing(organization.id, office.services.today("KZ-75"))

    assert standing.status is StandingStatus.EXPIRED
    verified = office.cases.standing_as_of(organization.id, clock.now).verification_id
    for _ in range(2):
        office.services.tidy_up()
    topics = [event.TOPIC for event in office.cases.case(VERIFICATION, verified).events]
    assert topics.count("verification.expired") == 1
    assert office.cases.case(REQUEST, waiting.id).state.verified_by is None


def test_a_renewed_verification_decides_and_the_old_one_no_longer_does(office):
    organization = office.organization()
    old = office.verified(organization.id)
    new = office.cases.renew(ref(old), office.on())
    new = office.cases.record_check(ref(new), office.on(), outcome="confirmed", details=LOOK_UP)
    today = office.services.today("KZ-75")

    assert office.cases.standing(organization.id, today).verification_id == old.id
    office.cases.refuse(ref(new), office.on(), ground="paid", reason="Платят")
    assert office.cases.standing(organization.id, today).status is StandingStatus.REFUSED
    office.cases.revoke(CaseRef(old.id), office.on(), reason="Тоже")
    assert office.cases.standing(organization.id, today).verification_id == new.id


def test_what_was_known_of_an_organization_is_shown_as_of_the_moment(office, clock):
    organization = office.organization()
    before = clock()
    office.verified(organization.id)
    today = office.services.today("KZ-75")

    then = office.cases.file(organization, today, before)
    now = office.cases.file(organization, today, clock())
    assert (then.verified.status, now.verified.status) == ("none", "verified")
    assert office.cases.standing_as_of(None, before).status == "none"


def test_a_reopened_request_knows_what_was_learned_meanwhile(office):
    organization = office.organization()
    request = office.request(organization.id)
    request = office.cases.withdraw_request(ref(request), office.on(), reason="x")
    verification = office.verified(organization.id)

    reopened = office.cases.reopen_request(ref(request), office.on(), reason="Снова")
    assert reopened.state.verified_by == verification.id


def test_a_request_keeps_the_organization_as_it_was(office):
    organization = office.organization()
    request = office.request(organization.id)
    change = OrganizationDetailsChange(name="Другое имя")
    office.cases.change_organization_details(ref(organization), office.on(), changes=change)

    assert office.cases.case(REQUEST, request.id).events[0].organization.name == "Чистый берег"


def test_a_request_is_linked_to_cases_that_exist(office):
    organization = office.organization()
    request, other = office.request(organization.id), office.request(organization.id)
    relation = Relation.RELATED
    linked = office.cases.link(ref(request), office.on(), case_id=other.id, relation=relation)

    assert linked.version == 2
    with pytest.raises(CaseNotFound):
        office.cases.link(ref(linked), office.on(), case_id=UUID(int=9), relation=relation)


def test_a_volunteer_alone_may_ask_without_an_organization(office):
    asked = office.cases.request_help(
        office.on(CAPITAL),
        help_type=HelpType.TRAINING,
        subject="x",
        description="x",
        channel="visit",
        details=TRAINING,
        volunteer=person(UUID(int=5), "Пример Примеров", "+77000000009"),
        region="KZ-71",
        district="711110000",
    )
    assert asked.state.office == "KZ-71"
    held = Trained(topic="x", held_on=TODAY, participants=1)
    helped = office.cases.help(ref(asked), office.on(CAPITAL), outcome="Научили", details=held)
    assert helped.state.status == "helped"


def test_lists_are_read_page_by_page_without_a_row_twice_or_missing(office):
    for number in range(7):
        office.group(f"Группа {number}")
    today = office.services.today("KZ-75")
    seen, after = [], None
    while True:
        query = ListQuery(today=today, limit=3, after=after)
        page = office.cases.queries.page(ORGANIZATIONS, query)
        seen += [row["name"] for row in page.rows]
        after = page.next_after
        if after is None:
            break

    assert seen == [f"Группа {number}" for number in reversed(range(7))]
