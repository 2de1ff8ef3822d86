"""Signing: everything since the last checkpoint is read again and recomputed before."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from itertools import zip_longest
from typing import Any
from uuid import UUID

import psycopg

from application.audit import tree
from application.audit.checkpoints import Checkpoint
from application.audit.entries import heads_entry
from application.audit.frontier import Frontier, frontier
from application.audit.hashing import entry_hash
from application.audit.heads import NO_CASES
from application.audit.logged import LoggedHeads, read_heads_entry
from application.audit.proofs import shows_inclusion
from application.audit.sealer_files import SealerFiles
from application.audit.stops import SealingStopped
from application.persistence.log_checkpoints import Checkpoints, Signed
from application.persistence.log_entries import End, Entries, Place
from application.persistence.log_events import SealedEvent, events_between
from application.persistence.log_map import HeadsMap, Move
from application.persistence.log_tiles import Tiles

Moves = dict[UUID, Move]


class Signing:
    """One checkpoint, over a connection and a folder that nobody else uses meanwhile.

    What is believed is the last checkpoint, which is signed and lies outside the database. The
    tree and the map are read from the database, found to be those of that checkpoint, and
    continued with the events as they are stored by now.
    """

    def __init__(self, connection: psycopg.Connection[Any], last: Signed | None) -> None:
        self._connection = connection
        self._last = last
        self._entries = Entries(connection)
        self._tiles = Tiles(connection)

    def sign(
        self, files: SealerFiles, now: Callable[[], datetime], begun: Signed | None = None
    ) -> Signed | None:
        """Sign what there is since the last checkpoint; return none if there is nothing.

        The note is on the disk outside before anybody can read it in the database: whatever was
        seen by somebody is known here after a crash. A checkpoint that was ``begun`` before a
        crash is finished as it was.

        Raises:
            SealingStopped: something is not what was signed or sealed; nothing is signed.

        """
        with self._connection.transaction():
            end = self._entries.end()
            if end.size == (self._last.size if self._last else 0):
                return None
            root = self._continued(end)
            signed = begun or _signed(Checkpoint(files.key().origin, end.size + 1, root), files)
            if (signed.size, signed.checkpoint.root) != (end.size + 1, root):
                raise SealingStopped("log-changed", size=signed.size)
            files.keep_last(signed.note)
            Checkpoints(self._connection).add(signed, now())
        return signed

    def _continued(self, end: End) -> bytes:
        """Add the heads entry; return the root with it, made of the stored events."""
        edge, heads = self._begun()
        moves = self._moves(edge, end)
        new_cases = sum(move.before == 0 for move in moves.values())
        heads_root = HeadsMap(self._connection).move(moves, heads.root)
        entry = heads_entry(end.size, heads.cases + new_cases, heads_root)
        self._entries.add_own(end.size, entry)
        self._tiles.add(end.size, [entry_hash(entry)])
        edge.add(entry_hash(entry))
        if tree.root(Tiles(self._connection).node, edge.size) != edge.root:
            raise SealingStopped("log-changed", size=edge.size)
        return edge.root

    def _begun(self) -> tuple[Frontier, LoggedHeads]:
        """Return tree and heads of the last checkpoint, which are found to be what was signed."""
        if self._last is None:
            return Frontier(), LoggedHeads(-1, 0, NO_CASES)
        size, wanted = self._last.size, self._last.checkpoint.root
        edge = frontier(self._tiles.node, size)
        content = self._entries.content(size - 1) or b""
        proof = tree.inclusion(self._tiles.node, size - 1, size)
        heads = read_heads_entry(content)
        shown = shows_inclusion(proof, entry_hash(content), size - 1, size, wanted)
        if heads is None or not shown or edge.root != wanted:
            raise SealingStopped("log-changed", size=size)
        return edge, heads

    def _moves(self, edge: Frontier, end: End) -> Moves:
        """Go through the stored events since; return how far they have brought the cases."""
        moves: Moves = {}
        after = self._entries.position_before(edge.size)
        with (
            closing(events_between(self._connection, after, end.position)) as events,
            closing(self._entries.places_from(edge.size)) as places,
        ):
            for place, event in zip_longest(places, events):
                if event is None or place != (edge.size, event.position):
                    raise _difference(edge.size, place, event)
                if self._tiles.node(0, edge.size) != event.hash:
                    raise _difference(edge.size, place, event)
                edge.add(event.hash)
                before = (
                    moves[event.case_id].before if event.case_id in moves else event.version - 1
                )
                moves[event.case_id] = Move(before, event.version)
        return moves


def _signed(checkpoint: Checkpoint, files: SealerFiles) -> Signed:
    return Signed(checkpoint, checkpoint.note.signed(files.key().signing))


def _difference(index: int, place: Place | None, event: SealedEvent | None) -> SealingStopped:
    """Return what is the matter where an entry and the event that is stored do not agree."""
    if place is not None and (place[0] != index or place[1] is None):
        return SealingStopped("log-changed", size=index)
    position = None if place is None else place[1]
    if event is None or (position or event.position) < event.position:
        return SealingStopped("event-gone", position=position)
    facts = {"case": str(event.case_id), "version": event.version, "position": event.position}
    return SealingStopped("event-changed" if position == event.position else "event-added", **facts)
