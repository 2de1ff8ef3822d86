"""The facts in the life of a question between offices, the same for every kind of case."""

from domain.events import Event
from domain.places import REPUBLICAN_OFFICE


class Raised(Event, frozen=True, kw_only=True):
    """A question was put to another office."""

    question: str
    from_office: str
    to_office: str

    @property
    def direction(self) -> str:
        """Which way it travelled: ``to_republican`` or ``to_region``."""
        return "to_republican" if self.to_office == REPUBLICAN_OFFICE else "to_region"


class Acknowledged(Event, frozen=True, kw_only=True):
    """The office that was asked has seen the question."""


class Answered(Event, frozen=True, kw_only=True):
    """The office that was asked gave its answer, and the question is closed."""

    answer: str


class Returned(Event, frozen=True, kw_only=True):
    """The office that was asked sent the question back without an answer, and said why."""

    reason: str


class Recalled(Event, frozen=True, kw_only=True):
    """The office that asked no longer needs an answer."""
