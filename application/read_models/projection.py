"""The rows that a case has in the read models: a pure function of its stream.

Written in the transaction of the events, so that a reader sees their own write, and
made again from nothing but the streams when a read model is rebuilt.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from application.escalations import questions
from application.read_models.likeness import name_key
from application.read_models.rows import (
    EscalationRow,
    LoanRow,
    OrganizationRow,
    RequestRow,
    Row,
    StandingRow,
    VerificationRow,
)
from application.streams import Stream
from domain.assistance_request import AssistanceRequest
from domain.assistance_request.steps import ItemReturned, Lent
from domain.catalogue.codes import StandingStatus
from domain.events import Event
from domain.organization import Organization
from domain.organization.details import OrganizationDetails
from domain.organization_verification import OrganizationVerification
from domain.rules import terms
from domain.working_days import WorkingCalendar

First = TypeVar("First", bound=Event)


class Projection(Struct, frozen=True):
    """What the rows are made with: the calendar, and the hash for personal look-ups."""

    calendar: WorkingCalendar
    lookup: Callable[[str], str]

    def rows(self, stream: Stream[Any]) -> Iterator[Row]:
        """Return the rows of the case as it stands after the stream."""
        match stream.state:
            case Organization():
                yield organization_row(stream, self.lookup)
            case OrganizationVerification():
                yield verification_row(stream)
                yield from escalation_rows(stream)
                yield from standing_rows(stream)
            case AssistanceRequest():
                yield request_row(stream, self.calendar)
                yield from escalation_rows(stream)
                yield from loan_rows(stream)


def organization_row(stream: Stream[Organization], lookup: Callable[[str], str]) -> OrganizationRow:
    """Return the organization's row."""
    details = stream.state.details
    contacts = (e for e in stream.events if isinstance(e, Organization.ContactLogged))
    return OrganizationRow(
        id=stream.id,
        version=stream.version,
        office=stream.state.office,
        region=details.region,
        district=details.district,
        status=stream.state.status,
        team_type=details.team_type,
        name=details.name,
        name_key=name_key(details.name),
        bin=details.bin,
        directions=list(details.directions),
        identifiers=identifiers(details, lookup),
        last_contact_on=max((e.occurred_on for e in contacts), default=None),
        created_at=stream.events[0].recorded_at,
        updated_at=stream.changed_at,
    )


def identifiers(details: OrganizationDetails, lookup: Callable[[str], str]) -> list[str]:
    """Return what a duplicate would share; phones only as keyed hashes."""
    people = [contact.person for contact in details.contact_persons]
    people += [details.leader] if details.leader else []
    phones = {p.phone.value for p in people if p.phone and p.phone.value}
    return [
        *([f"bin:{details.bin}"] if details.bin else []),
        *([f"qazvolunteer:{details.qazvolunteer_id}"] if details.qazvolunteer_id else []),
        *sorted(f"phone:{lookup(phone)}" for phone in phones),
    ]


def verification_row(stream: Stream[OrganizationVerification]) -> VerificationRow:
    """Return the verification's row."""
    first = _first(stream, OrganizationVerification.Requested)
    return VerificationRow(
        id=stream.id,
        version=stream.version,
        number=first.number,
        office=stream.state.office,
        region=first.region,
        district=first.district,
        status=stream.state.status,
        organization_id=first.organization_id,
        organization_name=first.organization_name,
        valid_until=stream.state.valid_until,
        due_on=None,
        escalated=stream.state.escalation is not None,
        created_at=first.recorded_at,
        updated_at=stream.changed_at,
    )


_STANDINGS = {
    OrganizationVerification.Verified: StandingStatus.VERIFIED,
    OrganizationVerification.Refused: StandingStatus.REFUSED,
    OrganizationVerification.Revoked: StandingStatus.REVOKED,
    OrganizationVerification.Expired: StandingStatus.EXPIRED,
}
_DECISIONS = (OrganizationVerification.Verified, OrganizationVerification.Refused)


def standing_rows(stream: Stream[OrganizationVerification]) -> Iterator[StandingRow]:
    """Return the organization's standing once the verification has been decided."""
    decided = [event for event in stream.events if isinstance(event, _DECISIONS)]
    if decided:
        statuses = (_STANDINGS.get(type(event)) for event in reversed(stream.events))
        yield StandingRow(
            organization_id=stream.state.organization_id,
            verification_id=stream.id,
            status=next(status for status in statuses if status),
            valid_until=stream.state.valid_until,
            decided_at=decided[-1].recorded_at,
        )


def request_row(stream: Stream[AssistanceRequest], calendar: WorkingCalendar) -> RequestRow:
    """Return the request's row."""
    state, first = stream.state, _first(stream, AssistanceRequest.Requested)
    return RequestRow(
        id=stream.id,
        version=stream.version,
        number=first.number,
        office=state.office,
        region=first.region,
        district=first.district,
        status=state.status,
        help_type=state.help_type,
        category=state.help_type.category,
        subject=first.subject,
        organization_id=state.organization_id,
        organization_name=first.organization.name if first.organization else None,
        assigned_to=state.assigned_to,
        offered_to=state.offer.to_office if state.offer else None,
        opened_on=first.occurred_on,
        due_on=terms.due_on(state.clock, calendar) if state.is_open else None,
        escalated=state.escalation is not None,
        created_at=first.recorded_at,
        updated_at=stream.changed_at,
    )


def escalation_rows(stream: Stream[Any]) -> Iterator[EscalationRow]:
    """Return one row for each question of the case."""
    for question in questions(stream):
        yield EscalationRow(
            case_id=stream.id,
            place=question.place,
            case_type=stream.case_type.name,
            number=_number(stream),
            from_office=question.from_office,
            to_office=question.to_office,
            direction=question.direction,
            question=question.question,
            status=question.status,
            words=question.words,
            raised_at=question.raised_at,
            updated_at=question.updated_at,
        )


def item_key(office: str, item: str) -> int:
    """Return a number that stands for an office's thing, small enough for any range."""
    digest = hashlib.sha256(f"{office}|{name_key(item)}".encode()).digest()
    return int.from_bytes(digest[:8]) >> 2


def loan_rows(stream: Stream[AssistanceRequest]) -> Iterator[LoanRow]:
    """Return what the request has lent, each thing until the day it came back."""
    loans: dict[str, LoanRow] = {}
    for event in stream.events:
        step = event.details if isinstance(event, AssistanceRequest.StepRecorded) else None
        if isinstance(step, Lent):
            loans[step.item] = _loan(stream, event.by.office, step)
        elif isinstance(step, ItemReturned) and step.item in loans:
            loans[step.item] = _until(loans[step.item], step)
    yield from loans.values()


def _loan(stream: Stream[AssistanceRequest], office: str, step: Lent) -> LoanRow:
    return LoanRow(
        request_id=stream.id,
        office=office,
        item=step.item,
        item_key=item_key(office, step.item),
        lent_from=step.lent_from,
        lent_until=step.lent_until,
    )


def _until(loan: LoanRow, step: ItemReturned) -> LoanRow:
    return replace(loan, lent_until=max(loan.lent_from, step.returned_on))


def _number(stream: Stream[Any]) -> str:
    first = stream.events[0]
    assert isinstance(first, AssistanceRequest.Requested | OrganizationVerification.Requested)  # noqa: S101  Only these escalate.
    return first.number


def _first(stream: Stream[Any], event_type: type[First]) -> First:
    first = stream.events[0]
    assert isinstance(first, event_type)  # noqa: S101  A stream begins with the first of its kind.
    return first
