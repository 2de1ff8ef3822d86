"""The office that is stored beside an event, and the one that the event itself names."""

from collections.abc import Iterator

from application.persistence.opened_streams import OpenedStream
from application.replay.divergences import Divergence, Kind


def offices_otherwise(opened: OpenedStream) -> Iterator[Divergence]:
    """Return the events beside which another office is stored than their own."""
    beside = opened.stored.office_of
    for each in opened.events:
        stored, own = beside[each.originator_version], each.event.by.office
        if stored != own:
            yield Divergence(
                kind=Kind.OFFICE,
                case_id=opened.stored.id,
                version=each.originator_version,
                field="office",
                live=stored,
                replayed=own,
            )
