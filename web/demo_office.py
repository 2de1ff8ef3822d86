"""The office of the demonstration: who asks, and how it is recorded.

Everything is recorded through the ordinary use cases. The organizations and people are
invented; the BINs are published ones of well-known companies (they have to exist).
"""

from datetime import date, timedelta
from typing import Any

from application.front_office import FrontOffice
from application.services import Services
from application.streams import CaseRef, Stream
from application.use_cases.decisions import CheckInput, Decision
from domain.actors import Occasion
from domain.catalogue.codes import (
    Channel,
    CheckOutcome,
    Direction,
    Finding,
    HelpType,
    LegalForm,
    ParticipationMode,
    TeamType,
    VolunteerGroup,
)
from domain.organization import OrganizationDetails
from domain.organization_verification.checks import PlatformRegistration, SiteVisit
from domain.personal import ContactPerson, person
from web.demo_staff import create_staff

REGION = "KZ-75"
MEDEU, ALMALY, BOSTANDYK = "751710000", "751110000", "751410000"


class DemonstrationOffice:
    """The office of the demonstration, its organizations and what it knows of them."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._office: FrontOffice = services.front_office
        self._today = services.today(REGION)
        self._staff = create_staff(services)

    def _on(self, days_ago: int = 0, identity: str = f"specialist@{REGION}") -> Occasion:
        actor = self._staff[identity]
        day = self._today - timedelta(days=days_ago)
        return self._services.occasion(actor, cause="demonstration", occurred_on=day)

    def _day(self, days_ago: int) -> date:
        return self._today - timedelta(days=days_ago)

    def _foundation(self, name: str, bin_: str, district: str, number: int) -> Stream[Any]:
        return self._organization(
            number,
            name=name,
            team_type=TeamType.NGO,
            legal_form=LegalForm.PUBLIC_FOUNDATION,
            bin=bin_,
            district=district,
        )

    def _group(self, name: str, district: str, number: int) -> Stream[Any]:
        return self._organization(
            number, name=name, team_type=TeamType.INITIATIVE_GROUP, district=district
        )

    def _organization(self, number: int, **fields: Any) -> Stream[Any]:
        leader = person(
            self._services.new_id(), f"Пример Примеров {number}", f"+7700000000{number}"
        )
        known = OrganizationDetails(
            region=REGION,
            directions=(Direction.TAZA_ALEM, Direction.BILIM),
            volunteer_groups=(VolunteerGroup.GENERAL,),
            participation_modes=(ParticipationMode.OFFLINE,),
            contact_persons=(ContactPerson(leader, "координатор", consent=True),),
            qazvolunteer_id=f"QV-DEMO-{number}",
            **fields,
        )
        registered = self._office.register_organization(self._on(40), details=known)
        return self._office.log_contact(
            CaseRef(registered.id),
            self._on(38),
            channel=Channel.VISIT,
            summary="Познакомились, рассказали о работе фронт-офиса",
            told_about_office=True,
            activity_learned="Субботники и уроки для детей",
        )

    def _verify_by_visit(self, organization: Stream[Any]) -> None:
        visit = SiteVisit(
            place="берег реки Малая Алматинка",
            visited_on=self._day(30),
            observed="Двадцать волонтёров убирали берег, оплаты никто не получал",
        )
        self._office.request_verification(
            self._on(30),
            organization_id=organization.id,
            checks=(CheckInput(outcome=CheckOutcome.CONFIRMED, details=visit),),
            decision=Decision(findings=dict.fromkeys(Finding, True)),
        )

    def _verification_in_progress(self, organization: Stream[Any]) -> None:
        opened = self._office.request_verification(
            self._on(5), organization_id=organization.id, reason="Просит помощи с публикацией"
        )
        self._office.record_check(
            CaseRef(opened.id),
            self._on(4),
            outcome=CheckOutcome.INCONCLUSIVE,
            details=PlatformRegistration(qazvolunteer_id="QV-DEMO-2"),
        )

    def _request(
        self, organization: Stream[Any], asked: Any, subject: str, description: str, days: int
    ) -> CaseRef:
        taken = self._office.request_help(
            self._on(days),
            organization_id=organization.id,
            help_type=HelpType(asked.help_type),
            subject=subject,
            description=description,
            channel=Channel.VISIT,
            details=asked,
        )
        return CaseRef(taken.id)

    def _assigned(self, ref: CaseRef, days: int) -> CaseRef:
        self._office.assign(
            ref, self._on(days), staff_id=self._staff[f"specialist@{REGION}"].staff_id
        )
        return ref
