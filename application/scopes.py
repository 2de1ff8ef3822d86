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
        is_account = isinstance(stream.state, StaffAccount)
        if self.view is View.REGION and not is_account:
            return seen_by(stream, self.office)
        views = _SEE_ACCOUNTS if is_account else _SEE_CASES
        return stream.version if self.view in views else 0


_SEE_CASES = frozenset({View.REPUBLIC, View.AUDIT, View.SYSTEM})
_SEE_ACCOUNTS = frozenset({View.REGISTRY, View.AUDIT, View.SYSTEM})
WHOLE = Scope(View.SYSTEM)
_VIEWS = {Role.AUDITOR: View.AUDIT, Role.ADMINISTRATOR: View.REGISTRY}


def scope_of(by: Actor) -> Scope:
    """Return as whom the caller asks."""
    usual = View.REPUBLIC if by.office == REPUBLICAN_OFFICE else View.REGION
    return Scope(_VIEWS.get(by.role, usual), by.office)
