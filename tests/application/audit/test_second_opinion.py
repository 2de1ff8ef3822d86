"""What the product writes, the second verifier accepts, which has only read the description."""

import io
from datetime import timedelta
from uuid import UUID

import pytest
from memory_log import KEY, POLICY, START, WITNESS, MemoryLog, case, key, sealed_log
from second_verifier import Asked, faults

from application.audit.bundles import part_of_case, part_of_period, whole_log, write_bundle

MINUTE = timedelta(minutes=1)


def written(log: MemoryLog, part, since: int | None = None) -> bytes:
    into = io.BytesIO()
    write_bundle(log, part, into, made_at=START, since=since)
    return into.getvalue()


def long_log() -> MemoryLog:
    """Sealed nine times: some of them at once after another, with states of every kind."""
    log = MemoryLog(witnesses=(WITNESS,))
    for turn in range(9):
        for number in range(turn % 4):
            log.add(case(number * 7 % 5), minute=turn * 4 + number)
        if turn == 3:
            log.add(
                case(9), minute=15, state=b'{"recorded_at":"2026-03-02T07:15:00Z","a":"\xc3\xa9"}'
            )
        log.seal(1_800_000_000 + turn)
    return log


@pytest.fixture(scope="module")
def log() -> MemoryLog:
    return long_log()


def test_bundles_of_cases_are_accepted(log):
    for case_id in {*log.versions}:
        for since in (None, *log.notes):
            earlier = log.notes[since].written.encode() if since else None
            bundle = written(log, part_of_case(log, case_id), since)
            assert faults(bundle, POLICY, earlier, Asked(case=str(case_id))) == []
            if earlier and since < log.checkpoint.size:
                alone = written(log, part_of_case(log, case_id))
                assert "no proof" in faults(alone, POLICY, earlier)[0]


def test_bundles_of_periods_are_accepted(log):
    for begin in range(-2, 44, 3):
        for length in (0, 1, 5, 60):
            period = START + begin * MINUTE, START + (begin + length) * MINUTE
            bundle = written(log, part_of_period(log, *period), 1)
            asked = Asked(None, *(moment.isoformat() for moment in period))
            assert faults(bundle, POLICY, log.notes[1].written.encode(), asked) == []


def test_bundles_of_the_whole_log_are_accepted_also_of_an_empty_one(log):
    assert faults(written(log, whole_log(log)), POLICY) == []
    empty = MemoryLog(witnesses=(WITNESS,))
    empty.seal()
    assert faults(written(empty, whole_log(empty)), POLICY) == []
    assert faults(written(empty, part_of_period(empty, START, START + MINUTE)), POLICY) == []


def test_bundles_after_rotations_are_accepted():
    log = sealed_log()
    for seed in (5, 6, 7):
        log.hand_over(key(seed))
        log.add(case(1), minute=100 + seed)
        log.seal()
    earlier = log.notes[min(log.notes)].written.encode()
    for part in (part_of_case(log, case(1)), whole_log(log)):
        assert faults(written(log, part, min(log.notes)), POLICY, earlier) == []
    newest = POLICY.replace(KEY.verifying.vkey, key(7).verifying.vkey)
    assert faults(written(log, whole_log(log)), newest) == []


def test_a_state_that_is_no_text_is_accepted():
    log = MemoryLog(witnesses=(WITNESS,))
    log.add(UUID(int=5), state=b"\xff\x00")
    log.seal()
    for part in (part_of_case(log, UUID(int=5)), whole_log(log)):
        assert faults(written(log, part), POLICY) == []
