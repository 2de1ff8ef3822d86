"""What is restored is what was backed up, whole and the same, or nothing is."""

import hashlib
import resource
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from multiprocessing import get_context
from threading import Event
from zipfile import ZipFile

import msgspec
import psycopg
import pytest
from backing_up import (
    empty_database,
    killed_at,
    manifest_of,
    other_fold,
    quiet,
    resealed,
    rewritten,
    tables_in,
)
from builders import SPECIALIST, TRAINING, a_group
from msgspec.structs import replace
from office import Office, ref
from papers import pdf
from people import actor

from application import bootstrap
from application.attempts import Attempt
from application.backups.making import back_up
from application.backups.outcomes import BackupFailed, BackupRefused
from application.backups.progress import Phase
from application.backups.restoring import restore
from application.case_types import CASE_TYPES, ORGANIZATION, REQUEST
from application.persistence.backup_manifest import STREAMS
from application.persistence.kept_tables import KEPT, LEFT_OUT
from application.persistence.key_file import ensure_key_file, read_key_file
from application.persistence.schema import SCHEMA_VERSION
from application.persistence.stream_digests import StreamDigest, differing
from application.read_models.rows import READ_MODELS
from application.reading_log import Look
from application.streams import CaseRef
from domain.personal import ContactPerson, person

MADE_AT = datetime(2026, 3, 2, 7, tzinfo=UTC)
CONTEXT = get_context("forkserver")
PERSON = "Канарейка Примеровна"


@pytest.fixture
def empty(server_url):
    with empty_database(server_url) as url:
        yield url


@pytest.fixture
def here(settings, database_url):
    return replace(settings, database_url=database_url)


@pytest.fixture
def there(settings, empty):
    return replace(settings, database_url=empty)


@pytest.fixture
def request_with_people(services):
    """A request of an organization with a person, beside a stream of every other kind."""
    office = Office(services)
    administrator = office.on(actor("administrator@KZ"))
    office.cases.correct_day(administrator, day=date(2026, 3, 10), is_working=False, reason="Указ")
    contact = ContactPerson(
        person(services.new_id(), PERSON, "+77000000077"), "координатор", consent=True
    )
    organization = office.organization(a_group(contact_persons=(contact,)))
    office.verified(organization.id)
    request = office.request(organization.id, TRAINING)
    office.cases.hold_subject(
        CaseRef(contact.person.subject_id), office.on(actor("head@KZ-75")), reason="Суд"
    )
    for subject_id in (None, services.new_id()):
        office.cases.upload_document(office.on(), content=pdf(), subject_id=subject_id)
    auditor = office.on(actor("auditor@KZ"))
    office.cases.add_annotation(auditor, case_id=request.id, text="Спросить о письме")
    on = office.on(attempt=Attempt("k", "assign"))
    return office.cases.assign(ref(request), on, staff_id=office.colleague)


@pytest.fixture
def backup(request_with_people, here, tmp_path):
    assert request_with_people
    path = tmp_path / "backup.zip"
    back_up(here, path, MADE_AT, quiet)
    return path


# What the schema of before does not have.
NEW = (*(name for name in KEPT if name.startswith("log_")), "retired_keys")


def rows(url, table):
    with psycopg.connect(url) as connection:
        return sorted(map(str, connection.execute(f"SELECT t::text FROM {table} t")))


def test_every_table_is_backed_up_or_made_from_the_streams_or_of_no_use_later(database_url):
    """A new table has to be named in one of them, or it would be lost."""
    made = {model.TABLE for model in READ_MODELS}
    assert tables_in(database_url) == {*KEPT, *LEFT_OUT, *made}


def test_what_is_backed_up_here_has_a_stream_of_every_kind(backup, database_url):
    assert backup
    with psycopg.connect(database_url) as connection:
        topics = {row[0] for row in connection.execute("SELECT topic FROM case_events")}
    assert topics >= {each.first.TOPIC for each in CASE_TYPES}


