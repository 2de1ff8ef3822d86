"""What is asked, by whom, and where: a request before it is one."""

from msgspec import Struct

from domain.assistance_request.applicant import OrganizationSnapshot
from domain.assistance_request.details import AnyRequestDetails, DetailsOfAnotherHelpType
from domain.catalogue.codes import Channel, Direction, HelpType, VolunteerGroup
from domain.personal import Person
from domain.refusals import Refusal
from domain.rules import emergency
from domain.words import check_words


class ApplicantMissing(Refusal):
    """A request is made by one organization or by one volunteer, not by both or neither."""

    code = "applicant-missing"


class Asked(Struct, frozen=True, kw_only=True):
    """A request as the office takes it in."""

    region: str
    district: str
    help_type: HelpType
    subject: str
    description: str
    channel: Channel
    details: AnyRequestDetails
    organization: OrganizationSnapshot | None = None
    volunteer: Person | None = None
    direction: Direction | None = None
    participants: tuple[VolunteerGroup, ...] = ()

    def check(self) -> None:
        """Refuse a request that nobody makes, that contradicts itself, or that must not be."""
        if (self.organization is None) == (self.volunteer is None):
            raise ApplicantMissing
        if self.details.help_type is not self.help_type:
            raise DetailsOfAnotherHelpType(
                help_type=self.help_type.value, details_of=self.details.help_type.value
            )
        self.details.check()
        check_words("subject", self.subject)
        check_words("description", self.description)
        known = self.organization.volunteer_groups if self.organization else ()
        emergency.check_participants(self.direction, self.participants or known)
