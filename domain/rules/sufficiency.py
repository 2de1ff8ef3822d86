"""``sufficiency/2021``: how many checks make a verified organization.

The handbook (2.2) offers five ways of checking and gives no threshold. The rule: one
confirmed check, and no denial left unanswered. A denial is answered by a later
confirmed check in the same way.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated

from msgspec import Meta, Struct

from domain.catalogue.codes import CheckOutcome, Finding, VerificationMethod
from domain.refusals import Refusal
from domain.rules.versions import RuleVersion, VersionName

VERSION = "sufficiency/2021"


class SufficiencyRule(RuleVersion, frozen=True, kw_only=True):
    """How many confirmed checks are needed, and whether a denial left unanswered blocks."""

    version: VersionName = VERSION
    confirmations: Annotated[int, Meta(ge=1, le=20)] = 1
    denial_blocks: bool = True


STANDARD = SufficiencyRule()


class EvidenceInsufficient(Refusal):
    """Too few checks have confirmed the organization, or one has denied it unanswered."""

    code = "evidence-insufficient"


class FindingsAgainst(Refusal):
    """The activity does not meet a principle of volunteering: refuse, do not verify."""

    code = "findings-against"


class Check(Struct, frozen=True):
    """What a check came to, as the rule reads it; ``number`` counts a case's checks from 1."""

    number: int
    method: VerificationMethod
    outcome: CheckOutcome


def confirming(checks: Iterable[Check], rule: SufficiencyRule = STANDARD) -> tuple[int, ...]:
    """Return the numbers of the confirmed checks a decision rests on, or refuse it."""
    confirmed: list[int] = []
    denied: set[VerificationMethod] = set()
    for check in checks:
        if check.outcome is CheckOutcome.CONFIRMED:
            confirmed.append(check.number)
            denied.discard(check.method)
        elif check.outcome is CheckOutcome.DENIED:
            denied.add(check.method)
    if (denied and rule.denial_blocks) or len(confirmed) < rule.confirmations:
        unanswered = sorted(method.value for method in denied)
        raise EvidenceInsufficient(
            confirmed=len(confirmed), unanswered=unanswered, rule=rule.version
        )
    return tuple(confirmed)


def check_findings(findings: Mapping[Finding, bool]) -> None:
    """Refuse to verify against the handbook's principles (1.2, 1.3)."""
    against = [finding.value for finding in Finding if not findings.get(finding, False)]
    if against:
        raise FindingsAgainst(findings=against)
