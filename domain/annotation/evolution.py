"""What the next decision about an annotation reads."""

from domain.annotation import events
from domain.annotation.annotation import Annotation, AnnotationStatus
from domain.events import Evolution

evolve: Evolution[Annotation] = Evolution()


@evolve.begin(events.Added)
def _added(event: events.Added) -> Annotation:
    return Annotation(office=event.by.office, author=event.by.staff_id)


@evolve.when(events.Withdrawn)
def _withdrawn(annotation: Annotation, _: events.Withdrawn) -> Annotation:
    return annotation.but(status=AnnotationStatus.WITHDRAWN)
