"""The row of a request in lists."""

from datetime import date

from application.read_models.rows import RequestRow
from application.read_models.search_words import search_words
from application.read_models.sort_keys import sort_key
from application.sight import Sight
from application.streams import Stream
from domain.assistance_request import AssistanceRequest
from domain.assistance_request.applicant import OrganizationSnapshot
from domain.rules import terms
from domain.working_days import WorkingCalendar


def request_row(
    stream: Stream[AssistanceRequest], calendar: WorkingCalendar, sight: Sight
) -> RequestRow:
    """Return the request's row in the lists of an office."""
    state, first = stream.state, stream.first(AssistanceRequest.Requested)
    return RequestRow(
        id=stream.id,
        seen_by=sight.office,
        seen_until=sight.until,
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
        organization_name=_name(first.organization),
        organization_order=sort_key(_name(first.organization)),
        assigned_to=state.assigned_to,
        offered_to=state.offer.to_office if state.offer else None,
        opened_on=first.occurred_on,
        due_on=_due_on(state, calendar, sight),
        escalated=state.escalation is not None,
        search_text=search_words(first.number, first.subject, _name(first.organization)),
        created_at=first.recorded_at,
        updated_at=stream.changed_at,
    )


def _name(organization: OrganizationSnapshot | None) -> str | None:
    return organization.name if organization else None


def _due_on(case: AssistanceRequest, calendar: WorkingCalendar, sight: Sight) -> date | None:
    """Return by when it is due; no term runs where an office's part has ended."""
    return terms.due_on(case.clock, calendar) if case.is_open and sight.until is None else None
