"""How each fact changes what the next decision about a request reads."""

from domain.assistance_request import events, hand_over
from domain.assistance_request.request import AssistanceRequest
from domain.assistance_request.steps import ItemReturned, Lent, same_thing
from domain.assistance_request.transfer import Offer
from domain.catalogue.codes import RequestStatus
from domain.escalation_evolution import EscalationEvolution
from domain.rules.terms import Clock
from domain.standing import NOT_VERIFIED

evolve: EscalationEvolution[AssistanceRequest] = EscalationEvolution(AssistanceRequest)


@evolve.begin(events.Requested)
def _requested(event: events.Requested) -> AssistanceRequest:
    standing = event.organization.standing if event.organization else NOT_VERIFIED
    return AssistanceRequest(
        office=event.office,
        help_type=event.details.help_type,
        clock=Clock(event.occurred_on),
        organization_id=event.organization.id if event.organization else None,
        verified_by=standing.verification_id if standing.is_verified else None,
        refused_by=standing.verification_id if standing.is_refused else None,
    )


@evolve.when(events.Assigned)
def _assigned(case: AssistanceRequest, event: events.Assigned) -> AssistanceRequest:
    waiting = case.status is RequestStatus.WAITING_FOR_ORGANIZATION
    status = case.status if waiting else RequestStatus.IN_PROGRESS
    return case.but(status=status, assigned_to=event.staff_id)


@evolve.when(events.OrganizationAsked)
def _asked(case: AssistanceRequest, event: events.OrganizationAsked) -> AssistanceRequest:
    clock = case.clock.paused(event.occurred_on)
    return case.but(status=RequestStatus.WAITING_FOR_ORGANIZATION, clock=clock)


@evolve.when(events.AnswerRecorded)
def _answered(case: AssistanceRequest, event: events.AnswerRecorded) -> AssistanceRequest:
    clock = case.clock.resumed(event.occurred_on)
    return case.but(status=RequestStatus.IN_PROGRESS, clock=clock)


@evolve.when(events.StepRecorded)
def _step_recorded(case: AssistanceRequest, event: events.StepRecorded) -> AssistanceRequest:
    started = case.status is RequestStatus.REQUESTED
    status = RequestStatus.IN_PROGRESS if started else case.status
    return case.but(status=status, lent=_lent(case.lent, event.details))


def _lent(items: frozenset[str], step: object) -> frozenset[str]:
    if isinstance(step, Lent):
        return items | {same_thing(step.item)}
    return items - {same_thing(step.item)} if isinstance(step, ItemReturned) else items


@evolve.when(events.TermExtended)
def _term_extended(case: AssistanceRequest, event: events.TermExtended) -> AssistanceRequest:
    return case.but(clock=case.clock.extended(event.occurred_on, event.until))


@evolve.when(events.Helped)
def _helped(case: AssistanceRequest, _: object) -> AssistanceRequest:
    return case.but(status=RequestStatus.HELPED)


@evolve.when(events.Declined)
def _declined(case: AssistanceRequest, _: object) -> AssistanceRequest:
    return case.but(status=RequestStatus.DECLINED)


@evolve.when(events.Withdrawn)
def _withdrawn(case: AssistanceRequest, _: object) -> AssistanceRequest:
    return case.but(status=RequestStatus.WITHDRAWN)


@evolve.when(events.Reopened)
def _reopened(case: AssistanceRequest, event: events.Reopened) -> AssistanceRequest:
    return case.but(status=RequestStatus.IN_PROGRESS, clock=Clock(event.occurred_on))


@evolve.when(events.Verified)
def _verified(case: AssistanceRequest, event: events.Verified) -> AssistanceRequest:
    return case.but(verified_by=event.verification_id, refused_by=None)


@evolve.when(events.VerificationLost)
def _verification_lost(
    case: AssistanceRequest, event: events.VerificationLost
) -> AssistanceRequest:
    return case.but(verified_by=None, refused_by=event.verification_id)


@evolve.when(events.VerificationWaived)
def _verification_waived(case: AssistanceRequest, _: object) -> AssistanceRequest:
    return case.but(waived=True)


@evolve.when(hand_over.TransferOffered)
def _offered(case: AssistanceRequest, event: hand_over.TransferOffered) -> AssistanceRequest:
    return case.but(offer=Offer(event.from_office, event.to_office))


@evolve.when(hand_over.TransferAccepted)
def _accepted(case: AssistanceRequest, event: hand_over.TransferAccepted) -> AssistanceRequest:
    return case.but(office=event.to_office, offer=None, assigned_to=None)


@evolve.when(hand_over.TransferDeclined, hand_over.TransferCancelled)
def _offer_closed(case: AssistanceRequest, _: object) -> AssistanceRequest:
    return case.but(offer=None)
