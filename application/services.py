"""What the ways in work with: the front office, the clock, and the occasion of a command."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from msgspec import Struct

from application.attempts import Attempt, AttemptedOccasion
from application.audit.cosigning import Cosigning
from application.audit.log_proofs import LogProofs
from application.front_office import FrontOffice, FrontOffices
from application.persistence.log_states import LogStates
from application.persistence.log_view import StoredLogs
from application.reading_log import ReadingLog
from application.reference.local_days import day_at
from application.scopes import WHOLE, scope_of, scope_of_notes
from application.sign_in.desk import SignInDesk
from domain.actors import Actor, Occasion, Role, StaffId
from domain.places import REPUBLICAN_OFFICE, Places

THE_SERVICE = Actor(StaffId("frontoffice"), Role.SERVICE, REPUBLICAN_OFFICE)


class Services(Struct, frozen=True, kw_only=True):
    """What the ways in work with."""

    front_offices: FrontOffices
    reading_log: ReadingLog
    cosigning: Cosigning
    logs: StoredLogs
    desk: SignInDesk
    clock: Callable[[], datetime]
    new_id: Callable[[], UUID]

    @property
    def front_office(self) -> FrontOffice:
        """The whole case file: for upkeep and for whoever looks after the machine."""
        return self.front_offices.of(WHOLE)

    def front_office_of(self, by: Actor) -> FrontOffice:
        """Return the case file as the caller sees it."""
        return self.front_offices.of(scope_of(by))

    def notes_for(self, by: Actor) -> FrontOffice:
        """Return the case file with what auditors note, for those few who read that."""
        return self.front_offices.of(scope_of_notes(by))

    def proofs_of(self, by: Actor) -> LogProofs:
        """Return what proves by the log, with the rights of the caller."""
        return LogProofs(partial(self.logs.opened, scope_of(by).view))

    @property
    def places(self) -> Places:
        """The regions, districts and offices."""
        return self.front_office.places

    @property
    def log_states(self) -> LogStates:
        """How the log of everything stands."""
        return LogStates(self.front_offices.surroundings.pools.reader(WHOLE))

    def today(self, office: str) -> date:
        """Return the date where the office is."""
        return day_at(self.places.check_office(office), self.clock(), self.places)

    def occasion(
        self,
        by: Actor,
        *,
        cause: str,
        occurred_on: date | None = None,
        comment: str | None = None,
        attempt: Attempt | None = None,
    ) -> Occasion:
        """Return the circumstances of a command that is given now."""
        kind: dict[str, Any] = {} if attempt is None else {"attempt": attempt}
        return (AttemptedOccasion if kind else Occasion)(
            by=by,
            recorded_at=self.clock(),
            today=self.today(by.office),
            cause=cause,
            occurred_on=occurred_on,
            comment=comment,
            **kind,
        )

    def tidy_up(self) -> None:
        """Do what time has made due, in the service's own name.

        Verifications whose last day has passed are recorded as expired; terms that somebody was
        stopped from deriving anew are derived; the erased are listed outside; idempotency keys
        of over a week ago and sessions that have ended are forgotten.
        """
        on = self.occasion(THE_SERVICE, cause="expiry")
        self.front_office.expire_verifications(on)
        self.front_office.list_erased()
        self.front_office.derive_terms()
        self.front_office.forget_old_keys(self.clock())
        self.front_office.registry.forget_old(self.clock())