def test_what_is_restored_is_the_same_and_works(backup, here, there, services, request_with_people):
    services.desk.sessions.begin(Office(services).people.account("head@KZ-75"))
    services.reading_log.case(Look(SPECIALIST, "test"), "export", request_with_people)
    backup.unlink()
    made = back_up(here, backup, MADE_AT, quiet)

    restored = restore(there, backup, quiet)
    assert restored.manifest == made == manifest_of(backup)
    assert restored.refolded == ()
    for table in KEPT:
        assert rows(there.database_url, table) == rows(here.database_url, table)
    assert rows(there.database_url, "reads")
    assert rows(there.database_url, "sessions") == []
    bootstrap.prepare(there, there.database_url)
    with bootstrap.build(there, there.database_url, clock=services.clock) as built:
        assert built.front_office.queries.is_ready()
        assert built.front_office.check_read_models(quiet) == []
        office = Office(built)
        again = built.front_office.case(REQUEST, request_with_people.id)
        assert again == request_with_people
        organization = built.front_office.case(ORGANIZATION, again.state.organization_id)
        assert organization.state.details.contact_persons[0].person.name.value == PERSON
        number = office.request(organization.id, TRAINING).events[0].number
        assert number == "KZ-75/2026/000002"


def test_a_backup_is_its_owners_only_and_never_written_over(backup, here):
    assert backup.stat().st_mode & 0o777 == 0o600
    before = backup.read_bytes()
    with pytest.raises(BackupRefused, match="is there already"):
        back_up(here, backup, MADE_AT, quiet)
    with pytest.raises(BackupRefused, match="There is no folder"):
        back_up(here, backup.parent / "nowhere" / "backup.zip", MADE_AT, quiet)
    assert backup.read_bytes() == before
    assert list(backup.parent.iterdir()) == [backup]


def test_nothing_personal_stands_in_a_backup_in_the_clear(backup):
    with ZipFile(backup) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for value in (PERSON, "77000000077"):
        assert value.encode() not in everything
        assert value.encode().hex().encode() not in everything


