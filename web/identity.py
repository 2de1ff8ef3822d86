"""DEVELOPMENT IDENTITY: who the caller says they are, believed without proof.

It stands here until accounts exist, and works only while the service listens on a
loopback address: `frontoffice serve` refuses to start on any other. A caller is
`<role>@<office>`, from the header X-Development-Identity: `head@KZ-75`,
`republican_specialist@KZ`.
"""

from flask import request

from domain.actors import Actor, Role, StaffId
from domain.places import REPUBLICAN_OFFICE, Places
from domain.refusals import InvalidValue

HEADER = "X-Development-Identity"
DEFAULT = "specialist@KZ-75"
REGIONAL_ROLES = frozenset({Role.SPECIALIST, Role.HEAD})
REPUBLICAN_ROLES = frozenset({Role.REPUBLICAN_SPECIALIST, Role.REPUBLICAN_HEAD})


class IdentityUnknown(InvalidValue):
    """The header names no role and office that go together."""

    code = "identity-unknown"


def current_actor(places: Places) -> Actor:
    """Return the caller of this request."""
    return parse_identity(request.headers.get(HEADER, DEFAULT), places)


def parse_identity(text: str, places: Places) -> Actor:
    """Return the actor that a development identity stands for."""
    role, _, office = text.partition("@")
    if not _go_together(role, office, places):
        raise IdentityUnknown(HEADER, text)
    return Actor(StaffId(f"dev-{role}-{office}"), Role(role), office)


def _go_together(role: str, office: str, places: Places) -> bool:
    if role in REGIONAL_ROLES:
        return office in places.regions
    return role in set(Role) and office == REPUBLICAN_OFFICE
