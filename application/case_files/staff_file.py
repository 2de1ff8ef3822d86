"""An account as its readers see it."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from application.case_files.held_roles import HeldRole, held_roles
from application.case_files.parts import Links, links
from application.streams import Stream
from domain.actors import Actor
from domain.personal import Personal
from domain.staff_account import StaffAccount
from domain.staff_account.account import AccountStatus


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
