"""Which roles there are at which office, and which of them one person may hold."""

from collections.abc import Collection, Iterable

from domain.actors import Role
from domain.places import REPUBLICAN_OFFICE
from domain.refusals import Refusal
from domain.rules.authority import REGIONAL, REPUBLICAN

# Who decides over rights or over the record of others does no case work beside it.
_TOGETHER = (
    REGIONAL,
    REPUBLICAN,
    frozenset({Role.AUDITOR}),
    frozenset({Role.ADMINISTRATOR}),
    frozenset({Role.SERVICE}),
)
_HIGHEST_FIRST = (Role.HEAD, Role.REPUBLICAN_HEAD, Role.SPECIALIST, Role.REPUBLICAN_SPECIALIST)


class RoleOfAnotherOffice(Refusal):
    """There is no such role at that office."""

    code = "role-of-another-office"


class RolesIncompatible(Refusal):
    """One person cannot hold these roles together."""

    code = "roles-incompatible"


def check_role_at(role: Role, office: str) -> None:
    """Refuse a role that there is not at the office."""
    regional = office != REPUBLICAN_OFFICE
    if role is not Role.SERVICE and (role in REGIONAL) != regional:
        raise RoleOfAnotherOffice(role=role, office=office)


def check_together(roles: Collection[Role]) -> None:
    """Refuse roles that one person must not hold together."""
    if not any(set(roles) <= group for group in _TOGETHER):
        raise RolesIncompatible(roles=sorted(roles))


def acting(roles: Iterable[Role]) -> Role | None:
    """Return the role in which somebody with these roles acts: the highest."""
    held = frozenset(roles)
    return next((role for role in (*_HIGHEST_FIRST, *sorted(held)) if role in held), None)
