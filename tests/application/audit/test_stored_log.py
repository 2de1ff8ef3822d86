"""The log in the database, read for proofs and bundles, while it goes on growing."""

import io
from base64 import b64decode
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from bundling import Auditor
from papers import pdf
from sealing import change, checkpoints, note, rows, seal_without_signing, sealer_of, work
from world import OWN, World

from application.audit.bundling import Wanted, make_bundle
from application.audit.checkpoints import read_checkpoint
from application.audit.entries import heads_entry
from application.audit.hashing import entry_hash
from application.audit.heads import Branch, shows_head
from application.audit.log_proofs import LogProofs
from application.audit.log_refusals import BundleTooLarge, LogDamaged, LogNotSealed, SizeOutOfRange
from application.audit.notes import read_note
from application.audit.proofs import shows_consistency, shows_inclusion
from application.persistence import log_view
from application.scopes import View
from application.streams import CaseNotFound

ORIGIN = "office.test/log"
PERSON = UUID(int=7)
REWRITE = """
UPDATE case_events SET state = replace(convert_from(state, 'UTF8'), 'Ещё', 'Уже')::bytea
WHERE originator_id = %s AND originator_version = 3
"""


@pytest.fixture
def sealer(services, settings, database_url, tmp_path):
    return sealer_of(services, settings, database_url, tmp_path / "sealer")


@pytest.fixture
def proofs(services) -> LogProofs:
    return LogProofs(partial(services.logs.opened, View.AUDIT))


@pytest.fixture
def case(services, sealer):
    """A case of several events in a log of several checkpoints."""
    found = work(services, 3)
    for _ in range(3):
        sealer.seal_once()
        found = note(services, found)
        work(services)
    sealer.seal_once()
    return found


@pytest.fixture
def auditor(tmp_path, sealer, case) -> Auditor:
    """An auditor who trusts the key of the log, with no witness."""
    assert case
    made = Auditor(tmp_path)
    (key,) = sealer.files.key().verifying
    made.keep("policy", f"log {key.vkey}\nquorum none\n".encode())
    return made


def bundle(proofs: LogProofs, clock, **wanted) -> bytes:
    file = io.BytesIO()
    make_bundle(proofs.opened, Wanted(**wanted), file, clock())
    return file.getvalue()


def all_cases(url: str) -> dict[UUID, int]:
    return dict(
        rows(url, "SELECT originator_id, max(originator_version) FROM case_events GROUP BY 1")
    )


def test_every_event_is_shown_to_be_in_the_log(proofs, case, database_url):
    sizes = [each.size for each in checkpoints(database_url)]
    for case_id, last in all_cases(database_url).items():
        for version in range(1, last + 1):
            made = proofs.inclusion(case_id, version)
            read = read_checkpoint(read_note(made.note).text)
            assert (read.origin, read.size, read.root) == (ORIGIN, sizes[-1], b64decode(made.root))
            path = [b64decode(each) for each in made.proof]
            assert shows_inclusion(path, b64decode(made.entry), made.index, made.size, read.root)
    earlier = proofs.inclusion(case.id, 1, sizes[0])
    assert read_checkpoint(read_note(earlier.note).text).size == sizes[0]
    assert proofs.inclusion(case.id, 1, sizes[0] + 1).note is None


def test_every_case_is_shown_to_end_with_its_last_version(proofs, case, database_url):
    assert case
    for case_id, last in all_cases(database_url).items():
        made = proofs.completeness(case_id)
        path = [Branch(each.bit, b64decode(each.hash)) for each in made.branches]
        assert made.version == last
        assert shows_head(path, case_id, last, b64decode(made.heads))
        heads = entry_hash(heads_entry(made.size - 1, made.cases, b64decode(made.heads)))
        way = [b64decode(each) for each in made.proof]
        assert shows_inclusion(way, heads, made.size - 1, made.size, b64decode(made.root))


def test_every_checkpoint_is_shown_to_be_continued(proofs, case, database_url):
    assert case
    known = checkpoints(database_url)
    for old in known:
        for new in known:
            if old.size <= new.size:
                way = [b64decode(each) for each in proofs.consistency(old.size, new.size)]
                assert shows_consistency(way, old.size, old.root, new.size, new.root)
    assert proofs.consistency(known[0].size) == proofs.consistency(known[0].size, known[-1].size)


def test_bundles_of_the_service_are_verified(proofs, case, auditor, clock, database_url):
    known = checkpoints(database_url)[1]
    (written,) = rows(database_url, "SELECT note FROM log_checkpoints WHERE size = %s", known.size)
    path = auditor.keep("known", written[0].encode())
    period = {"start": clock.now - timedelta(milliseconds=40), "end": clock.now}
    for wanted in ({"case_id": case.id}, period, {}):
        content = bundle(proofs, clock, since=known.size, **wanted)
        code, text = auditor.check(content, "--checkpoint", path)
        assert code == 0, text
    assert (
        f"версии с 1 по {case.version}"
        in auditor.check(bundle(proofs, clock, case_id=case.id)).text
    )


