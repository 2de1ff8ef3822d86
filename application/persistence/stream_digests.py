"""The proof that a restore brings every case back: a line for each stream.

It holds a digest of the events as they are stored, and one of the state to which they fold.
The second is keyed: of a state with people in it a plain digest could be guessed at.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import domain


class StreamDigest(NamedTuple):
    """A stream, how many events it has, and its digests: as stored, and as folded."""

    id: str
    version: int
    stored: str
    folded: str = ""

    @property
    def line(self) -> bytes:
        """The stream in the list of a backup."""
        return " ".join(map(str, self)).encode() + b"\n"


def digest_of(line: str) -> StreamDigest:
    """Return what a line of the list says."""
    stream_id, version, stored, folded = line.split(" ")
    return StreamDigest(stream_id, int(version), stored, folded)


def differing(
    expected: Iterable[StreamDigest], found: Iterable[StreamDigest], most: int = 5
) -> list[str]:
    """Return the ids of the first streams that are not the same."""
    ids = []
    for one, other in zip_longest(expected, found):
        if one != other:
            ids += [each.id for each in (one or other,) if each]
        if len(ids) == most:
            break
    return ids


@cache
def rules_mark() -> str:
    """Return what tells the code that folds from every other form of it."""
    digest = hashlib.sha256()
    for path in sorted(Path(domain.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
