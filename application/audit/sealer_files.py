"""The sealer's folder: its key, and the last checkpoint that it has signed with it.

Both lie outside the database, so that a database which was changed, cut or put back to an
earlier day is measured against what was signed, and not against itself.
"""

import base64
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from tempfile import NamedTemporaryFile

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Struct

from application.audit.checkpoints import Checkpoint
from application.audit.hand_overs import handed_over
from application.audit.keys import SigningKey, VerifyingKey, read_vkey
from application.audit.notes import NotANote, Note, read_note
from application.audit.stops import SealingStopped

KEY, LAST = "key.json", "last-checkpoint"


class LogKey(Struct, frozen=True, omit_defaults=True):
    """The name of the log, its private key (base64), and the keys that it had before (vkeys).

    ``hand_overs`` are the notes by which it came from the first key to this one.
    """

    origin: str
    private: str
    earlier: tuple[str, ...] = ()
    hand_overs: tuple[str, ...] = ()

    @property
    def signing(self) -> SigningKey:
        """The key that signs."""
        raw = base64.b64decode(self.private)
        return SigningKey(self.origin, Ed25519PrivateKey.from_private_bytes(raw))

    @property
    def verifying(self) -> list[VerifyingKey]:
        """The keys of the log, from the one that signs to the first."""
        return [self.signing.verifying, *map(read_vkey, reversed(self.earlier))]

    def next(self, last: Checkpoint) -> "LogKey":
        """Return a new key, to which this one hands the log over after its last checkpoint."""
        made = new_key(self.origin)
        note = handed_over(last, self.signing, made.signing).written
        earlier = (*self.earlier, self.signing.verifying.vkey)
        return LogKey(self.origin, made.private, earlier, (*self.hand_overs, note))


def new_key(origin: str) -> LogKey:
    """Make the first key of a log."""
    private = Ed25519PrivateKey.generate().private_bytes_raw()
    return LogKey(origin, base64.b64encode(private).decode())


class SealerFiles:
    """The folder of one sealer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let nobody else use the folder for as long as the block lasts; wait until it is free."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = (self.folder / "lock").open("w")
        except OSError as error:
            raise _unusable(self.folder, error) from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def has_key(self) -> bool:
        """Whether a key was ever made here."""
        return (self.folder / KEY).exists()

    def key(self) -> LogKey:
        """Return the key and the name of the log."""
        path = self.folder / KEY
        try:
            key = msgspec.json.decode(path.read_bytes(), type=LogKey)
            assert key.verifying  # noqa: S101  A key that cannot be read is none.
        except (OSError, ValueError) as error:
            raise _unusable(path, error) from error
        return key

    def make_key(self, origin: str | None) -> None:
        """Make a new key for a log of this name, or of one that nobody else has."""
        self.keep_key(new_key(origin or f"front-office.invalid/{token_hex(4)}"))

    def keep_key(self, key: LogKey) -> None:
        """Keep a key in place of the one that is there."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._write(KEY, msgspec.json.format(msgspec.json.encode(key)))

    def begin_anew(self, origin: str | None, now: datetime) -> VerifyingKey:
        """Put key and checkpoint aside into a folder of their own, and make another key.

        Its log has another name also where this one is asked for again.
        """
        aside = self.folder / f"until-{now:%Y%m%dT%H%M%S}"
        with suppress(SealingStopped):
            if origin == self.key().origin:
                origin = f"{origin}/{token_hex(4)}"
        for path in (self.folder / KEY, self.folder / LAST):
            if path.exists():
                aside.mkdir(mode=0o700, exist_ok=True)
                path.replace(aside / path.name)
        self.make_key(origin)
        return self.key().signing.verifying

    def last_written(self) -> str | None:
        """Return the last checkpoint as it lies there, be it damaged; none if there was none."""
        with suppress(FileNotFoundError):
            return (self.folder / LAST).read_text("utf-8", errors="replace")
        return None

    def replace_key(self, key: LogKey) -> None:
        """Keep the next key, and then write over what the one before was, as far as a disk does."""
        (self.folder / KEY).chmod(0o600)  # An owner may have closed it even to themselves.
        with (self.folder / KEY).open("r+b") as before:
            self.keep_key(key)
            size = before.seek(0, os.SEEK_END)
            before.seek(0)
            before.write(bytes(size))
            before.flush()
            os.fsync(before.fileno())

    def last(self) -> Note | None:
        """Return the last checkpoint that was signed here; none if there was none."""
        path = self.folder / LAST
        try:
            return read_note(path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, NotANote, ValueError) as error:
            raise _unusable(path, error) from error

    def keep_last(self, note: Note) -> None:
        """Keep a checkpoint as the last one, on the disk before this returns."""
        self._write(LAST, note.written.encode())

    def _write(self, name: str, content: bytes) -> None:
        """Put a file in place of another, whole, and readable by its owner only."""
        try:
            with NamedTemporaryFile(dir=self.folder, prefix=f".{name}.", delete=False) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(self.folder / name)
            _sync(self.folder)
        except OSError as error:
            with suppress(OSError, UnboundLocalError):
                Path(file.name).unlink()
            raise _unusable(self.folder, error) from error


def _unusable(path: Path, error: Exception) -> SealingStopped:
    return SealingStopped("files-unusable", path=str(path), told=str(error))


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
