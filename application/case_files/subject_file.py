"""A person as a subject of data: where they appear, and what was decided. Nothing says who it is."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import Struct, convert

from application.case_files.parts import Links, path_name
from application.streams import Stream
from domain.actors import Actor
from domain.catalogue.codes import ErasureGround
from domain.subject import Subject
from domain.subject.holds import Hold, SubjectStatus


class SubjectCase(Struct, frozen=True, kw_only=True):
    """A case in which the person appears: whose it is, since which version, in how many events."""

    case_type: str
    case_id: UUID
    office: str
    version: int
    events: int


class ErasureOnFile(Struct, frozen=True, kw_only=True):
    """Why the data was erased, by which office, and when."""

    ground: ErasureGround
    reason: str
    office: str
    erased_on: date
    recorded_at: datetime


class SubjectFile(Struct, frozen=True, kw_only=True):
    """Everything that is held of what was decided, and the cases that the reader sees."""

    id: UUID
    version: int
    status: SubjectStatus
    holds: tuple[Hold, ...]
    erased: ErasureOnFile | None
    cases: tuple[SubjectCase, ...]
    links: Links


def subject_file(
    stream: Stream[Subject],
    subject_id: UUID,
    cases: Sequence[Mapping[str, Any]],
    by: Actor | None,
) -> SubjectFile:
    """Return the file of a person."""
    state, path = stream.state, f"/api/v1/subjects/{subject_id}"
    allowed = state.actions if by is None else state.actions_of(by)
    actions = tuple(path_name(action) for action in allowed)
    return SubjectFile(
        id=subject_id,
        version=stream.version,
        status=state.status,
        holds=state.holds,
        erased=erasure_of(stream),
        cases=convert(cases, tuple[SubjectCase, ...]),
        links=Links(self=path, history=f"{path}/history", actions=actions),
    )


def erasure_of(stream: Stream[Subject]) -> ErasureOnFile | None:
    """Return the last erasure, if there was one."""
    for event in reversed(stream.events):
        if isinstance(event, Subject.Erased):
            return ErasureOnFile(
                ground=event.ground,
                reason=event.reason,
                office=event.by.office,
                erased_on=event.occurred_on,
                recorded_at=event.recorded_at,
            )
    return None
