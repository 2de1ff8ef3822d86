"""The calendar of working days is corrected, and the terms in the lists follow."""

from collections.abc import Callable
from datetime import date

from eventsourcing.persistence import IntegrityError

from application.calendar_in_force import Corrections, days_of
from application.case_files.calendar_file import CalendarFile, calendar_file
from application.case_types import REQUEST
from application.persistence.terms import Terms
from application.read_models.projection import Projection
from application.read_models.rows import RequestRow
from application.reference.calendar import load_days
from application.repeating import repeated
from application.streams import StaleCase
from application.use_cases.case_work import CaseWork, not_before
from domain.actors import Occasion
from domain.calendar_corrections import CalendarCorrections
from domain.events import Event


class CalendarUseCases(CaseWork):
    """What the republican office decides about the calendar of the country."""

    def correct_day(self, on: Occasion, *, day: date, is_working: bool, reason: str) -> Corrections:
        """Make a day a working day or a day off."""
        table = self.surroundings.calendar.table
        return self._correct(
            on,
            lambda state, on: state.correct_day(
                on, day=day, is_working=is_working, reason=reason, table=table
            ),
        )

    def withdraw_correction(self, on: Occasion, *, day: date, reason: str) -> Corrections:
        """Take a correction back."""
        return self._correct(
            on, lambda state, on: state.withdraw_correction(on, day=day, reason=reason)
        )

    def calendar_file(self, first: date, last: date) -> CalendarFile:
        """Return the calendar as it is, from one day to another."""
        known = self.surroundings.calendar.known(self.corrections)
        return calendar_file(*known, load_days(), first, last)

    def derive_terms(self) -> None:
        """Derive the terms in the lists anew that corrections can have moved, if any are left.

        It may be broken off at any moment and be done by several at once: whoever has an older
        calendar than another is refused, and begins again with the new one.
        """
        repeated(self._derive_terms, IntegrityError)

    def _derive_terms(self) -> None:
        self.surroundings.calendar.forget()
        corrections, calendar = self.surroundings.calendar.known(self.corrections)
        terms, number = Terms(self.surroundings.pools), calendar.corrections
        days = days_of(corrections)[terms.derived() :]
        if not days:
            return
        made = Projection(calendar, self.vault.lookup)
        for case_id in terms.affected(min(days)):
            rows = made.rows(self.case_anywhere(REQUEST, case_id))
            terms.derive((row for row in rows if isinstance(row, RequestRow)), number)
        terms.done(number)

    def _correct(
        self, on: Occasion, command: Callable[[CalendarCorrections, Occasion], Event]
    ) -> Corrections:
        # Another day may be corrected at the same moment.
        return repeated(lambda: self._corrected(on, command), StaleCase)

    def _corrected(
        self, on: Occasion, command: Callable[[CalendarCorrections, Occasion], Event]
    ) -> Corrections:
        known = self.corrections()
        on = not_before(known, on) if known.version else on
        saved = self.keep(on, known.then(command(known.state, on)))
        self.derive_terms()
        return saved
