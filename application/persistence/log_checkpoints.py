"""The checkpoints in the database."""

from datetime import datetime
from typing import Any, NamedTuple

import psycopg

from application.audit.checkpoints import Checkpoint, read_checkpoint
from application.audit.keys import VerifyingKey
from application.audit.notes import NotANote, Note, read_note
from application.audit.stops import SealingStopped

_LAST = "SELECT size, note FROM log_checkpoints ORDER BY size DESC LIMIT 1"
_ADD = "INSERT INTO log_checkpoints VALUES (%s, %s, %s)"


class Signed(NamedTuple):
    """A checkpoint, and the note that says and signs it."""

    checkpoint: Checkpoint
    note: Note

    @property
    def size(self) -> int:
        """How many entries it is of."""
        return self.checkpoint.size


def signed_by(note: Note, keys: list[VerifyingKey]) -> Signed:
    """Return the checkpoint of a note; stop unless one of these keys of the log has signed it."""
    try:
        checkpoint = read_checkpoint(note.text)
        if any(note.is_signed_by(key) for key in keys) and checkpoint.origin == keys[0].name:
            return Signed(checkpoint, note)
    except NotANote as error:
        raise SealingStopped("signature-wrong", told=str(error)) from error
    raise SealingStopped("other-key", origin=keys[0].name, size=checkpoint.size)


class Checkpoints:
    """Reads the last checkpoint and adds the next."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def exist(self) -> bool:
        """Whether anything was ever signed here."""
        return self._connection.execute(_LAST).fetchone() is not None

    def last(self, keys: list[VerifyingKey]) -> Signed | None:
        """Return the last one, signed by a key of the log."""
        row = self._connection.execute(_LAST).fetchone()
        if row is None:
            return None
        try:
            found = signed_by(read_note(row[1]), keys)
        except NotANote as error:
            raise SealingStopped("signature-wrong", told=str(error)) from error
        if found.size != row[0]:
            raise SealingStopped("signature-wrong", told=f"{row[0]}: {found.size}")
        return found

    def add(self, signed: Signed, now: datetime) -> None:
        """Add one."""
        self._connection.execute(_ADD, [signed.size, signed.note.written, now])
