"""An organization: registered, changed, found to be a duplicate, closed."""

from uuid import UUID

import pytest
from builders import (
    NEIGHBOUR,
    ORGANIZATION_ID,
    OTHER_ID,
    PLACES,
    TODAY,
    VERIFIED,
    a_group,
    an_organization,
    on,
    registered,
)
from specification import given

from application.case_types import ORGANIZATION
from domain.actors import DateInFuture, Occasion
from domain.bin import InvalidBin
from domain.catalogue.codes import (
    Channel,
    Direction,
    LegalForm,
    OrganizationStatus,
    TeamType,
    VolunteerGroup,
)
from domain.organization import Organization, OrganizationDetailsChange
from domain.organization.details import (
    ConsentMissing,
    RegistrationDataMissing,
    RegistrationDataUnexpected,
)
from domain.organization.duplicates import (
    BinRegisteredElsewhere,
    DuplicateOfItself,
    DuplicateSuspected,
    HasDuplicates,
    NotDuplicate,
    OrganizationMerged,
    Resemblance,
)
from domain.organization.organization import NothingChanged, OrganizationNotActive
from domain.personal import ContactPerson, person
from domain.phones import InvalidPhone
from domain.places import DistrictOfAnotherRegion, UnknownDistrict, UnknownRegion
from domain.rules.authority import OfficeForbidden
from domain.rules.emergency import MinorsInEmergencyWork
from domain.rules.likeness import Candidate, Likeness
from domain.rules.requalification import Material
from domain.standing import NOT_VERIFIED
from domain.words import TextMissing


def register(details, **more):
    return Organization.register(on(), details=details, places=PLACES, **more)


def contact(phone: str | None = "8 700 000 00 01", *, consent: bool = True) -> ContactPerson:
    return ContactPerson(person(OTHER_ID, "Пример Примеров", phone), "координатор", consent)


def test_a_registered_organization_belongs_to_the_office_of_its_region():
    event = register(an_organization())

    assert (event.office, event.catalogue) == ("KZ-75", "2021")
    assert given(ORGANIZATION, event).state().status is OrganizationStatus.ACTIVE


@pytest.mark.parametrize(
    ("details", "refusal"),
    [
        (an_organization(bin=None), RegistrationDataMissing),
        (an_organization(legal_form=None), RegistrationDataMissing),
        (an_organization(bin="971240001316"), InvalidBin),
        (a_group(bin="971240001315"), RegistrationDataUnexpected),
        (a_group(legal_form=LegalForm.PUBLIC_FOUNDATION), RegistrationDataUnexpected),
        (a_group(name="  "), TextMissing),
        (a_group(region="KZ-99"), UnknownRegion),
        (a_group(district="759990000"), UnknownDistrict),
        (a_group(district="711110000"), DistrictOfAnotherRegion),
        (a_group(contact_persons=(contact(consent=False),)), ConsentMissing),
        (a_group(contact_persons=(contact("12"),)), InvalidPhone),
        (a_group(leader=contact("12").person), InvalidPhone),
    ],
)
def test_details_that_contradict_the_handbook_or_the_tables_are_refused(details, refusal):
    with pytest.raises(refusal):
        register(details)


def test_phones_are_kept_in_one_form_however_they_were_said():
    event = register(a_group(contact_persons=(contact(),), leader=contact(None).person))

    assert event.details.contact_persons[0].person.phone.value == "+77000000001"
    assert event.details.leader.phone is None


def test_an_organization_of_children_only_is_not_registered_for_emergency_work():
    children = {"volunteer_groups": (VolunteerGroup.MINORS,), "directions": (Direction.UMIT,)}
    adults = {"volunteer_groups": (VolunteerGroup.MINORS, VolunteerGroup.GENERAL)}

    with pytest.raises(MinorsInEmergencyWork):
        register(a_group(**children))
    assert register(a_group(**{**children, **adults}))
    assert register(a_group(**{**children, "directions": (Direction.AYALA,)}))


