"""The terms in the lists, derived anew after a correction of the calendar."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from application.persistence.pools import Pools
from application.persistence.reader import Reader
from application.read_models.rows import RequestRow
from application.scopes import WHOLE

_DERIVED = "SELECT derived FROM calendars"
# What is awaited moves a term too, up to the day on which it was recorded.
_AFFECTED = """
SELECT id FROM requests WHERE due_on IS NOT NULL AND (due_on >= %s OR updated_at >= %s)
"""
# A row of a later version was written by the new calendar: an older one would not have been taken.
_DERIVE = """
WITH used AS (INSERT INTO calendar_uses VALUES (%(corrections)s))
UPDATE requests SET due_on = %(due_on)s
WHERE id = %(id)s AND seen_by = %(seen_by)s AND version = %(version)s
    AND due_on IS DISTINCT FROM %(due_on)s
"""
_DONE = "UPDATE calendars SET derived = greatest(derived, %s)"


class Terms:
    """Reads which terms a correction can have moved, and writes them as they are now."""

    def __init__(self, pools: Pools) -> None:
        self._reader = pools.reader(WHOLE)
        self._writer = Reader(pools.writer, WHOLE.office)

    def derived(self) -> int:
        """Return by how many corrections all terms have been derived."""
        row = self._reader.row(_DERIVED)
        return 0 if row is None else int(row["derived"])

    def affected(self, day: date) -> list[UUID]:
        """Return the requests with a term that the day, or one after it, can have moved."""
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1)
        return [row["id"] for row in self._reader.rows(_AFFECTED, [day, moment])]

    def derive(self, rows: Iterable[RequestRow], corrections: int) -> None:
        """Write the terms of rows that were made with so many corrections.

        Raises:
            IntegrityError: there are more corrections by now.

        """
        for row in rows:
            values = {name: getattr(row, name) for name in ("id", "seen_by", "version", "due_on")}
            self._writer.run(_DERIVE, {**values, "corrections": corrections})

    def done(self, corrections: int) -> None:
        """Record that all terms have been derived by so many corrections."""
        self._writer.run(_DONE, [corrections])
