"""The account of a member of staff: given, its roles granted and revoked, closed."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from domain.actors import Actor, Occasion, Role
from domain.case import Case
from domain.personal import Person, Personal
from domain.refusals import Refusal
from domain.rules import authority
from domain.staff_account import events, roles
from domain.staff_account.logins import check_login
from domain.staff_account.refusals import LoginMissing, OwnRights, RoleHeldAlready, RoleNotHeld
from domain.words import check_words


class AccountStatus(StrEnum):
    """Whether the account can be used."""

    ACTIVE = "active"
    CLOSED = "closed"


class StaffAccount(Case, frozen=True, kw_only=True):
    """An account as the next decision about it needs to know it."""

    staff_id: str = ""
    status: AccountStatus = AccountStatus.ACTIVE
    post: str = ""
    roles: frozenset[Role] = frozenset()
    has_login: bool = True

    Created: ClassVar = events.Created
    RoleGranted: ClassVar = events.RoleGranted
    RoleRevoked: ClassVar = events.RoleRevoked
    PostChanged: ClassVar = events.PostChanged
    PasswordReset: ClassVar = events.PasswordReset
    PasswordChanged: ClassVar = events.PasswordChanged
    Unlocked: ClassVar = events.Unlocked
    SessionsEnded: ClassVar = events.SessionsEnded
    Closed: ClassVar = events.Closed
    Reopened: ClassVar = events.Reopened

    @classmethod
    def create(
        cls,
        on: Occasion,
        *,
        office: str,
        post: str,
        person: Person,
        login: Personal | None = None,
        identity: Personal | None = None,
    ) -> events.Created:
        """Give somebody an account, still without any role."""
        authority.check_role(on.by.role, "create_account")
        if login is not None:
            check_login(login.value or "")
        return cls.Created(
            **on.stamp,
            office=office,
            post=check_words("post", post),
            person=person.in_form("phone"),
            login=login,
            identity=identity,
        )

    @property
    def actions(self) -> tuple[str, ...]:
        """The commands that the status allows."""
        if self.status is AccountStatus.CLOSED:
            return ("reopen_account",)
        rights = ("grant_role", *(("revoke_role",) if self.roles else ()))
        passwords = ("reset_password", "unlock") if self.has_login else ()
        return (*rights, "change_post", *passwords, "end_sessions", "close_account")

    @property
    def acting_role(self) -> Role | None:
        """The role in which the account acts, while it may act at all."""
        return roles.acting(self.roles) if self.status is AccountStatus.ACTIVE else None

    def refusal_to(self, by: Actor, command: str) -> Refusal | None:
        """Return why the caller may not give the command; nobody does so to themselves."""
        own = by.staff_id == self.staff_id and command in _RIGHTS
        return super().refusal_to(by, command) or (OwnRights() if own else None)

    def grant_role(
        self, on: Occasion, *, role: Role, reason: str, told_at: datetime | None = None
    ) -> events.RoleGranted:
        """Give the account a role."""
        self.require(on, "grant_role")
        if role in self.roles:
            raise RoleHeldAlready(role=role)
        roles.check_role_at(role, self.office)
        roles.check_together({*self.roles, role})
        words = check_words("reason", reason)
        return self.RoleGranted(**on.stamp, role=role, reason=words, told_at=told_at)

    def revoke_role(
        self, on: Occasion, *, role: Role, reason: str, told_at: datetime | None = None
    ) -> events.RoleRevoked:
        """End a role of the account."""
        self.require_caller(on, "revoke_role")
        if role not in self.roles:
            raise RoleNotHeld(role=role)
        self.require(on, "revoke_role")
        words = check_words("reason", reason)
        return self.RoleRevoked(**on.stamp, role=role, reason=words, told_at=told_at)

    def change_post(self, on: Occasion, *, post: str) -> events.PostChanged:
        """Record another post."""
        self.require(on, "change_post")
        return self.PostChanged(**on.stamp, post=check_words("post", post))

    def reset_password(self, on: Occasion, *, reason: str) -> events.PasswordReset:
        """Record that a new first password was made."""
        self._require_login("reset_password", on)
        return self.PasswordReset(**on.stamp, reason=check_words("reason", reason))

    def change_password(self, on: Occasion) -> events.PasswordChanged:
        """Record that the person chose a new password."""
        return self.PasswordChanged(**on.stamp)

    def unlock(self, on: Occasion, *, reason: str) -> events.Unlocked:
        """Record that signing in was allowed again."""
        self._require_login("unlock", on)
        return self.Unlocked(**on.stamp, reason=check_words("reason", reason))

    def end_sessions(self, on: Occasion, *, reason: str) -> events.SessionsEnded:
        """Record that everybody signed in with the account was signed out."""
        self.require(on, "end_sessions")
        return self.SessionsEnded(**on.stamp, reason=check_words("reason", reason))

    def close(self, on: Occasion, *, reason: str) -> events.Closed:
        """Record that the account can no longer be used."""
        self.require(on, "close_account")
        return self.Closed(**on.stamp, reason=check_words("reason", reason))

    def reopen(self, on: Occasion, *, reason: str) -> events.Reopened:
        """Record that the account can be used again."""
        self.require(on, "reopen_account")
        return self.Reopened(**on.stamp, reason=check_words("reason", reason))

    def _require_login(self, command: str, on: Occasion) -> None:
        self.require_caller(on, command)
        if not self.has_login:
            raise LoginMissing
        self.require(on, command)


_RIGHTS = frozenset({"grant_role", "revoke_role", "close_account", "reopen_account"})