def looks_like(*reasons: Likeness, id_=OTHER_ID, likeness: int | None = None) -> Candidate:
    return Candidate(
        id=id_,
        name="Чистый берег",
        district="751710000",
        status="active",
        reasons=reasons,
        likeness=likeness,
    )


def test_likely_duplicates_are_named_until_somebody_decides_that_they_are_none():
    alike = Resemblance(candidates=(looks_like(Likeness.NAME, likeness=90),))
    with pytest.raises(DuplicateSuspected) as refused:
        register(a_group(), alike=alike)
    decision = NotDuplicate((OTHER_ID,), "Другие люди")
    event = register(a_group(), alike=alike, not_duplicate=decision)

    assert refused.value.facts["candidates"] == [*alike.candidates]
    assert event.not_duplicate == decision
    assert event.likeness_rule == "likeness/2026"
    with pytest.raises(TextMissing):
        register(a_group(), alike=alike, not_duplicate=NotDuplicate((OTHER_ID,), " "))


def test_the_likeliest_candidate_is_named_first():
    by_name = [
        looks_like(Likeness.NAME, id_=UUID(int=number), likeness=number) for number in (85, 99)
    ]
    by_phone = looks_like(Likeness.PHONE, id_=UUID(int=3))
    by_bin = looks_like(Likeness.BIN, Likeness.NAME, id_=UUID(int=4), likeness=84)
    with pytest.raises(DuplicateSuspected) as refused:
        register(a_group(), alike=Resemblance(candidates=(*by_name, by_phone, by_bin)))
    assert refused.value.facts["candidates"] == [by_bin, by_phone, by_name[1], by_name[0]]


def test_a_decision_says_whether_two_records_share_a_bin_knowingly():
    decision = NotDuplicate((OTHER_ID,), "Филиал с тем же БИН")
    by_bin = Resemblance(candidates=(looks_like(Likeness.BIN),))
    assert register(an_organization(), alike=by_bin, not_duplicate=decision).not_duplicate.same_bin
    by_name = Resemblance(candidates=(looks_like(Likeness.NAME),))
    event = register(an_organization(), alike=by_name, not_duplicate=decision)
    assert not event.not_duplicate.same_bin


def test_no_decision_lets_a_bin_in_that_another_region_has():
    for decision in (None, NotDuplicate((OTHER_ID,), "Другая")):
        with pytest.raises(BinRegisteredElsewhere) as refused:
            register(
                an_organization(), alike=Resemblance(bin_elsewhere=True), not_duplicate=decision
            )
        assert refused.value.facts == {}


def changed(before, alike, **decided):
    change = OrganizationDetailsChange(name="Чистая река")
    return given(ORGANIZATION, *before).when(
        lambda case: case.change_details(
            on(), changes=change, places=PLACES, alike=alike, **decided
        )
    )


def test_a_pair_that_was_told_apart_once_is_not_asked_about_again_but_for_its_bin():
    by_name = Resemblance(candidates=(looks_like(Likeness.NAME),))
    decision = NotDuplicate((OTHER_ID,), "Другие люди")
    apart = register(a_group(), alike=by_name, not_duplicate=decision)

    changed([apart], by_name).then(Organization.DetailsChanged)
    changed([registered()], by_name).then_refused(DuplicateSuspected)
    there = Resemblance(candidates=by_name.candidates, told_apart=frozenset({OTHER_ID}))
    changed([registered()], there).then(Organization.DetailsChanged)
    by_bin = Resemblance(candidates=(looks_like(Likeness.BIN),), told_apart=frozenset({OTHER_ID}))
    changed([apart], by_bin).then_refused(DuplicateSuspected)
    event = changed([apart], by_bin, not_duplicate=decision).then(Organization.DetailsChanged)
    assert event.not_duplicate.same_bin


def test_only_what_is_different_is_recorded_as_changed():
    change = OrganizationDetailsChange(name="Чистая река", website=None)
    story = given(ORGANIZATION, registered()).when(
        lambda case: case.change_details(on(), changes=change, places=PLACES)
    )

    event = story.then(Organization.DetailsChanged)
    assert event.changes.named == {"name": "Чистая река"}
    assert story.state(event).details.name == "Чистая река"


