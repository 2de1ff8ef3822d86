"""The rows of what was decided about people."""

from collections.abc import Iterator

from application.read_models.people_rows import SubjectRow
from application.read_models.rows import SightRow
from application.streams import Stream
from domain.subject import Subject


def subject_rows(stream: Stream[Subject]) -> Iterator[SubjectRow | SightRow]:
    """Return how it stands with a person, and the offices that decided: they see it."""
    state = stream.state
    yield SubjectRow(id=stream.id, subject_id=state.subject_id, status=state.status)
    for office in sorted({event.by.office for event in stream.events}):
        yield SightRow(case_id=stream.id, office=office, until=None)
