"""What an office does about a request while it is open, and what may always be added."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.actors import HEADS, Actor, Occasion
from domain.assistance_request import events
from domain.assistance_request.steps import (
    AnyStep,
    IntroducedToItself,
    IntroductionMade,
    ItemNotLent,
    ItemReturned,
    StepOfAnotherHelpType,
    same_thing,
)
from domain.assistance_request.transfer import TransferableCase
from domain.catalogue.codes import HelpType, Relation, RequestStatus
from domain.document.attachments import Documents
from domain.organization.organization import CATALOGUE
from domain.refusals import Refusal
from domain.rules import terms
from domain.words import check_words
from domain.working_days import WorkingCalendar

# What the person does to whom the request was given, or the head in their place.
ASSIGNEES_WORK = frozenset(
    {
        "assign",
        "ask_organization",
        "record_answer",
        "record_step",
        "extend_term",
        "help",
        "decline",
        "withdraw",
        "escalate",
        "offer_transfer",
    }
)
OPEN = frozenset(
    {
        RequestStatus.REQUESTED,
        RequestStatus.IN_PROGRESS,
        RequestStatus.WAITING_FOR_ORGANIZATION,
    }
)


class StaffUnknown(Refusal):
    """Nobody of that id works on requests at the office that holds this one."""

    code = "staff-unknown"


class AssignedToAnother(Refusal):
    """The request was given to somebody else: they work on it, or the head does."""

    code = "assigned-to-another"


class WorkedRequest(TransferableCase, frozen=True, kw_only=True):
    """A request as far as the work on it reads it."""

    help_type: HelpType
    clock: terms.Clock
    status: RequestStatus = RequestStatus.REQUESTED
    organization_id: UUID | None = None
    assigned_to: str | None = None
    lent: frozenset[str] = frozenset()

    Assigned: ClassVar = events.Assigned
    OrganizationAsked: ClassVar = events.OrganizationAsked
    AnswerRecorded: ClassVar = events.AnswerRecorded
    StepRecorded: ClassVar = events.StepRecorded
    TermExtended: ClassVar = events.TermExtended
    FeedbackRecorded: ClassVar = events.FeedbackRecorded
    Noted: ClassVar = events.Noted
    Linked: ClassVar = events.Linked

    @property
    def is_open(self) -> bool:
        """Whether the request has not ended."""
        return self.status in OPEN

    def refusal_to(self, by: Actor, command: str) -> Refusal | None:
        """Return why the caller may not give the command; assigned work is the assignee's."""
        return super().refusal_to(by, command) or self._refusal_of_work(by, command)

    def _refusal_of_work(self, by: Actor, command: str) -> Refusal | None:
        theirs = self.assigned_to in {None, by.staff_id} or by.role in HEADS
        if theirs or not self.is_open or command not in ASSIGNEES_WORK:
            return None
        return AssignedToAnother(staff_id=self.assigned_to)

    def assign(self, on: Occasion, *, staff_id: str, works_here: bool = True) -> events.Assigned:
        """Give the request to a member of staff, who has to do case work at this office."""
        self.require(on, "assign")
        if not works_here:
            raise StaffUnknown(staff_id=staff_id)
        return self.Assigned(**on.stamp, staff_id=check_words("staff_id", staff_id))

    def ask_organization(self, on: Occasion, *, question: str) -> events.OrganizationAsked:
        """Ask the organization for what is missing; the clock stands still."""
        self.require(on, "ask_organization")
        return self.OrganizationAsked(**on.stamp, question=check_words("question", question))

    def record_answer(self, on: Occasion, *, answer: str) -> events.AnswerRecorded:
        """Record the organization's answer; the clock goes on."""
        self.require(on, "record_answer")
        return self.AnswerRecorded(**on.stamp, answer=check_words("answer", answer))

    def record_step(
        self, on: Occasion, *, summary: str, details: AnyStep, documents: Documents = ()
    ) -> events.StepRecorded:
        """Record what was done."""
        self.require(on, "record_step")
        if not self.is_open and not isinstance(details, ItemReturned):
            raise self.refusal(on, "record_step")
        if self.help_type not in details.HELP_TYPES:
            raise StepOfAnotherHelpType(kind=details.kind.value, help_type=self.help_type.value)
        if isinstance(details, ItemReturned) and same_thing(details.item) not in self.lent:
            raise ItemNotLent(item=details.item)
        if (
            isinstance(details, IntroductionMade)
            and details.organization_id == self.organization_id
        ):
            raise IntroducedToItself
        details.check(on.today)
        words = check_words("summary", summary)
        return self.StepRecorded(
            **on.stamp, catalogue=CATALOGUE, summary=words, details=details, documents=documents
        )

    def extend_term(
        self, on: Occasion, *, until: date, reason: str, calendar: WorkingCalendar
    ) -> events.TermExtended:
        """Take until a later day, and say why."""
        self.require(on, "extend_term")
        terms.check_extension(self.clock, until, on.today, calendar)
        words = check_words("reason", reason)
        return self.TermExtended(**on.stamp, until=until, reason=words, rule=terms.VERSION)

    def record_feedback(
        self, on: Occasion, *, resolved: bool, feedback: str
    ) -> events.FeedbackRecorded:
        """Record what the organization says of the help."""
        self.require(on, "record_feedback")
        words = check_words("comment", feedback)
        return self.FeedbackRecorded(**on.stamp, resolved=resolved, feedback=words)

    def note(self, on: Occasion, *, text: str, documents: Documents = ()) -> events.Noted:
        """Write down something worth knowing."""
        self.require(on, "note")
        return self.Noted(**on.stamp, text=check_words("text", text), documents=documents)

    def link(self, on: Occasion, *, case_id: UUID, relation: Relation) -> events.Linked:
        """Record that the request has to do with another case."""
        self.require(on, "link")
        return self.Linked(**on.stamp, case_id=case_id, relation=relation)
