"""What is asked for, in each of the nine kinds of help (handbook, 2.3-2.5)."""

from datetime import date

from msgspec import Struct

from domain.catalogue.codes import Audience, Direction, GrantDocument, HelpType, LegalForm, LoanKind
from domain.refusals import InvalidValue, Refusal


class DetailsOfAnotherHelpType(Refusal):
    """The details belong to another kind of help than the one asked for."""

    code = "details-of-another-help-type"


class PeriodReversed(InvalidValue):
    """A period ends before it begins."""

    code = "period-reversed"


def check_period(field: str, start: date, end: date) -> None:
    """Refuse a period that ends before it begins."""
    if end < start:
        raise PeriodReversed(field, end, start=start)


class RequestDetails(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="help_type"):
    """The details of a request, of the kind of help that its tag names."""

    @property
    def help_type(self) -> HelpType:
        """The kind of help these details belong to."""
        return HelpType(str(self.__struct_config__.tag))

    def check(self) -> None:
        """Refuse details that cannot be."""


class StateBodyLiaison(RequestDetails, frozen=True, tag="state_body_liaison"):
    """Liaison with a state body, for example over a permit (2.3.1)."""

    state_body: str
    matter: str
    place: str | None = None
    planned_on: date | None = None


class PremisesAndEquipment(RequestDetails, frozen=True, tag="premises_and_equipment"):
    """Premises or equipment for a time (2.3.2)."""

    kind: LoanKind
    needed: str
    needed_from: date
    needed_until: date
    people: int | None = None

    def check(self) -> None:
        """Refuse a period that ends before it begins."""
        check_period("details.needed_until", self.needed_from, self.needed_until)


class Training(RequestDetails, frozen=True, tag="training"):
    """Training, a seminar or a course (2.3.3)."""

    topic: str
    audience: Audience
    participants: int | None = None


class RegistrationAdvice(RequestDetails, frozen=True, tag="registration_advice"):
    """Advice and support in registering an organization (2.4.1)."""

    question: str
    planned_legal_form: LegalForm | None = None


class GrantAndReportAdvice(RequestDetails, frozen=True, tag="grant_and_report_advice"):
    """Help with a grant application or a report (2.4.2)."""

    document: GrantDocument
    programme: str
    deadline: date | None = None


class GrantInformation(RequestDetails, frozen=True, tag="grant_information"):
    """Information on grants and programmes of support (2.5.1)."""

    interests: str
    directions: tuple[Direction, ...] = ()


class PartnerInformation(RequestDetails, frozen=True, tag="partner_information"):
    """Information on other organizations and chances to work together (2.5.2)."""

    looking_for: str
    directions: tuple[Direction, ...] = ()


class MediaCoverage(RequestDetails, frozen=True, tag="media_coverage"):
    """Coverage in the media and social networks (2.5.3)."""

    event: str
    place: str | None = None
    held_on: date | None = None


class MediaAttraction(RequestDetails, frozen=True, tag="media_attraction"):
    """Raising the interest of the media (2.5.4)."""

    story: str
    outlets_wished: tuple[str, ...] = ()


AnyRequestDetails = (
    StateBodyLiaison
    | PremisesAndEquipment
    | Training
    | RegistrationAdvice
    | GrantAndReportAdvice
    | GrantInformation
    | PartnerInformation
    | MediaCoverage
    | MediaAttraction
)
