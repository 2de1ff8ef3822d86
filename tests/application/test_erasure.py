"""A person is one subject across cases; erased, they are gone from all of them and stay so."""

import psycopg
import pytest
from builders import a_group
from office import ref
from papers import pdf
from persons import appears, decided_by, erase, head, somebody, vouching
from world import OTHER, OWN, REPUBLIC, World

from application.attempts import Attempt
from application.case_types import DOCUMENT, ORGANIZATION
from application.persistence.vault import SubjectErased
from application.streams import CaseNotFound, CaseRef, StaleCase
from domain.document.document import DocumentErased
from domain.organization import OrganizationDetailsChange
from domain.refusals import CommandNotAllowed
from domain.rules.authority import OfficeForbidden
from domain.subject.refusals import AccountOpen, SubjectHeld


@pytest.fixture
def world(services) -> World:
    return World(services)


@pytest.fixture
def ask(database_url):
    def asked(statement, *parameters):
        with psycopg.connect(database_url) as connection:
            cursor = connection.execute(statement, parameters or None)
            return cursor.fetchall() if cursor.description else []

    return asked


def events(ask):
    return ask(
        "SELECT * FROM case_events WHERE topic NOT LIKE 'subject.%%' ORDER BY notification_id"
    )


def differences(world):
    return list(world.services.front_office.check_read_models(lambda _: None))


def report_of(world, subject_id, who=f"auditor@{REPUBLIC}"):
    office, on = decided_by(world, who)
    report = office.erasure_report(office.subject(subject_id), on.by)
    return report, {each.place: each for each in report.places}


def test_a_person_has_one_key_in_all_cases(world, ask):
    who = somebody()
    appears(world, who, OWN)
    appears(world, who, OTHER)
    assert ask("SELECT subject_id FROM subject_keys") == [(who.id,)]
    report, places = report_of(world, who.id)
    assert {(each.case_type, each.office) for each in report.cases} == {
        (kind, office)
        for kind in ("organization", "verification", "request", "document")
        for office in (OWN, OTHER)
    }
    assert places["events"].found == sum(each.events for each in report.cases) == 8
    assert differences(world) == []


def test_an_erasure_reaches_every_case_and_changes_no_event(world, ask):
    who, other = somebody(1), somebody(2)
    theirs, others = appears(world, who, OWN), appears(world, other, OWN)
    before = events(ask)

    erase(world, who.id, head(OWN))

    assert theirs.values(world) == {None}
    assert others.values(world) >= {other.name, other.phone}
    assert events(ask) == before
    with pytest.raises(DocumentErased):
        world.at(OWN).content(world.at(OWN).case(DOCUMENT, theirs.document.id))
    assert len(ask("SELECT 1 FROM document_contents")) == 1
    assert differences(world) == []


def test_the_report_says_what_there_was_and_what_is_left(world):
    who = somebody()
    appears(world, who, OWN)
    _, before = report_of(world, who.id)
    erase(world, who.id, head(OWN))
    report, after = report_of(world, who.id, head(OWN))

    found = {"events": 4, "keys": 1, "organizations": 1, "documents": 1}
    assert {name: before[name].found for name in found} == found
    assert {name: before[name].left for name in found} == found
    assert {name: after[name].found for name in found} == found
    assert {name: after[name].left for name in found} == dict.fromkeys(found, 0)
    outcomes = {name: after[name].outcome for name in (*found, "backups", "erased_list")}
    assert outcomes == {
        "events": "unreadable",
        "keys": "destroyed",
        "organizations": "made_anew",
        "documents": "removed",
        "backups": "until_keys_rotate",
        "erased_list": "listed",
    }
    assert (report.status, report.erased.office) == ("erased", OWN)
    assert after["events"].looked >= 4


def test_who_took_the_data_away_is_named(world):
    who = somebody()
    organization = appears(world, who, OWN).organization
    _, on = decided_by(world, head(OWN))
    look = type("Look", (), {"by": on.by, "cause": "request-7"})
    world.services.reading_log.export(look, "organizations", {}, [organization], with_people=True)
    erase(world, who.id, head(OWN))
    report, places = report_of(world, who.id)
    (export,) = report.exports
    assert (export.staff_id, export.list, export.cause) == (
        on.by.staff_id,
        "organizations",
        "request-7",
    )
    assert places["exports"].outcome == "outside"


def test_nothing_more_is_recorded_of_an_erased_person(world, ask):
    who = somebody()
    theirs = appears(world, who, OWN)
    erase(world, who.id, head(OWN))
    at, on, stored = world.at(OWN), world.on(OWN), events(ask)
    changes = OrganizationDetailsChange(leader=who.person)
    tries = (
        lambda: appears(world, who, OWN),
        lambda: at.change_organization_details(ref(theirs.organization), on, changes=changes),
        lambda: at.record_check(ref(theirs.verification), on, **vouching(who)),
        lambda: at.upload_document(on, content=pdf("ещё"), subject_id=who.id),
    )
    for attempt in tries:
        with pytest.raises(SubjectErased):
            attempt()
    assert events(ask) == stored
    assert ask("SELECT wrapped FROM subject_keys WHERE subject_id = %s", who.id) == [(None,)]


