"""As whom the case file is asked: which database role, and whose cases it shows."""

from enum import StrEnum
from typing import Any

from msgspec import Struct

from application.sight import seen_by
from application.streams import Stream
from domain.actors import Actor, Role
from domain.places import REPUBLICAN_OFFICE
from domain.staff_account import StaffAccount


class View(StrEnum):
    """What a caller's part lets them see; each has a database role of its own."""

    REGION = "region"
    REPUBLIC = "republic"
    AUDIT = "audit"
    REGISTRY = "registry"
    DESK = "desk"
    SYSTEM = "system"


class Scope(Struct, frozen=True):
    """A view, and the office from which it is taken."""

    view: View
    office: str = REPUBLICAN_OFFICE

    def seen(self, stream: Stream[Any]) -> int:
        """Return up to which version the case is seen; 0 when it is not."""
        if self.view in _SEE_ALL:
            return stream.version
        if isinstance(stream.state, StaffAccount) or self.view is View.REGISTRY:
            both = isinstance(stream.state, StaffAccount) and self.view is View.REGISTRY
            return stream.version if both else 0
        return stream.version if self.view is View.REPUBLIC else seen_by(stream, self.office)


_SEE_ALL = frozenset({View.AUDIT, View.SYSTEM})
WHOLE = Scope(View.SYSTEM)
_VIEWS = {Role.AUDITOR: View.AUDIT, Role.ADMINISTRATOR: View.REGISTRY}


def scope_of(by: Actor) -> Scope:
    """Return as whom the caller asks."""
    usual = View.REPUBLIC if by.office == REPUBLICAN_OFFICE else View.REGION
    return Scope(_VIEWS.get(by.role, usual), by.office)
