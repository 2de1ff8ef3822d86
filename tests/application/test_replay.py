"""A replay finds whatever was changed in a read model or in a history, and names it by case."""

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from uuid import UUID, uuid4

import psycopg
import pytest
from builders import TRAINING
from office import Office, ref
from psycopg.sql import SQL, Identifier
from psycopg.types.json import Jsonb
from replaying import divergences, everything, fill, replayed, state_of

from application.databases import StartRefused, service_url
from application.persistence.live_rows import case_column
from application.read_models.projection import Projection
from application.read_models.rows import READ_MODELS
from application.replay.divergences import EVENTS, HIDDEN, Kind

NOBODY = UUID(int=99)
# The smallest change of a value of each type of column.
OTHER = {
    "text": "coalesce({0}, '') || '!'",
    "integer": "coalesce({0}, 0) + 1",
    "bigint": "{0} + 1",
    "boolean": "NOT {0}",
    "date": "coalesce({0}, '2026-01-01') + 1",
    "timestamp with time zone": "coalesce({0}, '2026-01-01') + interval '1 microsecond'",
    "uuid": "'00000000-0000-0000-0000-000000000063'::uuid",
    "text[]": "{0} || '!'::text",
    "uuid[]": "{0} || '00000000-0000-0000-0000-000000000063'::uuid",
}
# What lets a copy of a row stand beside it.
APART = {"number": "7", "login_key": None, "identity_key": None, "bin_once": None, "item_key": 1}
APART |= {"subject_id": "00000000-0000-0000-0000-000000000064"}
TABLES = pytest.mark.parametrize("model", READ_MODELS, ids=lambda model: model.TABLE)


@pytest.fixture
def kept(office: Office) -> Office:
    """An office with rows in every read model."""
    fill(office)
    return office


@pytest.fixture
def found(kept, database_url, settings):
    """What a replay finds now."""
    return lambda: divergences(database_url, settings)


