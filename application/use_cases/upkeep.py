"""What keeps the case file sound: rebuilding and checking the read models, forgetting old keys."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any, cast

from msgspec import Struct

from application.persistence.event_mapper import EventMapper
from application.persistence.rebuild import Rebuild, count_rows
from application.persistence.recorder import CaseRecorder
from application.persistence.stream_reader import StreamReader, stream_reader
from application.read_models.differences import Difference
from application.read_models.row import Row
from application.streams import Stream
from application.use_cases.calendar import CalendarUseCases

KEYS_KEPT = timedelta(days=7)
Progress = Callable[[int], object]


class ReadModelStatus(Struct, frozen=True, kw_only=True):
    """How many rows each table has, and how far the log goes that they are made from."""

    is_current: bool
    rows: Mapping[str, int]
    events: int
    position: int


class Upkeep(CalendarUseCases):
    """Done by whoever looks after the service, beside its work."""

    def count_events(self) -> int:
        """Return how many events there are."""
        with self._reader() as reader:
            return reader.count()

    def read_model_status(self) -> ReadModelStatus:
        """Return what the read models hold, and whether they are in their form of today."""
        with self._reader() as reader:
            return ReadModelStatus(
                is_current=self.queries.is_ready(),
                rows=count_rows(reader.connection),
                events=reader.count(),
                position=cast("CaseRecorder", self.recorder).final_position(),
            )

    def check_read_models(self, progress: Progress) -> Sequence[Difference]:
        """Make the read models anew and return what the live ones have otherwise."""
        return self._rebuild(progress, swap=False)

    def rebuild_read_models(self, progress: Progress) -> Sequence[Difference]:
        """Make the read models anew and put them in place of the live ones."""
        return self._rebuild(progress, swap=True)

    def forget_old_keys(self, now: datetime) -> int:
        """Forget the idempotency keys of over a week ago; return how many."""
        return self.queries.forget_attempts(now - KEYS_KEPT)

    def _rebuild(self, progress: Progress, *, swap: bool) -> Sequence[Difference]:
        with self._reader() as reader:
            recorder = cast("CaseRecorder", self.recorder)
            rebuild = Rebuild(reader, recorder, self._rows_now)
            rebuild.run(progress)
            return rebuild.compare(swap=swap)

    def _rows_now(self) -> Callable[[Stream[Any]], Iterator[Row]]:
        """Return what makes the rows by the calendar as it is at this moment."""
        self.surroundings.calendar.forget()
        return self.projection.rows

    def _reader(self) -> AbstractContextManager[StreamReader]:
        mapper = cast("EventMapper", self.events.mapper)
        return stream_reader(self.surroundings.owner_url, mapper, self.vault)
