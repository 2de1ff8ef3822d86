"""The kinds of stream, each with its state, its events and its fold: cases and what they need."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from msgspec import Struct

from domain.annotation import Annotation
from domain.annotation.evolution import evolve as evolve_annotation
from domain.assistance_request import AssistanceRequest
from domain.assistance_request.evolution import evolve as evolve_request
from domain.calendar_corrections import CalendarCorrections
from domain.calendar_corrections.evolution import evolve as evolve_calendar
from domain.case import Case
from domain.document import Document
from domain.document.evolution import evolve as evolve_document
from domain.events import Event, Evolution
from domain.organization import Organization
from domain.organization.evolution import evolve as evolve_organization
from domain.organization_verification import OrganizationVerification
from domain.organization_verification.evolution import evolve as evolve_verification
from domain.staff_account import StaffAccount
from domain.staff_account.evolution import evolve as evolve_account
from domain.subject import Subject
from domain.subject.evolution import evolve as evolve_subject

State = TypeVar("State", bound=Case)


class CaseType(Struct, Generic[State], frozen=True):
    """A kind of case: its name, the event that begins it, and how it evolves."""

    name: str
    state: type[State]
    first: type[Event]
    evolve: Evolution[State]

    @property
    def event_types(self) -> Mapping[str, type[Event]]:
        """The events nested in the aggregate, by the topic they are stored under."""
        nested = (getattr(self.state, name) for name in dir(self.state))
        events = (each for each in nested if isinstance(each, type) and issubclass(each, Event))
        return {event.TOPIC: event for event in events}


ORGANIZATION = CaseType("organization", Organization, Organization.Registered, evolve_organization)
VERIFICATION = CaseType(
    "verification",
    OrganizationVerification,
    OrganizationVerification.Requested,
    evolve_verification,
)
STAFF = CaseType("staff", StaffAccount, StaffAccount.Created, evolve_account)
DOCUMENT = CaseType("document", Document, Document.Uploaded, evolve_document)
REQUEST = CaseType("request", AssistanceRequest, AssistanceRequest.Requested, evolve_request)
CALENDAR = CaseType(
    "calendar", CalendarCorrections, CalendarCorrections.DayCorrected, evolve_calendar
)
ANNOTATION = CaseType("annotation", Annotation, Annotation.Added, evolve_annotation)
SUBJECT = CaseType("subject", Subject, Subject.Opened, evolve_subject)

CASE_TYPES: tuple[
    CaseType[Organization]
    | CaseType[OrganizationVerification]
    | CaseType[AssistanceRequest]
    | CaseType[Document]
    | CaseType[StaffAccount]
    | CaseType[CalendarCorrections]
    | CaseType[Annotation]
    | CaseType[Subject],
    ...,
] = (
    ORGANIZATION,
    VERIFICATION,
    REQUEST,
    DOCUMENT,
    STAFF,
    CALENDAR,
    ANNOTATION,
    SUBJECT,
)
EVENT_TYPES: Mapping[str, type[Event]] = {
    topic: event for case_type in CASE_TYPES for topic, event in case_type.event_types.items()
}
