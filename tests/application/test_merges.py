"""A duplicate and the record that is kept: what is asked of the one is done for the other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from builders import TRAINING
from office import LOOK_UP, ref
from people import actor

from application.case_types import ORGANIZATION, REQUEST
from application.read_models.lists import REQUESTS, VERIFICATIONS, ListQuery
from application.streams import CaseRef, StaleCase
from application.use_cases.decisions import CheckInput
from domain.assistance_request import details, steps
from domain.assistance_request.steps import IntroducedToItself
from domain.catalogue.codes import Channel
from domain.organization.duplicates import HasDuplicates, OrganizationMerged
from domain.organization_verification.checks import OwnLetter, PartnerRecommendation
from domain.refusals import Refusal

TODAY = "2026-03-02"


@pytest.fixture
def pair(office):
    """Two records of one organization: the duplicate, and the one that is kept."""
    return office.group("Тёплый двор"), office.group("Двор у реки")


def merge(office, one, other):
    return office.cases.mark_duplicate(
        CaseRef(one.id), office.on(), duplicate_of=other.id, reason="Одни и те же люди"
    )


def unmerge(office, one):
    return office.cases.unmark_duplicate(CaseRef(one.id), office.on(), reason="Разные люди")


def contact(office, case_ref):
    return office.cases.log_contact(
        case_ref, office.on(), channel=Channel.PHONE, summary="Позвонили", told_about_office=True
    )


def listed(office, case_list, organization, by="specialist@KZ-75"):
    query = ListQuery(
        today=office.services.today("KZ-75"), filters={"organization_id": organization.id}
    )
    seen = office.services.front_office_of(actor(by))
    return {row["id"] for row in seen.queries.page(case_list, query).rows}


def again(office, made):
    return office.cases.case(made.case_type, made.id)


def shown(office, made, moment=None):
    return office.cases.file(again(office, made), office.services.today("KZ-75"), moment)


def test_a_merge_is_recorded_on_both_and_so_is_its_end(office, pair):
    duplicate, kept = pair
    merge(office, duplicate, kept)

    assert shown(office, duplicate).links.survivor == f"/api/v1/organizations/{kept.id}"
    assert shown(office, kept).duplicates == (duplicate.id,)
    unmerge(office, duplicate)
    assert shown(office, duplicate).links.survivor is None
    assert shown(office, kept).duplicates == ()
    topics = [[event.TOPIC for event in again(office, each).events[1:]] for each in pair]
    assert topics == [
        ["organization.marked-duplicate", "organization.unmarked-duplicate"],
        ["organization.duplicate-added", "organization.duplicate-removed"],
    ]
    assert office.cases.check_read_models(lambda _: None) == []


def test_a_command_to_a_duplicate_is_answered_with_the_kept_one_also_on_an_old_version(
    office, pair
):
    duplicate, kept = pair
    merged = merge(office, duplicate, kept)
    for case_ref in (ref(duplicate), ref(merged), CaseRef(duplicate.id)):
        with pytest.raises(OrganizationMerged) as refused:
            contact(office, case_ref)
        assert refused.value.facts == {"survivor": kept.id}
    with pytest.raises(StaleCase):
        office.cases.unmark_duplicate(ref(duplicate), office.on(), reason="Разные")
    contact(office, CaseRef(kept.id))
    with pytest.raises(StaleCase):
        contact(office, ref(kept))


def test_what_is_begun_for_a_duplicate_is_begun_for_the_kept_one_and_says_so(office, pair):
    duplicate, kept = pair
    merge(office, duplicate, kept)

    request = office.request(duplicate.id, TRAINING)
    assert (request.state.organization_id, request.events[0].instead_of) == (kept.id, duplicate.id)
    assert request.events[0].organization.name == "Двор у реки"
    verification = office.verified(duplicate.id)
    first = verification.events[0]
    assert (first.organization_id, first.instead_of) == (kept.id, duplicate.id)
    renewed = office.cases.renew(ref(verification), office.on())
    assert (renewed.state.organization_id, renewed.events[0].instead_of) == (kept.id, None)
    assert shown(office, request).instead_of == shown(office, verification).instead_of


def test_what_belonged_to_the_duplicate_is_listed_with_the_kept_one_until_they_part(office, pair):
    duplicate, kept = pair
    requests = [office.request(each.id, TRAINING).id for each in pair]
    verifications = [office.verified(each.id).id for each in pair]
    merge(office, duplicate, kept)

    for case_list, (old, own) in ((REQUESTS, requests), (VERIFICATIONS, verifications)):
        assert listed(office, case_list, kept) == {old, own}
        assert listed(office, case_list, duplicate) == {old}
    unmerge(office, duplicate)
    for case_list, (_, own) in ((REQUESTS, requests), (VERIFICATIONS, verifications)):
        assert listed(office, case_list, kept) == {own}
    assert office.cases.rebuild_read_models(lambda _: None) == []


def test_a_request_of_the_duplicate_that_went_to_another_office_is_listed_there(office, pair):
    duplicate, kept = pair
    request = office.request(duplicate.id, TRAINING)
    office.cases.offer_transfer(ref(request), office.on(), to_office="KZ-19", reason="Ближе")
    there = actor("specialist@KZ-19")
    office.services.front_office_of(there).accept_transfer(CaseRef(request.id), office.on(there))
    merge(office, duplicate, kept)
    assert listed(office, REQUESTS, kept, "specialist@KZ-19") == {request.id}


def test_the_requests_of_a_duplicate_go_by_the_standing_of_the_kept_one(office, pair, clock):
    duplicate, kept = pair
    verification = office.verified(kept.id)
    waiting, before = office.request(duplicate.id), clock()
    merge(office, duplicate, kept)

    assert again(office, waiting).state.verified_by == verification.id
    assert shown(office, waiting).verified.status == "verified"
    assert shown(office, waiting, before).verified.status == "none"
    assert shown(office, waiting, clock()).verified.status == "verified"
    assert shown(office, duplicate).verified.status == "none"
    office.cases.revoke(CaseRef(verification.id), office.on(), reason="Платят")
    assert again(office, waiting).state.verified_by is None
    assert office.verified(kept.id).id == again(office, waiting).state.verified_by
    unmerge(office, duplicate)
    assert again(office, waiting).state.verified_by is None
    assert shown(office, waiting).verified.status == "none"


def test_the_standing_of_the_kept_one_is_its_own(office, pair):
    duplicate, kept = pair
    office.verified(duplicate.id)
    waiting = office.request(kept.id)
    merge(office, duplicate, kept)

    assert shown(office, kept).verified.status == "none"
    assert again(office, waiting).state.verified_by is None


def test_a_decision_on_the_duplicate_does_not_reach_what_goes_by_the_kept_one(office, pair):
    duplicate, kept = pair
    open_ = office.cases.request_verification(
        office.on(),
        organization_id=duplicate.id,
        checks=(CheckInput(outcome="confirmed", details=LOOK_UP),),
    )
    waiting = office.request(duplicate.id)
    merge(office, duplicate, kept)
    office.cases.refuse(ref(open_), office.on(), ground="paid", reason="Платят")
    assert again(office, waiting).version == 1
    unmerge(office, duplicate)
    assert again(office, waiting).events[-1].TOPIC == "request.verification-lost"


def test_nobody_vouches_for_themselves_by_another_record(office, pair):
    duplicate, kept = pair
    merge(office, duplicate, kept)
    letter = PartnerRecommendation(
        issuer_name="Тёплый двор",
        issuer_id=duplicate.id,
        letter_date=office.services.today("KZ-75") - timedelta(days=1),
    )
    with pytest.raises(OwnLetter):
        office.cases.request_verification(
            office.on(),
            organization_id=kept.id,
            checks=(CheckInput(outcome="confirmed", details=letter),),
        )


def test_an_introduction_is_recorded_on_the_kept_one(office, pair):
    duplicate, kept = pair
    partner = office.organization()
    asked = office.request(duplicate.id, details.PartnerInformation(looking_for="Партнёра"))
    merge(office, duplicate, kept)

    def introduced(to):
        office.cases.record_step(
            CaseRef(asked.id),
            office.on(),
            summary="Встреча",
            details=steps.IntroductionMade(organization_id=to.id),
        )

    introduced(partner)
    assert again(office, kept).events[-1].to_organization == partner.id
    assert again(office, partner).events[-1].to_organization == kept.id
    with pytest.raises(IntroducedToItself):
        introduced(kept)
    merge(office, partner, office.group("Партнёры реки"))
    with pytest.raises(OrganizationMerged):
        introduced(partner)


def test_merges_make_no_chain_and_no_circle_also_at_one_moment(office):
    for number in range(3):
        one, other = office.group(f"Альфа {number}"), office.group(f"Браво {number}")

        def tried(pair):
            try:
                merge(office, *pair)
            except Refusal as refusal:
                return refusal.code
            return "merged"

        with ThreadPoolExecutor(2) as people:
            answers = list(people.map(tried, [(one, other), (other, one)]))
        assert answers.count("merged") == 1
        assert sum(again(office, each).state.status == "duplicate" for each in (one, other)) == 1
    kept = one if again(office, one).state.duplicates else other
    with pytest.raises(HasDuplicates):
        merge(office, kept, office.group("Чарли"))


def test_the_kept_one_at_work_does_not_make_a_merge_stale(office, pair, monkeypatch):
    duplicate, kept = pair
    keep, interrupted = office.cases.keep, []

    def keep_after_somebody_else(on, stream, *others):
        if others and not interrupted:
            interrupted.append(True)
            contact(office, CaseRef(kept.id))
        return keep(on, stream, *others)

    monkeypatch.setattr(office.cases, "keep", keep_after_somebody_else)  # The other hand at work.
    merge(office, duplicate, kept)
    topics = [event.TOPIC for event in office.cases.case(ORGANIZATION, kept.id).events[1:]]
    assert topics == ["organization.contact-logged", "organization.duplicate-added"]


def test_a_refused_verification_is_told_once_to_requests_that_never_knew_another(office):
    organization = office.organization()
    waiting = office.request(organization.id)
    verification = office.cases.request_verification(office.on(), organization_id=organization.id)
    office.cases.refuse(ref(verification), office.on(), ground="paid", reason="Платят")

    told = office.cases.case(REQUEST, waiting.id)
    assert (told.events[-1].TOPIC, told.events[-1].standing) == (
        "request.verification-lost",
        "refused",
    )
    ended = office.cases.withdraw_request(ref(told), office.on(), reason="x")
    reopened = office.cases.reopen_request(ref(ended), office.on(), reason="x")
    assert reopened.events[-1].TOPIC == "request.reopened"
    later = office.request(organization.id)
    assert later.state.refused_by == verification.id
    assert isinstance(office.verified(organization.id).id, UUID)
    assert again(office, later).state.verified_by is not None
