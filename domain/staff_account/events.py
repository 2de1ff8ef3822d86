"""What happens to an account. No password and no token is ever among it."""

from datetime import datetime
from typing import ClassVar

from domain.actors import Role
from domain.events import Event
from domain.personal import Person, Personal


class Created(Event, frozen=True, kw_only=True):
    """Somebody, or a program, was given an account at an office.

    ``login`` is what they sign in with; ``identity`` is who they are at the identity
    provider, as ``<issuer> <subject>``. Either may be missing, not both.
    """

    TOPIC: ClassVar[str] = "staff.created"
    office: str
    post: str
    person: Person
    login: Personal | None = None
    identity: Personal | None = None


class RoleGranted(Event, frozen=True, kw_only=True):
    """The account was given a role; ``told_at`` is when an identity provider said so."""

    TOPIC: ClassVar[str] = "staff.role-granted"
    role: Role
    reason: str
    told_at: datetime | None = None


class RoleRevoked(Event, frozen=True, kw_only=True):
    """The account's role ended; ``told_at`` is when an identity provider said so."""

    TOPIC: ClassVar[str] = "staff.role-revoked"
    role: Role
    reason: str
    told_at: datetime | None = None


class PostChanged(Event, frozen=True, kw_only=True):
    """The person's post at the office is another one."""

    TOPIC: ClassVar[str] = "staff.post-changed"
    post: str


class PasswordReset(Event, frozen=True, kw_only=True):
    """A new first password was made, to be changed when it is used; all sessions ended."""

    TOPIC: ClassVar[str] = "staff.password-reset"
    reason: str


class PasswordChanged(Event, frozen=True, kw_only=True):
    """The person chose a new password."""

    TOPIC: ClassVar[str] = "staff.password-changed"


class Unlocked(Event, frozen=True, kw_only=True):
    """Signing in was allowed again after too many wrong passwords."""

    TOPIC: ClassVar[str] = "staff.unlocked"
    reason: str


class SessionsEnded(Event, frozen=True, kw_only=True):
    """Everybody signed in with the account was signed out."""

    TOPIC: ClassVar[str] = "staff.sessions-ended"
    reason: str


class Closed(Event, frozen=True, kw_only=True):
    """The account can no longer be used."""

    TOPIC: ClassVar[str] = "staff.closed"
    reason: str


class Reopened(Event, frozen=True, kw_only=True):
    """The account can be used again."""

    TOPIC: ClassVar[str] = "staff.reopened"
    reason: str
