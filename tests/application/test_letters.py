"""What rests on a letter, and what has become of its issuer; what changed since a decision."""

from datetime import timedelta

import pytest
from builders import TODAY, an_organization
from office import LOOK_UP, ref

from application.read_models.lists import ORGANIZATIONS, VERIFICATIONS, ListQuery
from application.streams import CaseRef
from application.use_cases.decisions import CheckInput, Decision
from domain.catalogue.codes import CheckOutcome, Finding
from domain.organization import OrganizationDetailsChange
from domain.organization_verification.checks import NetworkRecommendation, PartnerRecommendation

BINS = ("971240001315", "940140000385", "020240000555", "941240000193")
FOUND = dict.fromkeys(Finding, True)


@pytest.fixture
def known(office):
    """Organizations of different names."""
    names = ("Альфа", "Браво", "Чарли", "Дельта")
    return [
        office.organization(an_organization(name=name, bin=number))
        for name, number in zip(names, BINS, strict=True)
    ]


def letter(issuer, outcome=CheckOutcome.CONFIRMED, kind=PartnerRecommendation):
    details = kind(issuer_name="Партнёр", issuer_id=issuer and issuer.id, letter_date=TODAY)
    return CheckInput(outcome=outcome, details=details)


def vouched(office, organization, *checks, decision=True):
    return office.cases.request_verification(
        office.on(),
        organization_id=organization.id,
        checks=checks,
        decision=Decision(findings=FOUND) if decision else None,
    )


def page(office, case_list=VERIFICATIONS, **filters):
    query = ListQuery(today=office.services.today("KZ-75"), filters=filters)
    return [row["id"] for row in office.cases.queries.page(case_list, query).rows]


def letters_of(office, verification, moment=None):
    stream = office.cases.case(verification.case_type, verification.id)
    return office.cases.file(stream, office.services.today("KZ-75"), moment).letters


def test_what_rests_on_the_letters_of_an_organization_is_listed(office, known):
    issuer, one, other, third = known
    found = [
        vouched(office, one, letter(issuer)),
        vouched(office, other, letter(issuer, kind=NetworkRecommendation), letter(None)),
    ]
    look_up = CheckInput(outcome=CheckOutcome.CONFIRMED, details=LOOK_UP)
    vouched(office, third, letter(issuer, CheckOutcome.INCONCLUSIVE), look_up)
    vouched(office, issuer, letter(one), decision=False)

    assert page(office, rests_on=issuer.id) == [each.id for each in reversed(found)]
    assert page(office, rests_on=one.id) == []
    (shown,) = letters_of(office, found[1])
    assert (shown.number, shown.issuer_id, shown.is_ground) == (1, issuer.id, True)
    assert office.cases.rebuild_read_models(lambda _: None) == []


def test_letters_of_a_duplicate_count_as_those_of_the_kept_one(office, known):
    duplicate, kept, one, _ = known
    office.verified(kept.id)
    before = vouched(office, one, letter(duplicate))
    office.cases.mark_duplicate(
        CaseRef(duplicate.id), office.on(), duplicate_of=kept.id, reason="Одна и та же"
    )
    assert page(office, rests_on=kept.id) == page(office, rests_on=duplicate.id) == [before.id]
    (shown,) = letters_of(office, before)
    assert (shown.standing_then.status, shown.standing_now.status) == ("none", "verified")


def test_verifications_on_letters_of_issuers_who_lost_their_standing_are_listed(
    office, known, clock
):
    issuer, one, other, unknown = known
    own = office.verified(issuer.id)
    rests = vouched(office, one, letter(issuer))
    vouched(office, other, letter(unknown))
    moment = clock()
    assert page(office, issuer_lost_standing=True) == []

    office.cases.revoke(ref(own), office.on(), reason="Платят")
    assert page(office, issuer_lost_standing=True) == [rests.id]
    assert rests.id not in page(office, issuer_lost_standing=False)
    (shown,) = letters_of(office, rests)
    assert (shown.standing_then.status, shown.standing_now.status) == ("verified", "revoked")
    assert shown.issuer_lost_standing
    assert not letters_of(office, rests, moment)[0].issuer_lost_standing

    office.verified(issuer.id)
    assert page(office, issuer_lost_standing=True) == []


def test_an_issuer_whose_verification_has_run_out_has_lost_it_from_that_day(office, known, clock):
    issuer, one, *_ = known
    office.cases.request_verification(
        office.on(),
        organization_id=issuer.id,
        checks=(CheckInput(outcome=CheckOutcome.CONFIRMED, details=LOOK_UP),),
        decision=Decision(findings=FOUND, valid_until=TODAY + timedelta(days=10)),
    )
    rests = vouched(office, one, letter(issuer))
    clock.now += timedelta(days=10)
    assert page(office, issuer_lost_standing=True) == []
    clock.now += timedelta(days=1)
    assert page(office, issuer_lost_standing=True) == [rests.id]
    clock.now += timedelta(days=366 * 2)
    assert page(office, issuer_lost_standing=True) == []


def change(office, organization, **changes):
    return office.cases.change_organization_details(
        CaseRef(organization.id), office.on(), changes=OrganizationDetailsChange(**changes)
    )


def verified_of(office, organization, moment=None):
    stream = office.cases.case(organization.case_type, organization.id, as_of=moment)
    return office.cases.file(stream, office.services.today("KZ-75"), moment).verified


def test_a_material_change_of_a_verified_organization_is_shown_until_the_next_decision(
    office, known, clock
):
    one, other, *_ = known
    first = office.verified(one.id)
    change(office, other, name="Другое имя")
    change(office, one, name="АЛЬФА", website="https://example.kz")
    assert page(office, ORGANIZATIONS, needs_reverification=True) == []
    before = clock()
    changed = change(office, one, district="751110000")
    change(office, one, name="Эхо")

    assert page(office, ORGANIZATIONS, needs_reverification=True) == [one.id]
    assert one.id not in page(office, ORGANIZATIONS, needs_reverification=False)
    shown = verified_of(office, one)
    assert (shown.status, shown.changed) == ("verified", ("name", "district"))
    assert shown.needs_reverification_since == changed.events[-1].recorded_at
    assert verified_of(office, one, before).needs_reverification_since is None

    renewed = office.cases.renew(ref(first), office.on())
    assert verified_of(office, one).needs_reverification_since
    renewed = office.cases.record_check(
        ref(renewed), office.on(), outcome="confirmed", details=LOOK_UP
    )
    office.cases.verify(ref(renewed), office.on(), findings=FOUND)
    assert verified_of(office, one).needs_reverification_since is None
    assert page(office, ORGANIZATIONS, needs_reverification=True) == []
    change(office, one, name="Фокстрот")
    assert verified_of(office, one).changed == ("name",)
    assert office.cases.check_read_models(lambda _: None) == []


def test_an_organization_that_lost_its_standing_is_not_asked_to_be_verified_anew(office, known):
    one, *_ = known
    verification = office.verified(one.id)
    change(office, one, name="Эхо")
    office.cases.revoke(ref(verification), office.on(), reason="Платят")
    assert verified_of(office, one).needs_reverification_since is None
    assert page(office, ORGANIZATIONS, needs_reverification=True) == []
