"""Who owns the database and changes it is noticed in the bundles that the service then hands out.

The auditor has a checkpoint from before. Where the log has become such that no bundle can be made,
the service says so, which is noticed too.
"""

import io
from typing import NamedTuple
from zipfile import ZipFile

import psycopg
import pytest
from backing_up import empty_database, quiet
from judging import judged
from msgspec.structs import replace
from sealing import LOG as LOG_TABLES
from sealing import as_it_is, checkpoints, note, put_back, rows, sealer_of, work
from second_verifier import Asked

from application.audit.bundles import whole_log, write_bundle
from application.audit.sealer_files import LAST
from application.backups.making import back_up
from application.backups.restoring import restore
from application.persistence.log_view import StoredLog

AUDITOR = "auditor@KZ"
PERIOD = {"from": "2020-01-01T00:00:00Z", "to": "2036-01-01T00:00:00Z"}
BYTE = """
UPDATE case_events SET state = set_byte(state, length(state) - 3, get_byte(state, length(state) - 3) # 1)
WHERE notification_id = %(middle)s
"""
EVENT = {
    "a byte of a state": BYTE,
    "a topic": "UPDATE case_events SET topic = 'request.answered' WHERE notification_id = %(middle)s",
    "an event is gone": "DELETE FROM case_events WHERE notification_id = %(middle)s",
    "the end of a case is gone": """
        DELETE FROM case_events WHERE notification_id = %(end)s;
        UPDATE log_heads SET version = version - 1 WHERE case_id = %(case)s""",
    "the end of a case is gone from the log too": """
        DELETE FROM case_events WHERE notification_id = %(end)s;
        DELETE FROM log_entries WHERE position = %(end)s;
        UPDATE log_heads SET version = version - 1 WHERE case_id = %(case)s;
        TRUNCATE log_head_nodes""",
    "two events have changed places": """
        UPDATE case_events AS one SET topic = other.topic, state = other.state
        FROM case_events AS other
        WHERE (one.notification_id, other.notification_id) IN
            ((%(middle)s, %(end)s), (%(end)s, %(middle)s))""",
    "an event is put in in place of another": """
        DELETE FROM case_events WHERE notification_id = %(middle)s;
        INSERT INTO case_events SELECT originator_id, %(version)s, topic, state, %(middle)s
        FROM case_events WHERE notification_id = %(end)s""",
}
LOG = {
    "an entry is gone from the log": "DELETE FROM log_entries WHERE position = %(middle)s",
    "the hashes of a tile": "UPDATE log_tiles SET hashes = set_byte(hashes, 40, 1)",
    "the tiles are gone": "TRUNCATE log_tiles",
    "the heads": "UPDATE log_heads SET version = version - 1 WHERE case_id = %(case)s",
    "an entry of heads": "UPDATE log_entries SET content = set_byte(content, 60, 1) WHERE content IS NOT NULL",
    "the checkpoint": "UPDATE log_checkpoints SET note = replace(note, E'\\n' || size, E'\\n' || size + 1)",
    "the newest checkpoints are gone": "DELETE FROM log_checkpoints WHERE size > %(first)s",
}


# What leaves positions and versions as they should be: only what was signed before can tell.
WITHOUT_A_SEAM = (
    "a byte of a state",
    "a topic",
    "the end of a case is gone",
    "two events have changed places",
)
NEWEST = "SELECT note, size FROM log_checkpoints ORDER BY size DESC LIMIT 1"


class Place(NamedTuple):
    """Which event and case are changed."""

    middle: int
    end: int
    version: int
    case: str
    first: int


@pytest.fixture
def sealer(services, settings, database_url, tmp_path):
    return sealer_of(services, settings, database_url, tmp_path / "sealer")


@pytest.fixture
def place(services, sealer, database_url):
    """Two checkpoints, and a case that is in both of them with several events."""
    case = work(services, 2)
    sealer.seal_once()
    for _ in range(3):
        case = note(services, case)
    work(services)
    sealer.seal_once()
    found = rows(
        database_url,
        "SELECT notification_id, originator_version FROM case_events WHERE originator_id = %s"
        " ORDER BY 1",
        case.id,
    )
    (middle, version), (end, _) = found[-3], found[-1]
    return Place(middle, end, version, str(case.id), checkpoints(database_url)[0].size)


class Visit:
    """An auditor with a checkpoint of the log as it was."""

    witnessed = False

    def __init__(self, client, people, database_url, sealer, tmp_path) -> None:
        self.client, self.headers, self.folder = client, people.headers(AUDITOR), tmp_path
        (key,) = sealer.files.key().verifying
        self.policy = f"log {key.vkey}\nquorum none\n"
        self.database_url, self.asked = database_url, Asked()
        self.come_again()

    def come_again(self) -> None:
        """Take the newest checkpoint home."""
        note, self.size = rows(self.database_url, NEWEST)[0]
        self.earlier = note.encode()

    def bundle(self, **query: str) -> bytes | None:
        """A bundle, and that the log of before continues in it; none where it cannot be made."""
        answer = self.client.get(
            "/api/v1/audit/bundle",
            query_string={**query, "since": self.size},
            headers=self.headers,
        )
        assert answer.status_code in {200, 409, 422}, answer.get_data(as_text=True)
        return answer.data if answer.status_code == 200 else None

    def trusts(self, bundle: bytes | None) -> bool:
        """Whether both verifiers accept the bundle; they have to agree."""
        if bundle is None:
            return False
        verdict = judged(bundle, self, self.folder)
        assert verdict.agreed, verdict
        return not verdict.noticed


