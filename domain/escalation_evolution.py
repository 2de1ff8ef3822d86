"""How the facts of a question change the case it belongs to."""

from typing import Generic, TypeVar

from domain.catalogue.codes import EscalationStatus
from domain.escalation import EscalatableCase, Escalation
from domain.escalation_events import Raised
from domain.events import Event, Evolution

EscalatedCase = TypeVar("EscalatedCase", bound=EscalatableCase)


class EscalationEvolution(Evolution[EscalatedCase], Generic[EscalatedCase]):
    """An evolution that already knows the life of an escalation on this kind of case."""

    def __init__(self, case: type[EscalatedCase]) -> None:
        super().__init__()
        self.when(case.Escalated)(_raised)
        self.when(case.EscalationAcknowledged)(_acknowledged)
        self.when(case.EscalationAnswered, case.EscalationReturned, case.EscalationRecalled)(
            _closed
        )


def _raised(case: EscalatedCase, event: Raised) -> EscalatedCase:
    return case.but(escalation=Escalation(event.from_office, event.to_office))


def _acknowledged(case: EscalatedCase, _: Event) -> EscalatedCase:
    if case.escalation is None:
        return case
    seen = Escalation(
        case.escalation.from_office, case.escalation.to_office, EscalationStatus.ACKNOWLEDGED
    )
    return case.but(escalation=seen)


def _closed(case: EscalatedCase, _: Event) -> EscalatedCase:
    return case.but(escalation=None)
