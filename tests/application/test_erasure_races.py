"""An erasure and somebody who still has the person in memory: whoever is first, nothing comes back."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import psycopg
import pytest
from builders import a_group
from office import ref
from papers import pdf
from persons import appears, erase, head, somebody
from world import OWN, World

from application.persistence.rebuild import Rebuild
from application.persistence.recorder import CaseRecorder
from application.persistence.vault import SubjectErased
from application.streams import CaseRef, StaleCase
from application.use_cases.imports import ListedOrganization
from domain.catalogue.codes import Channel
from domain.organization import OrganizationDetailsChange


@pytest.fixture
def world(services) -> World:
    return World(services)


@pytest.fixture
def just_before(monkeypatch):
    """Let something happen when everything of a save is ready and nothing of it is sent."""

    def happens(what):
        sent, done = CaseRecorder._sent, []

        def after(recorder, *saved):
            if not done:
                done.append(True)
                what()
            return sent(recorder, *saved)

        monkeypatch.setattr(CaseRecorder, "_sent", after)

    return happens


@pytest.fixture
def stored(database_url):
    def rows(table):
        with psycopg.connect(database_url) as connection:
            return [str(row) for row in connection.execute(f"SELECT t::text FROM {table} t")]

    return rows


def hashed(world, who):
    return world.services.front_office.vault.lookup(who.phone)


def differences(world):
    return list(world.services.front_office.check_read_models(lambda _: None))


def contact(at, on, case):
    said = {"channel": Channel.VISIT, "summary": "Были", "told_about_office": True}
    return at.log_contact(CaseRef(case.id), on, **said)


@pytest.mark.parametrize("kind", ["details", "document", "list"])
def test_what_is_sealed_already_is_not_saved_after_the_erasure(world, just_before, stored, kind):
    who = somebody()
    theirs = appears(world, who, OWN)
    at, on, before = world.at(OWN), world.on(OWN), stored("case_events")

    changes = OrganizationDetailsChange(leader=who._replace(name="Иначе").person)
    rows = [
        ListedOrganization(
            row=n,
            told=str(n),
            details=a_group(name=f"Группа №{n}", leader=who.person),
            not_duplicate="Другие",
        )
        for n in range(60)
    ]
    save = {
        "details": lambda: at.change_organization_details(
            ref(theirs.organization), on, changes=changes
        ),
        "document": lambda: at.upload_document(on, content=pdf("ещё"), subject_id=who.id),
        "list": lambda: at.register_all(on, rows, lambda _: None),
    }

    just_before(lambda: erase(world, who.id, head(OWN)))
    with pytest.raises(SubjectErased):
        save[kind]()
    new = [row for row in stored("case_events") if row not in before]
    assert all("subject." in row for row in new)
    assert stored("document_contents") == []
    assert differences(world) == []


def test_a_row_that_was_made_before_the_erasure_is_made_again(world, just_before, stored):
    who, other = somebody(1), somebody(2)
    details = a_group(leader=who.person, contact_persons=(other.contact,))
    made = world.at(OWN).register_organization(world.on(OWN), details=details)
    just_before(lambda: erase(world, who.id, head(OWN)))
    assert contact(world.at(OWN), world.on(OWN), made).version == 2

    (row,) = stored("organizations")
    assert hashed(world, who) not in row
    assert hashed(world, other) in row
    assert differences(world) == []


def test_who_takes_the_person_out_of_a_case_meets_the_erasure_too(world, just_before, stored):
    who = somebody()
    made = world.at(OWN).register_organization(world.on(OWN), details=a_group(leader=who.person))
    just_before(lambda: erase(world, who.id, head(OWN)))
    changes = OrganizationDetailsChange(leader=None)
    world.at(OWN).change_organization_details(ref(made), world.on(OWN), changes=changes)
    (row,) = stored("organizations")
    assert hashed(world, who) not in row
    assert differences(world) == []


def test_an_erasure_sees_what_was_saved_just_before_it(world, just_before, stored):
    who = somebody()
    theirs = appears(world, who, OWN)
    at, on = world.at(OWN), world.on(OWN)
    other = at.register_organization(on, details=a_group(name="Речной дозор"))

    def meanwhile():
        contact(at, on, theirs.organization)
        changes = OrganizationDetailsChange(leader=elsewhere.person)
        at.change_organization_details(ref(other), on, changes=changes)

    elsewhere = somebody(9)._replace(id=who.id)
    just_before(meanwhile)
    erase(world, who.id, head(OWN))
    rows = "".join(stored("organizations"))
    assert [each for each in (who, elsewhere) if hashed(world, each) in rows] == []
    assert world.again(other).state.details.leader.name.value is None
    assert world.again(theirs.organization).version == 2
    assert differences(world) == []


def test_two_of_one_organization_are_erased_at_once(world, just_before, stored):
    one, two = somebody(1), somebody(2)
    details = a_group(leader=one.person, contact_persons=(two.contact,))
    world.at(OWN).register_organization(world.on(OWN), details=details)
    just_before(lambda: erase(world, two.id, head(OWN)))
    erase(world, one.id, head(OWN))
    (row,) = stored("organizations")
    assert hashed(world, one) not in row
    assert hashed(world, two) not in row
    assert differences(world) == []


def test_a_rebuild_that_has_read_the_person_already_reads_again(world, monkeypatch, stored):
    who = somebody()
    appears(world, who, OWN)
    compare = Rebuild.compare

    def erased_first(rebuild, **more):
        erase(world, who.id, head(OWN))
        return compare(rebuild, **more)

    monkeypatch.setattr(Rebuild, "compare", erased_first)
    assert world.services.front_office.rebuild_read_models(lambda _: None) == []
    assert hashed(world, who) not in "".join(stored("organizations"))


def test_many_work_on_the_cases_of_whom_somebody_erases(world, stored):
    who = somebody()
    made = world.at(OWN).register_organization(world.on(OWN), details=a_group(leader=who.person))
    done = Event()

    def change():
        renamed = OrganizationDetailsChange(leader=who._replace(name=world.name()).person)
        return world.at(OWN).change_organization_details(
            CaseRef(made.id), world.on(OWN), changes=renamed
        )

    def work():
        refused = 0
        while not done.is_set():
            for command in (change, lambda: contact(world.at(OWN), world.on(OWN), made)):
                try:
                    command()
                except SubjectErased:
                    refused += 1
                except StaleCase:
                    continue
        return refused

    def wait_for(version):
        while (case := world.again(made)).version < version:
            pass
        return case.version

    with ThreadPoolExecutor(3) as pool:
        working = [pool.submit(work) for _ in range(3)]
        wait_for(5)
        erase(world, who.id, head(OWN))
        wait_for(wait_for(0) + 5)
        done.set()
        assert sum(each.result() for each in working) > 0
    assert hashed(world, who) not in "".join(stored("organizations"))
    assert differences(world) == []
