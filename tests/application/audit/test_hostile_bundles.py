"""What is no bundle, or is made to do harm, is refused with a reason, and costs little."""

import json
import subprocess
import sys
from collections import Counter
from functools import lru_cache
from pathlib import Path

import limited_trial
import pytest
from corrupting import corrupted
from dishonest_log import files_of, zipped
from hostile_archives import archives, longer
from hostile_files import contents
from judging import AT_A_LOSS, Tally, judged
from mutated_proofs import Outcome, of_bundles, of_functions
from tampering import World

from application.audit import verify

MEMORY = {"product": 32, "second": 400}  # MiB; a bomb has three times as much as the first.


@pytest.fixture(autouse=True)
def remembered_signatures(monkeypatch):
    """The same few checkpoints come again and again."""
    monkeypatch.setattr(verify, "signature_fits", lru_cache(verify.signature_fits))


@pytest.fixture(scope="module")
def world():
    return next(each for each in map(World, range(50)) if not each.witnessed)


def honest(world: World, kind: str = "case"):
    about = world.about(kind, 3, world.seen_size)
    return about, files_of(world.log, world.size, about, world.note(world.size))


@pytest.fixture(scope="module")
def hostile(world):
    _, files = honest(world)
    code = {"verify.py": b"import os\nos.abort()\n"}
    return dict([*archives({**files, **code}), *contents({**files, **code})])


@pytest.fixture(scope="module")
def said(hostile, world, tmp_path_factory):
    """What each verifier says of each of them, in a process that has little memory."""
    folder = tmp_path_factory.mktemp("hostile")
    about, files = honest(world)
    auditor = world.auditor(about)
    (folder / "policy.txt").write_text(auditor.policy, "utf-8")
    (folder / "earlier").write_bytes(auditor.earlier)
    (folder / "good.zip").write_bytes(zipped(files))
    names = {}
    for number, (name, bundle) in enumerate(hostile.items()):
        names[f"{number:04}"] = name
        (folder / f"{number:04}.zip").write_bytes(bundle)
    told = {who: in_a_small_process(folder, who) for who in MEMORY}
    assert all(each.pop("good") == [] for each in told.values())
    return {who: {names[at]: words for at, words in each.items()} for who, each in told.items()}


def in_a_small_process(folder: Path, who: str) -> dict[str, list[str]]:
    program = Path(limited_trial.__file__)
    command = [sys.executable, str(program), str(folder), who, str(MEMORY[who])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(map(json.loads, done.stdout.splitlines()))


@pytest.mark.parametrize("who", MEMORY)
def test_every_hostile_bundle_is_refused_with_its_reason(who, hostile, said):
    assert len(hostile) > 450
    assert [name for name in hostile if not said[who][name]] == []
    assert [name for name, words in said[who].items() if AT_A_LOSS in " ".join(words)] == []
    if who == "product":
        assert {words[0] for words in said[who].values()} == {"code 1"}
        assert all(len(words) > 1 for words in said[who].values())


def test_what_lies_behind_a_file_of_a_bundle_is_not_read(world, tmp_path):
    about, files = honest(world)

    assert judged(longer(files), world.auditor(about), tmp_path) == ([], [])


def test_a_bundle_with_a_byte_changed_is_refused_by_both_or_says_the_same(tmp_path):
    outcomes = Counter()
    for attempt, harmless in corrupted(400):
        verdict = judged(attempt.bundle, attempt.auditor, tmp_path)
        assert verdict.agreed, verdict
        assert verdict.noticed or harmless
        outcomes[attempt.kind, verdict.noticed] += 1
    assert outcomes["corrupted in the ZIP file", True] > 100
    assert outcomes["corrupted in a file", True] > 130


def test_a_mutated_proof_is_accepted_by_nobody(tmp_path):
    assert Counter(of_functions(9_000)) == {Outcome(product=False, second=False): 9_000}

    tally = Tally().add_all(of_bundles(200), tmp_path)

    assert tally.totals == (200, 200)
