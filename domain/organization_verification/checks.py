"""The five ways of checking an organization, and what each has to show (2.2.1-2.2.5)."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from domain.actors import check_not_in_future
from domain.catalogue.codes import BeneficiaryResult, Channel, CheckOutcome, VerificationMethod
from domain.personal import Person
from domain.refusals import Refusal
from domain.words import check_words


class BeneficiaryNotConfirmed(Refusal):
    """Past experience is confirmed by a report and a beneficiary who was reached (2.2.2)."""

    code = "beneficiary-not-confirmed"


class OwnLetter(Refusal):
    """An organization does not recommend itself."""

    code = "own-letter"


class CheckDetails(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="method"):
    """What was seen when an organization was checked in one of the five ways."""

    @property
    def method(self) -> VerificationMethod:
        """The way of checking these details belong to."""
        return VerificationMethod(str(self.__struct_config__.tag))

    def check(self, outcome: CheckOutcome, today: date) -> None:
        """Refuse details that cannot be, or that do not bear out the outcome."""


class PlatformRegistration(CheckDetails, frozen=True, tag="platform_registration"):
    """The organization was looked up on Qazvolunteer.kz by its ID (2.2.1)."""

    qazvolunteer_id: str
    shown_name: str | None = None

    def check(self, outcome: CheckOutcome, today: date) -> None:
        """Refuse a look-up without an ID."""
        check_words("details.qazvolunteer_id", self.qazvolunteer_id)


class Beneficiary(Struct, frozen=True, kw_only=True):
    """A person for whom the organization says it worked, and what they said of it."""

    person: Person
    contacted_via: Channel
    result: BeneficiaryResult


class PastExperience(CheckDetails, frozen=True, tag="past_experience"):
    """A report on past work was asked for and checked with its beneficiaries (2.2.2)."""

    report: str
    beneficiaries: tuple[Beneficiary, ...] = ()

    def check(self, outcome: CheckOutcome, today: date) -> None:
        """Refuse to confirm by the report alone, or with no report on file."""
        if outcome is not CheckOutcome.CONFIRMED:
            return
        check_words("details.report", self.report)
        if all(b.result is not BeneficiaryResult.CONFIRMED for b in self.beneficiaries):
            raise BeneficiaryNotConfirmed(beneficiaries=len(self.beneficiaries))


class Letter(CheckDetails, frozen=True):
    """A letter of recommendation, with its issuer."""

    issuer_name: str
    letter_date: date
    issuer_id: UUID | None = None

    def check(self, outcome: CheckOutcome, today: date) -> None:
        """Refuse a letter without an issuer or from a day to come."""
        check_words("details.issuer_name", self.issuer_name)
        check_not_in_future("details.letter_date", self.letter_date, today)


class PartnerRecommendation(Letter, frozen=True, tag="partner_recommendation"):
    """A letter of a partner organization or a beneficiary (2.2.3)."""


class NetworkRecommendation(Letter, frozen=True, tag="network_recommendation"):
    """A letter of a partner of the National Volunteer Network (2.2.4)."""


class SiteVisit(CheckDetails, frozen=True, tag="site_visit"):
    """An event or the permanent place of the work was visited (2.2.5)."""

    place: str
    visited_on: date
    observed: str

    def check(self, outcome: CheckOutcome, today: date) -> None:
        """Refuse a visit of a day to come, or one at which nothing was seen."""
        check_words("details.place", self.place)
        check_words("details.observed", self.observed)
        check_not_in_future("details.visited_on", self.visited_on, today)


AnyCheckDetails = (
    PlatformRegistration
    | PastExperience
    | PartnerRecommendation
    | NetworkRecommendation
    | SiteVisit
)
