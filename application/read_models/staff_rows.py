"""The row of an account."""

from collections.abc import Callable, Iterable
from datetime import datetime

from application.read_models.rows import StaffRow
from application.streams import Stream
from domain.events import Event
from domain.personal import Personal
from domain.staff_account import StaffAccount

Lookup = Callable[[str], str]


def staff_row(stream: Stream[StaffAccount], lookup: Lookup) -> StaffRow:
    """Return the account's row."""
    first, state = stream.first(StaffAccount.Created), stream.state
    return StaffRow(
        id=stream.id,
        version=stream.version,
        office=state.office,
        post=state.post,
        status=state.status,
        roles=sorted(state.roles),
        role=state.acting_role,
        login_key=_key("login", first.login, lookup),
        identity_key=_key("identity", first.identity, lookup),
        believed_from=_believed_from(stream.events),
        told_at=_told_at(stream.events),
        created_at=first.recorded_at,
        updated_at=stream.changed_at,
    )


def _believed_from(events: Iterable[Event]) -> datetime | None:
    """Return when somebody here last decided over the rights: what was said before is no news."""
    decided = (e for e in events if isinstance(e, _DECISIONS) and not getattr(e, "told_at", None))
    return max((event.recorded_at for event in decided), default=None)


def _told_at(events: Iterable[Event]) -> datetime | None:
    """Return when an identity provider said what the roles are by now."""
    told = (getattr(event, "told_at", None) for event in events)
    return max((moment for moment in told if moment), default=None)


_DECISIONS = (
    StaffAccount.RoleGranted,
    StaffAccount.RoleRevoked,
    StaffAccount.SessionsEnded,
    StaffAccount.Closed,
    StaffAccount.Reopened,
)


def login_key(login: str, lookup: Lookup) -> str:
    """Return the keyed hash under which a login is found, however it is capitalised."""
    return lookup(f"login:{login.strip().casefold()}")


def identity_key(identity: str, lookup: Lookup) -> str:
    """Return the keyed hash under which somebody known to the identity provider is found."""
    return lookup(f"identity:{identity}")


_KEYS = {"login": login_key, "identity": identity_key}


def _key(kind: str, item: Personal | None, lookup: Lookup) -> str | None:
    return _KEYS[kind](item.value, lookup) if item and item.value else None
