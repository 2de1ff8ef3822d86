"""The map of heads in the database: which case ends with which version, and the hashes above.

The hashes are kept at two depths, so that a change of a few cases reads a few hundred rows.
What is read is first compared with the root that was signed, and only then changed.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from application.audit.heads import ID_BITS, NO_CASES, Tree, head, joined
from application.audit.stops import SealingStopped

_UPPER, _LOWER = 8, 16
_TOP = "SELECT prefix, hash FROM log_head_nodes WHERE depth = 8"
_BELOW = "SELECT prefix, hash FROM log_head_nodes WHERE depth = 16 AND prefix >> 8 = ANY(%s)"
_CASES = """
SELECT case_id, version FROM unnest(%s::uuid[], %s::uuid[]) AS span (first, last)
CROSS JOIN LATERAL
    (SELECT * FROM log_heads WHERE case_id BETWEEN span.first AND span.last OFFSET 0) AS found
ORDER BY case_id
"""
_WRITE = """
INSERT INTO log_head_nodes SELECT %s, * FROM unnest(%s::integer[], %s::bytea[])
ON CONFLICT (depth, prefix) DO UPDATE SET hash = excluded.hash
"""
Hashes = dict[int, bytes]


class Move(NamedTuple):
    """The version with which a case ended before, 0 for none, and with which it ends now."""

    before: int
    now: int


class HeadsMap:
    """The map, over a connection in a transaction."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def move(self, moves: Mapping[UUID, Move], old_root: bytes) -> bytes:
        """Bring the hashes up to what the heads are by now; return the new root.

        Raises:
            SealingStopped: heads or hashes are not what they were when the old root was signed.

        """
        top = self._hashes(_TOP)
        _check(_root(_UPPER, top), old_root)
        lower = {case_id.int >> ID_BITS - _LOWER for case_id in moves}
        upper = {prefix >> _LOWER - _UPPER for prefix in lower}
        below = self._hashes(_BELOW, [list(upper)])
        for prefix, hashes in _by_upper(below, upper).items():
            _check(_root(_LOWER, hashes), top.get(prefix, NO_CASES))
        changed = self._below(lower, moves, below)
        top |= {
            prefix: _root(_LOWER, each)
            for prefix, each in _by_upper(below | changed, upper).items()
        }
        self._write(_LOWER, changed)
        self._write(_UPPER, {prefix: top[prefix] for prefix in upper})
        return _root(_UPPER, top)

    def _below(
        self, prefixes: Collection[int], moves: Mapping[UUID, Move], known: Hashes
    ) -> Hashes:
        """Return the hashes of the cases under these prefixes as they are by now."""
        found: Hashes = {}
        left = set(moves)
        for prefix, cases in groupby(
            self._cases(prefixes), lambda each: each[0].int >> ID_BITS - _LOWER
        ):
            now = dict(cases)
            before = {each: moves[each].before if each in moves else now[each] for each in now}
            _check(_of_cases(before), known.get(prefix, NO_CASES))
            for case_id in left & now.keys():
                _check(now[case_id], moves[case_id].now)
            left -= now.keys()
            found[prefix] = _of_cases(now)
        _check(left, set())
        return found

    def _cases(self, prefixes: Iterable[int]) -> Iterable[tuple[UUID, int]]:
        step = ID_BITS - _LOWER
        first = [UUID(int=prefix << step) for prefix in prefixes]
        last = [UUID(int=(prefix + 1 << step) - 1) for prefix in prefixes]
        return self._connection.execute(_CASES, [first, last], binary=True)

    def _hashes(self, statement: str, values: Iterable[Any] = ()) -> Hashes:
        found = self._connection.execute(statement, list(values))
        return {prefix: bytes(each) for prefix, each in found}

    def _write(self, depth: int, hashes: Hashes) -> None:
        self._connection.execute(_WRITE, [depth, list(hashes), list(hashes.values())])


def _by_upper(below: Hashes, wanted: Iterable[int]) -> dict[int, Hashes]:
    found: dict[int, Hashes] = {prefix: {} for prefix in wanted}
    for prefix, each in below.items():
        found[prefix >> _LOWER - _UPPER][prefix] = each
    return found


def _root(depth: int, hashes: Hashes) -> bytes:
    tree = joined([Tree(prefix << ID_BITS - depth, each) for prefix, each in hashes.items()])
    return tree.hash if tree else NO_CASES


def _of_cases(versions: Mapping[UUID, int]) -> bytes:
    tree = joined([head(case_id, version) for case_id, version in versions.items() if version])
    return tree.hash if tree else NO_CASES


def _check(found: object, wanted: object) -> None:
    if found != wanted:
        raise SealingStopped("heads-changed")