def test_entries_are_read_a_few_at_a_time(proofs, auditor, clock, monkeypatch):
    whole = bundle(proofs, clock)
    monkeypatch.setattr(log_view, "_BATCH", 3)
    with ZipFile(io.BytesIO(whole)) as one, ZipFile(io.BytesIO(bundle(proofs, clock))) as other:
        assert one.read("events.ndjson") == other.read("events.ndjson")
    assert auditor.check(whole).code == 0


def test_what_is_sealed_and_not_signed_yet_is_not_in_what_is_shown(
    proofs, case, auditor, clock, services, database_url
):
    others = [each for each in all_cases(database_url) if each != case.id]
    before = {each: proofs.completeness(each) for each in others}
    note(services, case)
    work(services, 2)
    seal_without_signing(database_url)
    assert {each: proofs.completeness(each) for each in others} == before
    assert auditor.check(bundle(proofs, clock)).code == 0
    for refused in (
        lambda: proofs.completeness(case.id),
        lambda: bundle(proofs, clock, case_id=case.id),
        lambda: proofs.inclusion(case.id, case.version + 1),
    ):
        with pytest.raises(LogNotSealed):
            refused()
    proofs.inclusion(case.id, case.version)


def test_before_the_first_checkpoint_there_is_nothing_to_show(proofs, services):
    case = work(services)
    for refused in (
        proofs.checkpoint,
        lambda: proofs.consistency(1),
        lambda: proofs.inclusion(case.id, 1),
        lambda: proofs.completeness(case.id),
    ):
        with pytest.raises(LogNotSealed):
            refused()


def test_what_there_is_not_is_not_shown(proofs, case, clock, database_url):
    size = checkpoints(database_url)[-1].size
    for refused in (
        lambda: proofs.inclusion(uuid4(), 1),
        lambda: proofs.inclusion(case.id, case.version + 1),
        lambda: proofs.completeness(uuid4()),
        lambda: bundle(proofs, clock, case_id=uuid4()),
    ):
        with pytest.raises(CaseNotFound):
            refused()
    for refused in (
        lambda: proofs.inclusion(case.id, 1, size + 1),
        lambda: proofs.consistency(1, size + 1),
        lambda: proofs.consistency(size, 1),
        lambda: bundle(proofs, clock, since=size + 1),
    ):
        with pytest.raises(SizeOutOfRange):
            refused()


def test_a_bundle_has_a_size_beyond_which_it_is_not_made(proofs, case, clock):
    assert case
    with pytest.raises(BundleTooLarge):
        make_bundle(proofs.opened, Wanted(), io.BytesIO(), clock(), most=5)


def test_the_people_in_a_case_are_told(proofs, services, sealer, clock):
    world = World(services)
    letter = world.at(OWN).upload_document(
        world.on(OWN), content=pdf("Письмо"), title="Письмо", subject_id=PERSON
    )
    account = UUID(world.person(OWN))
    sealer.seal_once()
    for case_id, people in ((letter.id, [PERSON]), (account, [account])):
        made = make_bundle(proofs.opened, Wanted(case_id=case_id), io.BytesIO(), clock())
        assert list(made.people) == people
    assert make_bundle(proofs.opened, Wanted(), io.BytesIO(), clock()).people == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (REWRITE, "не тот корень"),
        (
            "DELETE FROM case_events WHERE originator_id = %s AND originator_version = 3",
            "ожидалось событие 3",
        ),
        (
            "DELETE FROM case_events WHERE originator_id = %s AND originator_version > 4",
            "событие 4 последнее",
        ),
    ],
)
def test_what_was_changed_in_the_database_is_found_at_home(
    proofs, case, auditor, clock, database_url, statement, words
):
    change(database_url, statement, case.id)
    code, text = auditor.check(bundle(proofs, clock, case_id=case.id))
    assert (code, words in text) == (1, True), text
    assert auditor.check(bundle(proofs, clock)).code == 1


def test_a_log_without_its_hashes_says_so(proofs, case, database_url):
    change(database_url, "DELETE FROM log_tiles")
    with pytest.raises(LogDamaged):
        proofs.inclusion(case.id, 1)


def test_the_log_is_read_as_it_was_at_one_moment(proofs, case, sealer, services):
    with proofs.opened() as log:
        size = log.checkpoint.size
        note(services, case)
        sealer.seal_once()
        assert log.last_version(case.id) == case.version
        assert len(list(log.entries([(0, size + 10)]))) == size
