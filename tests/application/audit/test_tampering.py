"""Whoever changes the log, or leaves a thing out of a bundle, is noticed by both verifiers (A1, A4).

The checkpoint that the auditor has kept is newer than the change. `make tamper` plays 10,000.
"""

from functools import cache

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from judging import Tally
from tampered_bundles import HANDINGS
from tampering import honest
from thefts import (
    HISTORIES,
    lies_before_parts,
    to_be_noticed,
    with_an_older_checkpoint,
    without_a_checkpoint,
)

from application.audit import verify

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
