"""Whoever changes the log, or leaves a thing out of a bundle, is noticed by both verifiers (A1, A4).

The checkpoint that the auditor has kept is newer than the change. `make tamper` plays 10,000.
"""

from datetime import timedelta
from functools import cache
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from dishonest_log import KEY, START, About, Fact, files_of, lines, sealed, state, zipped
from judging import Tally, judged
from second_verifier import Asked
from tampered_bundles import HANDINGS
from tampering import Auditor, honest
from thefts import (
    HISTORIES,
    lies_before_parts,
    to_be_noticed,
    with_an_older_checkpoint,
    without_a_checkpoint,
)

from application.audit import verify
from application.audit.tree import proof_of_several

COUNT = 1000


@cache
def fits(public: bytes, signature: bytes, text: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except InvalidSignature:
        return False
    return True


@pytest.fixture(autouse=True)
def quick_signatures(monkeypatch):
    """The same answers as the verifier's own arithmetic, which has tests of its own, but faster."""
    monkeypatch.setattr(verify, "signature_fits", fits)


def test_what_nobody_has_touched_is_accepted_by_both(tmp_path):
    tally = Tally()
    for seed in range(12):
        tally.add_all(honest(seed), tmp_path)

    assert tally.totals[0] == 0
    assert tally.totals[1] >= 72
    assert tally.apart == []


def test_every_change_is_noticed_by_who_has_a_newer_checkpoint(tmp_path):
    tally = Tally().add_all(to_be_noticed(COUNT), tmp_path)

    assert tally.totals == (COUNT, COUNT), tally.table
    assert len({kind for kind, _ in tally.tried}) == len(HISTORIES) + len(HANDINGS)
    assert {stolen for _, stolen in tally.tried} == {False, True}


@pytest.mark.parametrize("thefts", [without_a_checkpoint, with_an_older_checkpoint])
def test_with_the_stolen_key_alone_a_change_passes(thefts, tmp_path):
    """So that it is seen that the checkpoint kept outside is what notices."""
    tally = Tally().add_all(thefts(54), tmp_path)

    assert tally.apart == []
    assert len(tally.missed) > 27
    assert {"edit_a_state", "delete_neatly"} <= {attempt.kind for attempt in tally.missed}


def test_a_map_that_lies_with_the_stolen_key_passes_where_only_a_part_is_shown(tmp_path):
    """The whole log shows it, at any later time: this is the promise, and its border."""
    tally = Tally().add_all(lies_before_parts(20), tmp_path)

    assert tally.apart == []
    assert len(tally.missed) == 20


def test_where_the_times_do_not_rise_the_edge_of_a_period_can_be_cut(tmp_path):
    """A period is complete as far as its times rise from event to event: ask for a little more."""
    minutes = (0, 1, 4, 2, 3, 5, 7)
    facts = [
        Fact(n, UUID(int=n), 1, "request.noted", state(minute, "слова"))
        for n, minute in enumerate(minutes)
    ]
    log = sealed(facts, [len(facts)])
    note = log.text(log.size).signed(KEY)
    files = [files_of(log, log.size, period(*span), note) for span in ((3, 6), (2, 6))]
    rows = files[0]["events.ndjson"].splitlines(keepends=True)
    left = [3, 4, 5, 6, 7]  # Without the event of minute 4, which stands before that of minute 2.
    cut = {**files[0], "events.ndjson": b"".join(rows[-len(left) :])}
    cut["proof"] = lines([*proof_of_several(log.nodes, left, log.size)])
    auditor = Auditor(False, None, Asked())  # noqa: FBT003  No witness.

    assert judged(zipped(files[0]), auditor, tmp_path) == ([], [])
    assert judged(zipped(cut), auditor, tmp_path) == ([], [])

    wider = {**cut, "manifest.json": files[1]["manifest.json"]}
    assert judged(zipped(wider), auditor, tmp_path).noticed


def period(begin: int, end: int) -> About:
    moments = (START + timedelta(minutes=each) for each in (begin, end))
    return About("period", period=(*moments,))
