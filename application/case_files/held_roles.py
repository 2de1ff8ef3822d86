"""The roles that an account has and had: who gave each and who ended it, when and why."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from application.streams import Stream
from domain.actors import Role
from domain.staff_account import StaffAccount
from domain.staff_account.events import RoleGranted, RoleRevoked


class HeldRole(Struct, frozen=True, kw_only=True):
    """A role: who gave it when and why, and who ended it when and why, if it has ended."""

    role: Role
    granted_at: datetime
    granted_by: str
    reason: str
    revoked_at: datetime | None = None
    revoked_by: str | None = None
    revoked_because: str | None = None


def held_roles(stream: Stream[StaffAccount]) -> tuple[HeldRole, ...]:
    """Return every role the account has or had, in the order they were given."""
    held: list[HeldRole] = []
    for event in stream.events:
        match event:
            case RoleGranted():
                held.append(_granted(event))
            case RoleRevoked():
                held = [_ended(each, event) for each in held]
    return tuple(held)


def _granted(event: RoleGranted) -> HeldRole:
    return HeldRole(
        role=event.role,
        granted_at=event.recorded_at,
        granted_by=event.by.staff_id,
        reason=event.reason,
    )


def _ended(held: HeldRole, event: RoleRevoked) -> HeldRole:
    if held.role is not event.role or held.revoked_at is not None:
        return held
    return replace(
        held,
        revoked_at=event.recorded_at,
        revoked_by=event.by.staff_id,
        revoked_because=event.reason,
    )
