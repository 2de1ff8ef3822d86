"""Documents in the database: each content once, sealed where it is about a person, seen by few."""

from uuid import UUID, uuid4

import psycopg
import pytest
from cryptography.exceptions import InvalidTag
from eventsourcing.persistence import OperationalError
from office import LOOK_UP, ref
from papers import pdf, sized
from people import actor
from world import FOREIGN, OTHER, OWN, REPUBLIC, World

from application.attempts import Attempt
from application.case_types import DOCUMENT, REQUEST, VERIFICATION
from application.persistence.recorder import CaseRecorder
from application.persistence.vault import SubjectErased
from application.streams import CaseNotFound, CaseRef
from application.use_cases.decisions import CheckInput
from domain.catalogue.codes import CheckOutcome
from domain.document import Document
from domain.document.attachments import DocumentNotFound
from domain.document.document import DocumentErased

SUBJECT, STRANGER = UUID(int=88), UUID(int=89)


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


def upload(world, office, content, **more):
    return world.at(office).upload_document(world.on(office), content=content, **more)


def kept(ask):
    return dict(ask("SELECT digest, content FROM document_contents"))


def erase(ask, subject_id=SUBJECT):
    ask("UPDATE subject_keys SET wrapped = NULL WHERE subject_id = %s", subject_id)


def digest_of(stream):
    return stream.first(Document.Uploaded).digest


# Stored once.


def test_one_content_is_stored_once_whoever_files_it_however_often(world, ask):
    one, again = upload(world, OWN, pdf()), upload(world, OWN, pdf(), title="Отчёт")
    other = upload(world, OTHER, pdf())

    assert kept(ask) == {digest_of(one): pdf()}
    assert len({each.id for each in (one, again, other)}) == 3
    for office, stream in ((OWN, one), (OWN, again), (OTHER, other)):
        assert world.at(office).content(stream) == pdf()


def test_a_content_lies_beside_its_table_as_it_is(world, ask):
    upload(world, OWN, sized(300_000))
    assert ask(
        "SELECT attstorage FROM pg_attribute WHERE attname = 'content'"
        " AND attrelid = 'document_contents'::regclass"
    ) == [("e",)]
    assert ask("SELECT pg_column_size(content) FROM document_contents") == [(300_000,)]


