"""Sessions: two tokens for somebody who is who they say, and whose token it is that comes back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from application.persistence.registry import Registry
from application.sign_in.refusals import NotSignedIn, SignInRefused, TooManyRequests
from application.sign_in.tokens import ACCESS_LIFE, IDLE_LIFE, SESSION_LIFE, new_token, token_hash
from domain.actors import Actor, Role, StaffId


class Session(Struct, frozen=True, kw_only=True):
    """Whose session it is, its tokens, which nobody keeps but the caller; seconds until they end."""

    access_token: str
    expires_in: int
    refresh_token: str
    refresh_expires_in: int
    staff_id: str
    token_type: str = "Bearer"  # noqa: S105  It is the kind of token.


class Caller(Struct, frozen=True):
    """Who sends a request, in the role they have at this moment, and in which session.

    ``calendar`` is the version of the calendar of working days at this moment.
    """

    actor: Actor
    session_id: UUID | None = None
    calendar: int = 0


class Sessions:
    """Begins, renews and ends sessions."""

    def __init__(
        self, registry: Registry, clock: Callable[[], datetime], new_id: Callable[[], UUID]
    ) -> None:
        self._registry = registry
        self._clock = clock
        self._new_id = new_id

    def begin(
        self, account_id: UUID, life: timedelta = ACCESS_LIFE, checked: str | None = None
    ) -> Session:
        """Begin a session; its access token lives for so long.

        ``checked`` is the hash of the password that was given, which still has to hold.
        """
        now, access, refresh = self._clock(), new_token(), new_token()
        until = now + max(life, SESSION_LIFE)
        begun = self._registry.begin_session(
            id=self._new_id(),
            account_id=account_id,
            access=token_hash(access),
            access_until=now + life,
            refresh=token_hash(refresh),
            until=until,
            now=now,
            checked=checked,
        )
        if not begun:
            raise SignInRefused
        return _session(account_id, access, refresh, now, now + life, until)

    def renew(self, refresh_token: str) -> Session:
        """Return new tokens for a session; the old ones are no good any more."""
        now, access, refresh = self._clock(), new_token(), new_token()
        found = self._registry.rotate(
            used=token_hash(refresh_token),
            access=token_hash(access),
            refresh=token_hash(refresh),
            until=now + ACCESS_LIFE,
            now=now,
            idle_since=now - IDLE_LIFE,
        )
        if found is None:
            raise NotSignedIn
        until = (found["access_until"], found["refresh_until"])
        return _session(found["account_id"], access, refresh, now, *until)

    def end(self, session_id: UUID) -> None:
        """End a session."""
        self._registry.end_session(session_id)

    def caller(self, token: str, address: str) -> Caller:
        """Return whose access token it is, in the role they have now."""
        found = self._registry.admit(token_hash(token), address, self._clock())
        wait = max(found["address_wait"], found["account_wait"])
        if wait:
            raise TooManyRequests(retry_after=seconds(wait))
        if found["id"] is None:
            raise NotSignedIn
        actor = Actor(StaffId(str(found["id"])), Role(found["role"]), found["office"])
        return Caller(actor, found["session_id"], found["calendar"])


def seconds(wait: float) -> int:
    """Return a time to wait in whole seconds, at least one."""
    return int(wait) + 1


def _session(
    account_id: UUID,
    access: str,
    refresh: str,
    now: datetime,
    access_until: datetime,
    refresh_until: datetime,
) -> Session:
    return Session(
        access_token=access,
        expires_in=int((access_until - now).total_seconds()),
        refresh_token=refresh,
        refresh_expires_in=int((refresh_until - now).total_seconds()),
        staff_id=str(account_id),
    )