@contextmanager
def small_files(size):
    """Let no file of this process become larger, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [0, 100, 2000, 4000])
def test_on_a_full_disk_there_is_no_backup_and_nothing_that_looks_like_one(backup, here, size):
    backup.unlink()
    with small_files(size), pytest.raises(BackupFailed, match="no backup was made"):
        back_up(here, backup, MADE_AT, quiet)
    assert list(backup.parent.iterdir()) == []


@pytest.mark.parametrize(("version", "told"), [(None, "There is no front office"), (99, "update")])
def test_what_is_no_database_of_this_service_is_not_backed_up(there, tmp_path, version, told):
    ensure_key_file(there.key_file)
    with psycopg.connect(there.database_url) as connection:
        if version is not None:
            connection.execute("CREATE TABLE schema_version AS SELECT 99 AS version")
    with pytest.raises(BackupRefused, match=told):
        back_up(there, tmp_path / "backup.zip", MADE_AT, quiet)
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_goes_away_leaves_no_backup(backup, here, database_url):
    backup.unlink()

    def end_others(phase, *_):
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND state = 'idle in transaction'"
            )

    with pytest.raises(BackupFailed, match="could not be read to the end"):
        back_up(
            here, backup, MADE_AT, lambda phase, *_: phase is Phase.FOLDING and end_others(phase)
        )
    assert list(backup.parent.iterdir()) == []


def test_a_case_that_cannot_be_read_is_told_and_makes_no_backup(
    backup, here, database_url, request_with_people
):
    backup.unlink()
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE subject_keys SET wrapped = wrapped || 'x'")
    with pytest.raises(BackupFailed, match="cannot be read"):
        back_up(here, backup, MADE_AT, quiet)
    assert list(backup.parent.iterdir()) == []


def refused(there, path, match):
    """Expect a refusal before anything is written."""
    with pytest.raises(BackupRefused, match=match):
        restore(there, path, quiet)
    assert tables_in(there.database_url) == set()


@pytest.mark.parametrize("share", [0, 0.3, 0.7, 0.99])
def test_a_backup_that_was_cut_short_is_refused(backup, there, share):
    whole = backup.read_bytes()
    backup.write_bytes(whole[: int(len(whole) * share)])
    refused(there, backup, "is no whole backup")


def test_a_backup_with_a_wrong_byte_anywhere_is_refused(backup, there):
    whole = backup.read_bytes()
    with ZipFile(backup) as archive:
        starts = [info.header_offset + 80 for info in archive.infolist() if info.file_size]
    for place in starts:
        other = bytearray(whole)
        other[place] ^= 1
        backup.write_bytes(other)
        refused(there, backup, "is no whole backup|was changed|is damaged")


@pytest.mark.parametrize("foreign", ["words", "another zip", "nothing", "missing", "no manifest"])
def test_what_is_no_backup_is_refused(there, tmp_path, foreign):
    path = tmp_path / "foreign.zip"
    if foreign == "words":
        path.write_text("Это не копия")
    elif foreign == "nothing":
        path.touch()
    elif foreign != "missing":
        with ZipFile(path, "w") as archive:
            name, text = ("manifest.json", "[]") if foreign == "no manifest" else ("a", "b")
            archive.writestr(name, text)
            archive.writestr("manifest.seal", "")
    refused(there, path, "is no whole backup")


def test_a_backup_that_somebody_has_changed_is_refused(backup, there):
    def later(members):
        members["manifest.json"] = members["manifest.json"].replace(b'"streams"', b'"streams" ', 1)

    def other_row(members):
        members["tables/case_numbers"] = b"KZ-75/2026\t7\n"

    refused(there, rewritten(backup, later), "was changed after it was made")
    refused(there, rewritten(backup, other_row), "is damaged: tables/case_numbers")


@pytest.mark.parametrize("what", ["format", "schema"])
def test_a_backup_of_a_later_service_asks_for_that_service(backup, there, what):
    later = resealed(read_key_file(there.key_file), lambda manifest, _: manifest.update({what: 99}))
    refused(there, rewritten(backup, later), "update the service")


def test_without_the_right_key_file_nothing_is_begun(backup, there, tmp_path):
    keys = read_key_file(there.key_file)
    (name,) = keys.keys
    others = ensure_key_file(tmp_path / "others.json")
    (other,) = others.keys.values()

    def with_keys(key_file):
        path = tmp_path / "keys.json"
        path.write_bytes(msgspec.json.encode(key_file))
        return replace(there, key_file=path)

    refused(replace(there, key_file=tmp_path / "no"), backup, "is missing: restore it")
    refused(replace(there, key_file=tmp_path / "others.json"), backup, f"has no key {name}")
    refused(with_keys(replace(keys, keys={name: other})), backup, "another key under the name")
    refused(with_keys(replace(keys, lookup=others.lookup)), backup, "another key under the name")


def test_a_place_that_is_not_empty_is_left_as_it_is(backup, here, there):
    with pytest.raises(BackupRefused, match="The database is not empty"):
        restore(here, backup, quiet)
    with psycopg.connect(there.database_url) as connection:
        connection.execute("CREATE TABLE somebodys (words text)")
    with pytest.raises(BackupRefused, match=r"it has public\.somebodys"):
        restore(there, backup, quiet)
    assert tables_in(there.database_url) == {"somebodys"}


def other_event(manifest, members):
    table = manifest["tables"][0]
    assert table["name"] == "case_events"
    was = members["tables/case_events"]
    members["tables/case_events"] = was.replace("Первая".encode().hex().encode(), b"", 1)
    assert members["tables/case_events"] != was
    table["sha256"] = hashlib.sha256(members["tables/case_events"]).hexdigest()


def last_stream(path):
    with ZipFile(path) as archive:
        return archive.read(STREAMS).decode().splitlines()[-1].split()[0]


@pytest.mark.parametrize(("change", "how"), [(other_event, "stored"), (other_fold, "fold")])
def test_a_stream_that_comes_back_otherwise_is_named_and_nothing_is_kept(
    backup, there, request_with_people, change, how
):
    changed = rewritten(backup, resealed(read_key_file(there.key_file), change))
    named = request_with_people.id if change is other_event else last_stream(backup)
    with pytest.raises(BackupFailed, match=rf"(?s){how} otherwise:\n  {named}\nNothing was kept"):
        restore(there, changed, quiet)
    assert tables_in(there.database_url) == set()
    assert restore(there, backup, quiet).refolded == ()


def test_what_newer_rules_fold_otherwise_is_told_and_kept(backup, there):
    def of_other_rules(manifest, members):
        other_fold(manifest, members)
        manifest["rules"] = "of yesterday"

    changed = rewritten(backup, resealed(read_key_file(there.key_file), of_other_rules))
    assert restore(there, changed, quiet).refolded == (last_stream(backup),)


def test_a_backup_of_an_earlier_schema_comes_back_in_the_schema_of_today(backup, there):
    """Its tables are made as they were then, and brought up to date with the rows in them."""

    def of_then(manifest, members):
        manifest["schema"] = SCHEMA_VERSION - 1
        manifest["tables"] = [each for each in manifest["tables"] if each["name"] not in NEW]
        for name in NEW:
            del members[f"tables/{name}"]

    earlier = rewritten(backup, resealed(read_key_file(there.key_file), of_then))
    assert restore(there, earlier, quiet).refolded == ()
    with bootstrap.build(there, there.database_url) as built:
        assert built.front_office.queries.is_ready()
        assert built.front_office.check_read_models(quiet) == []


def without_columns(table):
    table["columns"] = ["originator_id"]


def with_a_row_too_few(table):
    table["rows"] += 1


@pytest.mark.parametrize("change", [without_columns, with_a_row_too_few])
def test_rows_that_the_database_does_not_take_leave_it_empty(backup, there, change):
    def changing(manifest, _):
        change(manifest["tables"][0])

    changed = rewritten(backup, resealed(read_key_file(there.key_file), changing))
    with pytest.raises(BackupFailed, match="nothing was kept"):
        restore(there, changed, quiet)
    assert tables_in(there.database_url) == set()


def test_of_many_that_differ_the_first_are_named():
    one, other = ([StreamDigest(str(n), 1, digest) for n in range(9)] for digest in "ab")
    assert differing(one, other) == ["0", "1", "2", "3", "4"]
    assert differing(one[:2], one) == ["2", "3", "4", "5", "6"]
    assert differing(one, one) == []


@pytest.mark.parametrize("phase", [Phase.LOADING, Phase.FOLDING])
def test_a_restore_that_was_killed_leaves_nothing_and_can_be_begun_again(backup, there, phase):
    process = CONTEXT.Process(target=killed_at, args=(phase, there, backup))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert tables_in(there.database_url) == set()
    assert restore(there, backup, quiet).refolded == ()


def test_what_was_killed_before_its_lists_were_made_is_finished_by_the_next_start(backup, there):
    process = CONTEXT.Process(target=killed_at, args=(Phase.LISTING, there, backup))
    process.start()
    process.join()
    assert "requests" not in tables_in(there.database_url)
    bootstrap.prepare(there, there.database_url)
    with bootstrap.build(there, there.database_url) as built:
        assert built.front_office.queries.is_ready()
        assert built.front_office.check_read_models(quiet) == []


WRITERS, NOTES = 4, 30


def test_what_is_written_meanwhile_is_in_it_whole_or_not_at_all(services, here, there, tmp_path):
    office, done = Office(services), Event()
    requests = [office.request(office.group(f"Группа {n}").id, TRAINING) for n in range(WRITERS)]

    def write(request):
        version = request.version
        while not done.is_set():
            on = services.occasion(
                SPECIALIST, cause="t", attempt=Attempt(f"{request.id}{version}", "")
            )
            version = office.cases.note(ref(request), on, text="Звонили").version
            request = office.cases.case(REQUEST, request.id)
        return version

    path = tmp_path / "backup.zip"
    with ThreadPoolExecutor(WRITERS) as people:
        writing = [people.submit(write, request) for request in requests]
        before = 0
        while before < WRITERS * NOTES:
            before = sum(office.cases.case(REQUEST, each.id).version for each in requests)
        try:
            made = back_up(here, path, MADE_AT, quiet)
        finally:
            done.set()
        written = sum(each.result() for each in writing)

    assert restore(there, path, quiet).refolded == ()
    with bootstrap.build(there, there.database_url) as built:
        versions = {each.id: built.front_office.case(REQUEST, each.id).version for each in requests}
    assert before <= sum(versions.values()) <= written
    assert made.events == sum(versions.values()) + WRITERS
    with psycopg.connect(there.database_url) as connection:
        attempts = dict(connection.execute("SELECT case_id, max(version) FROM attempts GROUP BY 1"))
    assert attempts == versions
