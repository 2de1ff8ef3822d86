"""Personal data in the database: never in the clear, gone with its key, useless if moved."""

from uuid import UUID

import psycopg
import pytest
from builders import a_group
from cryptography.exceptions import InvalidTag
from office import ref

from application import bootstrap
from application.case_types import ORGANIZATION
from application.databases import StartRefused
from application.persistence.key_file import KeyFileUnusable, ensure_key_file, read_key_file
from application.persistence.vault import SubjectErased
from application.settings import Settings
from domain.organization import OrganizationDetailsChange
from domain.organization.duplicates import DuplicateSuspected, NotDuplicate
from domain.personal import ContactPerson, person

SUBJECT = UUID(int=77)
CANARY, PHONE = "Канарейка Примеровна", "+77000000077"


def with_contact(**changes):
    contact = ContactPerson(
        person(SUBJECT, CANARY, PHONE, "canary@example.org"), "координатор", consent=True
    )
    return a_group(contact_persons=(contact,), **changes)


def everything_stored(url: str) -> str:
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        rows = [
            connection.execute(f'SELECT "{name}"::text FROM "{name}"').fetchall()
            for (name,) in tables
        ]
        states = connection.execute(
            "SELECT convert_from(state, 'UTF8') FROM case_events"
        ).fetchall()
    return str(rows) + str(states)


def test_no_table_holds_a_personal_value_in_the_clear(office, database_url):
    stream = office.organization(with_contact())
    stored = everything_stored(database_url)

    assert str(SUBJECT) in stored
    for value in (CANARY, PHONE, "canary@example.org"):
        assert value not in stored
    contact = office.cases.case(ORGANIZATION, stream.id).state.details.contact_persons[0]
    assert (contact.person.name.value, contact.person.phone.value) == (CANARY, PHONE)


def test_a_destroyed_key_erases_the_person_and_is_never_made_again(office, database_url):
    stream = office.organization(with_contact())
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "UPDATE subject_keys SET wrapped = NULL WHERE subject_id = %s", [SUBJECT]
        )

    erased = office.cases.case(ORGANIZATION, stream.id).state.details.contact_persons[0].person
    assert (erased.name.value, erased.phone.value) == (None, None)
    decided = NotDuplicate((stream.id,), "Другие люди")
    with pytest.raises(SubjectErased):
        office.cases.register_organization(
            office.on(), details=with_contact(name="Другая группа"), not_duplicate=decided
        )
    change = OrganizationDetailsChange(name="Новое имя")
    changed = office.cases.change_organization_details(ref(stream), office.on(), changes=change)
    assert changed.version == 2


def test_a_person_keeps_one_key_wherever_they_appear(office, database_url):
    office.organization(with_contact(name="Одна"))
    with pytest.raises(DuplicateSuspected):
        office.organization(with_contact(name="Другая"))
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT count(*) FROM subject_keys").fetchone() == (1,)


def test_a_wrapped_key_does_not_open_for_another_person(office, database_url):
    stream = office.organization(with_contact())
    other = ContactPerson(person(UUID(int=78), "Другой", "+77000000078"), "x", consent=True)
    office.organization(a_group(name="Другая", contact_persons=(other,)))
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "UPDATE subject_keys SET wrapped = (SELECT wrapped FROM subject_keys WHERE subject_id = %s)"
            " WHERE subject_id = %s",
            [UUID(int=78), SUBJECT],
        )
    with pytest.raises(InvalidTag):
        office.cases.case(ORGANIZATION, stream.id)


def test_the_key_file_is_made_once_for_its_owner_only_and_is_missed_when_it_is_gone(tmp_path):
    path = tmp_path / "keys" / "keys.json"
    made = ensure_key_file(path)

    assert ensure_key_file(path) == made
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert made.key(made.current) != made.lookup_key
    path.write_text("{")
    with pytest.raises(KeyFileUnusable, match="cannot be read"):
        read_key_file(path)
    path.unlink()
    with pytest.raises(KeyFileUnusable, match="restore it"):
        read_key_file(path)


def test_a_database_with_people_in_it_does_not_start_with_a_new_key_file(
    office, database_url, tmp_path
):
    office.organization(with_contact())
    elsewhere = Settings(key_file=tmp_path / "other.json")

    with pytest.raises(StartRefused, match="is missing"):
        bootstrap.prepare(elsewhere, database_url)
    with (
        pytest.raises(StartRefused, match="is missing"),
        bootstrap.build(elsewhere, database_url),
    ):
        pass
