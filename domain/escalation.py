"""A question put to another level of front office, with a life of its own.

Raised -> acknowledged -> answered or returned, or recalled by the office that raised
it. Between a region and the republican office only, in either direction. While it is
open every other command leaves it as it is, and the case it belongs to cannot end.
"""

from typing import ClassVar

from msgspec import Struct

from domain.actors import Occasion
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
        self.require("escalate")
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
        self._check_addressed("acknowledge_escalation", on)
        return self.EscalationAcknowledged(**on.stamp)

    def answer_escalation(self, on: Occasion, *, answer: str) -> Answered:
        """Answer the question and close it."""
        self._check_addressed("answer_escalation", on)
        return self.EscalationAnswered(**on.stamp, answer=check_words("answer", answer))

    def return_escalation(self, on: Occasion, *, reason: str) -> Returned:
        """Send the question back without an answer."""
        self._check_addressed("return_escalation", on)
        return self.EscalationReturned(**on.stamp, reason=check_words("reason", reason))

    def recall_escalation(self, on: Occasion) -> Recalled:
        """Take the question back."""
        escalation = self._open_escalation("recall_escalation")
        if on.by.office not in {escalation.from_office, self.office}:
            raise NotRaisingOffice(from_office=escalation.from_office, office=on.by.office)
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

    def _open_escalation(self, command: str) -> Escalation:
        self.require(command)
        assert self.escalation is not None  # noqa: S101  The command is offered only then.
        return self.escalation

    def _check_addressed(self, command: str, on: Occasion) -> None:
        escalation = self._open_escalation(command)
        if on.by.office != escalation.to_office:
            raise NotAddressedOffice(to_office=escalation.to_office, office=on.by.office)
