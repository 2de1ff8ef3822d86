"""verify.py over a million events: under 60 s and 300 MB; and over one case of them: under 1 s.

Run: make verify
"""

import base64
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple
from uuid import UUID

from memory_log import KEY, ORIGIN, POLICY, START, WITNESS, MemoryLog, state_of

from application.audit.bundles import Part, part_of_case, part_of_period, whole_log, write_bundle
from application.audit.checkpoints import Checkpoint
from application.audit.hashing import HASH_BYTES, entry_hash, node_hash
from application.audit.heads import Branch, Tree, head, joined
from application.audit.logged import Logged, LoggedEvent, LoggedHeads
from application.audit.notes import Note
from application.audit.tree import root
from application.audit.verify import Heads

EVENTS, CASES, OF_ONE_CASE, UNTIL_CHECKPOINT = 1_000_000, 100_000, 50, 200
SECONDS, CASE_SECONDS, MEGABYTES = 60.0, 1.0, 300.0


class BigLog(MemoryLog):
    """A log of events as they are, drawn by chance, with a checkpoint now and then."""

    def __init__(self) -> None:
        super().__init__()
        self._levels: list[bytearray] = []
        self._map = Heads()
        drawn = Random(1)
        cases = [UUID(int=drawn.getrandbits(128), version=4) for _ in range(CASES)]
        self.one = cases[0]
        for number in range(EVENTS):
            is_one = number % (EVENTS // OF_ONE_CASE) == 0
            self._record(number, self.one if is_one else drawn.choice(cases[1:]), drawn)
            if number % UNTIL_CHECKPOINT == 0 or number == EVENTS - 1:
                self._grow(LoggedHeads(len(self.logged), len(self.versions), self._map.root()))
        self.size = len(self.logged)
        self.newest = Checkpoint(ORIGIN, self.size, root(self.nodes, self.size))

    def _record(self, number: int, case: UUID, drawn: Random) -> None:
        version = self.versions.get(case, 0) + 1
        self.versions[case] = version
        self._map.put(case.bytes, version)
        state = state_of(number, START + timedelta(seconds=number))[:-1] + _sealed(drawn)
        topic, index = "request.noted", len(self.logged)
        self._grow(LoggedEvent(index, 3 * number + 1, case, version, topic, state))

    def _grow(self, entry: Logged) -> None:
        self.logged.append(entry)
        level, found = 0, entry_hash(entry.entry)
        while True:
            if level == len(self._levels):
                self._levels.append(bytearray())
            self._levels[level] += found
            count = len(self._levels[level]) // HASH_BYTES
            if count % 2:
                return
            found = node_hash(self.nodes(level, count - 2), self.nodes(level, count - 1))
            level += 1

    @property
    def checkpoint(self) -> Checkpoint:
        return self.newest

    def note_of(self, size: int) -> Note | None:
        return (
            self.newest.note.signed(KEY).cosigned(WITNESS, 1_800_000_000)
            if size == self.size
            else None
        )

    def nodes(self, level: int, index: int) -> bytes:
        return bytes(self._levels[level][index * HASH_BYTES : (index + 1) * HASH_BYTES])

    def branches(self, case_id: UUID) -> list[Branch]:
        return list(_branches(sorted(head(*each) for each in self.versions.items()), case_id))[::-1]

    def _events(self) -> Iterator[LoggedEvent]:
        return (each for each in self.logged if isinstance(each, LoggedEvent))


def _branches(trees: list[Tree], case_id: UUID) -> Iterator[Branch]:
    """Yield the branches above a case, the highest first: the trees are sorted already."""
    while len(trees) > 1:
        bit = 128 - (trees[0].id ^ trees[-1].id).bit_length()
        sides: tuple[list[Tree], list[Tree]] = ([], [])
        for each in trees:
            sides[each.id >> (127 - bit) & 1].append(each)
        own = case_id.int >> (127 - bit) & 1
        other = joined(sides[1 - own])
        assert other is not None
        yield Branch(bit, other.hash)
        trees = sides[own]


def _sealed(drawn: Random) -> bytes:
    value = base64.b64encode(drawn.randbytes(40)).decode()
    person = UUID(int=drawn.getrandbits(128))
    return f',"name":{{"subject_id":"{person}","field":"name","sealed":"{value}"}}}}'.encode()


# Run by a small process: what a large one starts counts as large from its first moment.
MEASURE = """
import json, resource, subprocess, sys, time
started = time.perf_counter()
subprocess.run(sys.argv[1:], check=True)
wall, used = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
json.dump([wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024], sys.stderr)
"""


class Cost(NamedTuple):
    """What a verification took."""

    wall: float
    cpu: float
    megabytes: float


def verified(log: BigLog, part: Part, folder: Path, name: str) -> Cost:
    """Make a bundle and verify it in a process of its own; return what that took."""
    with (folder / name).open("w+b") as file:
        write_bundle(log, part, file, made_at=START)
    script = Path(sys.modules[Heads.__module__].__file__ or "")
    checked = [sys.executable, "-I", "-S", script, folder / name, "--policy", folder / "policy"]
    command = [sys.executable, "-c", MEASURE, *checked]
    answer = subprocess.run(command, check=True, stderr=subprocess.PIPE)
    return Cost(*json.loads(answer.stderr))


def main() -> int:
    """Measure a case, a quarter of the time, and all of it; return 1 when it is too much."""
    log, quarter = BigLog(), timedelta(seconds=EVENTS / 4)
    parts = {
        "case": part_of_case(log, log.one),
        "period": part_of_period(log, START + quarter, START + 2 * quarter),
        "log": whole_log(log),
    }
    with tempfile.TemporaryDirectory(prefix="fo") as folder:
        (Path(folder) / "policy").write_text(POLICY, "utf-8")
        costs = {name: verified(log, part, Path(folder), name) for name, part in parts.items()}
    for name, cost in costs.items():
        sys.stdout.write(
            f"{name}: {cost.wall:.1f} s ({cost.cpu:.1f} s of CPU), {cost.megabytes:.0f} MB\n"
        )
    too_long = costs["log"].wall > SECONDS or costs["case"].wall > CASE_SECONDS
    return int(too_long or max(cost.megabytes for cost in costs.values()) > MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
