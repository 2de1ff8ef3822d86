"""Likely duplicates: looked for among what an office sees, asked about once, also at one moment."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from builders import a_group, an_organization
from msgspec.structs import replace
from office import ref
from people import actor
from world import DISTRICTS

from application.case_types import ORGANIZATION
from application.streams import begin
from domain.organization import Organization, OrganizationDetailsChange
from domain.organization.duplicates import (
    BinRegisteredElsewhere,
    DuplicateSuspected,
    NotDuplicate,
)
from domain.personal import ContactPerson, person
from domain.refusals import Refusal
from domain.rules.likeness import Likeness

CAPITAL, HERE = actor("specialist@KZ-71"), actor("specialist@KZ-75")
OTHER_BIN = "940140000385"


def contact(phone="+77000000001"):
    return ContactPerson(person(uuid4(), "Пример Примеров", phone), "координатор", consent=True)


def in_the_capital(details):
    return replace(details, region="KZ-71", district=DISTRICTS["KZ-71"])


def register(office, details, by=HERE, decided=None):
    """Register as somebody who sees their own region only."""
    seen = office.services.front_office_of(by)
    return seen.register_organization(office.on(by), details=details, not_duplicate=decided)


def change(office, organization, by=HERE, decided=None, **changes):
    seen = office.services.front_office_of(by)
    return seen.change_organization_details(
        ref(organization),
        office.on(by),
        changes=OrganizationDetailsChange(**changes),
        not_duplicate=decided,
    )


def suspected(command):
    with pytest.raises(DuplicateSuspected) as refused:
        command()
    return [(each.id, set(each.reasons)) for each in refused.value.facts["candidates"]]


@pytest.mark.parametrize(
    ("details", "reasons"),
    [
        (an_organization(name="Совсем другое имя"), {Likeness.BIN}),
        (a_group(name="Третье имя", qazvolunteer_id="QV-9"), {Likeness.QAZVOLUNTEER_ID}),
        (a_group(name="Третье имя", contact_persons=(contact(),)), {Likeness.PHONE}),
        (a_group(name="Третье имя", leader=contact().person), {Likeness.PHONE}),
        (a_group(name="Общественный фонд «ЧИСТЫЙ БЕРЕГ»"), {Likeness.NAME}),
        (a_group(name="Чистый берг"), {Likeness.NAME}),
        (a_group(name="Группа тазалык", name_kk="Таза жага"), {Likeness.NAME}),
        (a_group(name="Таза жаға"), {Likeness.NAME}),
        (an_organization(qazvolunteer_id="QV-9"), set(Likeness) - {Likeness.PHONE}),
    ],
)
def test_likely_duplicates_share_an_identifier_or_have_a_near_name(office, details, reasons):
    first = register(
        office,
        an_organization(qazvolunteer_id="QV-9", name_kk="Таза жаға", contact_persons=(contact(),)),
    )
    assert suspected(lambda: register(office, details)) == [(first.id, reasons)]


def test_a_name_of_another_region_and_a_name_of_a_duplicate_are_not_asked_about(office):
    first = register(office, a_group(name="Чистый берег"))
    register(office, in_the_capital(a_group(name="Чистый берег")), CAPITAL)
    other = register(office, a_group(name="Добрый сосед"))
    seen = office.services.front_office_of(HERE)
    seen.mark_duplicate(ref(first), office.on(), duplicate_of=other.id, reason="Одна и та же")
    register(office, a_group(name="Чистый берег"))


@pytest.mark.parametrize(
    ("brought", "reason"),
    [
        ({"name": "Чистый берг"}, Likeness.NAME),
        ({"name_kk": "Таза жаға"}, Likeness.NAME),
        ({"bin": "971240001315"}, Likeness.BIN),
        ({"qazvolunteer_id": "QV-9"}, Likeness.QAZVOLUNTEER_ID),
        ({"contact_persons": (contact("8 700 000 00 01"),)}, Likeness.PHONE),
    ],
)
def test_a_change_that_brings_in_what_another_has_asks_as_a_registration_does(
    office, brought, reason
):
    first = register(
        office,
        an_organization(qazvolunteer_id="QV-9", name_kk="Таза жаға", contact_persons=(contact(),)),
    )
    other = register(office, an_organization(name="Добрый сосед", bin=OTHER_BIN))

    assert suspected(lambda: change(office, other, **brought)) == [(first.id, {reason})]
    decided = NotDuplicate((first.id,), "Соседи")
    changed = change(office, other, decided=decided, **brought)
    assert changed.events[-1].not_duplicate.reason == "Соседи"
    again = change(office, changed, website="https://example.kz")
    assert again.version == 3


def test_a_pair_is_asked_about_once_whichever_of_both_changes(office):
    first = register(office, a_group(name="Чистый берег"))
    decided = NotDuplicate((first.id,), "Другие люди")
    second = register(office, a_group(name="Чистый берег"), decided=decided)

    renamed = change(office, first, name="Чистый берег Медеу")
    change(office, second, name="Чистый берег Медеу")
    change(office, renamed, contact_persons=(contact(),))
    assert office.cases.case(ORGANIZATION, first.id).state.not_duplicate_of == frozenset()


def test_the_bin_of_another_region_is_refused_and_nothing_is_told_of_its_record(office):
    register(office, an_organization())
    abroad = in_the_capital(an_organization(name="Совсем другое имя"))
    for decided in (None, NotDuplicate((uuid4(),), "Другая")):
        with pytest.raises(BinRegisteredElsewhere) as refused:
            register(office, abroad, CAPITAL, decided)
        assert refused.value.facts == {}
    other = register(office, replace(abroad, bin=OTHER_BIN), CAPITAL)
    with pytest.raises(BinRegisteredElsewhere):
        change(office, other, CAPITAL, bin="971240001315")
    register(office, in_the_capital(a_group(name="x", contact_persons=(contact(),))), CAPITAL)
    register(office, a_group(name="y", contact_persons=(contact(),)))


def test_also_who_sees_all_regions_brings_no_bin_of_another_in(office):
    first = register(office, an_organization())
    decided = NotDuplicate((first.id,), "Филиал")
    with pytest.raises(BinRegisteredElsewhere):
        office.cases.register_organization(
            office.on(CAPITAL), details=in_the_capital(an_organization()), not_duplicate=decided
        )


def at_once(*commands):
    """Return how each command ended, all of them given at one moment."""

    def tried(command):
        try:
            command()
        except Refusal as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(len(commands)) as people:
        return sorted(people.map(tried, commands))


def test_of_many_who_register_one_bin_at_once_one_does_and_the_others_are_shown_it(office):
    names = ("Альфа", "Браво", "Чарли", "Дельта", "Эхо")
    commands = [lambda name=name: register(office, an_organization(name=name)) for name in names]
    assert at_once(*commands) == ["done"] + ["duplicate-suspected"] * 4
    assert office.cases.check_read_models(lambda _: None) == []


def test_of_two_regions_that_register_one_bin_at_once_one_does(office):
    answers = at_once(
        *(
            lambda details=details, by=by: register(office, details, by)
            for details, by in (
                (an_organization(), HERE),
                (in_the_capital(an_organization(name="Другое имя")), CAPITAL),
            )
            for _ in range(3)
        )
    )
    assert answers.count("done") == 1
    assert set(answers) == {"done", "duplicate-suspected", "bin-registered-elsewhere"}


def test_a_registration_and_a_change_do_not_bring_one_bin_in_at_once(office):
    other = register(office, an_organization(name="Добрый сосед", bin=OTHER_BIN))
    answers = at_once(
        lambda: register(office, an_organization()),
        lambda: change(office, other, bin="971240001315"),
    )
    assert answers == ["done", "duplicate-suspected"]


def test_two_records_share_a_bin_by_decision_and_a_third_is_asked_about_both(office):
    first = register(office, an_organization())
    branch = an_organization(name="Филиал у реки")
    second = register(office, branch, decided=NotDuplicate((first.id,), "Филиал"))

    third = an_organization(name="Ещё один")
    assert {id_ for id_, _ in suspected(lambda: register(office, third))} == {first.id, second.id}
    both = NotDuplicate((first.id, second.id), "Второй филиал")
    register(office, third, decided=both)
    assert office.cases.rebuild_read_models(lambda _: None) == []
    assert office.cases.check_read_models(lambda _: None) == []


def test_records_of_one_bin_from_before_the_rule_stand_side_by_side(office):
    for details, by in ((an_organization(), HERE), (in_the_capital(an_organization()), CAPITAL)):
        event = Organization.register(office.on(by), details=details, places=office.cases.places)
        office.cases.keep(
            office.on(by), begin(ORGANIZATION, uuid4(), replace(event, likeness_rule=None))
        )
    assert office.cases.rebuild_read_models(lambda _: None) == []
    with pytest.raises(BinRegisteredElsewhere):
        decided = NotDuplicate(tuple(office.cases.queries.having("bin:971240001315")), "Филиал")
        register(office, an_organization(name="Третья"), decided=decided)
