"""Cases as their readers see them, now and as they were."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from application.case_files.organization_file import organization_file
from application.case_files.parts import CaseFile
from application.case_files.request_file import request_file
from application.case_files.verification_file import verification_file
from application.case_types import VERIFICATION
from application.read_models.rows import StandingRow
from application.read_models.verification_rows import standing_rows
from application.streams import CaseNotFound, Stream
from application.use_cases.case_work import CaseWork
from domain.assistance_request import AssistanceRequest
from domain.catalogue.codes import StandingStatus
from domain.organization import Organization
from domain.places import REPUBLICAN_OFFICE
from domain.standing import NOT_VERIFIED, Standing


class ReadingUseCases(CaseWork):
    """What readers of cases are shown."""

    def file(self, stream: Stream[Any], today: date, moment: datetime | None = None) -> CaseFile:
        """Return the file of a case: as it is today, or as it was at a moment."""
        today = today if moment is None else self._day_of(stream, moment)
        match stream.state:
            case Organization():
                return organization_file(stream, self._known(stream.id, today, moment))
            case AssistanceRequest(organization_id=organization_id):
                known = self._known(organization_id, today, moment)
                return request_file(stream, known, self.calendar, today)
            case _:
                return verification_file(stream)

    def standing(self, organization_id: UUID | None, day: date) -> Standing:
        """Return what is known of the organization on the day."""
        if organization_id is None:
            return NOT_VERIFIED
        return self.queries.standing(organization_id).on(day)

    def standing_as_of(self, organization_id: UUID | None, moment: datetime) -> Standing:
        """Return what was known of the organization at a moment, from its verifications."""
        latest = max(
            self._decided(organization_id, moment), key=lambda row: row.decided_at, default=None
        )
        if latest is None:
            return NOT_VERIFIED
        status = StandingStatus(latest.status)
        day = moment.astimezone(ZoneInfo(self.places.zone(REPUBLICAN_OFFICE))).date()
        return Standing(status, latest.verification_id, latest.valid_until).on(day)

    def _day_of(self, stream: Stream[Any], moment: datetime) -> date:
        """Return what day it was at the office of the case."""
        zone = ZoneInfo(self.places.zone(stream.state.office))
        return moment.astimezone(zone).date()

    def _known(
        self, organization_id: UUID | None, today: date, moment: datetime | None
    ) -> Standing:
        if moment is None:
            return self.standing(organization_id, today)
        return self.standing_as_of(organization_id, moment)

    def _decided(self, organization_id: UUID | None, moment: datetime) -> Iterator[StandingRow]:
        ids = self.queries.verifications_of(organization_id) if organization_id else []
        for case_id in ids:
            try:
                stream = self.case(VERIFICATION, case_id, as_of=moment)
            except CaseNotFound:
                continue
            yield from standing_rows(stream)
