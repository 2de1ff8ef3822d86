"""A case that several offices see: its row for each, and who sees it up to which version."""

from collections.abc import Callable, Iterator
from typing import Any

from application.read_models.row import Row
from application.read_models.rows import SightRow
from application.sight import PARTS_BEGIN_OR_END, Sight, as_seen, sights
from application.streams import Stream


def seen_rows(stream: Stream[Any], row: Callable[[Stream[Any], Sight], Row]) -> Iterator[Row]:
    """Return the case as each office sees it; what one saw last was written when it ended."""
    unsaved_from = stream.version - stream.unsaved if stream.unsaved else 0
    for sight in sights(stream):
        if sight.until is None or sight.until > unsaved_from:
            yield row(as_seen(stream, sight.until or stream.version), sight)
            if stream.tells(*PARTS_BEGIN_OR_END):
                yield SightRow(case_id=stream.id, office=sight.office, until=sight.until)
