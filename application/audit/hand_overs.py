"""Hand-overs: notes in which a key gives the log to the next (docs/log-format.md, section 4)."""

import base64
import re
from collections.abc import Sequence

from msgspec import Struct

from application.audit.checkpoints import Checkpoint, read_checkpoint
from application.audit.keys import NotAKey, SigningKey, VerifyingKey, read_vkey
from application.audit.notes import NotANote, Note, read_note

_FIRST = "kzrfo-handover-v1"
_FORM = re.compile(r"kzrfo-handover-v1\n([^\n]+)\n([0-9]{1,19}) (\S{44})\n([^\n]+)\n([^\n]+)\n")
_BEFORE_EACH = re.compile(r"(?m)^(?=kzrfo-handover-v1$)")


class HandOver(Struct, frozen=True):
    """From which key to which the log goes, after the last checkpoint of the old one."""

    last: Checkpoint
    old: VerifyingKey
    new: VerifyingKey

    @property
    def note(self) -> Note:
        """The note, which both keys have to sign."""
        head = f"{self.last.size} {base64.b64encode(self.last.root).decode()}"
        lines = (_FIRST, self.last.origin, head, self.old.vkey, self.new.vkey)
        return Note("".join(f"{line}\n" for line in lines))


def handed_over(last: Checkpoint, old: SigningKey, new: SigningKey) -> Note:
    """Return the hand-over from one key to the other, signed by both."""
    return HandOver(last, old.verifying, new.verifying).note.signed(old).signed(new)


def read_hand_over(note: Note) -> HandOver:
    """Read what a note says; fail when that is no hand-over, or one of its keys did not sign."""
    match = _FORM.fullmatch(note.text)
    if match is None:
        raise NotANote("It is no hand-over: a log, its size and root, and two keys are expected.")
    last = read_checkpoint(f"{match[1]}\n{match[2]}\n{match[3]}\n")
    try:
        found = HandOver(last, read_vkey(match[4]), read_vkey(match[5]))
    except NotAKey as error:
        raise NotANote(str(error)) from error
    for name, key in (("old", found.old), ("new", found.new)):
        if not note.is_signed_by(key):
            message = f"The {name} key {key.name}+{key.id.hex()} has not signed the hand-over."
            raise NotANote(message)
    return found


def read_notes(written: str) -> tuple[Note, ...]:
    """Read hand-overs that stand one after another in a text, as they are handed out."""
    before, *several = _BEFORE_EACH.split(written)
    if before.strip():
        raise NotANote("What stands before the first hand-over is none.")
    return tuple(read_note(each.rstrip("\n") + "\n") for each in several)


def written(notes: Sequence[Note]) -> str:
    """Return hand-overs one after another, with an empty line between them."""
    return "\n".join(note.written for note in notes)
