"""The row of a request in lists."""

from application.read_models.case_columns import case_columns
from application.read_models.rows import RequestRow
from application.read_models.search_words import search_words
from application.read_models.sort_keys import sort_key
from application.sight import Sight
from application.streams import Stream
from domain.assistance_request import AssistanceRequest
from domain.rules import terms
from domain.working_days import WorkingCalendar


def request_row(
    stream: Stream[AssistanceRequest], calendar: WorkingCalendar, sight: Sight
) -> RequestRow:
    """Return the request's row in the lists of an office; no term runs where its part ended."""
    state, first = stream.state, stream.first(AssistanceRequest.Requested)
    name = first.organization.name if first.organization else None
    runs = state.is_open and sight.until is None
    return RequestRow(
        **case_columns(stream, first, sight),
        help_type=state.help_type,
        category=state.help_type.category,
        subject=first.subject,
        organization_id=state.organization_id,
        organization_name=name,
        organization_order=sort_key(name),
        assigned_to=state.assigned_to,
        offered_to=state.offer.to_office if state.offer else None,
        opened_on=first.occurred_on,
        due_on=terms.due_on(state.clock, calendar) if runs else None,
        search_text=search_words(first.number, first.subject, name),
    )
