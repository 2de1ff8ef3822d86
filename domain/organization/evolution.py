"""How each fact changes what the next decision about an organization reads."""

from uuid import UUID

from domain.catalogue.codes import OrganizationStatus
from domain.events import Evolution
from domain.organization import events
from domain.organization.organization import Organization

evolve: Evolution[Organization] = Evolution()


@evolve.begin(events.Registered)
def _registered(event: events.Registered) -> Organization:
    apart = _ids(event)
    return Organization(office=event.office, details=event.details, not_duplicate_of=apart)


def _ids(event: events.Registered | events.DetailsChanged) -> frozenset[UUID]:
    return frozenset(event.not_duplicate.ids if event.not_duplicate else ())


@evolve.when(events.DetailsChanged)
def _details_changed(case: Organization, event: events.DetailsChanged) -> Organization:
    details = event.changes.applied_to(case.details)
    apart = case.not_duplicate_of | _ids(event)
    return case.but(details=details, office=details.region, not_duplicate_of=apart)


@evolve.when(events.MarkedDuplicate)
def _marked_duplicate(case: Organization, event: events.MarkedDuplicate) -> Organization:
    return case.but(status=OrganizationStatus.DUPLICATE, duplicate_of=event.duplicate_of)


@evolve.when(events.UnmarkedDuplicate)
def _unmarked_duplicate(case: Organization, _: object) -> Organization:
    apart = case.not_duplicate_of | ({case.duplicate_of} - {None})
    return case.but(status=OrganizationStatus.ACTIVE, duplicate_of=None, not_duplicate_of=apart)


@evolve.when(events.DuplicateAdded)
def _duplicate_added(case: Organization, event: events.DuplicateAdded) -> Organization:
    return case.but(duplicates=case.duplicates | {event.duplicate})


@evolve.when(events.DuplicateRemoved)
def _duplicate_removed(case: Organization, event: events.DuplicateRemoved) -> Organization:
    return case.but(duplicates=case.duplicates - {event.duplicate})


@evolve.when(events.Reopened)
def _reopened(case: Organization, _: object) -> Organization:
    return case.but(status=OrganizationStatus.ACTIVE)


@evolve.when(events.Closed)
def _closed(case: Organization, _: events.Closed) -> Organization:
    return case.but(status=OrganizationStatus.CLOSED)
