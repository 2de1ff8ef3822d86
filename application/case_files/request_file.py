"""A request as its readers see it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from application.case_files.parts import CaseFile, Placed, Proved, common, last, placed, proved
from application.documents import FiledDocument
from application.escalations import Question, questions
from application.streams import Stream
from domain.actors import Actor, Role
from domain.assistance_request import AssistanceRequest, events, hand_over
from domain.assistance_request.applicant import OrganizationSnapshot
from domain.assistance_request.details import AnyRequestDetails
from domain.catalogue.codes import Channel, Direction, HelpCategory, HelpType, VolunteerGroup
from domain.personal import Person
from domain.rules import terms
from domain.standing import Standing
from domain.working_days import WorkingCalendar


class Slip(Struct, frozen=True, kw_only=True):
    """What the applicant is given in hand: the number, and who received the request."""

    number: str
    received_at: datetime
    received_by: str
    post: Role


class RequestFile(CaseFile, frozen=True, kw_only=True):
    """What was asked, what was done, and what came of it."""

    help_type: HelpType
    category: HelpCategory
    subject: str
    description: str
    channel: Channel
    details: AnyRequestDetails
    direction: Direction | None
    participants: tuple[VolunteerGroup, ...]
    organization: OrganizationSnapshot | None
    instead_of: UUID | None
    volunteer: Person | None
    verified: Standing
    verification_waived: bool
    slip: Slip
    opened_on: date
    forward_by: date | None
    forwarded_late: bool
    calendar_version: str | None
    steps: tuple[Proved[events.StepRecorded], ...]
    questions: tuple[Placed[events.OrganizationAsked], ...]
    answers: tuple[Placed[events.AnswerRecorded], ...]
    extensions: tuple[Placed[events.TermExtended], ...]
    transfers: tuple[Placed[hand_over.TransferOffered], ...]
    offered_to: str | None
    escalations: tuple[Question, ...]
    helped: Placed[events.Helped] | None
    declined: Placed[events.Declined] | None
    withdrawn: Placed[events.Withdrawn] | None
    feedback: tuple[Placed[events.FeedbackRecorded], ...]
    notes: tuple[Proved[events.Noted], ...]
    related: tuple[Placed[events.Linked], ...]


def request_file(
    stream: Stream[AssistanceRequest],
    by: Actor | None,
    standing: Standing,
    calendar: WorkingCalendar,
    today: date,
    documents: Mapping[UUID, FiledDocument],
) -> RequestFile:
    """Return the request's file as its stream tells it."""
    first = stream.first(events.Requested)
    asked = questions(stream)
    return RequestFile(
        **common(stream, "assistance-requests", by),
        **_of_first(first),
        **_terms(stream, calendar, today),
        **_facts(stream),
        steps=proved(stream, events.StepRecorded, documents),
        notes=proved(stream, events.Noted, documents),
        assigned_to=stream.state.assigned_to,
        open_escalation=next((each for each in asked if each.is_open), None),
        escalations=asked,
        help_type=stream.state.help_type,
        category=stream.state.help_type.category,
        verified=standing,
        verification_waived=stream.state.waived,
        offered_to=stream.state.offer.to_office if stream.state.offer else None,
    )


def _of_first(first: events.Requested) -> dict[str, Any]:
    names = (
        "number",
        "region",
        "district",
        "subject",
        "description",
        "channel",
        "details",
        "direction",
        "participants",
        "organization",
        "instead_of",
        "volunteer",
    )
    slip = Slip(
        number=first.number,
        received_at=first.recorded_at,
        received_by=first.by.staff_id,
        post=first.by.role,
    )
    return {
        **{name: getattr(first, name) for name in names},
        "opened_on": first.occurred_on,
        "slip": slip,
    }


def _terms(
    stream: Stream[AssistanceRequest], calendar: WorkingCalendar, today: date
) -> dict[str, Any]:
    state = stream.state
    due_on = terms.due_on(state.clock, calendar) if state.is_open else None
    forward_by = terms.forward_by(state.clock, calendar)
    return {
        "due_on": due_on,
        "is_overdue": due_on is not None and due_on < today,
        "forward_by": forward_by if state.is_open else None,
        "forwarded_late": _forwarded_on(stream) > forward_by,
        "calendar_version": calendar.version if state.is_open else None,
    }


def _forwarded_on(stream: Stream[AssistanceRequest]) -> date:
    """Return when the request was first offered to another office since its term began."""
    started = stream.state.clock.started_on
    offered = (each.fact.occurred_on for each in placed(stream, hand_over.TransferOffered))
    return next((day for day in offered if day >= started), started)


def _facts(stream: Stream[AssistanceRequest]) -> dict[str, Any]:
    return {
        "questions": placed(stream, events.OrganizationAsked),
        "answers": placed(stream, events.AnswerRecorded),
        "extensions": placed(stream, events.TermExtended),
        "transfers": placed(stream, hand_over.TransferOffered),
        "helped": last(stream, events.Helped),
        "declined": last(stream, events.Declined),
        "withdrawn": last(stream, events.Withdrawn),
        "feedback": placed(stream, events.FeedbackRecorded),
        "related": placed(stream, events.Linked),
    }
