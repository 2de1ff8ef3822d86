"""How each fact changes what the next decision about a person's data reads."""

from domain.events import Evolution
from domain.subject import events
from domain.subject.holds import Hold, SubjectStatus
from domain.subject.subject import Subject

evolve: Evolution[Subject] = Evolution()


@evolve.begin(events.Opened)
def _opened(event: events.Opened) -> Subject:
    return Subject(office=event.by.office, subject_id=event.subject_id)


@evolve.when(events.Held)
def _held(subject: Subject, event: events.Held) -> Subject:
    hold = Hold(event.by.office, event.reason, event.occurred_on, event.until)
    return _with(subject, (*_but(subject, hold.office), hold))


@evolve.when(events.Released)
def _released(subject: Subject, event: events.Released) -> Subject:
    return _with(subject, _but(subject, event.held_by))


@evolve.when(events.Erased)
def _erased(subject: Subject, _: events.Erased) -> Subject:
    return subject.but(status=SubjectStatus.ERASED, holds=())


def _but(subject: Subject, office: str) -> tuple[Hold, ...]:
    return tuple(each for each in subject.holds if each.office != office)


def _with(subject: Subject, holds: tuple[Hold, ...]) -> Subject:
    status = SubjectStatus.HELD if holds else SubjectStatus.KNOWN
    return subject.but(status=status, holds=holds)
