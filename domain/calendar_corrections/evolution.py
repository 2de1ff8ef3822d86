"""How each fact changes what the next correction reads. The first one has nothing before it."""

from domain.calendar_corrections import events
from domain.calendar_corrections.corrections import CalendarCorrections
from domain.events import Evolution

evolve: Evolution[CalendarCorrections] = Evolution()


@evolve.when(events.DayCorrected)
def _corrected(
    before: CalendarCorrections | None, event: events.DayCorrected
) -> CalendarCorrections:
    known = before or CalendarCorrections()
    return known.but(days={**known.days, event.day: event.is_working})


@evolve.when(events.CorrectionWithdrawn)
def _withdrawn(
    known: CalendarCorrections, event: events.CorrectionWithdrawn
) -> CalendarCorrections:
    return known.but(days={day: told for day, told in known.days.items() if day != event.day})
