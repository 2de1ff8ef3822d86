"""Sentences to begin a story with: no randomness, a default for everything."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from papers import pdf
from people import actor

from application.reference.calendar import load_calendar
from application.reference.places import load_places
from domain.actors import Actor, Occasion, Role, StaffId
from domain.assistance_request import AssistanceRequest, details, hand_over
from domain.assistance_request.applicant import OrganizationSnapshot, snapshot
from domain.assistance_request.asked import Asked
from domain.catalogue.codes import (
    Audience,
    Channel,
    Direction,
    LegalForm,
    ParticipationMode,
    StandingStatus,
    TeamType,
    VolunteerGroup,
)
from domain.document import Document
from domain.document.events import Uploaded
from domain.organization import Organization, OrganizationDetails
from domain.organization.evolution import evolve as evolve_organization
from domain.organization_verification import OrganizationVerification
from domain.standing import NOT_VERIFIED, Standing

PLACES, CALENDAR = load_places(), load_calendar()
TODAY = date(2026, 3, 2)
ORGANIZATION_ID, OTHER_ID, VERIFICATION_ID = UUID(int=1), UUID(int=2), UUID(int=3)
VERIFIED = Standing(StandingStatus.VERIFIED, VERIFICATION_ID, date(2028, 3, 2))
SPECIALIST, HEAD = actor("specialist@KZ-75"), actor("head@KZ-75")
COLLEAGUE = actor("specialist@KZ-75#2")
NEIGHBOUR, REPUBLICAN = actor("specialist@KZ-19"), actor("republican_specialist@KZ")
SYSTEM = Actor(StaffId("frontoffice"), Role.SERVICE, "KZ")


def on(by: Actor = SPECIALIST, day: date = TODAY, **more: Any) -> Occasion:
    """Return an occasion at noon of the day."""
    moment = datetime(day.year, day.month, day.day, 7, tzinfo=UTC)
    return Occasion(by=by, recorded_at=moment, today=day, cause="test", **more)


def an_organization(**changes: Any) -> OrganizationDetails:
    """Return the details of a registered organization."""
    values: dict[str, Any] = {
        "team_type": TeamType.NGO,
        "name": "Чистый берег",
        "region": "KZ-75",
        "district": "751710000",
        "legal_form": LegalForm.PUBLIC_FOUNDATION,
        "bin": "971240001315",
        "directions": (Direction.TAZA_ALEM,),
        "volunteer_groups": (VolunteerGroup.GENERAL,),
        "participation_modes": (ParticipationMode.OFFLINE,),
    }
    return OrganizationDetails(**{**values, **changes})


def a_group(**changes: Any) -> OrganizationDetails:
    """Return the details of an initiative group."""
    unregistered = {"team_type": TeamType.INITIATIVE_GROUP, "legal_form": None, "bin": None}
    return an_organization(**{**unregistered, "name": "Тёплый двор", **changes})


def registered(details: OrganizationDetails | None = None) -> Organization.Registered:
    """Return the fact that an organization was registered."""
    return Organization.register(on(), details=details or an_organization(), places=PLACES)


def known(standing: Standing = NOT_VERIFIED, **changes: Any) -> OrganizationSnapshot:
    """Return what a request keeps of an organization."""
    organization = evolve_organization.fold([registered(an_organization(**changes))])
    return snapshot(ORGANIZATION_ID, 1, organization, standing)


def being_verified() -> OrganizationVerification.Requested:
    """Return the fact that a verification was begun."""
    return OrganizationVerification.request(
        on(),
        organization_id=ORGANIZATION_ID,
        organization=evolve_organization.fold([registered()]),
        number="KZ-75/V/2026/000001",
    )


TRAINING = details.Training(topic="Первая помощь", audience=Audience.INITIATIVE_GROUP)
LIAISON = details.StateBodyLiaison(state_body="Акимат", matter="Субботник")


def requested(
    asked: details.RequestDetails = TRAINING,
    organization: OrganizationSnapshot | None = None,
    **changes: Any,
) -> AssistanceRequest.Requested:
    """Return the fact that help was asked for."""
    values: dict[str, Any] = {
        "number": "KZ-75/2026/000001",
        "region": "KZ-75",
        "district": "751710000",
        "help_type": asked.help_type,
        "subject": "Нужна помощь",
        "description": "Просят помочь",
        "channel": Channel.VISIT,
        "details": asked,
        "organization": organization or known(),
    }
    number = values.pop("number")
    return AssistanceRequest.request(on(), number=number, asked=Asked(**{**values, **changes}))


def filed(by: Actor = SPECIALIST, **changes: Any) -> Uploaded:
    """Return the fact that a document was filed."""
    return Document.upload(on(by), **{"content": pdf(), **changes})


def escalated() -> hand_over.Escalated:
    """Return the fact that the republican office was asked."""
    return hand_over.Escalated(
        **on().stamp, question="Как быть?", from_office="KZ-75", to_office="KZ"
    )


def offered() -> hand_over.TransferOffered:
    """Return the fact that the request was offered to the neighbouring office."""
    return hand_over.TransferOffered(
        **on().stamp, from_office="KZ-75", to_office="KZ-19", reason="Там ближе"
    )
