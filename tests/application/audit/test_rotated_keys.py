"""Both verifiers follow the log from key to key, and take each key for its own span only."""

from functools import lru_cache
from itertools import product

import pytest
from dishonest_log import KEY, About, files_of, key, zipped
from judging import judged
from second_verifier import Asked
from tampering import World

from application.audit import verify
from application.audit.notes import Note

KEYS = (KEY, key(11), key(12), key(13))
WORLD = World(3)
SIZES = WORLD.sizes  # The first three are also where the key was handed over.


class Trusting:
    """An auditor who has the log's key from some time of its life, and no witness."""

    earlier: bytes | None = None
    asked = Asked()

    def __init__(self, number: int) -> None:
        self.policy = f"log {KEYS[number].verifying.vkey}\nquorum none\n"


def hand_over(number: int, *, size: int | None = None, signers=None) -> bytes:
    old, new = KEYS[number], KEYS[(number + 1) % 4]
    origin, count, root = WORLD.log.text(size or SIZES[number]).text.splitlines()
    keys = f"{old.verifying.vkey}\n{new.verifying.vkey}\n"
    note = Note(f"kzrfo-handover-v1\n{origin}\n{count} {root}\n{keys}")
    for signer in (old, new) if signers is None else signers:
        note = note.signed(signer)
    return note.written.encode()


CHAIN = tuple(hand_over(number) for number in range(3))


def bundle(size: int, signer: int, chain) -> bytes:
    files = files_of(WORLD.log, size, About("log"), WORLD.log.text(size).signed(KEYS[signer]))
    return zipped(files | {f"hand-overs/{n}": note for n, note in enumerate(chain, 1)})


@pytest.fixture(autouse=True)
def remembered_signatures(monkeypatch):
    monkeypatch.setattr(verify, "signature_fits", lru_cache(verify.signature_fits))


def test_a_key_signs_only_from_when_it_was_given_the_log_until_it_gave_it_on(tmp_path):
    accepted = 0
    for trusted, signer, size, given in product(range(4), range(4), SIZES, (0, 1, 3)):
        chain = CHAIN[:given]
        verdict = judged(bundle(size, signer, chain), Trusting(trusted), tmp_path)
        spans = [0, *SIZES[:given], 10**6]  # Each key's begins where the one's before ends.
        expected = trusted == signer
        if given:
            expected = trusted <= signer <= given and spans[signer] <= size <= spans[signer + 1]
            expected = expected and size >= spans[given]  # Or the hand-overs are of a longer log.
        assert verdict.agreed, (trusted, signer, size, given, verdict)
        assert verdict.noticed != expected, (trusted, signer, size, given, verdict)
        accepted += expected
    assert accepted > 15


@pytest.mark.parametrize(
    "chain",
    [
        (CHAIN[1], CHAIN[0], CHAIN[2]),
        (CHAIN[0], CHAIN[2]),
        (CHAIN[0], CHAIN[0], CHAIN[1], CHAIN[2]),
        (CHAIN[0], CHAIN[1], hand_over(2, size=SIZES[0])),
        (CHAIN[0], CHAIN[1], hand_over(2, signers=KEYS[2:3])),
        (CHAIN[0], CHAIN[1], hand_over(2, signers=KEYS[3:])),
        (CHAIN[0], CHAIN[1], hand_over(2, signers=())),
        (*CHAIN, hand_over(3, size=SIZES[3])),
        (*CHAIN[:2], CHAIN[2].replace(b"handover-v1", b"handover-v2")),
    ],
    ids=["turned", "gap", "twice", "back", "old", "new", "nobody", "round", "other"],
)
def test_hand_overs_that_do_not_follow_one_another_are_refused(chain, tmp_path):
    verdict = judged(bundle(SIZES[3], 3, chain), Trusting(0), tmp_path)

    assert verdict.noticed, verdict


def test_the_entries_of_the_whole_log_show_that_it_continues_an_earlier_checkpoint(tmp_path):
    auditor = Trusting(0)
    auditor.earlier = WORLD.log.text(SIZES[1]).signed(KEY).written.encode()
    assert judged(bundle(SIZES[3], 0, ()), auditor, tmp_path) == ([], [])
    forked = World(4).log.text(SIZES[1]).signed(KEY).written.encode()
    auditor.earlier = forked
    assert judged(bundle(SIZES[3], 0, ()), auditor, tmp_path).noticed
