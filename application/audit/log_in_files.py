"""The log as it is brought in files, by e-mail or on a stick."""

from pathlib import Path

from msgspec import Struct

from application.audit.asking import MOST_BYTES
from application.audit.witness_refusals import WitnessUnusable


class LogInFiles(Struct, frozen=True):
    """What a log shows of itself, in files; without hand-overs those are meant that were seen."""

    checkpoint_file: Path
    hand_overs_file: Path | None
    consistency_file: Path | None
    seen_hand_overs: str

    def checkpoint(self) -> str:
        """Return the signed note."""
        return _text(self.checkpoint_file)

    def hand_overs(self) -> str:
        """Return all hand-overs, one after another."""
        return _text(self.hand_overs_file) if self.hand_overs_file else self.seen_hand_overs

    def consistency(self, old: int, new: int) -> str:
        """Return the proof that was brought, whatever its sizes are."""
        if self.consistency_file is None:
            raise WitnessUnusable("proof-missing", old=old, new=new)
        return _text(self.consistency_file)


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise WitnessUnusable("file-unreadable", file=path, told=str(error)) from error
    if len(text) > MOST_BYTES:
        raise WitnessUnusable("file-too-large", file=path, limit=MOST_BYTES)
    return text.replace("\r\n", "\n")  # Mail and editors of other systems end lines so.
