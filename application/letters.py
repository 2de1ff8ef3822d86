"""The letters in a verification whose issuers are registered here themselves."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from msgspec import Struct

from application.streams import Stream
from domain.organization_verification import OrganizationVerification
from domain.organization_verification.checks import Letter
from domain.standing import NOT_VERIFIED, Standing


class IssuedLetter(Struct, frozen=True, kw_only=True):
    """A letter, by the number of its check: what was known of its issuer when it was recorded.

    ``is_ground`` says that the decision to verify rests on it.
    """

    number: int
    issuer_id: UUID
    issuer_name: str
    standing_then: Standing
    is_ground: bool


def issued_letters(stream: Stream[Any]) -> Iterator[IssuedLetter]:
    """Return the letters of the verification, in the order they were recorded."""
    decided = (e for e in stream.events if isinstance(e, OrganizationVerification.Verified))
    grounds = {number for event in decided for number in event.rests_on}
    checks = (e for e in stream.events if isinstance(e, OrganizationVerification.CheckRecorded))
    for number, check in enumerate(checks, start=1):
        letter = check.details
        if isinstance(letter, Letter) and letter.issuer_id is not None:
            yield IssuedLetter(
                number=number,
                issuer_id=letter.issuer_id,
                issuer_name=letter.issuer_name,
                standing_then=check.issuer_standing or NOT_VERIFIED,
                is_ground=number in grounds,
            )
