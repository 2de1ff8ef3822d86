"""The keys of the key file are replaced while everybody works; the old ones open nothing any more."""

import signal
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from threading import Event

import psycopg
import pytest
from backing_up import empty_database, quiet
from builders import a_group
from msgspec.structs import replace
from papers import pdf
from people import actor
from persons import appears, erase, head, somebody
from rotating import POINTS, rotated_until
from world import OWN, World

from application import bootstrap
from application.attempts import Attempt
from application.bootstrap import utc_now
from application.case_files.key_status import KeyState
from application.case_types import DOCUMENT
from application.persistence import key_replacement
from application.persistence.key_file import KeyFileUnusable, read_key_file
from application.persistence.key_replacement import retired_name
from application.persistence.key_rotation import KeyRotation, one_rotation
from application.save_outcomes import KeyReused
from domain.organization.duplicates import DuplicateSuspected
from domain.staff_account.refusals import LoginTaken

CONTEXT = get_context("forkserver")


@pytest.fixture
def place(server_url, settings, tmp_path):
    """A database and a key file of the test's own, for the keys of both are replaced."""
    with empty_database(server_url) as url:
        own = replace(settings, database_url=url, key_file=tmp_path / "keys" / "keys.json")
        bootstrap.prepare(own, url)
        yield own


@pytest.fixture
def world(place, clock):
    with bootstrap.build(place, place.database_url, clock=clock) as services:
        yield World(services)


@pytest.fixture
def other(place, clock):
    """Another process, as far as keys are concerned: it has read the key file by itself."""
    with bootstrap.build(place, place.database_url, clock=clock) as services:
        yield World(services)


def rotate(world):
    return world.services.front_office.rotate_keys(utc_now(), quiet)


def wrapped_by(place):
    with psycopg.connect(place.database_url) as connection:
        found = "SELECT DISTINCT kek_id FROM subject_keys WHERE wrapped IS NOT NULL"
        return {row[0] for row in connection.execute(found)}


def read_models_are_right(world):
    return list(world.services.front_office.check_read_models(quiet)) == []


def test_everybody_can_be_read_and_the_old_keys_are_nowhere(world, other, place):
    before, who = read_key_file(place.key_file), somebody()
    theirs = appears(world, who, OWN)
    rotated = rotate(world)
    after = read_key_file(place.key_file)

    assert set(after.keys) == wrapped_by(place) == {rotated.current} == {after.current}
    assert rotated.rewrapped == 1
    assert not {before.lookup, *before.keys.values()} & {after.lookup, *after.keys.values()}
    files = b"".join(each.read_bytes() for each in place.key_file.parent.iterdir())
    for key in (before.lookup, *before.keys.values()):
        assert key.encode() not in files
    assert not retired_name(place.key_file).exists()
    for each in (world, other):
        assert theirs.values(each) >= {who.name, who.phone}
        assert each.at(OWN).content(each.at(OWN).case(DOCUMENT, theirs.document.id))
    assert read_models_are_right(other)


def test_the_file_stays_its_owners_and_only_theirs(world, place):
    place.key_file.chmod(0o400)
    rotate(world)
    assert place.key_file.stat().st_mode & 0o777 == 0o400


def test_who_was_erased_stays_so(world, place):
    who, spared = somebody(1), somebody(2)
    theirs, others = appears(world, who, OWN), appears(world, spared, OWN)
    erase(world, who.id, head(OWN))
    office = world.services.front_office
    _, before = _report(office, who)
    rotate(world)
    _, after = _report(office, who)
    assert (before["backups"].outcome, after["backups"].outcome) == (
        "until_keys_rotate",
        "unreadable",
    )
    assert theirs.values(world) == {None}
    assert others.values(world) >= {spared.name}


def _report(office, who):
    report = office.erasure_report(office.subject(who.id))
    return report, {each.place: each for each in report.places}


def test_a_process_that_has_the_old_keys_goes_on_with_the_new(world, other, place):
    """Nothing of it was told that the file is another one."""
    one, two = somebody(1), somebody(2)
    appears(other, one, OWN)
    rotate(world)
    appears(other, two, OWN)
    assert wrapped_by(place) == {read_key_file(place.key_file).current}
    with pytest.raises(DuplicateSuspected):
        other.at(OWN).register_organization(
            other.on(OWN), details=a_group(name="Другое", leader=one.person)
        )
    assert read_models_are_right(world)


