"""Verifications decided again: whether the checks would have been enough."""

from collections.abc import Iterator, Sequence

from application.what_if.decisions import Decided, Moment, Reconsidered
from domain.catalogue.codes import RefusalGround, VerificationMethod
from domain.organization_verification import OrganizationVerification
from domain.rules.sufficiency import (
    STANDARD,
    Check,
    EvidenceInsufficient,
    SufficiencyRule,
    confirming,
)


def reconsidered(moment: Moment, rule: SufficiencyRule) -> Iterator[Reconsidered]:
    """Return the decision of this moment under the rule, if it is one about evidence.

    Who was refused for want of evidence could be verified where it would have been enough; that
    somebody would have done so, no history says.
    """
    match moment.event:
        case OrganizationVerification.Verified() as verified:
            was = Decided("verified", {"rests_on": list(verified.rests_on)})
            yield Reconsidered(was, *_decided(moment.before.checks, rule))
        case OrganizationVerification.Refused(ground=RefusalGround.NOT_CONFIRMED):
            was, (would_be, why) = Decided("refused"), _decided(moment.before.checks, rule)
            before, _ = _decided(moment.before.checks, STANDARD)
            is_enough = would_be.code == "verified" != before.code
            could = Decided("could-be-verified", would_be.facts) if is_enough else was
            yield Reconsidered(was, could, why)


def _decided(checks: Sequence[Check], rule: SufficiencyRule) -> tuple[Decided, Decided]:
    needed = {"confirmations": rule.confirmations}
    try:
        rests_on = list(confirming(checks, rule))
    except EvidenceInsufficient as refusal:
        denied = [VerificationMethod(each) for each in refusal.facts["unanswered"]]  # type: ignore[attr-defined]  # A list, as it is raised.
        found = {"confirmed": refusal.facts["confirmed"], "unanswered": denied}
        return Decided("not-verified"), Decided(refusal.code, {**needed, **found})
    facts = {**needed, "confirmed": len(rests_on)}
    return Decided("verified", {"rests_on": rests_on}), Decided("evidence-sufficient", facts)
