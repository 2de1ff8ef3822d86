"""What every case has in common: an office, a status, and the commands it allows."""

from enum import StrEnum
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from domain.actors import Actor, Occasion
from domain.refusals import CommandNotAllowed, Refusal
from domain.rules import authority


class Case(Struct, frozen=True, kw_only=True):
    """The state of a case, as far as the next decision reads it."""

    office: str
    status: StrEnum

    @property
    def actions(self) -> tuple[str, ...]:
        """The commands that the state allows now."""
        raise NotImplementedError

    @property
    def involved(self) -> frozenset[str]:
        """The offices that have a part in the case now."""
        return frozenset({self.office})

    def actions_of(self, by: Actor) -> tuple[str, ...]:
        """Return the commands that the state allows to this caller."""
        return tuple(each for each in self.actions if self.refusal_to(by, each) is None)

    def refusal_to(self, by: Actor, command: str) -> Refusal | None:
        """Return why the caller may not give the command, whatever the state, if they may not."""
        return authority.refusal(by, command, self.office)

    def require(self, on: Occasion, command: str) -> None:
        """Refuse a command that is not the caller's to give, or that the state does not allow."""
        self.require_caller(on, command)
        if command not in self.actions:
            raise self.refusal(on, command)

    def require_caller(self, on: Occasion, command: str) -> None:
        """Refuse a command that is not the caller's to give, whatever the state."""
        refusal = self.refusal_to(on.by, command)
        if refusal is not None:
            raise refusal

    def refusal(self, on: Occasion, command: str) -> CommandNotAllowed:
        """Return the refusal of a command, naming the state and what it allows to the caller."""
        return CommandNotAllowed(command, self.status.value, self.actions_of(on.by))

    def but(self, **changes: object) -> Self:
        """Return this state with the changes."""
        return replace(self, **changes)
