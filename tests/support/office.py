"""People of an office who do things through the use cases."""

from typing import Any
from uuid import UUID

from builders import LIAISON, SPECIALIST, a_group, an_organization
from people import People

from application.services import Services
from application.streams import CaseRef, Stream
from application.use_cases.decisions import CheckInput, Decision
from domain.actors import Occasion
from domain.catalogue.codes import Channel, CheckOutcome, Finding, HelpType
from domain.organization import OrganizationDetails
from domain.organization_verification.checks import PlatformRegistration

LOOK_UP = PlatformRegistration(qazvolunteer_id="QV-1")


class Office:
    """Shorthand for what the tests begin with."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.cases = services.front_office
        self.people = People(services)

    @property
    def colleague(self) -> str:
        """The staff id of somebody else at the office, who has an account."""
        return str(self.people.account("specialist@KZ-75#2"))

    @property
    def specialist(self) -> str:
        """The staff id of the one who does everything in these tests, who has an account."""
        return str(self.people.account("specialist@KZ-75"))

    def on(self, by: Any = SPECIALIST, **more: Any) -> Occasion:
        """Return the occasion of a command given now."""
        return self.services.occasion(by, cause="test", **more)

    def organization(self, details: OrganizationDetails | None = None) -> Stream[Any]:
        """Register an organization."""
        return self.cases.register_organization(self.on(), details=details or an_organization())

    def group(self, name: str = "Тёплый двор") -> Stream[Any]:
        """Register an initiative group."""
        return self.cases.register_organization(self.on(), details=a_group(name=name))

    def request(self, organization: UUID, asked: Any = LIAISON) -> Stream[Any]:
        """Take a request in."""
        return self.cases.request_help(
            self.on(),
            organization_id=organization,
            help_type=HelpType(asked.help_type),
            subject="Нужна помощь",
            description="Просят помочь",
            channel=Channel.VISIT,
            details=asked,
        )

    def verified(self, organization: UUID) -> Stream[Any]:
        """Verify an organization at once."""
        return self.cases.request_verification(
            self.on(),
            organization_id=organization,
            checks=(CheckInput(outcome=CheckOutcome.CONFIRMED, details=LOOK_UP),),
            decision=Decision(findings=dict.fromkeys(Finding, True)),
        )


def ref(stream: Stream[Any]) -> CaseRef:
    """Return the case as it was read."""
    return CaseRef(stream.id, stream.version)