def test_signing_in_and_retries_go_on(world, other):
    first = []
    made = other.services.front_office.create_account(
        other.by_administrator(),
        office=OWN,
        post="Специалист",
        name="Пример",
        login="a.primerova",
        tell=first.append,
    )
    at, by = other.at(OWN), actor(f"specialist@{OWN}")
    on = other.services.occasion(by, cause="t", attempt=Attempt("k", "asked"))

    def register():
        return at.once(on, lambda: at.register_organization(on, details=a_group(name=name)))

    name = other.name()
    registered = register()
    rotate(world)
    office = other.services.front_office
    assert office.registry.by_login(*office.login_keys("A.Primerova "))["id"] == made.id
    assert register().id == registered.id
    other_asked = other.services.occasion(by, cause="t", attempt=Attempt("k2", "asked"))
    details = a_group(name=other.name())
    at.once(other_asked, lambda: at.register_organization(other_asked, details=details))
    reused = other.services.occasion(by, cause="t", attempt=Attempt("k2", "something else"))
    with pytest.raises(KeyReused):
        at.once(reused, lambda: at.register_organization(reused, details=details))


def test_while_keys_are_replaced_what_was_hashed_before_is_found(world, other, place):
    who = somebody()
    appears(other, who, OWN)
    office = other.services.front_office
    made = {"office": OWN, "post": "x", "name": "Пример", "login": "a.primerova"}
    office.create_account(other.by_administrator(), **made)
    key_replacement.begin(place.key_file, utc_now())

    assert office.registry.by_login(*office.login_keys("a.primerova"))
    with pytest.raises(LoginTaken):
        office.create_account(other.by_administrator(), **made)
    with pytest.raises(DuplicateSuspected):
        other.at(OWN).register_organization(
            other.on(OWN), details=a_group(name="Другое", leader=who.person)
        )
    rotate(world)
    assert read_models_are_right(other)


@pytest.mark.parametrize("point", POINTS)
def test_a_rotation_that_was_killed_is_finished_by_the_next(world, other, place, point):
    who, new = somebody(1), somebody(2)
    theirs = appears(world, who, OWN)
    before = read_key_file(place.key_file)
    process = CONTEXT.Process(target=rotated_until, args=(point, place))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL

    assert theirs.values(other) >= {who.name, who.phone}
    theirs_too = appears(other, new, OWN)
    rotate(world)
    after = read_key_file(place.key_file)
    assert set(after.keys) == wrapped_by(place) == {after.current}
    assert after.former == ()
    assert before.lookup != after.lookup
    assert not retired_name(place.key_file).exists()
    for each in (theirs.values(other), theirs_too.values(other)):
        assert {who.name, new.name} & each
    assert other.services.front_office.key_status().is_unfinished is False
    assert read_models_are_right(other)


def test_a_key_that_the_file_lacks_stops_the_rotation_before_anything_goes(world, place):
    appears(world, somebody(), OWN)
    with psycopg.connect(place.database_url) as connection:
        connection.execute("UPDATE subject_keys SET kek_id = 'lost'")
    before = read_key_file(place.key_file)
    with pytest.raises(KeyFileUnusable, match="wrapped by lost"):
        rotate(world)
    assert set(read_key_file(place.key_file).keys) > set(before.keys)
    states = {each.id: each.state for each in world.services.front_office.key_status().keys}
    assert states["lost"] is KeyState.MISSING
    assert world.services.front_office.key_status().is_unfinished


def test_two_do_not_rotate_at_once(world, place):
    with (
        one_rotation(place.database_url),
        pytest.raises(KeyFileUnusable, match="by somebody else"),
    ):
        rotate(world)


def test_the_status_says_what_each_key_wraps(world, place):
    appears(world, somebody(), OWN)
    (key,) = world.services.front_office.key_status().keys
    assert (key.wraps, key.state, key.made_at) == (1, KeyState.CURRENT, None)
    rotate(world)
    (key,) = world.services.front_office.key_status().keys
    assert (key.wraps, key.state) == (1, KeyState.CURRENT)
    assert key.made_at is not None


def test_people_are_written_and_read_while_keys_are_replaced_again_and_again(world, other, place):
    done = Event()

    def work(number):
        made = []
        while not done.is_set():
            who = somebody(number * 1000 + len(made))
            made.append(
                (
                    who,
                    other.at(OWN).upload_document(
                        other.on(OWN), content=pdf(who.name), subject_id=who.id
                    ),
                )
            )
            assert other.at(OWN).content(other.at(OWN).case(DOCUMENT, made[0][1].id))
        return made

    with ThreadPoolExecutor(2) as pool:
        working = [pool.submit(work, number) for number in range(2)]
        for _ in range(4):
            rotate(world)
        done.set()
        made = [each for one in working for each in one.result()]
    assert wrapped_by(place) == {read_key_file(place.key_file).current}
    for who, document in made:
        assert other.at(OWN).content(document) == pdf(who.name)


def test_wrapping_passes_by_whom_somebody_erases_meanwhile(world, place, monkeypatch):
    who = somebody()
    theirs = appears(world, who, OWN)
    rewrap = KeyRotation._rewrap

    def erased_first(rotation, batch, progress):
        if who.id in {each.subject_id for each in batch}:
            erase(world, who.id, head(OWN))
        return rewrap(rotation, batch, progress)

    monkeypatch.setattr(KeyRotation, "_rewrap", erased_first)
    rotate(world)
    assert theirs.values(world) == {None}