def test_a_document_that_was_not_saved_leaves_no_content(world, ask, monkeypatch):
    def broken(*_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(CaseRecorder, "_sent", broken)  # The database has gone.
    with pytest.raises(OperationalError):
        upload(world, OWN, pdf())
    assert kept(ask) == {}


def test_an_attempt_with_another_content_leaves_none(world, ask):
    by = world.staff(OWN)
    attempt = Attempt("k-1", "asked")
    on = world.services.occasion(by, cause="test", attempt=attempt)
    office = world.at(OWN)
    first = office.once(on, lambda: office.upload_document(on, content=pdf()))
    again = office.once(on, lambda: office.upload_document(on, content=pdf("другой")))

    assert again.id == first.id
    assert list(kept(ask).values()) == [pdf()]


# About a person.


def test_a_document_about_a_person_is_sealed_and_its_hash_is_nowhere(world, ask):
    stream = upload(world, OWN, pdf(), subject_id=SUBJECT)
    plain = digest_of(upload(world, OTHER, pdf()))

    sealed = kept(ask)[digest_of(stream)]
    assert (digest_of(stream) == plain, b"%PDF" in sealed) == (False, False)
    assert world.at(OWN).content(stream) == pdf()
    assert stream.first(Document.Uploaded).sha256 == plain
    (state,) = ask("SELECT state FROM case_events WHERE originator_id = %s", stream.id)
    assert plain.encode() not in bytes(state[0])


def test_such_a_content_is_stored_once_for_each_person(world, ask):
    one, again = (upload(world, OWN, pdf(), subject_id=SUBJECT) for _ in range(2))
    other = upload(world, OWN, pdf(), subject_id=STRANGER)

    assert kept(ask).keys() == {digest_of(one), digest_of(other)}
    assert [world.at(OWN).content(each) for each in (one, again, other)] == [pdf()] * 3


def test_with_the_key_of_its_person_a_document_is_gone(world, ask):
    stream = upload(world, OWN, pdf(), subject_id=SUBJECT)
    spared = upload(world, OWN, pdf(), subject_id=STRANGER)
    erase(ask)

    read = world.at(OWN).case(DOCUMENT, stream.id)
    assert read.first(Document.Uploaded).sha256 is None
    with pytest.raises(DocumentErased):
        world.at(OWN).content(read)
    assert world.at(OWN).content(spared) == pdf()
    with pytest.raises(SubjectErased):
        upload(world, OWN, pdf("ещё"), subject_id=SUBJECT)


def test_what_is_sealed_opens_in_its_own_place_only(world, ask):
    mine, other = (upload(world, OWN, pdf(each), subject_id=SUBJECT) for each in "ab")
    ask(
        "UPDATE document_contents SET content ="
        " (SELECT content FROM document_contents WHERE digest = %s) WHERE digest = %s",
        *(digest_of(other), digest_of(mine)),
    )
    assert world.at(OWN).content(other) == pdf("b")
    with pytest.raises(InvalidTag):
        world.at(OWN).content(mine)


def test_where_a_document_about_a_person_lies_its_hash_is_not_shown(world):
    stream = upload(world, OWN, pdf(), subject_id=SUBJECT, title="Письмо")
    made = world.noted(world.taken(OWN), OWN, "Пришло письмо", stream.id)

    file = world.at(OWN).file(made, world.today(), by=world.staff(OWN))
    (shown,) = file.notes[-1].documents
    assert (shown.title, shown.subject_id, shown.sha256) == ("Письмо", SUBJECT, None)


# Who sees it.


def sees(world, office, stream):
    try:
        return world.at(office).content(world.at(office).case(DOCUMENT, stream.id)) is not None
    except CaseNotFound:
        return False


def test_a_document_goes_with_the_case_it_lies_in_to_whoever_sees_that(world):
    stream = world.filed(OWN)
    made = world.noted(world.taken(OWN), OWN, "Отчёт", stream.id)
    assert [sees(world, each, stream) for each in (OWN, OTHER, REPUBLIC)] == [True, False, True]

    world.offer(made, OWN, OTHER)
    assert [sees(world, each, stream) for each in (OWN, OTHER, FOREIGN)] == [True, True, False]
    world.accepted(made, OTHER)
    assert [sees(world, each, stream) for each in (OWN, OTHER, FOREIGN)] == [True, True, False]


def test_what_is_put_in_after_a_part_has_ended_is_not_seen(world):
    early, late, later = (world.filed(office) for office in (OWN, OTHER, OTHER))
    made = world.noted(world.taken(OWN), OWN, "Отчёт", early.id)
    made = world.accepted(world.offer(made, OWN, OTHER), OTHER)
    world.noted(made, OTHER, "После передачи", early.id, late.id)

    assert [sees(world, OWN, each) for each in (early, late, later)] == [True, False, False]
    assert [sees(world, OTHER, each) for each in (early, late, later)] == [True, True, True]


def test_a_question_shows_the_documents_of_its_case_to_whom_it_is_put(world):
    stream = world.filed(OWN)
    made = world.noted(world.taken(OWN), OWN, "Отчёт", stream.id)
    world.accepted(world.offer(made, OWN, REPUBLIC), REPUBLIC)
    republic = world.at(REPUBLIC)
    republic.escalate(REQUEST, CaseRef(made.id), world.on(REPUBLIC), question="А у вас?", to=OTHER)
    assert sees(world, OTHER, stream)


def test_nobody_attaches_what_they_do_not_see(world):
    foreign, own = world.filed(OTHER), world.filed(OWN)
    made = world.taken(OWN)
    for hidden in (foreign.id, uuid4(), made.id):
        with pytest.raises(DocumentNotFound) as refused:
            world.noted(made, OWN, "Отчёт", own.id, hidden)
        assert refused.value.field == "documents[1]"
    assert world.again(made).version == made.version


def test_the_documents_of_checks_are_named_by_their_check(world):
    own, foreign = world.filed(OWN).id, world.filed(OTHER).id
    about = {"outcome": CheckOutcome.CONFIRMED, "details": LOOK_UP}
    checks = [CheckInput(**about, documents=each) for each in ((own,), (own, foreign))]
    with pytest.raises(DocumentNotFound) as refused:
        world.at(OWN).request_verification(
            world.on(OWN), organization_id=world.active(OWN).id, checks=checks
        )
    assert refused.value.field == "checks[1].documents[1]"
    made = world.at(OWN).request_verification(
        world.on(OWN), organization_id=world.active(OWN).id, checks=checks[:1]
    )
    (check,) = world.at(OWN).file(made, world.today()).checks
    assert [each.id for each in check.documents] == [own]


def test_an_administrator_sees_no_document(world):
    stream = world.filed(OWN)
    with pytest.raises(CaseNotFound):
        world.services.front_office_of(actor("administrator@KZ")).case(DOCUMENT, stream.id)


def test_rows_of_documents_come_out_of_a_rebuild_as_they_were(world):
    stream = upload(world, OWN, pdf(), subject_id=SUBJECT)
    made = world.noted(world.taken(OWN), OWN, "Отчёт", stream.id)
    world.accepted(world.offer(made, OWN, OTHER), OTHER)
    checked = world.checked(OWN)
    world.at(OWN).record_check(
        ref(checked),
        world.on(OWN),
        outcome=CheckOutcome.CONFIRMED,
        details=LOOK_UP,
        documents=(stream.id,),
    )

    whole = world.services.front_office
    assert whole.check_read_models(lambda _: None) == []
    assert whole.rebuild_read_models(lambda _: None) == []
    assert [sees(world, each, stream) for each in (OWN, OTHER, FOREIGN)] == [True, True, False]
    assert whole.case(VERIFICATION, checked.id).state.checks
