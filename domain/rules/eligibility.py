"""``eligibility/2021``: which kinds of help are for verified organizations only.

Where the office vouches for an organization towards others (state bodies, owners of
premises, the media) it has to know that the organization is a volunteer one. Advice,
training and information are open to everybody, also to groups that are not registered.
"""

from domain.catalogue.codes import HelpType
from domain.refusals import Refusal
from domain.rules.versions import RuleVersion, VersionName
from domain.standing import Standing

VERSION = "eligibility/2021"

REQUIRES_VERIFICATION = frozenset(
    {
        HelpType.STATE_BODY_LIAISON,
        HelpType.PREMISES_AND_EQUIPMENT,
        HelpType.MEDIA_COVERAGE,
        HelpType.MEDIA_ATTRACTION,
    }
)


class EligibilityRule(RuleVersion, frozen=True, kw_only=True):
    """Which kinds of help require that the organization is verified."""

    version: VersionName = VERSION
    requires_verification: frozenset[HelpType] = REQUIRES_VERIFICATION


STANDARD = EligibilityRule()


class OrganizationNotVerified(Refusal):
    """The kind of help is for verified organizations, and this one is not verified."""

    code = "organization-not-verified"


def check_eligible(
    help_type: HelpType, standing: Standing, *, waived: bool, rule: EligibilityRule = STANDARD
) -> None:
    """Refuse help of this kind to an organization that is not verified."""
    if help_type in rule.requires_verification and not waived and not standing.is_verified:
        raise OrganizationNotVerified(
            help_type=help_type.value, standing=standing.status.value, rule=rule.version
        )
