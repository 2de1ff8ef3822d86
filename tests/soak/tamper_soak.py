"""The verifiers at their goals: 10,000 tamperings, 100,000 mutated proofs, 1,000 left out (A1, A3, A4).

Run: make tamper
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from random import Random

from corrupting import corrupted
from judging import Tally, judged
from mutated_proofs import of_bundles, of_functions
from tampered_bundles import drop_an_entry, drop_the_beginning, drop_the_tail
from tampering import KINDS, Attempt, World, honest
from thefts import (
    lies_before_parts,
    to_be_noticed,
    with_an_older_checkpoint,
    without_a_checkpoint,
)

from application.audit import verify

TAMPERED, LEFT_OUT, CONTROLS, CORRUPTED, MUTATED, MUTATED_ALONE = (
    10_000,
    1_000,
    1_000,
    10_000,
    10_000,
    100_000,
)


def left_out(count: int) -> Iterator[Attempt]:
    """Bundles of which an event, the beginning or the end is missing, with proofs that fit."""
    ways = (drop_an_entry, drop_the_tail, drop_the_beginning)
    for number in range(count):
        drawn = Random(number)
        attempt = ways[number % 3](World(number % 50), drawn, KINDS[number // 3 % 3])
        without = replace(attempt.auditor, earlier=None)  # The map of heads alone has to tell.
        yield replace(attempt, auditor=without if drawn.random() < 0.5 else attempt.auditor)


def say(title: str, text: object) -> None:
    """Print a result as soon as it is there."""
    sys.stdout.write(f"\n{title}\n{text}\n")
    sys.stdout.flush()


def main() -> None:
    """Try everything once and say what was seen; fail if anything was missed."""
    verify.signature_fits = lru_cache(None)(verify.signature_fits)
    part = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bad = [
            _untouched(folder),
            _all_noticed("Tampered", to_be_noticed(round(TAMPERED * part)), folder),
            _all_noticed("Left out of a bundle", left_out(round(LEFT_OUT * part)), folder),
            _all_noticed("Mutated proofs", of_bundles(round(MUTATED * part)), folder),
            _mutated_alone(round(MUTATED_ALONE * part)),
            _corrupted(round(CORRUPTED * part), folder),
        ]
        for thefts in (without_a_checkpoint, with_an_older_checkpoint, lies_before_parts):
            tally = Tally().add_all(thefts(round(CONTROLS * part)), folder)
            title = thefts.__name__.replace("_", " ")
            say(f"Control, {title}: {len(tally.missed)} passed", tally.table)
            bad.append(bool(tally.apart))
    sys.exit(any(bad))


def _untouched(folder: Path) -> bool:
    tally = Tally()
    for seed in range(100):
        tally.add_all(honest(seed), folder)
    say("Untouched", tally.table)
    return tally.totals[0] > 0 or bool(tally.apart)


def _all_noticed(title: str, attempts: Iterator[Attempt], folder: Path) -> bool:
    tally = Tally().add_all(attempts, folder)
    say(title, f"{tally.table}\n{len(tally.apart)} on which the two verifiers do not agree")
    noticed, tried = tally.totals
    return noticed != tried


def _mutated_alone(count: int) -> bool:
    taken = Counter(any(outcome) for outcome in of_functions(count))
    say("Mutated proofs alone", f"{taken[True]} of {count} accepted by either verifier")
    return taken[True] > 0


def _corrupted(count: int, folder: Path) -> bool:
    seen: Counter[str] = Counter()
    for attempt, harmless in corrupted(count):
        verdict = judged(attempt.bundle, attempt.auditor, folder)
        seen["agreed"] += verdict.agreed
        seen["refused"] += verdict.noticed
        seen["accepted, and saying the same"] += not verdict.noticed and harmless
        seen["accepted"] += not verdict.noticed and not harmless
    say(f"Corrupted: {count}", dict(seen))
    return seen["accepted"] > 0 or seen["agreed"] < count


if __name__ == "__main__":
    main()