@pytest.fixture
def visit(place, client, people, database_url, sealer, tmp_path):
    assert place
    return Visit(client, people, database_url, sealer, tmp_path)


def questions(place):
    return ({"case": place.case}, PERIOD, {"whole": "true"})


def shown(bundle: bytes) -> bytes:
    with ZipFile(io.BytesIO(bundle)) as archive:
        return archive.read("events.ndjson")


def tamper(database_url, statements, place):
    with psycopg.connect(database_url) as connection:
        for statement in statements.split(";"):
            connection.execute(statement, place._asdict())


def test_a_log_that_nobody_changed_is_verified_by_both(visit, place):
    assert all(visit.trusts(visit.bundle(**asked)) for asked in questions(place))


def test_a_changed_event_is_noticed_in_every_bundle(visit, place, database_url):
    before = as_it_is(database_url)
    for what, statements in EVENT.items():
        tamper(database_url, statements, place)
        trusted = [visit.trusts(visit.bundle(**asked)) for asked in questions(place)]
        put_back(database_url, before)
        assert trusted == [False, False, False], what
    assert all(visit.trusts(visit.bundle(**asked)) for asked in questions(place))


def test_with_a_changed_log_nothing_is_accepted_but_the_truth(visit, place, database_url):
    truth = [shown(visit.bundle(**asked)) for asked in questions(place)]
    before = as_it_is(database_url)
    for what, statements in LOG.items():
        tamper(database_url, statements, place)
        for asked, true in zip(questions(place), truth, strict=True):
            bundle = visit.bundle(**asked)
            assert not visit.trusts(bundle) or shown(bundle) == true, (what, asked)
        put_back(database_url, before)


def seal_anew(database_url, sealer, services, size):
    """With the key: forget all that was signed, and sign what there is now, until it is longer."""
    with psycopg.connect(database_url) as connection:
        connection.execute(f"TRUNCATE {', '.join(LOG_TABLES)}")
    (sealer.files.folder / LAST).unlink()
    sealer.seal_once()
    grow(database_url, sealer, services, size)


def grow(database_url, sealer, services, size):
    while checkpoints(database_url)[-1].size <= size:
        work(services)
        sealer.seal_once()


@pytest.mark.parametrize("what", WITHOUT_A_SEAM)
def test_what_the_stolen_key_signs_anew_is_noticed_by_who_was_there(
    what, visit, place, services, sealer, database_url
):
    tamper(database_url, EVENT[what], place)
    seal_anew(database_url, sealer, services, visit.size)
    bundle = visit.bundle(whole="true")

    assert not visit.trusts(bundle)

    visit.earlier = None
    assert visit.trusts(bundle)  # Without what was kept outside nobody can tell.


def test_a_database_put_back_to_an_older_day_is_noticed(
    visit, place, services, sealer, database_url
):
    older, signed = as_it_is(database_url), (sealer.files.folder / LAST).read_bytes()
    work(services, 2)
    sealer.seal_once()
    visit.come_again()
    put_back(database_url, older)
    (sealer.files.folder / LAST).write_bytes(signed)
    assert not visit.trusts(visit.bundle(whole="true"))

    grow(database_url, sealer, services, visit.size)

    assert not any(visit.trusts(visit.bundle(**asked)) for asked in questions(place))


def test_without_the_keys_of_people_everything_is_proved_as_before(visit, place, database_url):
    """Erasing a person destroys a key, and no byte of what was sealed."""
    before = [shown(visit.bundle(**asked)) for asked in questions(place)]
    with psycopg.connect(database_url) as connection:
        erased = connection.execute("UPDATE subject_keys SET wrapped = NULL").rowcount
    assert erased > 0

    bundles = [visit.bundle(**asked) for asked in questions(place)]

    assert list(map(shown, bundles)) == before
    assert all(map(visit.trusts, bundles))


def test_what_comes_back_from_a_backup_is_proved_as_before(
    visit, settings, database_url, server_url, services, tmp_path
):
    before = shown(visit.bundle(whole="true"))
    backup, made = tmp_path / "backup.zip", io.BytesIO()
    back_up(replace(settings, database_url=database_url), backup, services.clock(), quiet)
    with empty_database(server_url) as there:
        restore(replace(settings, database_url=there), backup, quiet)
        with psycopg.connect(there) as connection:
            log = StoredLog(connection)
            write_bundle(log, whole_log(log), made, made_at=services.clock(), since=visit.size)

    assert shown(made.getvalue()) == before
    assert visit.trusts(made.getvalue())
