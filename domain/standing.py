"""What is known of an organization: whether it has been verified, and until when."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from domain.catalogue.codes import StandingStatus


class Standing(Struct, frozen=True, omit_defaults=True):
    """The outcome of an organization's latest decided verification, on a given day."""

    status: StandingStatus = StandingStatus.NONE
    verification_id: UUID | None = None
    valid_until: date | None = None

    @property
    def is_verified(self) -> bool:
        """Whether the organization counts as verified."""
        return self.status is StandingStatus.VERIFIED

    @property
    def is_refused(self) -> bool:
        """Whether it was decided that the organization is no volunteer one."""
        return self.status is StandingStatus.REFUSED

    def on(self, day: date) -> "Standing":
        """Return the standing as it is on the day: a verification ends by itself."""
        if self.is_verified and self.valid_until is not None and self.valid_until < day:
            return Standing(StandingStatus.EXPIRED, self.verification_id, self.valid_until)
        return self


NOT_VERIFIED = Standing()
