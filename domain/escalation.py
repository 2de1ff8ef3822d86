"""A question put to another level of front office, with a life of its own.

Raised -> acknowledged -> answered or returned, or recalled by the office that raised
it. Between a region and the republican office only, in either direction. While it is
open every other command leaves it as it is, and the case it belongs to cannot end.
"""

from typing import ClassVar

from msgspec import Struct

from domain.actors import Actor, Occasion
from domain.case import Case
from domain.catalogue.codes import EscalationStatus
from domain.escalation_events import Acknowledged, Answered, Raised, Recalled, Returned
from domain.places import REPUBLICAN_OFFICE
from domain.refusals import Refusal
from domain.words import check_words


class EscalationOpen(Refusal):
    """The case has a question waiting at another office and cannot end before its answer."""

    code = "escalation-open"


class EscalationPathMissing(Refusal):
    """A question goes from a region to the republican office or back, and nowhere else."""

    code = "escalation-path-missing"


class NotAddressedOffice(Refusal):
    """Only the office that was asked may acknowledge, answer or return the question."""

    code = "not-addressed-office"


class NotRaisingOffice(Refusal):
    """Only the office that asked, or holds the case by now, may recall the question."""

    code = "not-raising-office"


class Escalation(Struct, frozen=True):
    """An open question: between whom, and whether it has been acknowledged."""

    from_office: str
    to_office: str
    status: EscalationStatus = EscalationStatus.OPEN

    @property
    def offices(self) -> frozenset[str]:
        """The office that asked and the office that was asked."""
        return frozenset({self.from_office, self.to_office})


class EscalatableCase(Case, frozen=True, kw_only=True):
    """A case from which questions can be escalated."""

    escalation: Escalation | None = None

    Escalated: ClassVar[type[Raised]]
    EscalationAcknowledged: ClassVar[type[Acknowledged]]
    EscalationAnswered: ClassVar[type[Answered]]
    EscalationReturned: ClassVar[type[Returned]]
    EscalationRecalled: ClassVar[type[Recalled]]

    def escalate(self, on: Occasion, *, question: str, to: str = REPUBLICAN_OFFICE) -> Raised:
        """Put a question to the office ``to``."""
        self.require(on, "escalate")
        if (self.office == REPUBLICAN_OFFICE) == (to == REPUBLICAN_OFFICE):
            raise EscalationPathMissing(from_office=self.office, to_office=to)
        return self.Escalated(
            **on.stamp,
            question=check_words("question", question),
            from_office=self.office,
            to_office=to,
        )

    def acknowledge_escalation(self, on: Occasion) -> Acknowledged:
        """Say that the question has been seen."""
        self.require(on, "acknowledge_escalation")
        return self.EscalationAcknowledged(**on.stamp)

    def answer_escalation(self, on: Occasion, *, answer: str) -> Answered:
        """Answer the question and close it."""
        self.require(on, "answer_escalation")
        return self.EscalationAnswered(**on.stamp, answer=check_words("answer", answer))

    def return_escalation(self, on: Occasion, *, reason: str) -> Returned:
        """Send the question back without an answer."""
        self.require(on, "return_escalation")
        return self.EscalationReturned(**on.stamp, reason=check_words("reason", reason))

    def recall_escalation(self, on: Occasion) -> Recalled:
        """Take the question back."""
        self.require(on, "recall_escalation")
        return self.EscalationRecalled(**on.stamp)

    def check_no_open_escalation(self) -> None:
        """Refuse to end the case while a question is open."""
        if self.escalation is not None:
            raise EscalationOpen(
                to_office=self.escalation.to_office, question=self.escalation.status.value
            )

    @property
    def escalation_actions(self) -> tuple[str, ...]:
        """The commands of the open question."""
        if self.escalation is None:
            return ()
        acknowledge = self.escalation.status is EscalationStatus.OPEN
        return (
            *(("acknowledge_escalation",) if acknowledge else ()),
            "answer_escalation",
            "return_escalation",
            "recall_escalation",
        )

    @property
    def involved(self) -> frozenset[str]:
        """The offices that have a part in the case now, both ends of its question among them."""
        involved, question = super().involved, self.escalation
        return involved if question is None else involved | question.offices

    def refusal_to(self, by: Actor, command: str) -> Refusal | None:
        """Return why the caller may not give the command; a question is answered where it went."""
        return super().refusal_to(by, command) or self._refusal_of_question(by, command)

    def _refusal_of_question(self, by: Actor, command: str) -> Refusal | None:
        question = self.escalation
        if question is None:
            return None
        if command in _ANSWERS and by.office != question.to_office:
            return NotAddressedOffice(to_office=question.to_office, office=by.office)
        if command == "recall_escalation" and by.office not in {question.from_office, self.office}:
            return NotRaisingOffice(from_office=question.from_office, office=by.office)
        return None


_ANSWERS = frozenset({"acknowledge_escalation", "answer_escalation", "return_escalation"})
