"""Topics, fields and their JSON are a storage format: a change is a deliberate edit."""

import json
import re
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from cryptography.exceptions import InvalidTag
from eventsourcing.persistence import StoredEvent
from examples import SUBJECT, examples, of_type

from application.case_types import CASE_TYPES, EVENT_TYPES
from application.persistence.event_mapper import EventMapper
from application.persistence.personal_fields import holds_personal_data, subjects
from application.persistence.sealing import seal, unseal
from application.persistence.upcasts import UPCASTS, Upcast
from application.streams import Recorded
from domain.events import Event
from domain.personal import Personal

GOLDEN = Path(__file__).with_name("events.golden.jsonl")
KEYRING = {SUBJECT: bytes(32)}
CASE = UUID(int=7)
PERSONAL = [topic for topic, event in EVENT_TYPES.items() if holds_personal_data(event)]


def line(event: Event) -> str:
    body = msgspec.json.encode(event, enc_hook=lambda item: f"<sealed {item.field}>")
    return f'{{"{event.TOPIC}": {body.decode()}}}'


def test_every_topic_has_the_fields_it_always_had():
    lines = [line(event) for event in examples()]

    assert lines == GOLDEN.read_text("utf-8").splitlines()


def test_every_form_that_was_ever_written_is_readable():
    mapper = EventMapper(EVENT_TYPES)
    for written in GOLDEN.read_text("utf-8").splitlines():
        ((topic, fields),) = json.loads(written).items()
        state = json.dumps(_sealed(fields)).encode()
        assert mapper.load(StoredEvent(CASE, 3, topic, state), KEYRING).event is not None
    assert not set(UPCASTS) & set(EVENT_TYPES)


def test_an_old_form_is_read_as_what_it_is_called_and_holds_today():
    noted = next(iter(of_type(EVENT_TYPES["request.noted"])))
    today = EventMapper(EVENT_TYPES).store(Recorded(CASE, 3, noted), KEYRING)
    fields = json.loads(today.state)
    fields["words"] = fields.pop("text")
    first = StoredEvent(CASE, 3, "request.remarked", json.dumps(fields | {"loud": True}).encode())
    upcasts = {
        "request.remarked": Upcast(
            "request.remarked-2", lambda old: {k: v for k, v in old.items() if k != "loud"}
        ),
        "request.remarked-2": Upcast("request.noted", lambda old: {**old, "text": old["words"]}),
    }
    assert EventMapper(EVENT_TYPES, upcasts).load(first, KEYRING).event == noted


def _sealed(value):
    """Put sealed values where the golden file says that they stand."""
    if isinstance(value, dict):
        return {name: _sealed(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_sealed(each) for each in value]
    mark = re.fullmatch("<sealed (.+)>", value) if isinstance(value, str) else None
    return seal(Personal(SUBJECT, mark[1], "Пример"), KEYRING, CASE, 3) if mark else value


def test_topics_are_short_stable_names_of_their_kind_of_case():
    for case_type in CASE_TYPES:
        assert case_type.first.TOPIC in case_type.event_types
        assert all(topic.startswith(f"{case_type.name}.") for topic in case_type.event_types)
    assert len(EVENT_TYPES) == sum(len(each.event_types) for each in CASE_TYPES) == 67


@pytest.mark.parametrize("event", examples(), ids=lambda event: event.TOPIC)
def test_what_is_stored_comes_back_as_it_was(event):
    mapper = EventMapper(EVENT_TYPES)
    recorded = Recorded(CASE, 3, event)

    stored = mapper.store(recorded, KEYRING)
    assert mapper.load(stored, KEYRING) == recorded
    assert (stored.topic, stored.originator_version) == (event.TOPIC, 3)
    assert str(CASE).encode() not in stored.state


@pytest.mark.parametrize("topic", PERSONAL)
def test_personal_data_is_sealed_and_reads_as_erased_without_its_key(topic):
    mapper = EventMapper(EVENT_TYPES)
    event = next(each for each in of_type(EVENT_TYPES[topic]) if subjects([each]))
    stored = mapper.store(Recorded(CASE, 3, event), KEYRING)

    assert "Примеров".encode() not in stored.state
    assert subjects([event]) == mapper.subjects_of([stored]) == {SUBJECT}
    erased = mapper.load(stored, {})
    assert erased.event != event
    assert mapper.store(erased, KEYRING).topic == topic


def test_only_these_events_hold_personal_data():
    assert PERSONAL == [
        "organization.details-changed",
        "organization.registered",
        "verification.check-recorded",
        "request.requested",
        "document.uploaded",
        "staff.created",
    ]


@pytest.mark.parametrize(
    ("case_id", "version", "field", "subject"),
    [
        (UUID(int=8), 3, "name", SUBJECT),
        (CASE, 4, "name", SUBJECT),
        (CASE, 3, "phone", SUBJECT),
        (CASE, 3, "name", UUID(int=9)),
    ],
)
def test_a_sealed_value_moved_to_another_case_event_field_or_person_does_not_open(
    case_id, version, field, subject
):
    sealed = dict(seal(Personal(SUBJECT, "name", "Пример"), KEYRING, CASE, 3))
    moved = {**sealed, "field": field, "subject_id": str(subject)}
    keyring = {**KEYRING, UUID(int=9): bytes(32)}

    assert unseal(sealed, keyring, CASE, 3).value == "Пример"
    with pytest.raises(InvalidTag):
        unseal(moved, keyring, case_id, version)


def test_a_personal_value_is_opaque_to_a_serialiser_and_to_a_log():
    item = Personal(SUBJECT, "phone", "+77000000001")

    assert "7700" not in repr(item)
    assert {item, Personal(SUBJECT, "phone", "+77000000001")} == {item}
    with pytest.raises(TypeError):
        msgspec.json.encode(item)


@pytest.mark.parametrize("event_type", EVENT_TYPES.values())
def test_no_plain_field_is_named_like_personal_data(event_type):
    """A name, a phone or an IIN of a person has to be typed as personal."""
    fields = list(_plain_fields(msgspec.inspect.type_info(event_type)))
    allowed = {
        "name",
        "name_kk",
        "shown_name",
        "organization_name",
        "issuer_name",
    }  # Of organizations.
    suspicious = ("phone", "email", "iin", "surname", "name", "birth")
    assert [f for f in fields if any(word in f for word in suspicious) and f not in allowed] == []


def _plain_fields(node):
    for field in getattr(node, "fields", ()):
        if isinstance(field.type, msgspec.inspect.StrType):
            yield field.name
        for part in (
            field.type,
            *getattr(field.type, "types", ()),
            getattr(field.type, "item_type", None),
        ):
            yield from _plain_fields(part)
