"""The feed: what was recorded, event by event, for those who follow the whole of it."""

from collections.abc import Collection
from uuid import UUID

from msgspec import Struct

from application.case_types import EVENT_TYPES
from application.persistence.event_log import EventLog, LoggedRow
from application.persistence.event_mapper import EventMapper
from application.persistence.store import EVENTS
from application.persistence.upcasts import UPCASTS, stored_as
from application.use_cases.case_work import CaseWork
from domain.actors import Actor
from domain.events import Event
from domain.places import REPUBLICAN_OFFICE
from domain.refusals import InvalidValue
from domain.rules.authority import check_office

_MAPPER = EventMapper(EVENT_TYPES)


class PositionBeyondEnd(InvalidValue):
    """Nobody can have read so far: the log ends at ``end``."""

    code = "position-beyond-end"


class FollowedEvent(Struct, frozen=True):
    """An event at its position in the log; its personal values read as erased."""

    position: int
    case_id: UUID
    version: int
    event: Event


class Batch(Struct, frozen=True):
    """Events in the order of the log, and the position after which the next ones come.

    It may have none and still have come further: over events that were not asked for.
    """

    events: tuple[FollowedEvent, ...]
    reached: int


class FeedUseCases(CaseWork):
    """What followers of the log are given."""

    def events_after(
        self, by: Actor, after: int, limit: int, topics: Collection[str] | None = None
    ) -> Batch:
        """Return what was recorded after a position, in commit order, of all topics or of some.

        Only who sees every office follows: a region's part of the log changes behind it.
        """
        check_office(by, "read_feed", REPUBLICAN_OFFICE)
        log = EventLog(self.surroundings.pools.reader(self.scope), EVENTS)
        ends = log.ends()
        if after > ends.newest:
            raise PositionBeyondEnd("after", after, end=ends.newest)
        asked = None if topics is None else stored_as(UPCASTS, topics)
        rows = log.read(after, ends.final, limit, asked)
        reached = rows[-1].position if len(rows) == limit else max(after, ends.final)
        return Batch(tuple(map(_followed, rows)), reached)


def _followed(row: LoggedRow) -> FollowedEvent:
    event = _MAPPER.load_without_people(row)
    return FollowedEvent(row.position, row.originator_id, row.originator_version, event)
