"""The folder of a witness: its key, its policy, what it has seen, and its alarms."""

from hashlib import sha256
from pathlib import Path

from application.audit.hand_overs import read_notes, written
from application.audit.keys import SigningKey, VerifyingKey
from application.audit.notes import NotANote, Note, read_note
from application.audit.policies import Policy
from application.audit.policy_files import NotAPolicy, read_policy
from application.audit.witness_files import WitnessFiles
from application.audit.witness_keys import new_key, read_key
from application.audit.witness_memory import Memory
from application.audit.witness_refusals import WitnessAlarm, WitnessUnusable

_KEY, _POLICY, _LAST, _HAND_OVERS = "key.json", "policy", "last-checkpoint", "hand-overs"
_ALARM = "ALARM-"


class WitnessFolder(WitnessFiles):
    """What a witness is and knows."""

    def make(self, name: str, log: VerifyingKey) -> SigningKey:
        """Make the key of a new witness of the log; refuse a folder that has one."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise self.spoilt(_KEY, error) from error
        key, document = new_key(name)
        with self.locked():
            if (self.path / _KEY).exists():
                raise WitnessUnusable("witness-exists", folder=self.path)
            self.write(_POLICY, f"log {log.vkey}\nquorum none\n")
            self.write(_KEY, document)
        return key

    def key(self) -> SigningKey:
        """Return the key with which the witness cosigns."""
        return read_key(self.read(_KEY, needed=True))

    def policy(self) -> Policy:
        """Return of which log it is the witness."""
        try:
            return read_policy(self.read(_POLICY, needed=True))
        except NotAPolicy as error:
            raise self.spoilt(_POLICY, error) from error

    def memory(self) -> Memory:
        """Return what it has seen."""
        last, hand_overs = self.read(_LAST), self.read(_HAND_OVERS)
        try:
            found = Memory(read_note(last) if last else None, read_notes(hand_overs))
            assert found.note is None or found.last  # noqa: S101  What it says can be read.
        except NotANote as error:
            raise self.spoilt(_LAST, error) from error
        return found

    def keep(self, note: Note, hand_overs: tuple[Note, ...]) -> None:
        """Keep what it has seen; both files are on the disk when this returns."""
        self.write(_HAND_OVERS, written(hand_overs))
        self.write(_LAST, note.written)

    def keep_evidence(self, alarm: WitnessAlarm) -> Path:
        """Keep what contradicts itself, once, in a file of its own."""
        parts = (f"== {name} ==\n{text}\n" for name, text in alarm.evidence.items())
        text = f"{alarm.code}\n\n{''.join(parts)}"
        name = f"{_ALARM}{alarm.code}-{sha256(text.encode()).hexdigest()[:12]}"
        self.write(name, text)
        return self.path / name

    @property
    def alarms(self) -> list[str]:
        """The names of the files of evidence."""
        return sorted(each.name for each in self.path.glob(f"{_ALARM}*"))
