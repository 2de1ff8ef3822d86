"""An account as its readers see it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from application.case_files.parts import Links, links
from application.streams import Stream
from domain.actors import Actor, Role
from domain.personal import Personal
from domain.staff_account import StaffAccount
from domain.staff_account.account import AccountStatus


class HeldRole(Struct, frozen=True, kw_only=True):
    """A role: who gave it when and why, and who ended it when and why, if it has ended."""

    role: Role
    granted_at: datetime
    granted_by: str
    reason: str
    revoked_at: datetime | None = None
    revoked_by: str | None = None
    revoked_because: str | None = None


class StaffFile(Struct, frozen=True, kw_only=True):
    """Everything that is held of an account. ``id`` is the staff id in the history of cases."""

    id: UUID
    version: int
    office: str
    post: str
    status: AccountStatus
    name: Personal
    login: Personal | None
    roles: tuple[HeldRole, ...]
    created_at: datetime
    updated_at: datetime
    links: Links


def staff_file(stream: Stream[StaffAccount], by: Actor | None) -> StaffFile:
    """Return the account's file as its stream tells it."""
    first = stream.first(StaffAccount.Created)
    return StaffFile(
        id=stream.id,
        version=stream.version,
        office=stream.state.office,
        post=stream.state.post,
        status=stream.state.status,
        name=first.person.name,
        login=first.login,
        roles=held_roles(stream),
        created_at=first.recorded_at,
        updated_at=stream.changed_at,
        links=links(stream, "staff", by),
    )


def held_roles(stream: Stream[StaffAccount]) -> tuple[HeldRole, ...]:
    """Return every role the account has or had, in the order they were given."""
    held: list[HeldRole] = []
    for event in stream.events:
        match event:
            case StaffAccount.RoleGranted():
                held.append(_granted(event))
            case StaffAccount.RoleRevoked():
                held = [_ended(each, event) for each in held]
    return tuple(held)


def _granted(event: Any) -> HeldRole:
    return HeldRole(
        role=event.role,
        granted_at=event.recorded_at,
        granted_by=event.by.staff_id,
        reason=event.reason,
    )


def _ended(held: HeldRole, event: Any) -> HeldRole:
    if held.role is not event.role or held.revoked_at is not None:
        return held
    return HeldRole(
        role=held.role,
        granted_at=held.granted_at,
        granted_by=held.granted_by,
        reason=held.reason,
        revoked_at=event.recorded_at,
        revoked_by=event.by.staff_id,
        revoked_because=event.reason,
    )
