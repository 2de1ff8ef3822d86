"""Cases as their readers see them, now and as they were."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from application.case_files.annotation_file import annotation_file
from application.case_files.organization_file import organization_file
from application.case_files.request_file import RequestFile, request_file
from application.case_files.staff_file import staff_file
from application.case_files.verification_file import (
    LetterOnFile,
    letter_on_file,
    verification_file,
)
from application.case_types import ORGANIZATION, REQUEST, VERIFICATION
from application.documents import filed_document
from application.letters import issued_letters
from application.read_models.rows import StandingRow
from application.read_models.verification_rows import standing_rows
from application.reference.local_days import day_at
from application.scopes import View
from application.sight import as_seen
from application.streams import Stream
from application.use_cases.case_work import not_before
from application.use_cases.documents import DocumentUseCases
from domain.actors import Actor, Occasion
from domain.annotation import Annotation
from domain.assistance_request import AssistanceRequest
from domain.calendar_corrections import CalendarCorrections
from domain.catalogue.codes import StandingStatus
from domain.document import Document
from domain.events import Event
from domain.organization import Organization
from domain.organization_verification import OrganizationVerification
from domain.places import REPUBLICAN_OFFICE
from domain.staff_account import StaffAccount
from domain.standing import NOT_VERIFIED, Standing
from domain.working_days import WorkingCalendar

_ACCOUNT_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class ReadingUseCases(DocumentUseCases):
    """What readers of cases are shown."""

    def file(
        self,
        stream: Stream[Any],
        today: date,
        moment: datetime | None = None,
        by: Actor | None = None,
    ) -> Struct:
        """Return the file of a case: as it is today, or as it was at a moment.

        With ``by`` it names the commands that are theirs to give now. A past stream is shown as
        it was then, and where the office has no part in the case any more, as when that ended.
        """
        if moment is None and (stream.is_past or self._has_ended_here(stream)):
            moment = stream.changed_at
        today = today if moment is None else self._day_of(stream, moment)
        match stream.state:
            case Organization():
                return organization_file(stream, by, self._known(stream.id, today, moment))
            case AssistanceRequest():
                return self._request_file(stream, by, today, moment)
            case OrganizationVerification():
                letters = self._letters(stream, today, moment)
                return verification_file(stream, by, letters, self.documents_of(stream))
            case _:
                return _lone_file(stream, by)

    def _request_file(
        self,
        stream: Stream[AssistanceRequest],
        by: Actor | None,
        today: date,
        moment: datetime | None,
    ) -> RequestFile:
        known = self._known_for(stream.state.organization_id, today, moment)
        calendar, documents = self._calendar_at(moment), self.documents_of(stream)
        return request_file(stream, by, known, calendar, today, documents)

    def names_of(self, staff_ids: Iterable[str]) -> dict[str, str | None]:
        """Return what people of the staff are called; nothing for one who was erased."""
        ids = [UUID(each) for each in set(staff_ids) if _ACCOUNT_ID.fullmatch(each)]
        if not ids:
            return {}
        created = self._all_events.of_topic(StaffAccount.Created.TOPIC, ids)
        return {str(each.originator_id): _name(each.event) for each in created}

    def standing(self, organization_id: UUID, day: date) -> Standing:
        """Return what is known of the organization on the day, by its own verifications."""
        return self.queries.standing(organization_id).on(day)

    def standing_for(self, organization_id: UUID | None, day: date) -> Standing:
        """Return by what its requests go: what is known of the one whose duplicate it may be."""
        if organization_id is None:
            return NOT_VERIFIED
        return self.queries.standing_for(organization_id).on(day)

    def survivor(self, organization_id: UUID) -> Stream[Organization]:
        """Return the organization, or the one of which it is a duplicate."""
        named = self.case(ORGANIZATION, organization_id)
        survivor = named.state.duplicate_of
        return named if survivor is None else self.case(ORGANIZATION, survivor)

    def told(
        self, on: Occasion, request_ids: Iterable[UUID], standing: Standing
    ) -> list[Stream[Any]]:
        """Return requests that have learned what is known of their organization now."""
        requests = [self.case_anywhere(REQUEST, case_id) for case_id in request_ids]
        return [
            request.then(*request.state.learn_standing(not_before(request, on), standing))
            for request in requests
        ]

    def standing_as_of(self, organization_id: UUID | None, moment: datetime) -> Standing:
        """Return what was known of the organization at a moment, from its verifications."""
        latest = max(
            self._decided(organization_id, moment), key=lambda row: row.decided_at, default=None
        )
        if latest is None:
            return NOT_VERIFIED
        status = StandingStatus(latest.status)
        day = day_at(REPUBLICAN_OFFICE, moment, self.places)
        return Standing(status, latest.verification_id, latest.valid_until).on(day)

    def _has_ended_here(self, stream: Stream[Any]) -> bool:
        """Whether the office of the scope had a part in the case and has none any more."""
        return self.scope.view is View.REGION and self.scope.office not in stream.state.involved

    def _day_of(self, stream: Stream[Any], moment: datetime) -> date:
        """Return what day it was at the office of the case."""
        return day_at(stream.state.office, moment, self.places)

    def _calendar_at(self, moment: datetime | None) -> WorkingCalendar:
        """Return the calendar in force: today's, or as it had been corrected at a moment."""
        if moment is None:
            return self.calendar
        return self.surroundings.calendar.at(moment, self.corrections)

    def _known(self, organization_id: UUID, today: date, moment: datetime | None) -> Standing:
        if moment is None:
            return self.standing(organization_id, today)
        return self.standing_as_of(organization_id, moment)

    def _known_for(
        self, organization_id: UUID | None, today: date, moment: datetime | None
    ) -> Standing:
        if moment is None or organization_id is None:
            return self.standing_for(organization_id, today)
        organization = self.case_anywhere(ORGANIZATION, organization_id)
        until = sum(event.recorded_at <= moment for event in organization.events)
        survivor = as_seen(organization, until).state.duplicate_of if until else None
        return self.standing_as_of(survivor or organization_id, moment)

    def _letters(
        self, stream: Stream[Any], today: date, moment: datetime | None
    ) -> tuple[LetterOnFile, ...]:
        return tuple(
            letter_on_file(each, self._known_for(each.issuer_id, today, moment))
            for each in issued_letters(stream)
        )

    def _decided(self, organization_id: UUID | None, moment: datetime) -> Iterator[StandingRow]:
        ids = self.everywhere.verifications_of(organization_id) if organization_id else []
        for case_id in ids:
            stream = self.case_anywhere(VERIFICATION, case_id)
            until = sum(event.recorded_at <= moment for event in stream.events)
            yield from standing_rows(as_seen(stream, until)) if until else ()


def _lone_file(stream: Stream[Any], by: Actor | None) -> Struct:
    """Return the file of what is told by its own stream alone."""
    match stream.state:
        case Document():
            return filed_document(stream.id, stream.first(Document.Uploaded))
        case StaffAccount():
            return staff_file(stream, by)
        case Annotation():
            return annotation_file(stream)
        case state:
            assert isinstance(state, CalendarCorrections)  # noqa: S101  There is no other kind.
            return state


def _name(created: Event) -> str | None:
    return created.person.name.value if isinstance(created, StaffAccount.Created) else None
