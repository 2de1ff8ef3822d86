"""What happens to an annotation: it is added, and it may be withdrawn."""

from typing import ClassVar
from uuid import UUID

from domain.events import Event


class Added(Event, frozen=True, kw_only=True):
    """An auditor wrote down what they noticed about a case.

    ``case_version`` is that of the event it is about; without one it is about the whole case.
    """

    TOPIC: ClassVar[str] = "annotation.added"
    case_type: str
    case_id: UUID
    text: str
    case_version: int | None = None


class Withdrawn(Event, frozen=True, kw_only=True):
    """Its author no longer stands by it."""

    TOPIC: ClassVar[str] = "annotation.withdrawn"
    reason: str
