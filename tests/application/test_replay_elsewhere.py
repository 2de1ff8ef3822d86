"""What a replay comes to does not depend on the time zone or the hash seed: two processes say so."""

import os
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from office import Office
from replaying import fill, here_as_elsewhere, unwatched

from application.read_models import organization_rows
from application.replay.divergences import Kind
from application.replay.environment import environment, other_variables
from application.replay.replayed import Rest, written
from application.replay.replaying import ReplayBroken, replay
from web.second_process import second_process

# Code that depends on what it must not, and one that does not, to be put into both processes.
PLANTED = """
import time
from application.read_models import organization_rows

def search_words(*texts):
    words = {{*"".join(map(str, texts)), *"any set of letters in an order of its own"}}
    return {words}

organization_rows.search_words = search_words
"""


@pytest.fixture
def kept(office: Office) -> Office:
    """An office with rows in every read model."""
    fill(office)
    return office


@pytest.fixture
def told(kept, database_url, settings):
    """What a replay in two real processes finds."""
    return lambda: replay(database_url, settings.key_file, second_process, unwatched)


@pytest.fixture
def plant(monkeypatch, tmp_path):
    """Put the same code into this process and into those that it starts."""

    def put(words):
        path = tmp_path / "sitecustomize.py"
        path.write_text(PLANTED.format(words=words), encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        monkeypatch.setattr(organization_rows, "search_words", organization_rows.search_words)
        spec = spec_from_file_location("planted", path)
        spec.loader.exec_module(module_from_spec(spec))

    return put


def test_two_processes_of_other_zones_and_seeds_come_to_the_same(told):
    found = told()

    assert found.divergences == ()
    assert found.here == environment()
    assert found.elsewhere.is_other_than(found.here)
    assert found.elsewhere.zone == other_variables(os.environ)["TZ"]
    assert found.elsewhere.hash_seed == other_variables(os.environ)["PYTHONHASHSEED"]


@pytest.mark.parametrize(
    ("words", "is_stable"),
    [
        ("' '.join(words)", False),
        ("time.strftime('%H:%M', time.localtime(0))", False),
        ("' '.join(sorted(words))", True),
    ],
    ids=["order of a set", "day of the machine", "neither"],
)
def test_what_depends_on_either_is_found(told, plant, words, is_stable):
    plant(words)
    found = told().divergences

    assert {each.field for each in found if each.kind is Kind.FIELD} == {"search_text"}
    unstable = [each for each in found if each.kind is Kind.UNSTABLE]
    assert {(each.case_type, each.table) for each in unstable} == (
        set() if is_stable else {("organization", "organizations")}
    )
    assert len(unstable) == (0 if is_stable else 3)


def test_a_second_process_that_cannot_read_is_told(kept, database_url, settings, monkeypatch):
    """It says itself why, to whoever reads what this one says."""

    @contextmanager
    def without_key_file(errand):
        settings.key_file.rename(settings.key_file.with_suffix(".away"))
        try:
            with second_process(errand) as lines:
                yield lines
        finally:
            settings.key_file.with_suffix(".away").rename(settings.key_file)

    with pytest.raises(ReplayBroken, match="did not come to its end"):
        replay(database_url, settings.key_file, without_key_file, unwatched)


def altered(change):
    """Return a second process whose lines are altered on the way."""

    @contextmanager
    def elsewhere(errand):
        with here_as_elsewhere(errand) as lines:
            yield change(list(lines))

    return elsewhere


@pytest.mark.parametrize(
    "change",
    [
        lambda _: [],
        lambda lines: lines[:-1],
        lambda lines: lines[1:],
        lambda lines: [lines[0], *lines[2:]],
        lambda lines: [*lines[:2], *lines[1:]],
        lambda lines: [lines[0], *reversed(lines[1:-1]), lines[-1]],
        lambda lines: [lines[0], *written([Rest()])],
        lambda lines: [lines[0], b"no JSON"],
        lambda lines: [lines[0], b'{"type":"stream"}'],
        lambda lines: [*written([environment()]), *lines[1:]],
    ],
    ids=[
        *("nothing", "cut short", "no environment", "a case less", "a case twice"),
        *("another order", "the end first", "no message", "half a message", "the same environment"),
    ],
)
def test_a_second_process_is_not_believed_whatever_it_says(kept, database_url, settings, change):
    with pytest.raises(ReplayBroken):
        replay(database_url, settings.key_file, altered(change), unwatched)


def test_how_far_it_is_is_told(kept, database_url, settings):
    read, length = [], []

    @contextmanager
    def watched(events):
        length.append(events)
        yield read.append

    found = replay(database_url, settings.key_file, here_as_elsewhere, watched)
    assert length == [sum(read)] == [found.events]
    assert len(read) == found.cases


@pytest.mark.parametrize("own", [{}, {"TZ": "Asia/Almaty", "PYTHONHASHSEED": "0"}])
def test_another_environment_is_found_beside_any(own):
    other = other_variables({**own, "PATH": "/bin"})
    again = other_variables(other)

    assert other["PATH"] == again["PATH"] == "/bin"
    for name in ("TZ", "PYTHONHASHSEED"):
        assert len({own.get(name), other[name], again[name]}) == 3
