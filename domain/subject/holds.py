"""How it stands with the data of a person, and what keeps it."""

from datetime import date
from enum import StrEnum

from msgspec import Struct


class SubjectStatus(StrEnum):
    """Whether the data of a person can be read, must be kept, or is gone."""

    KNOWN = "known"
    HELD = "held"
    ERASED = "erased"


class Hold(Struct, frozen=True):
    """Why an office keeps the data, since when, and up to which day; without one, until released."""

    office: str
    reason: str
    since: date
    until: date | None = None

    def is_in_force(self, today: date) -> bool:
        """Whether it still holds today."""
        return self.until is None or today <= self.until
