"""Requests decided again: whether the organization would have had to be verified."""

from collections.abc import Iterator

from application.what_if.decisions import Decided, Moment, Reconsidered
from domain.assistance_request import AssistanceRequest
from domain.catalogue.codes import DeclineReason, StandingStatus
from domain.rules.eligibility import (
    STANDARD,
    EligibilityRule,
    OrganizationNotVerified,
    check_eligible,
)
from domain.standing import NOT_VERIFIED, Standing


def reconsidered(moment: Moment, rule: EligibilityRule) -> Iterator[Reconsidered]:
    """Return the decision of this moment under the rule, if it is one about standing.

    Who was declined as not verified could be helped where that would not have been needed.
    """
    request: AssistanceRequest | None = moment.before
    if request is None:
        return
    facts = {"help_type": request.help_type}
    needless = Decided("verification-not-needed", facts)
    match moment.event:
        case AssistanceRequest.Helped() if request.organization_id is not None:
            would_be = Decided("helped" if _may_be_helped(request, rule) else "not-helped")
            why = Decided(OrganizationNotVerified.code, facts)
            yield Reconsidered(Decided("helped"), would_be, why)
        case AssistanceRequest.VerificationWaived():
            is_needless = _is_freed(request, rule)
            would_be = Decided("waiver-needless" if is_needless else "waived")
            yield Reconsidered(Decided("waived"), would_be, needless)
        case AssistanceRequest.Declined(reason_code=DeclineReason.NOT_VERIFIED):
            could = _may_be_helped(request, rule) and not _may_be_helped(request, STANDARD)
            would_be = Decided("could-be-helped" if could else "declined")
            yield Reconsidered(Decided("declined"), would_be, needless)


def _may_be_helped(request: AssistanceRequest, rule: EligibilityRule) -> bool:
    known = Standing(StandingStatus.VERIFIED) if request.verified_by else NOT_VERIFIED
    try:
        check_eligible(request.help_type, known, waived=request.waived, rule=rule)
    except OrganizationNotVerified:
        return False
    return True


def _is_freed(request: AssistanceRequest, rule: EligibilityRule) -> bool:
    """Whether only the standard asks for a verification."""
    required = STANDARD.requires_verification - rule.requires_verification
    return request.help_type in required
