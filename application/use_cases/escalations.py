"""Questions between offices, the same for every kind of case that can have one."""

from typing import Any

from application.case_types import CaseType
from application.streams import CaseRef, Stream
from application.use_cases.case_work import CaseWork
from domain.actors import Occasion
from domain.escalation import EscalatableCase
from domain.places import REPUBLICAN_OFFICE

Escalatable = CaseType[Any]
Case = Stream[EscalatableCase]


class EscalationUseCases(CaseWork):
    """How a question travels from office to office and back."""

    def escalate(
        self,
        case_type: Escalatable,
        ref: CaseRef,
        on: Occasion,
        *,
        question: str,
        to: str = REPUBLICAN_OFFICE,
    ) -> Case:
        """Put a question to another office."""
        self.places.check_office(to, "to")
        return self.act(
            case_type, ref, on, lambda case, on: case.escalate(on, question=question, to=to)
        )

    def acknowledge_escalation(self, case_type: Escalatable, ref: CaseRef, on: Occasion) -> Case:
        """Say that the question has been seen."""
        return self.act(case_type, ref, on, lambda case, on: case.acknowledge_escalation(on))

    def answer_escalation(
        self, case_type: Escalatable, ref: CaseRef, on: Occasion, *, answer: str
    ) -> Case:
        """Answer the question."""
        return self.act(
            case_type, ref, on, lambda case, on: case.answer_escalation(on, answer=answer)
        )

    def return_escalation(
        self, case_type: Escalatable, ref: CaseRef, on: Occasion, *, reason: str
    ) -> Case:
        """Send the question back without an answer."""
        return self.act(
            case_type, ref, on, lambda case, on: case.return_escalation(on, reason=reason)
        )

    def recall_escalation(self, case_type: Escalatable, ref: CaseRef, on: Occasion) -> Case:
        """Take the question back."""
        return self.act(case_type, ref, on, lambda case, on: case.recall_escalation(on))
