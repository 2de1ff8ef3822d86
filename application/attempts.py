"""What a caller asks for with an idempotency key, so that asking again does it once."""

from collections.abc import Callable, Iterator
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from application.read_models.row import Row
from domain.actors import Occasion


class Attempt(Struct, frozen=True):
    """The key of a caller, and a digest of what they ask for."""

    key: str
    asked: str


class AttemptedOccasion(Occasion, frozen=True, kw_only=True):
    """An occasion whose command may be sent again with the same key."""

    attempt: Attempt


class AttemptRow(Row, frozen=True, kw_only=True):
    """An attempt that has succeeded: its answer is the case at the version."""

    TABLE: ClassVar = "attempts"
    KEY: ClassVar = ("office", "staff_id", "key")
    REPLACED: ClassVar = False
    office: str
    staff_id: str
    key: str
    asked: str
    case_type: str
    case_id: UUID
    version: int


def attempt_rows(
    on: Occasion, case_type: str, case_id: UUID, version: int, mark: Callable[[str], str]
) -> Iterator[AttemptRow]:
    """Return what is saved of the attempt, if the caller has given a key.

    What was asked names people, and is kept as a keyed ``mark`` only.
    """
    if not isinstance(on, AttemptedOccasion):
        return
    yield AttemptRow(
        office=on.by.office,
        staff_id=on.by.staff_id,
        key=on.attempt.key,
        asked=mark(on.attempt.asked),
        case_type=case_type,
        case_id=case_id,
        version=version,
    )
