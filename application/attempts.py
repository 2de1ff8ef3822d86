"""What a caller asks for with an idempotency key, so that asking again does it once."""

from collections.abc import Iterator
from typing import ClassVar
from uuid import UUID

from eventsourcing.persistence import OperationalError
from msgspec import Struct

from application.read_models.rows import Row
from domain.actors import Occasion
from domain.refusals import Refusal


class KeyUsed(Exception):  # noqa: N818  It is no error: the first answer is given again.
    """The caller has used the key before: what was done then is the answer."""


class OutcomeUnknown(OperationalError):  # noqa: N818  It is no error of anybody's.
    """The connection was lost, or the server warned, while the save may have been committed."""


class KeyReused(Refusal):
    """The key was used before, to ask for something else."""

    code = "idempotency-key-reused"


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


def attempt_rows(on: Occasion, case_type: str, case_id: UUID, version: int) -> Iterator[AttemptRow]:
    """Return what is saved of the attempt, if the caller has given a key."""
    if not isinstance(on, AttemptedOccasion):
        return
    yield AttemptRow(
        office=on.by.office,
        staff_id=on.by.staff_id,
        key=on.attempt.key,
        asked=on.attempt.asked,
        case_type=case_type,
        case_id=case_id,
        version=version,
    )
