"""What the rows of requests and of verifications have in common."""

from typing import Any

from application.sight import Sight
from application.streams import Stream
from domain.assistance_request.events import Requested as HelpRequested
from domain.organization_verification.events import Requested as VerificationRequested


def case_columns(
    stream: Stream[Any], first: HelpRequested | VerificationRequested, sight: Sight
) -> dict[str, Any]:
    """Return the columns of a case in the lists of an office that sees it."""
    return {
        "id": stream.id,
        "seen_by": sight.office,
        "seen_until": sight.until,
        "version": stream.version,
        "number": first.number,
        "office": stream.state.office,
        "region": first.region,
        "district": first.district,
        "status": stream.state.status,
        "escalated": stream.state.escalation is not None,
        "created_at": first.recorded_at,
        "updated_at": stream.changed_at,
    }
