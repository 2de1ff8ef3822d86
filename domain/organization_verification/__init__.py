"""Whether an organization really is a volunteer one (handbook, 2.2)."""

from domain.organization_verification.verification import OrganizationVerification

__all__ = ["OrganizationVerification"]
