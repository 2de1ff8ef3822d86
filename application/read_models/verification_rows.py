"""The rows of a verification: its own, and what it says of the organization's standing."""

from collections.abc import Iterator

from application.read_models.case_columns import case_columns
from application.read_models.rows import StandingRow, VerificationRow
from application.read_models.search_words import search_words
from application.read_models.sort_keys import sort_key
from application.sight import Sight
from application.streams import Stream
from domain.catalogue.codes import StandingStatus
from domain.organization_verification import OrganizationVerification


def verification_row(stream: Stream[OrganizationVerification], sight: Sight) -> VerificationRow:
    """Return the verification's row in the lists of an office."""
    first = stream.first(OrganizationVerification.Requested)
    return VerificationRow(
        **case_columns(stream, first, sight),
        organization_id=first.organization_id,
        organization_name=first.organization_name,
        organization_order=sort_key(first.organization_name),
        valid_until=stream.state.valid_until,
        renewed_by=stream.state.renewed_by,
        due_on=None,
        search_text=search_words(first.number, first.organization_name),
    )


_STANDINGS = {
    OrganizationVerification.Verified: StandingStatus.VERIFIED,
    OrganizationVerification.Refused: StandingStatus.REFUSED,
    OrganizationVerification.Revoked: StandingStatus.REVOKED,
    OrganizationVerification.Expired: StandingStatus.EXPIRED,
}
_DECISIONS = (OrganizationVerification.Verified, OrganizationVerification.Refused)


def standing_rows(stream: Stream[OrganizationVerification]) -> Iterator[StandingRow]:
    """Return the organization's standing once the verification has been decided."""
    decided = [event for event in stream.events if isinstance(event, _DECISIONS)]
    if decided:
        statuses = (_STANDINGS.get(type(event)) for event in reversed(stream.events))
        yield StandingRow(
            organization_id=stream.state.organization_id,
            verification_id=stream.id,
            status=next(status for status in statuses if status),
            valid_until=stream.state.valid_until,
            decided_at=decided[-1].recorded_at,
        )