@pytest.fixture
def owner(database_url):
    """A connection of whoever can change everything."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


def test_what_was_written_live_is_what_the_history_gives(kept, database_url, settings, owner):
    told = replayed(database_url, settings.key_file)
    streams, events = owner.execute(
        "SELECT count(DISTINCT originator_id), count(*) FROM case_events"
    ).fetchone()

    assert told.divergences == ()
    assert (told.cases, told.events) == (streams, events)
    for model in READ_MODELS:
        assert owner.execute(f"SELECT FROM {model.TABLE} LIMIT 1").fetchone() is not None, model


@contextmanager
def changed(owner, model, name):
    """Change one field of one row for as long as the block lasts; give what tells the row."""
    keys = ", ".join(model.KEY)
    kind, key, before = owner.execute(
        f"SELECT format_type(a.atttypid, NULL), row_to_json((SELECT k FROM (SELECT {keys}) AS k)),"
        f" {name} FROM {model.TABLE}, pg_attribute AS a"
        " WHERE a.attrelid = %s::regclass AND a.attname = %s LIMIT 1",
        [model.TABLE, name],
    ).fetchone()
    where = SQL(" AND ").join(SQL("{} = {}").format(Identifier(k), str(v)) for k, v in key.items())
    update = SQL("UPDATE {} SET {} = {{}} WHERE {}").format(
        Identifier(model.TABLE), Identifier(name), where
    )
    text = update.as_string()
    owner.execute(text.replace("{}", OTHER[kind].format(name), 1))
    yield key
    owner.execute(text.replace("{}", "%s", 1), [before])


@TABLES
def test_every_field_of_every_list_is_compared(owner, found, model):
    """Each is made another by as little as can be; that case and field are told, and no other."""
    for name in model.__struct_fields__:
        if name in model.KEY:
            continue
        with changed(owner, model, name) as key:
            (told,) = found()
        assert (told.kind, told.table, told.field) == (Kind.FIELD, model.TABLE, name)
        case = case_column(model)
        assert str(told.case_id) == key[case]
        assert told.row == {part: value for part, value in key.items() if part != case}
        assert told.is_hidden == (name in HIDDEN)
        assert (told.live == told.replayed) == told.is_hidden
    assert found() == ()


@TABLES
def test_every_row_of_every_list_is_compared(owner, found, model):
    case = case_column(model)
    owner.execute(
        f"INSERT INTO {model.TABLE} SELECT (jsonb_populate_record(r, %s)).* FROM {model.TABLE} AS r"
        " LIMIT 1",
        [Jsonb({**APART, case: str(NOBODY)})],
    )

    (told,) = found()
    assert (told.kind, told.table, told.case_id) == (Kind.ROW_EXTRA, model.TABLE, NOBODY)
    assert told.case_type is None
    assert told.number in {None, APART["number"]}

    owner.execute(f"DELETE FROM {model.TABLE} WHERE {case} = %s", [NOBODY])
    (whose,) = owner.execute(
        f"DELETE FROM {model.TABLE} WHERE ctid = (SELECT ctid FROM {model.TABLE} LIMIT 1)"
        f" RETURNING {case}"
    ).fetchone()

    (told,) = found()
    assert (told.kind, told.table, told.case_id) == (Kind.ROW_MISSING, model.TABLE, whose)


def test_a_row_that_a_case_has_not_is_one_too_many(owner, found):
    (case,) = owner.execute(
        "INSERT INTO sights SELECT case_id, 'KZ-19' FROM sights LIMIT 1 RETURNING case_id"
    ).fetchone()

    (told,) = found()
    assert (told.kind, told.table, told.case_id) == (Kind.ROW_EXTRA, "sights", case)
    assert (told.row, told.case_type) == ({"office": "KZ-19"}, "organization")


def test_a_case_is_named_by_its_number(owner, found):
    owner.execute("UPDATE loans SET item = 'Подвал'")

    (told,) = found()
    assert (told.number, told.case_type) == ("KZ-75/2026/000001", "request")
    assert (told.field, told.live, told.replayed) == ("item", "Подвал", "Зал")


def test_another_office_beside_an_event_is_told(owner, found):
    case, version, _ = state_of(owner.info.dsn, "request.assigned")
    owner.execute(
        "UPDATE case_events SET office = 'KZ-19'"
        " WHERE originator_id = %s AND originator_version = %s",
        [case, version],
    )

    (told,) = found()
    assert (told.kind, told.table, told.field) == (Kind.OFFICE, EVENTS, "office")
    assert (str(told.case_id), told.version) == (case, version)
    assert (told.live, told.replayed) == ("KZ-19", "KZ-75")


@pytest.mark.parametrize(
    ("topic", "damage", "kind"),
    [
        ("request.assigned", "state = 'no JSON'", Kind.UNDECODABLE),
        ("request.assigned", "state = '\\xff00'", Kind.UNDECODABLE),
        ("request.assigned", "state = '{}'", Kind.UNDECODABLE),
        ("request.assigned", "state = convert_to(repeat('[', 99999), 'UTF8')", Kind.UNDECODABLE),
        ("request.assigned", "topic = 'request.forgotten'", Kind.UNDECODABLE),
        ("request.assigned", "originator_version = 9", Kind.VERSION_GAP),
        ("request.requested", "originator_version = 9", Kind.VERSION_GAP),
        (
            "organization.registered",
            "state = replace(state::text, '7b', '7c')::bytea",
            Kind.UNDECODABLE,
        ),
    ],
)
def test_an_event_that_was_damaged_is_a_fault_of_its_case(owner, found, topic, damage, kind):
    case, version, _ = state_of(owner.info.dsn, topic)
    owner.execute(
        f"UPDATE case_events SET {damage} WHERE originator_id = %s AND originator_version = %s",
        [case, version],
    )

    (told,) = found()
    assert (told.kind, str(told.case_id), told.version) == (kind, case, version)


def test_words_of_an_event_that_cannot_be_read_are_not_told(owner, found):
    """The library names the value that it cannot read; it may be somebody's name."""
    case, version, _ = state_of(owner.info.dsn, "request.assigned")
    owner.execute(
        "UPDATE case_events SET state = convert_to(replace(convert_from(state, 'UTF8'),"
        " '\"specialist\"', '\"Канарейка\"'), 'UTF8') WHERE originator_id = %s"
        " AND originator_version = %s",
        [case, version],
    )

    (told,) = found()
    assert (told.kind, told.fault) == (Kind.UNDECODABLE, "ValidationError")
    assert "Канарейка" not in str(told)


def test_a_personal_value_that_was_moved_is_a_fault_of_its_case(owner, found):
    owner.execute(
        "UPDATE case_events SET state = convert_to(replace(convert_from(state, 'UTF8'),"
        ' \'"field":"phone"\', \'"field":"email"\'), \'UTF8\')'
        " WHERE topic = 'organization.registered'"
    )

    (told,) = found()
    assert (told.kind, told.fault) == (Kind.UNDECODABLE, "InvalidTag")


def test_a_key_that_was_damaged_is_a_fault_of_every_case_of_its_person(owner, found):
    owner.execute("UPDATE subject_keys SET wrapped = wrapped || 'x'")

    assert {(each.kind, each.fault) for each in found()} == {(Kind.UNDECODABLE, "InvalidTag")}
    assert len({each.case_id for each in found()}) > 1


def test_a_person_who_was_erased_is_no_fault(owner, found):
    owner.execute("UPDATE subject_keys SET wrapped = NULL")

    assert {each.kind for each in found()} == {Kind.FIELD}
    assert {each.field for each in found()} <= HIDDEN


def test_a_stream_that_was_deleted_leaves_rows_of_nobody(owner, found):
    case, _, _ = state_of(owner.info.dsn, "request.requested")
    owner.execute("DELETE FROM case_events WHERE originator_id = %s", [case])

    assert {(each.kind, str(each.case_id)) for each in found()} == {(Kind.ROW_EXTRA, case)}
    assert {each.table for each in found()} == {"requests", "sights", "escalations", "loans"}


