"""The statuses of cases, and of what hangs on them.

A code that has been published is never removed: later catalogues add to it.
"""

from enum import StrEnum


class OrganizationStatus(StrEnum):
    """Whether an office works with the organization."""

    ACTIVE = "active"
    CLOSED = "closed"
    DUPLICATE = "duplicate"


class VerificationStatus(StrEnum):
    """Where a verification stands."""

    REQUESTED = "requested"
    VERIFIED = "verified"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    EXPIRED = "expired"


class RequestStatus(StrEnum):
    """Where a request stands."""

    REQUESTED = "requested"
    IN_PROGRESS = "in_progress"
    WAITING_FOR_ORGANIZATION = "waiting_for_organization"
    HELPED = "helped"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class EscalationStatus(StrEnum):
    """Where a question between offices stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    RETURNED = "returned"
    RECALLED = "recalled"


class StandingStatus(StrEnum):
    """What is known of an organization."""

    NONE = "none"
    VERIFIED = "verified"
    REFUSED = "refused"
    EXPIRED = "expired"
    REVOKED = "revoked"
