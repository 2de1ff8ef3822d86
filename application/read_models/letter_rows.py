"""The letters on which a verification rests, by their issuers."""

from collections.abc import Iterator

from application.letters import issued_letters
from application.read_models.rows import LetterRow
from application.streams import Stream
from domain.organization_verification import OrganizationVerification


def letter_rows(stream: Stream[OrganizationVerification]) -> Iterator[LetterRow]:
    """Return each letter of an organization registered here, once a decision rests on it."""
    if not stream.tells(OrganizationVerification.Verified):
        return
    for letter in issued_letters(stream):
        if letter.is_ground:
            yield LetterRow(
                verification_id=stream.id,
                number=letter.number,
                office=stream.state.office,
                issuer_id=letter.issuer_id,
                issuer_was_verified=letter.standing_then.is_verified,
            )
