"""Every history of a snapshot, opened with the keys that it shows and by its calendar."""

from collections.abc import Generator
from datetime import datetime

from application.calendar_in_force import (
    CALENDAR_ID,
    CalendarInForce,
    Corrections,
    nothing_corrected,
)
from application.persistence.key_file import KeyFile
from application.persistence.one_connection import streams_of
from application.persistence.opened_streams import OpenedStream, opened_streams, tried
from application.persistence.replay_snapshot import ReplaySnapshot
from application.persistence.stored_streams import count_events, stored_streams
from application.reference.calendar import load_calendar
from domain.working_days import WorkingCalendar


class Histories:
    """Reads histories over the one connection of a snapshot, whatever was done to them."""

    def __init__(self, seen: ReplaySnapshot, keys: KeyFile) -> None:
        self._connection = seen.connection
        self._reader, self.vault = streams_of(seen.connection, keys)
        # Corrections that cannot be read are found with all other streams.
        corrections, _ = tried(self._corrections)
        self._corrected = corrections or nothing_corrected()
        self._in_force = CalendarInForce(load_calendar())
        self.calendar = self._in_force.known(lambda: self._corrected).calendar

    def count(self) -> int:
        """Return how many events there are."""
        return count_events(self._connection)

    def all(self) -> Generator[OpenedStream]:
        """Return every stream in the order of the ids."""
        for batch in stored_streams(self._connection):
            yield from opened_streams(self._reader, batch)

    def calendar_at(self, moment: datetime) -> WorkingCalendar:
        """Return the calendar as it was corrected up to the moment."""
        return self._in_force.at(moment, lambda: self._corrected)

    def _corrections(self) -> Corrections | None:
        return next(iter(self._reader.these([CALENDAR_ID])), None)
