"""What happens to the calendar of working days after it was taken from the table."""

from datetime import date
from typing import ClassVar

from domain.events import Event


class OfOneDay(Event, frozen=True, kw_only=True):
    """Something was decided about one day of the calendar."""

    day: date
    reason: str


class DayCorrected(OfOneDay, frozen=True, kw_only=True):
    """The day is a working day, or is none, whatever the table says."""

    TOPIC: ClassVar[str] = "calendar.day-corrected"
    is_working: bool


class CorrectionWithdrawn(OfOneDay, frozen=True, kw_only=True):
    """A correction was taken back: the day is again what the table says."""

    TOPIC: ClassVar[str] = "calendar.correction-withdrawn"
