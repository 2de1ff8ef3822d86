"""The desk at which people and programs sign in, and at which every request says who sends it."""

from typing import Any
from uuid import UUID

from application.persistence.registry import Registry
from application.sign_in.passwords import check_password, hashed, matches
from application.sign_in.refusals import (
    NotSignedIn,
    PasswordChangeDue,
    SignInRefused,
    SignInThrottled,
    TooManyRequests,
)
from application.sign_in.sessions import Caller, Session, Sessions, seconds
from application.sign_in.strangers import Strangers
from application.sign_in.tokens import is_own
from application.use_cases.accounts import AccountUseCases, buckets_of
from domain.actors import Actor, Occasion, Role, StaffId

# Five attempts at once and one every half minute after; twenty within a day. Whoever is locked
# out waits, or asks an administrator to unlock; open sessions go on meanwhile.
_SOON = (1 / 30, 5.0)
_IN_A_DAY = (20 / 86_400, 20.0)
_FROM_ONE_ADDRESS = (1.0, 30.0)


class SignInDesk:
    """Lets in whoever has an account, and tells nobody whether there is one."""

    def __init__(
        self,
        accounts: AccountUseCases,
        registry: Registry,
        sessions: Sessions,
        strangers: Strangers | None,
    ) -> None:
        self._accounts = accounts
        self._registry = registry
        self._lookup = accounts.vault.lookup
        self.sessions = sessions
        self._strangers = strangers

    def sign_in(
        self, on: Occasion, *, login: str, password: str, new_password: str | None = None
    ) -> Session:
        """Begin a session for login and password; a new password takes the old one's place.

        ``on`` names the address as its cause: nobody has said yet who they are.
        """
        buckets = buckets_of(self._lookup, login)
        self._throttle(buckets, on.cause)
        found = self._registry.by_login(*self._accounts.login_keys(login)) or {}
        good = matches(password, found.get("password_hash"))
        until = found.get("valid_until")
        if not good or found["role"] is None or (until is not None and until <= on.recorded_at):
            raise SignInRefused
        self._registry.give_back(*buckets)
        checked: str = found["password_hash"]
        if new_password is not None:
            check_password(new_password, [login, password])
            checked = self._change_password(found, on, new_password)
        elif found["must_change"]:
            raise PasswordChangeDue
        account_id: UUID = found["id"]
        return self.sessions.begin(account_id, checked=checked)

    def renew(self, *, refresh_token: str, address: str) -> Session:
        """Return new tokens in place of a session's own."""
        self._throttle_address(address)
        return self.sessions.renew(refresh_token)

    def caller(self, token: str | None, address: str) -> Caller:
        """Return who sends a request, or refuse it; hear with it which calendar is in force."""
        caller = self._caller(token, address)
        self._accounts.surroundings.calendar.hear(caller.calendar)
        return caller

    def _caller(self, token: str | None, address: str) -> Caller:
        if token is None:
            self._throttle_address(address)
            raise NotSignedIn
        if is_own(token):
            return self.sessions.caller(token, address)
        self._throttle_address(address)
        if self._strangers is None:
            raise NotSignedIn
        return self._strangers.caller(token)

    def _throttle(self, buckets: tuple[str, str], address: str) -> None:
        """Take from the nearest bucket first: what one refuses is taken from no other."""
        soon, in_a_day = buckets
        limits = (
            (f"sign-in-from:{address}", _FROM_ONE_ADDRESS),
            (soon, _SOON),
            (in_a_day, _IN_A_DAY),
        )
        for bucket, limit in limits:
            if wait := self._registry.take(bucket, *limit):
                raise SignInThrottled(retry_after=seconds(wait))

    def _throttle_address(self, address: str) -> None:
        wait = self._registry.take_for_address(address)
        if wait:
            raise TooManyRequests(retry_after=seconds(wait))

    def _change_password(self, found: dict[str, Any], on: Occasion, password: str) -> str:
        """Keep the new password in place of the one that was checked; return its hash."""
        by = Actor(StaffId(str(found["id"])), Role(found["role"]), found["office"])
        new = hashed(password)
        if not self._accounts.change_password(
            found["id"], _by(on, by), found["password_hash"], new
        ):
            raise SignInRefused
        return new


def _by(on: Occasion, by: Actor) -> Occasion:
    return Occasion(by=by, recorded_at=on.recorded_at, today=on.today, cause="sign-in")
