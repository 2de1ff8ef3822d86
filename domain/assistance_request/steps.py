"""The steps an office takes on a request, and the kinds of help each belongs to."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from domain.actors import check_not_in_future
from domain.assistance_request.details import check_period
from domain.catalogue.codes import HelpType, LoanKind, MediaKind, StepKind
from domain.refusals import Refusal

ALL_HELP_TYPES = frozenset(HelpType)
ADVICE = frozenset({HelpType.REGISTRATION_ADVICE, HelpType.GRANT_AND_REPORT_ADVICE})
MEDIA = frozenset({HelpType.MEDIA_COVERAGE, HelpType.MEDIA_ATTRACTION})


class StepOfAnotherHelpType(Refusal):
    """The step belongs to another kind of help than the one asked for."""

    code = "step-of-another-help-type"


class AlreadyLent(Refusal):
    """The thing is lent to somebody else in that time (2.3.2)."""

    code = "already-lent"


class ItemNotLent(Refusal):
    """The thing cannot come back: this request has not lent it."""

    code = "item-not-lent"


class IntroducedToItself(Refusal):
    """An organization is introduced to another one."""

    code = "introduced-to-itself"


class Step(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """One step, of the kind that its tag names."""

    HELP_TYPES: ClassVar[frozenset[HelpType]] = ALL_HELP_TYPES

    @property
    def kind(self) -> StepKind:
        """What was done."""
        return StepKind(str(self.__struct_config__.tag))

    def check(self, today: date) -> None:
        """Refuse a step that cannot be."""


def same_thing(item: str) -> str:
    """Return what a thing is known by, however its name was written this time."""
    return " ".join(item.casefold().replace("ё", "е").split())


class LetterSent(Step, frozen=True, tag="letter_sent"):
    """A letter went to a state body."""

    HELP_TYPES: ClassVar = frozenset({HelpType.STATE_BODY_LIAISON})
    state_body: str
    sent_on: date
    reference: str | None = None

    def check(self, today: date) -> None:
        """Refuse a letter of a day to come."""
        check_not_in_future("details.sent_on", self.sent_on, today)


class AnswerReceived(Step, frozen=True, tag="answer_received"):
    """A state body answered."""

    HELP_TYPES: ClassVar = frozenset({HelpType.STATE_BODY_LIAISON})
    state_body: str
    received_on: date
    content: str

    def check(self, today: date) -> None:
        """Refuse an answer of a day to come."""
        check_not_in_future("details.received_on", self.received_on, today)


class Lent(Step, frozen=True, tag="lent"):
    """Premises or equipment was lent, from a day until a day."""

    HELP_TYPES: ClassVar = frozenset({HelpType.PREMISES_AND_EQUIPMENT})
    loan_kind: LoanKind
    item: str
    lent_from: date
    lent_until: date

    def check(self, today: date) -> None:
        """Refuse a period that ends before it begins."""
        check_period("details.lent_until", self.lent_from, self.lent_until)


class ItemReturned(Step, frozen=True, tag="returned"):
    """What was lent came back."""

    HELP_TYPES: ClassVar = frozenset({HelpType.PREMISES_AND_EQUIPMENT})
    item: str
    returned_on: date

    def check(self, today: date) -> None:
        """Refuse a return of a day to come."""
        check_not_in_future("details.returned_on", self.returned_on, today)


class TrainingHeld(Step, frozen=True, tag="training_held"):
    """A training took place."""

    HELP_TYPES: ClassVar = frozenset({HelpType.TRAINING})
    topic: str
    held_on: date
    participants: int

    def check(self, today: date) -> None:
        """Refuse a training of a day to come."""
        check_not_in_future("details.held_on", self.held_on, today)


class AdviceGiven(Step, frozen=True, tag="advice_given"):
    """Advice was given."""

    HELP_TYPES: ClassVar = ADVICE
    advice: str


class ProgrammesSent(Step, frozen=True, tag="programmes_sent"):
    """Grants and programmes were made known to the organization."""

    HELP_TYPES: ClassVar = frozenset({HelpType.GRANT_INFORMATION})
    programmes: tuple[str, ...]


class IntroductionMade(Step, frozen=True, tag="introduction_made"):
    """The organization was introduced to another one; recorded on both."""

    HELP_TYPES: ClassVar = frozenset({HelpType.PARTNER_INFORMATION})
    organization_id: UUID


class PublicationAppeared(Step, frozen=True, tag="publication"):
    """Something was published."""

    HELP_TYPES: ClassVar = MEDIA
    outlet: str
    media: MediaKind
    published_on: date
    address: str | None = None

    def check(self, today: date) -> None:
        """Refuse a publication of a day to come."""
        check_not_in_future("details.published_on", self.published_on, today)


class MediaContacted(Step, frozen=True, tag="media_contacted"):
    """A medium was spoken to."""

    HELP_TYPES: ClassVar = MEDIA
    outlet: str
    interested: bool


class OtherStep(Step, frozen=True, tag="other_step"):
    """Anything else that was done; the summary says what."""


AnyStep = (
    LetterSent
    | AnswerReceived
    | Lent
    | ItemReturned
    | TrainingHeld
    | AdviceGiven
    | ProgrammesSent
    | IntroductionMade
    | PublicationAppeared
    | MediaContacted
    | OtherStep
)
