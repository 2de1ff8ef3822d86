"""The folder of a witness: its key, its policy, what it has seen, and its alarms."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO

from application.audit.hand_overs import read_notes, written
from application.audit.keys import SigningKey, VerifyingKey
from application.audit.notes import NotANote, Note, read_note
from application.audit.policies import Policy
from application.audit.policy_files import NotAPolicy, read_policy
from application.audit.witness_judgement import Memory
from application.audit.witness_keys import new_key, read_key
from application.audit.witness_refusals import WitnessAlarm, WitnessUnusable
from application.persistence.whole_file import named_when_whole

_KEY, _POLICY, _LAST, _HAND_OVERS = "key.json", "policy", "last-checkpoint", "hand-overs"
_ALARM = "ALARM-"


class WitnessFolder:
    """Reads and writes whole files only: what is there after a power cut is old or new."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def make(self, name: str, log: VerifyingKey) -> SigningKey:
        """Make the key of a new witness of the log; refuse a folder that has one."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise self._spoilt(_KEY, error) from error
        with self.locked():
            if (self.path / _KEY).exists():
                raise WitnessUnusable("witness-exists", folder=self.path)
            self._write(_POLICY, f"log {log.vkey}\nquorum none\n")
            key, document = new_key(name)
            self._write(_KEY, document)
        return key

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep the folder for this process: two at once could cosign what does not agree."""
        with self._opened_lock() as lock:
            try:
                fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise WitnessUnusable("witness-busy", folder=self.path) from error
            yield

    def key(self) -> SigningKey:
        """Return the key with which the witness cosigns."""
        return read_key(self._read(_KEY, needed=True))

    def policy(self) -> Policy:
        """Return of which log it is the witness."""
        try:
            return read_policy(self._read(_POLICY, needed=True))
        except NotAPolicy as error:
            raise self._spoilt(_POLICY, error) from error

    def memory(self) -> Memory:
        """Return what it has seen."""
        last, hand_overs = self._read(_LAST), self._read(_HAND_OVERS)
        try:
            return Memory(read_note(last) if last else None, read_notes(hand_overs))
        except NotANote as error:
            raise self._spoilt(_LAST, error) from error

    def keep(self, note: Note, hand_overs: tuple[Note, ...]) -> None:
        """Keep what it has seen; both files are on the disk when this returns."""
        self._write(_HAND_OVERS, written(hand_overs))
        self._write(_LAST, note.written)

    def keep_evidence(self, alarm: WitnessAlarm) -> Path:
        """Keep what contradicts itself, once, in a file of its own."""
        parts = (f"== {name} ==\n{text}\n" for name, text in alarm.evidence.items())
        text = f"{alarm.code}\n\n{''.join(parts)}"
        name = f"{_ALARM}{alarm.code}-{sha256(text.encode()).hexdigest()[:12]}"
        self._write(name, text)
        return self.path / name

    @property
    def alarms(self) -> list[str]:
        """The names of the files of evidence."""
        return sorted(each.name for each in self.path.glob(f"{_ALARM}*"))

    def _opened_lock(self) -> IO[str]:
        try:
            return (self.path / "lock").open("w")
        except OSError as error:
            raise WitnessUnusable("no-witness", folder=self.path) from error

    def _read(self, name: str, *, needed: bool = False) -> str:
        try:
            return (self.path / name).read_text("utf-8")
        except FileNotFoundError as error:
            if needed:
                raise WitnessUnusable("no-witness", folder=self.path) from error
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise self._spoilt(name, error) from error

    def _write(self, name: str, text: str) -> None:
        try:
            with named_when_whole(self.path / name) as file:
                file.write(text.encode())
        except OSError as error:
            raise self._spoilt(name, error) from error

    def _spoilt(self, name: str, error: Exception) -> WitnessUnusable:
        return WitnessUnusable("witness-spoilt", file=self.path / name, told=str(error))
