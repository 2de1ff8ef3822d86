"""What has changed between two versions is what tells one file of the case from the other."""

from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from builders import TODAY
from crashing import ROOM, lent
from msgspec import inspect
from office import ref
from world import OTHER, OWN, World

from application.case_files.changes import changes
from application.case_files.organization_file import OrganizationFile
from application.case_files.request_file import RequestFile
from application.case_files.staff_file import StaffFile
from application.case_files.verification_file import VerificationFile
from application.documents import FiledDocument
from application.streams import CaseNotFound
from domain.catalogue.codes import Finding
from domain.organization import OrganizationDetailsChange as Changes
from domain.personal import ContactPerson, person
from domain.refusals import InvalidValue
from domain.versions import VersionBeyondLast, VersionsReversed
from web.languages import LANGUAGES, texts
from web.presentation import plain

BESIDE = {"version", "updated_at", "links"}


@pytest.fixture
def world(services) -> World:
    return World(services)


def worked_on(world):
    """A request with a step, a document, a question, an extension and an end."""
    made, at, on = world.taken(OWN, ROOM), world.at(OWN), world.on
    documents = (world.filed(OWN).id, world.filed(OWN, subject_id=UUID(int=8)).id)
    made = at.record_step(ref(made), on(OWN), summary="Зал", details=lent("Зал"))
    made = at.note(ref(made), on(OWN), text="Письма", documents=documents)
    made = at.ask_organization(ref(made), on(OWN), question="Когда?")
    made = at.record_answer(ref(made), on(OWN), answer="Завтра")
    made = at.extend_term(ref(made), on(OWN), until=TODAY + timedelta(40), reason="Ждём")
    return at.withdraw_request(ref(made), on(OWN), reason="Не нужно")


def changed(world):
    """An organization whose people and directions have changed."""
    made, at = world.active(OWN), world.at(OWN)
    one, other = (ContactPerson(person(UUID(int=n), f"Имя {n}"), "x", consent=True) for n in (1, 2))
    for change in (
        Changes(contact_persons=(one, other)),
        Changes(contact_persons=(other,), website="https://x.example", leader=one.person),
        Changes(leader=None, directions=()),
    ):
        made = at.change_organization_details(ref(made), world.on(OWN), changes=change)
    return at.close_organization(ref(made), world.on(OWN), reason="Распалась")


def accounted(world):
    return world.closed_account(OWN)


CASES = (worked_on, changed, accounted, lambda w: w.verified(OWN), lambda w: w.filed(OWN))


def leaves(value, path=()):
    """The values of a file as JSON has it, by their paths; lists of values are one value."""
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        parts = enumerate(value)
    else:
        return {} if value in (None, []) else {path: value}
    return {k: v for name, part in parts for k, v in leaves(part, (*path, name)).items()}


@pytest.mark.parametrize("make", CASES)
def test_one_file_with_its_changes_is_the_other(world, make):
    stream, office = make(world), world.services.front_office
    files = []
    for version in range(1, stream.version + 1):
        past = office.case(stream.case_type, stream.id, version=version)
        files.append(office.file(past, TODAY, past.changed_at))
    compared = [*pairwise(range(stream.version)), (0, stream.version - 1)]

    for first, last in compared:
        before, after = (
            {k: v for k, v in leaves(plain(files[n])).items() if k[0] not in BESIDE}
            for n in (first, last)
        )
        told = {each.path: each for each in changes(files[first], files[last])}
        assert all(plain(each.before) == before.get(path) for path, each in told.items())
        after_all = {**before, **{path: plain(each.after) for path, each in told.items()}}
        assert {k: v for k, v in after_all.items() if v is not None} == after


def test_an_office_compares_what_it_sees_and_no_more(world):
    made = world.accepted(world.offered(OWN, OTHER), OTHER)
    world.noted(made, OTHER, "Тайна нового фронт-офиса")
    own = world.at(OWN)
    seen = own.case(made.case_type, made.id)
    compared = own.compared(seen, TODAY, {})

    assert (compared.before.version, compared.after.version) == (1, made.version)
    assert not any("notes" in each.path for each in compared.changes)
    with pytest.raises(VersionBeyondLast):
        own.compared(seen, TODAY, {"to_version": made.version + 1})


@pytest.mark.parametrize(
    ("ends", "refusal", "field"),
    [
        ({"from_version": 9}, VersionBeyondLast, "from_version"),
        ({"to_version": 9}, VersionBeyondLast, "to_version"),
        ({"from_version": 3, "to_version": 2}, VersionsReversed, "to_version"),
    ],
)
def test_versions_that_make_no_comparison_are_refused(world, ends, refusal, field):
    stream = worked_on(world)
    with pytest.raises(refusal) as refused:
        world.services.front_office.compared(stream, TODAY, ends)
    assert isinstance(refused.value, InvalidValue)
    assert refused.value.field == field


def test_moments_are_ends_too_and_before_its_beginning_there_was_no_case(world):
    stream, office = worked_on(world), world.services.front_office
    moments = [event.recorded_at for event in stream.events]
    asked = {"from_moment": moments[1], "to_moment": moments[3]}
    compared = office.compared(stream, TODAY, asked)

    assert (compared.before.version, compared.after.version) == (2, 4)
    assert office.compared(stream, TODAY, {"from_moment": moments[-1]}).changes == ()
    with pytest.raises(VersionsReversed):
        office.compared(stream, TODAY, {"from_moment": moments[2], "to_version": 1})
    with pytest.raises(CaseNotFound):
        office.compared(stream, TODAY, {"from_moment": moments[0] - timedelta(seconds=1)})


FILES = (OrganizationFile, VerificationFile, RequestFile, StaffFile, FiledDocument)


def fields_of(node):
    """The names of all fields that a file can have, however deep."""
    if isinstance(node, inspect.StructType):
        tag = getattr(node.cls, "__origin__", node.cls).__struct_config__.tag_field
        yield from [tag] if tag else []
        for field in node.fields:
            if field.name not in {"links", "cause"}:
                yield from [] if field.name == "fact" else [field.name]
                yield from fields_of(field.type)
    for name in ("types", "item_type", "key_type", "value_type"):
        inner = getattr(node, name, ())
        for each in inner if isinstance(inner, tuple) else (inner,):
            yield from fields_of(each)


@pytest.mark.parametrize("file", FILES)
def test_every_field_of_a_file_has_a_label_in_three_languages(file):
    named = set(fields_of(inspect.type_info(file)))

    assert named <= texts("labels").keys()
    assert all(set(texts("labels")[name]) == set(LANGUAGES) for name in named)
    assert not set(Finding) & named
