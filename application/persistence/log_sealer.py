"""The sealer: follows the events, seals them, and signs what it has sealed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

import psycopg

from application.audit import tree
from application.audit.notes import Note, read_note
from application.audit.sealer_files import SealerFiles
from application.audit.stops import SealingStopped
from application.persistence.log_batches import seal_batch
from application.persistence.log_checkpoints import Checkpoints, Signed, signed_by
from application.persistence.log_entries import Entries
from application.persistence.log_hand_overs import HandOvers
from application.persistence.log_signing import Signing
from application.persistence.log_tiles import Tiles

# One sealer is at work at a moment; whoever follows the log at all can be seen by the other lock.
SEALING_LOCK, PRESENCE_LOCK = 0x7365616C, 0x7365616D
# While it has far to catch up, it signs now and then: what is read again then is held in memory.
MOST_UNSIGNED = 50_000


class LogSealer:
    """Seals and signs over one connection, with the key of one folder.

    Nothing is kept in memory from one time to the next: each begins with the last checkpoint
    that was signed, and finds it in the database, or stops.
    """

    def __init__(
        self, connection: psycopg.Connection[Any], files: SealerFiles, now: Callable[[], datetime]
    ) -> None:
        self._connection = connection
        self._files = files
        self._now = now
        self._hand_overs = HandOvers(connection)

    def seal(self, origin: str | None, *, is_over: Callable[[], bool] = lambda: False) -> int:
        """Seal and sign everything that is final by now; return the size of the log.

        A key is made, for a log of this name, where nothing was ever signed.

        Raises:
            SealingStopped: nothing inconsistent was signed, and why.

        """
        with self._alone(), self._files.held():
            last = self._last(origin)
            self._hand_overs.publish(self._files.key())
            while self._catch_up(is_over) and not is_over():
                last = Signing(self._connection, last).sign(self._files, self._now) or last
            return last.size if last else 0

    def hand_over(self, origin: str | None) -> Note:
        """Give the log to a new key and destroy the old one; return the note that says so.

        The new key has the note in its own file, and signs nothing before that is published: a
        crash leaves the old key, or the new one with the note.

        Raises:
            SealingStopped: nothing was ever signed, or what is stored is not what was signed.

        """
        with self._alone(), self._files.held():
            last = self._last(origin)
            if last is None:
                raise SealingStopped("nothing-signed")
            key = self._files.key()
            self._hand_overs.publish(key)
            following = key.next(last.checkpoint)
            self._files.replace_key(following)
            self._hand_overs.publish(following)
            return read_note(following.hand_overs[-1])

    def _catch_up(self, is_over: Callable[[], bool]) -> bool:
        """Seal what there is, up to a limit; return whether there is something to sign."""
        sealed = 0
        while sealed < MOST_UNSIGNED and not is_over() and (count := seal_batch(self._connection)):
            sealed += count
        return sealed > 0 or self._is_unsigned()

    def _is_unsigned(self) -> bool:
        last = Checkpoints(self._connection).last(self._files.key().verifying)
        return Entries(self._connection).end().size != (last.size if last else 0)

    def _last(self, origin: str | None) -> Signed | None:
        """Return the last checkpoint, found in the database as it was signed.

        The one in the folder can be newer by one, after a crash; then it is finished. The one in
        the database can be newer where the folder was put back from a copy.
        """
        self._ensure_key(origin)
        keys = self._files.key().verifying
        note = self._files.last()
        outside = None if note is None else signed_by(note, keys)
        checkpoints = Checkpoints(self._connection)
        inside = checkpoints.last(keys)
        size = Entries(self._connection).end().size
        if outside is not None and outside.size == size + 1:
            self._hand_overs.publish(self._files.key())
            return Signing(self._connection, inside).sign(self._files, self._now, outside)
        for each in (outside, inside):
            self._find(each, size)
        if outside is not None and (inside is None or inside.size < outside.size):
            checkpoints.add(outside, self._now())
            return outside
        if inside is not None and (outside is None or outside.size < inside.size):
            self._files.keep_last(inside.note)
        return inside

    def _find(self, signed: Signed | None, size: int) -> None:
        if signed is None:
            return
        if signed.size > size:
            raise SealingStopped("database-older", signed=signed.size, entries=size)
        if tree.root(Tiles(self._connection).node, signed.size) != signed.checkpoint.root:
            raise SealingStopped("log-changed", size=signed.size)

    def _ensure_key(self, origin: str | None) -> None:
        if self._files.has_key():
            return
        if self._files.last() is not None or Checkpoints(self._connection).exist():
            raise SealingStopped("key-missing", path=str(self._files.folder))
        self._files.make_key(origin)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait until no other sealer is at work on the database, and let none begin."""
        self._connection.execute("SELECT pg_advisory_lock(%s)", [SEALING_LOCK])
        try:
            yield
        finally:
            with suppress(psycopg.OperationalError):  # A lost connection holds no lock.
                self._connection.execute("SELECT pg_advisory_unlock(%s)", [SEALING_LOCK])
