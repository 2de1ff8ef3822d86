"""As whom the case file is asked: which database role, and whose cases it shows."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from application.sight import seen_by
from application.streams import Stream
from domain.actors import Actor, Role
from domain.annotation import Annotation
from domain.case import Case
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
        views = _SEEN_BY.get(type(stream.state), _SEE_CASES)
        if self.view is View.REGION and views is _SEE_CASES:
            return seen_by(stream, self.office)
        return stream.version if self.view in views else 0


_SEE_CASES = frozenset({View.REPUBLIC, View.AUDIT, View.SYSTEM})
_SEEN_BY: Mapping[type[Case], frozenset[View]] = {
    StaffAccount: frozenset({View.REGISTRY, View.AUDIT, View.SYSTEM}),
    Annotation: frozenset({View.AUDIT, View.SYSTEM}),
}
WHOLE = Scope(View.SYSTEM)
_VIEWS = {Role.AUDITOR: View.AUDIT, Role.ADMINISTRATOR: View.REGISTRY}


# Who reads what auditors note, beside them.
_READ_NOTES = frozenset({Role.AUDITOR, Role.REPUBLICAN_HEAD})


def scope_of_notes(by: Actor) -> Scope:
    """Return as whom the caller asks for what auditors note: the few who may, as an audit."""
    return Scope(View.AUDIT, by.office) if by.role in _READ_NOTES else scope_of(by)


def scope_of(by: Actor) -> Scope:
    """Return as whom the caller asks."""
    usual = View.REPUBLIC if by.office == REPUBLICAN_OFFICE else View.REGION
    return Scope(_VIEWS.get(by.role, usual), by.office)
