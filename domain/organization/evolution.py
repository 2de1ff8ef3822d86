"""How each fact changes what the next decision about an organization reads."""

from domain.catalogue.codes import OrganizationStatus
from domain.events import Evolution
from domain.organization import events
from domain.organization.organization import Organization

evolve: Evolution[Organization] = Evolution()


@evolve.begin(events.Registered)
def _registered(event: events.Registered) -> Organization:
    return Organization(office=event.office, details=event.details)


@evolve.when(events.DetailsChanged)
def _details_changed(case: Organization, event: events.DetailsChanged) -> Organization:
    details = event.changes.applied_to(case.details)
    return case.but(details=details, office=details.region)


@evolve.when(events.MarkedDuplicate)
def _marked_duplicate(case: Organization, event: events.MarkedDuplicate) -> Organization:
    return case.but(status=OrganizationStatus.DUPLICATE, duplicate_of=event.duplicate_of)


@evolve.when(events.UnmarkedDuplicate, events.Reopened)
def _active_again(case: Organization, _: object) -> Organization:
    return case.but(status=OrganizationStatus.ACTIVE, duplicate_of=None)


@evolve.when(events.Closed)
def _closed(case: Organization, _: events.Closed) -> Organization:
    return case.but(status=OrganizationStatus.CLOSED)