def test_a_changed_phone_is_kept_in_one_form_too():
    change = OrganizationDetailsChange(contact_persons=(contact(),))
    event = (
        given(ORGANIZATION, registered())
        .when(lambda case: case.change_details(on(), changes=change, places=PLACES))
        .then(Organization.DetailsChanged)
    )

    assert event.changes.named["contact_persons"][0].person.phone.value == "+77000000001"


def test_an_organization_that_moves_belongs_to_the_office_of_the_new_region():
    move = OrganizationDetailsChange(region="KZ-71", district="711110000")
    story = given(ORGANIZATION, registered()).when(
        lambda case: case.change_details(on(), changes=move, places=PLACES)
    )

    assert story.state(story.then(Organization.DetailsChanged)).office == "KZ-71"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        (OrganizationDetailsChange(name="Чистый берег"), NothingChanged),
        (OrganizationDetailsChange(), NothingChanged),
        (
            OrganizationDetailsChange(team_type=TeamType.INITIATIVE_GROUP),
            RegistrationDataUnexpected,
        ),
        (OrganizationDetailsChange(district="711110000"), DistrictOfAnotherRegion),
    ],
)
def test_a_change_that_is_none_or_makes_the_details_wrong_is_refused(changes, refusal):
    given(ORGANIZATION, registered()).when(
        lambda case: case.change_details(on(), changes=changes, places=PLACES)
    ).then_refused(refusal)


def log_contact(case: Organization, occasion: Occasion):
    return case.log_contact(
        occasion, channel=Channel.PHONE, summary=" Позвонили ", told_about_office=True
    )


def test_a_contact_is_recorded_on_the_day_it_happened():
    earlier = TODAY.replace(day=1)
    event = (
        given(ORGANIZATION, registered())
        .when(lambda case: log_contact(case, on(occurred_on=earlier)))
        .then(Organization.ContactLogged)
    )

    assert (event.occurred_on, event.summary) == (earlier, "Позвонили")
    assert event.recorded_at.date() == TODAY


def test_nothing_happens_tomorrow():
    with pytest.raises(DateInFuture):
        on(occurred_on=TODAY.replace(day=3))


def mark(case: Organization, other: Organization, duplicate_of: UUID = OTHER_ID):
    return case.mark_duplicate(
        on(), own_id=ORGANIZATION_ID, duplicate_of=duplicate_of, other=other, reason=" Тот же БИН "
    )


def test_a_duplicate_is_marked_and_unmarked_with_a_reason():
    other = given(ORGANIZATION, registered()).state()
    marked = (
        given(ORGANIZATION, registered())
        .when(lambda case: mark(case, other))
        .then(Organization.MarkedDuplicate)
    )
    story = given(ORGANIZATION, registered(), marked)

    assert (story.state().duplicate_of, marked.reason) == (OTHER_ID, "Тот же БИН")
    unmarked = story.when(lambda case: case.unmark_duplicate(on(), reason="Разные")).then(
        Organization.UnmarkedDuplicate
    )
    assert story.state(unmarked).duplicate_of is None
    assert story.state(unmarked).not_duplicate_of == {OTHER_ID}
    assert story.state(unmarked).actions == given(ORGANIZATION, registered()).state().actions


def test_what_is_told_to_a_duplicate_is_for_the_one_that_is_kept():
    other = given(ORGANIZATION, registered()).state()
    story = given(ORGANIZATION, registered(), mark(other, other))

    story.when(lambda case: log_contact(case, on())).then_refused(
        OrganizationMerged, survivor=OTHER_ID
    )
    story.when(
        lambda case: case.introduce(on(), to_organization=OTHER_ID, request_id=OTHER_ID)
    ).then_refused(OrganizationMerged, survivor=OTHER_ID)
    story.when(lambda case: log_contact(case, on(NEIGHBOUR))).then_refused(OfficeForbidden)


