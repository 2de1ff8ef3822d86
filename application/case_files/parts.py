"""The parts that the files of all kinds of case are made of."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from msgspec import Struct

from application.documents import FiledDocument
from application.escalations import Question
from application.streams import Stream
from domain.actors import Actor
from domain.document.attachments import Evidenced
from domain.events import Event

Fact = TypeVar("Fact", bound=Event)
Proof = TypeVar("Proof", bound=Evidenced)
# Which request brought a fact is for whoever looks into the log.
INTERNAL = frozenset({"cause"})


class Placed(Struct, Generic[Fact], frozen=True):
    """A fact of the case at its place in the stream; shown as one flat object."""

    version: int
    fact: Fact


class Proved(Placed[Proof], Generic[Proof], frozen=True):
    """A fact with the documents that bear it out, as they are called in their own place."""

    documents: tuple[FiledDocument, ...]


def proved(
    stream: Stream[Any], kind: type[Proof], documents: Mapping[UUID, FiledDocument]
) -> tuple[Proved[Proof], ...]:
    """Return the facts of one kind with what is shown of their documents."""
    return tuple(
        Proved(each.version, each.fact, tuple(documents[one] for one in each.fact.documents))
        for each in placed(stream, kind)
    )


def placed(stream: Stream[Any], kind: type[Fact]) -> tuple[Placed[Fact], ...]:
    """Return the facts of one kind, in the order they were recorded."""
    return tuple(
        Placed(place, event)
        for place, event in enumerate(stream.events, start=1)
        if isinstance(event, kind)
    )


def last(stream: Stream[Any], kind: type[Fact]) -> Placed[Fact] | None:
    """Return the latest fact of the kind."""
    found = placed(stream, kind)
    return found[-1] if found else None


class Links(Struct, frozen=True, kw_only=True):
    """Where to go from a case, and the commands it allows now."""

    self: str
    history: str
    actions: tuple[str, ...]


class CaseFile(Struct, frozen=True, kw_only=True):
    """What every case shows."""

    id: UUID
    number: str | None
    version: int
    office: str
    region: str
    district: str
    status: str
    created_at: datetime
    updated_at: datetime
    due_on: date | None
    is_overdue: bool
    assigned_to: str | None
    open_escalation: Question | None
    links: Links


def links(stream: Stream[Any], collection: str, by: Actor | None) -> Links:
    """Return where to go from a case, with the commands that are the caller's to give."""
    path = f"/api/v1/{collection}/{stream.id}"
    state = stream.state
    allowed = state.actions if by is None else state.actions_of(by)
    actions = tuple(path_name(action) for action in allowed)
    return Links(self=path, history=f"{path}/history", actions=actions)


def common(stream: Stream[Any], collection: str, by: Actor | None) -> dict[str, Any]:
    """Return what every case shows and takes from its stream alone."""
    return {
        "id": stream.id,
        "version": stream.version,
        "office": stream.state.office,
        "status": stream.state.status,
        "created_at": stream.events[0].recorded_at,
        "updated_at": stream.changed_at,
        "links": links(stream, collection, by),
    }


def path_name(command: str) -> str:
    """Return a command as it stands in the paths of the interface.

    What is done to an account or to a person is named so that its rule is not that of a case.
    """
    return command.removesuffix("_account").removesuffix("_subject").replace("_", "-")
