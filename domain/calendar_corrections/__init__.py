"""What the country's calendar of working days says otherwise than the table it began with."""

from domain.calendar_corrections.corrections import CalendarCorrections

__all__ = ["CalendarCorrections"]