def test_the_one_that_is_kept_knows_its_duplicates_and_is_no_duplicate_itself():
    story = given(ORGANIZATION, registered())
    added = story.when(lambda case: case.add_duplicate(on(), duplicate=OTHER_ID, reason="x")).then(
        Organization.DuplicateAdded
    )
    removed = story.state().remove_duplicate(on(), duplicate=OTHER_ID, reason="x")
    kept = given(ORGANIZATION, registered(), added)

    kept.when(lambda case: mark(case, story.state())).then_refused(
        HasDuplicates, duplicates=[OTHER_ID]
    )
    assert kept.state(removed).duplicates == frozenset()
    story.when(
        lambda case: case.add_duplicate(on(NEIGHBOUR), duplicate=OTHER_ID, reason="x")
    ).then_refused(OfficeForbidden)
    closed = story.state().close(on(), reason="x")
    given(ORGANIZATION, registered(), closed).when(
        lambda case: case.add_duplicate(on(), duplicate=OTHER_ID, reason="x")
    ).then_refused(OrganizationNotActive)


@pytest.mark.parametrize("other_status", [OrganizationStatus.ACTIVE, OrganizationStatus.DUPLICATE])
def test_nothing_is_a_duplicate_of_itself_or_of_another_duplicate(other_status):
    other = given(ORGANIZATION, registered()).state().but(status=other_status)
    itself = other_status is OrganizationStatus.ACTIVE
    given(ORGANIZATION, registered()).when(
        lambda case: mark(case, other, ORGANIZATION_ID if itself else OTHER_ID)
    ).then_refused(DuplicateOfItself)


@pytest.mark.parametrize(
    ("changes", "material"),
    [
        ({"name": "Чистая река"}, (Material.NAME,)),
        ({"name": "ОФ «ЧИСТЫЙ БЕРЕГ»"}, None),
        ({"bin": "940140000385"}, (Material.BIN,)),
        ({"district": "751110000"}, (Material.DISTRICT,)),
        ({"region": "KZ-71", "district": "711110000"}, (Material.REGION, Material.DISTRICT)),
        (
            {"team_type": TeamType.INITIATIVE_GROUP, "legal_form": None, "bin": None},
            (Material.BIN, Material.TEAM_TYPE),
        ),
        ({"website": "https://example.kz"}, None),
    ],
)
def test_a_material_change_asks_for_the_verification_anew(changes, material):
    change = OrganizationDetailsChange(**changes)
    for standing, asked in ((VERIFIED, material), (NOT_VERIFIED, None)):
        event = (
            given(ORGANIZATION, registered())
            .when(
                lambda case, standing=standing: case.change_details(
                    on(), changes=change, places=PLACES, standing=standing
                )
            )
            .then(Organization.DetailsChanged)
        )
        found = event.requalification
        assert (found and found.changed) == asked
        if found:
            assert found.verification_id == VERIFIED.verification_id
            assert found.rule == "requalification/2026"


def test_a_closed_organization_allows_nothing_but_to_be_reopened():
    closed = (
        given(ORGANIZATION, registered())
        .when(lambda case: case.close(on(), reason="Разошлись"))
        .then(Organization.Closed)
    )
    story = given(ORGANIZATION, registered(), closed)

    assert story.state().actions == ("reopen",)
    with pytest.raises(OrganizationNotActive):
        story.state().check_active()
    story.when(
        lambda case: case.introduce(on(), to_organization=OTHER_ID, request_id=OTHER_ID)
    ).then_refused(OrganizationNotActive, state="closed")
    reopened = story.when(lambda case: case.reopen(on(), reason="Снова вместе")).then(
        Organization.Reopened
    )
    assert story.state(reopened).status is OrganizationStatus.ACTIVE


def test_an_introduction_names_the_other_and_the_request():
    event = (
        given(ORGANIZATION, registered())
        .when(lambda case: case.introduce(on(), to_organization=OTHER_ID, request_id=OTHER_ID))
        .then(Organization.Introduced)
    )

    assert (event.to_organization, event.request_id) == (OTHER_ID, OTHER_ID)