def test_a_tail_that_was_cut_off_is_told_by_its_rows(owner, found):
    case, version, _ = state_of(owner.info.dsn, "request.escalated")
    owner.execute(
        "DELETE FROM case_events WHERE originator_id = %s AND originator_version = %s",
        [case, version],
    )

    assert {str(each.case_id) for each in found()} == {case}
    assert {"version", "escalated", "updated_at"} <= {each.field for each in found()}


def test_a_stream_that_begins_like_none_is_told(owner, found):
    case, version, _ = state_of(owner.info.dsn, "request.assigned")
    owner.execute(
        "UPDATE case_events AS e SET topic = a.topic, state = a.state FROM case_events AS a"
        " WHERE e.originator_version = 1 AND e.originator_id = a.originator_id"
        " AND a.originator_id = %s AND a.originator_version = %s",
        [case, version],
    )

    (told,) = found()
    assert (told.kind, str(told.case_id)) == (Kind.NO_BEGINNING, case)


def test_an_event_of_another_kind_of_case_is_told(owner, found):
    case, version, _ = state_of(owner.info.dsn, "request.assigned")
    owner.execute(
        "UPDATE case_events AS e SET topic = o.topic, state = o.state FROM case_events AS o"
        " WHERE e.originator_id = %s AND e.originator_version = %s"
        " AND o.topic = 'organization.marked-duplicate'",
        [case, version],
    )

    foreign = [each for each in found() if each.kind is Kind.FOREIGN_EVENT]
    assert [(str(each.case_id), each.version) for each in foreign] == [(case, version)]
    assert {str(each.case_id) for each in found()} == {case}


def test_a_history_that_makes_no_case_is_told(found, monkeypatch):
    def broken(*_):
        raise AssertionError("Канарейка")

    monkeypatch.setattr(Projection, "_request_row", broken)

    (told,) = found()
    assert (told.kind, told.fault) == (Kind.UNFOLDABLE, "AssertionError")
    assert "Канарейка" not in str(told)


def test_whatever_is_written_over_a_history_a_replay_comes_to_its_end(owner, found):
    """Any byte is made any other: what comes of it may be seen or not, and breaks nothing off."""
    chance = random.Random(6)
    events = owner.execute(
        "SELECT originator_id, originator_version, state FROM case_events"
    ).fetchall()
    kinds = set()
    for _ in range(20):
        case, version, state = chance.choice(events)
        other = bytearray(state)
        other[chance.randrange(len(state))] = chance.randrange(256)
        update = (
            "UPDATE case_events SET state = %s WHERE originator_id = %s AND originator_version = %s"
        )
        owner.execute(update, [bytes(other), case, version])
        kinds |= {each.kind for each in found()}
        owner.execute(update, [state, case, version])
    assert found() == ()
    assert Kind.UNDECODABLE in kinds


def test_a_replay_changes_nothing(kept, database_url, settings, owner):
    owner.execute("UPDATE requests SET subject = 'Не то'")
    before = everything(database_url)

    assert divergences(database_url, settings)
    assert everything(database_url) == before


def test_writers_go_on_and_are_no_divergence(kept, found):
    stop = Event()

    def write(number):
        while not stop.is_set():
            request = kept.request(kept.group(f"Группа {number} {uuid4()}").id, TRAINING)
            kept.cases.assign(ref(request), kept.on(), staff_id=kept.specialist)

    with ThreadPoolExecutor(2) as people:
        writing = [people.submit(write, number) for number in range(2)]
        try:
            told = [found() for _ in range(8)]
        finally:
            stop.set()
    assert told == [()] * 8
    assert all(each.result() is None for each in writing)


def test_who_does_not_see_every_row_is_refused(kept, database_url, settings):
    login = service_url(settings, database_url)
    with pytest.raises(StartRefused, match="FRONTOFFICE_OWNER_DATABASE_URL"):
        replayed(login, settings.key_file)


def test_without_the_key_file_nothing_is_begun(kept, database_url, tmp_path):
    with pytest.raises(StartRefused, match="is missing"):
        replayed(database_url, tmp_path / "none.json")


@pytest.mark.parametrize(
    ("damage", "repair", "told"),
    [
        (
            "ALTER TABLE loans RENAME item TO thing",
            "ALTER TABLE loans RENAME thing TO item",
            "read-models rebuild",
        ),
        (
            "UPDATE forms SET mark = mark || 'x' WHERE name = 'read models'",
            "UPDATE forms SET mark = rtrim(mark, 'x') WHERE name = 'read models'",
            "start the service once",
        ),
    ],
)
def test_lists_that_are_not_whole_are_told_with_what_to_do(owner, found, damage, repair, told):
    owner.execute(damage)
    try:
        with pytest.raises(StartRefused, match=told):
            found()
    finally:
        owner.execute(repair)
