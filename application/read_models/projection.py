"""The rows that a stream has in the read models: a pure function of its stream.

Written in the transaction of the events, so that a reader sees their own write, and
made again from nothing but the streams when a read model is rebuilt.
"""

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from application.read_models.annotation_rows import annotation_row
from application.read_models.appearance_rows import appearance_rows
from application.read_models.document_rows import document_row, document_use_rows
from application.read_models.escalation_rows import escalation_rows
from application.read_models.letter_rows import letter_rows
from application.read_models.loan_rows import loan_rows
from application.read_models.organization_rows import merge_rows, organization_row
from application.read_models.request_rows import request_row
from application.read_models.row import Row
from application.read_models.rows import CalendarRow, SightRow
from application.read_models.sight_rows import seen_rows
from application.read_models.staff_rows import staff_row
from application.read_models.subject_rows import subject_rows
from application.read_models.verification_rows import standing_rows, verification_row
from application.sight import Sight
from application.streams import Stream
from domain.annotation import Annotation
from domain.assistance_request import AssistanceRequest
from domain.calendar_corrections import CalendarCorrections
from domain.document import Document
from domain.organization import Organization
from domain.organization_verification import OrganizationVerification
from domain.staff_account import StaffAccount
from domain.subject import Subject
from domain.working_days import WorkingCalendar


class Projection(Struct, frozen=True):
    """What the rows are made with: the calendar, and the hash for personal look-ups."""

    calendar: WorkingCalendar
    lookup: Callable[[str], str]

    def rows(self, stream: Stream[Any]) -> Iterator[Row]:
        """Return the rows of the case, or of what else it is, as it stands after the stream."""
        match stream.state:
            case Organization():
                yield organization_row(stream, self.lookup)
                yield from merge_rows(stream)
                yield SightRow(case_id=stream.id, office=stream.state.office, until=None)
            case OrganizationVerification():
                yield from seen_rows(stream, verification_row)
                yield from escalation_rows(stream)
                yield from standing_rows(stream)
                yield from document_use_rows(stream)
                yield from letter_rows(stream)
            case AssistanceRequest():
                yield from seen_rows(stream, self._request_row)
                yield from escalation_rows(stream)
                yield from loan_rows(stream)
                yield from document_use_rows(stream)
            case Document():
                yield document_row(stream)
            case StaffAccount():
                yield staff_row(stream, self.lookup)
            case Subject():
                yield from subject_rows(stream)
            case CalendarCorrections():
                yield CalendarRow(id=stream.id, version=stream.version)
            case Annotation():
                yield annotation_row(stream)
        yield from appearance_rows(stream)

    def _request_row(self, stream: Stream[AssistanceRequest], sight: Sight) -> Row:
        return request_row(stream, self.calendar, sight)