def test_what_is_not_about_them_goes_on(world):
    who = somebody()
    theirs = appears(world, who, OWN)
    erase(world, who.id, head(OWN))
    at, on = world.at(OWN), world.on(OWN)
    changed = at.change_organization_details(
        ref(theirs.organization), on, changes=OrganizationDetailsChange(name=world.name())
    )
    assert at.close_organization(ref(changed), on, reason="Распалась").version == 3
    assert differences(world) == []


def test_a_retry_of_what_named_the_person_is_told_that_they_are_erased(world):
    who = somebody()
    at = world.at(OWN)
    on = world.services.occasion(world.staff(OWN), cause="t", attempt=Attempt("k", "asked"))

    def register():
        details = a_group(name=world.name(), contact_persons=(who.contact,))
        return at.once(on, lambda: at.register_organization(on, details=details))

    first = register()
    assert register().id == first.id
    erase(world, who.id, head(OWN))
    with pytest.raises(SubjectErased):
        register()


# Who may.


def test_a_person_of_several_offices_is_the_republican_heads_to_erase(world):
    who = somebody()
    appears(world, who, OWN)
    appears(world, who, OTHER)
    with pytest.raises(OfficeForbidden) as refused:
        erase(world, who.id, head(OWN))
    assert refused.value.facts == {"office": REPUBLIC, "own": OWN}
    assert erase(world, who.id, head(REPUBLIC)).state.status == "erased"


def test_a_person_nobody_here_knows_is_not_found(world):
    who = somebody()
    appears(world, who, OWN)
    for subject_id, by in ((who.id, head(OTHER)), (somebody().id, head(REPUBLIC))):
        with pytest.raises(CaseNotFound):
            erase(world, subject_id, by)


def test_a_case_that_has_moved_takes_the_person_with_it(world):
    who = somebody()
    made = appears(world, who, OWN).request
    world.accepted(world.offer(made, OWN, OTHER), OTHER)
    assert decided_by(world, head(OTHER))[0].subject(who.id)
    assert differences(world) == []
    cases = decided_by(world, head(OTHER))[0].people.appearances(who.id)
    assert [(each["case_type"], each["office"]) for each in cases] == [("request", OTHER)]
    with pytest.raises(OfficeForbidden):
        erase(world, who.id, head(OTHER))


def test_a_member_of_staff_is_erased_once_the_account_is_closed(world, ask):
    account = world.account(OWN)
    with pytest.raises(AccountOpen):
        erase(world, account.id, head(REPUBLIC))
    accounts, on = decided_by(world, f"administrator@{REPUBLIC}")
    closed = accounts.close_account(ref(account), on, reason="Ушёл")
    erase(world, account.id, head(REPUBLIC))

    assert accounts.names_of([str(account.id)]) == {str(account.id): None}
    assert ask("SELECT login_key FROM staff WHERE id = %s", account.id) == [(None,)]
    assert ask("SELECT 1 FROM credentials WHERE account_id = %s", account.id) == []
    assert differences(world) == []
    with pytest.raises(SubjectErased):
        accounts.reopen_account(ref(closed), on, reason="Вернулся")


# Holds.


def test_a_hold_stands_in_the_way_until_it_ends(world, clock):
    who = somebody()
    appears(world, who, OWN)
    office, on = decided_by(world, head(OWN))
    until = on.today.replace(day=20)
    office.hold_subject(CaseRef(who.id), on, reason="Суд", until=until)
    with pytest.raises(SubjectHeld) as refused:
        erase(world, who.id, head(OWN))
    assert refused.value.facts == {"office": OWN, "reason": "Суд", "until": until}
    clock.now = clock.now.replace(day=21)
    assert erase(world, who.id, head(OWN)).state.status == "erased"


def test_each_office_releases_its_own_hold_and_the_republic_any(world):
    who = somebody()
    for each in (OWN, OTHER):
        appears(world, who, each)
        office, on = decided_by(world, head(each))
        office.hold_subject(CaseRef(who.id), on, reason="Суд")
    office, on = decided_by(world, head(OTHER))
    with pytest.raises(OfficeForbidden):
        office.release_subject(CaseRef(who.id), on, reason="Кончился", held_by=OWN)
    released = office.release_subject(CaseRef(who.id), on, reason="Кончился")
    assert [each.office for each in released.state.holds] == [OWN]
    office, on = decided_by(world, head(REPUBLIC))
    assert office.release_subject(CaseRef(who.id), on, reason="Кончился").state.holds == ()


def test_what_is_erased_is_neither_held_nor_erased_again(world):
    who = somebody()
    appears(world, who, OWN)
    erase(world, who.id, head(OWN))
    office, on = decided_by(world, head(OWN))
    for attempt in (
        lambda: erase(world, who.id, head(OWN)),
        lambda: office.hold_subject(CaseRef(who.id), on, reason="Суд"),
        lambda: office.release_subject(CaseRef(who.id), on, reason="Кончился"),
    ):
        with pytest.raises(CommandNotAllowed):
            attempt()


def test_an_erasure_by_an_old_version_is_refused(world):
    who = somebody()
    appears(world, who, OWN)
    office, on = decided_by(world, head(OWN))
    office.hold_subject(CaseRef(who.id, 0), on, reason="Суд")
    with pytest.raises(StaleCase):
        office.release_subject(CaseRef(who.id, 0), on, reason="x")
    assert office.case(ORGANIZATION, appears(world, somebody(3), OWN).organization.id)
