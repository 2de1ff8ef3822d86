"""Verifications given again: until when they would hold."""

from collections.abc import Iterator

from application.what_if.decisions import Decided, Moment, Reconsidered
from domain.organization_verification import OrganizationVerification
from domain.rules.validity import ValidityOutOfRange, ValidityRule, latest, valid_until


def reconsidered(moment: Moment, rule: ValidityRule) -> Iterator[Reconsidered]:
    """Return until when the verification of this moment would hold under the rule.

    An office that set the last day itself would set it again. One that took the longest there
    was, by name or without, would take the longest there is.
    """
    if not isinstance(moment.event, OrganizationVerification.Verified):
        return
    day, until = moment.event.occurred_on, moment.event.valid_until
    asked_for = None if until == latest(day) else until
    facts = {"months": rule.months, "latest": latest(day, rule)}
    was = Decided("verified-until", {"until": until})
    try:
        would_be = Decided("verified-until", {"until": valid_until(day, asked_for, rule)})
        yield Reconsidered(was, would_be, Decided("validity", facts))
    except ValidityOutOfRange as refusal:
        yield Reconsidered(
            was, Decided("not-until", {"until": until}), Decided(refusal.code, facts)
        )
