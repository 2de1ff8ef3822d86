"""What came of a request, in each of the nine kinds of help."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from domain.actors import check_not_in_future
from domain.assistance_request.details import check_period
from domain.catalogue.codes import (
    GrantDocument,
    HelpType,
    LoanKind,
    MediaKind,
    PermitResult,
    RegistrationResult,
)
from domain.refusals import InvalidValue, Refusal


class OutcomeOfAnotherHelpType(Refusal):
    """The outcome belongs to another kind of help than the one asked for."""

    code = "outcome-of-another-help-type"


class OutcomeEmpty(InvalidValue):
    """The outcome names nothing that was given: no programme, no publication, nobody."""

    code = "outcome-empty"


def check_some(field: str, items: tuple[object, ...]) -> None:
    """Refuse an outcome that names nothing."""
    if not items:
        raise OutcomeEmpty(field)


class Outcome(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="help_type"):
    """The outcome of a request, of the kind of help that its tag names."""

    @property
    def help_type(self) -> HelpType:
        """The kind of help this outcome belongs to."""
        return HelpType(str(self.__struct_config__.tag))

    def check(self, today: date) -> None:
        """Refuse an outcome that cannot be."""


class StateBodyAnswered(Outcome, frozen=True, tag="state_body_liaison"):
    """What the state body answered (2.3.1)."""

    state_body: str
    result: PermitResult
    answered_on: date
    reference: str | None = None

    def check(self, today: date) -> None:
        """Refuse an answer of a day to come."""
        check_not_in_future("details.answered_on", self.answered_on, today)


class LentOut(Outcome, frozen=True, tag="premises_and_equipment"):
    """What was lent, and from when to when (2.3.2)."""

    kind: LoanKind
    item: str
    lent_from: date
    lent_until: date

    def check(self, today: date) -> None:
        """Refuse a period that ends before it begins."""
        check_period("details.lent_until", self.lent_from, self.lent_until)


class Trained(Outcome, frozen=True, tag="training"):
    """The training that was held (2.3.3)."""

    topic: str
    held_on: date
    participants: int

    def check(self, today: date) -> None:
        """Refuse a training of a day to come."""
        check_not_in_future("details.held_on", self.held_on, today)


class RegistrationAdvised(Outcome, frozen=True, tag="registration_advice"):
    """How far the registration has come (2.4.1)."""

    result: RegistrationResult
    advice: str


class GrantAdvised(Outcome, frozen=True, tag="grant_and_report_advice"):
    """The document that was prepared (2.4.2)."""

    document: GrantDocument
    programme: str
    submitted_on: date | None = None

    def check(self, today: date) -> None:
        """Refuse a submission of a day to come."""
        check_not_in_future("details.submitted_on", self.submitted_on, today)


class ProgrammesNamed(Outcome, frozen=True, tag="grant_information"):
    """The grants and programmes the organization was told of (2.5.1)."""

    programmes: tuple[str, ...]

    def check(self, today: date) -> None:
        """Refuse an outcome without a programme."""
        check_some("details.programmes", self.programmes)


class PartnersIntroduced(Outcome, frozen=True, tag="partner_information"):
    """The organizations it was introduced to, or told of (2.5.2)."""

    introduced_to: tuple[UUID, ...]

    def check(self, today: date) -> None:
        """Refuse an outcome without an organization."""
        check_some("details.introduced_to", self.introduced_to)


class Publication(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One publication: where, when, and its address."""

    outlet: str
    media: MediaKind
    published_on: date
    address: str | None = None


class Published(Outcome, frozen=True, tag="media_coverage"):
    """What was published (2.5.3)."""

    publications: tuple[Publication, ...]

    def check(self, today: date) -> None:
        """Refuse an outcome without a publication, or with one of a day to come."""
        check_some("details.publications", self.publications)
        for place, publication in enumerate(self.publications):
            field = f"details.publications[{place}].published_on"
            check_not_in_future(field, publication.published_on, today)


class MediaInterested(Outcome, frozen=True, tag="media_attraction"):
    """The media that were spoken to, and those that took it up (2.5.4)."""

    contacted: tuple[str, ...]
    interested: tuple[str, ...] = ()

    def check(self, today: date) -> None:
        """Refuse an outcome in which nobody was spoken to."""
        check_some("details.contacted", self.contacted)


AnyOutcome = (
    StateBodyAnswered
    | LentOut
    | Trained
    | RegistrationAdvised
    | GrantAdvised
    | ProgrammesNamed
    | PartnersIntroduced
    | Published
    | MediaInterested
)
