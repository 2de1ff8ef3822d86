"""The list of the erased, outside the database: a restore of yesterday must not bring them back.

It lies beside the key file and holds ids only, one a line. To it is only added; who is in it
twice is in it.
"""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from application.persistence.key_file import KeyFileUnusable
from application.persistence.whole_file import sync_folder

# The beginning of a line that a power cut has left: whose it was, the database still knows.
_TORN = re.compile("[0-9a-f-]{1,35}")


class ErasedList:
    """The ids of everybody who was erased, as far as this machine has heard."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def beside(cls, key_file: Path) -> "ErasedList":
        """Return the list that belongs to a key file."""
        return cls(key_file.with_suffix(".erased"))

    def ids(self) -> frozenset[UUID]:
        """Return who is in it; nobody where there is none yet."""
        try:
            lines = self.path.read_text("ascii").split()
            return frozenset(UUID(each) for each in lines if not _TORN.fullmatch(each))
        except FileNotFoundError:
            return frozenset()
        except (OSError, ValueError) as error:
            message = (
                f"The list of erased people {self.path} cannot be read ({error}):"
                " restore it from a copy, without it a restore could bring them back."
            )
            raise KeyFileUnusable(message) from error

    def add(self, subject_ids: Iterable[UUID]) -> None:
        """Add people; what cannot be written now is added by the next upkeep, and told by reports."""
        lines = "".join(f"\n{each}" for each in sorted(subject_ids)).encode()
        if not lines:
            return
        with suppress(OSError):
            opened = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(opened, lines + b"\n")
                os.fsync(opened)
            finally:
                os.close(opened)
            sync_folder(self.path.parent)
