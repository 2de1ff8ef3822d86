"""How each fact changes what the next decision about a verification reads."""

from domain.catalogue.codes import VerificationStatus
from domain.escalation_evolution import EscalationEvolution
from domain.organization_verification import events
from domain.organization_verification.verification import OrganizationVerification
from domain.rules import sufficiency

evolve: EscalationEvolution[OrganizationVerification] = EscalationEvolution(
    OrganizationVerification
)


@evolve.begin(events.Requested)
def _requested(event: events.Requested) -> OrganizationVerification:
    return OrganizationVerification(office=event.office, organization_id=event.organization_id)


@evolve.when(events.CheckRecorded)
def _check_recorded(
    case: OrganizationVerification, event: events.CheckRecorded
) -> OrganizationVerification:
    number = len(case.checks) + 1
    check = sufficiency.Check(number, event.details.method, event.outcome)
    return case.but(checks=(*case.checks, check))


@evolve.when(events.Verified)
def _verified(case: OrganizationVerification, event: events.Verified) -> OrganizationVerification:
    return case.but(status=VerificationStatus.VERIFIED, valid_until=event.valid_until)


@evolve.when(events.Refused)
def _refused(case: OrganizationVerification, _: object) -> OrganizationVerification:
    return case.but(status=VerificationStatus.REFUSED)


@evolve.when(events.Withdrawn)
def _withdrawn(case: OrganizationVerification, _: object) -> OrganizationVerification:
    return case.but(status=VerificationStatus.WITHDRAWN)


@evolve.when(events.Revoked)
def _revoked(case: OrganizationVerification, _: object) -> OrganizationVerification:
    return case.but(status=VerificationStatus.REVOKED)


@evolve.when(events.Expired)
def _expired(case: OrganizationVerification, _: object) -> OrganizationVerification:
    return case.but(status=VerificationStatus.EXPIRED)


@evolve.when(events.Renewed)
def _renewed(case: OrganizationVerification, event: events.Renewed) -> OrganizationVerification:
    return case.but(renewed_by=event.renewed_by)
