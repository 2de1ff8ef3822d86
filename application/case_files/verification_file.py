"""A verification as its readers see it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import asdict

from application.case_files.parts import CaseFile, Placed, Proved, common, last, proved
from application.documents import FiledDocument
from application.escalations import Question, questions
from application.letters import IssuedLetter
from application.streams import Stream
from domain.actors import Actor
from domain.organization_verification import OrganizationVerification
from domain.organization_verification.events import (
    CheckRecorded,
    Expired,
    Refused,
    Requested,
    Revoked,
    Verified,
    Withdrawn,
)
from domain.standing import Standing


class LetterOnFile(IssuedLetter, frozen=True, kw_only=True):
    """A letter, and what is known of its issuer at the time the file is read."""

    standing_now: Standing
    issuer_lost_standing: bool


def letter_on_file(letter: IssuedLetter, now: Standing) -> LetterOnFile:
    """Return the letter beside what is known of its issuer now."""
    lost = letter.standing_then.is_verified and not now.is_verified
    return LetterOnFile(**asdict(letter), standing_now=now, issuer_lost_standing=lost)


class VerificationFile(CaseFile, frozen=True, kw_only=True):
    """Why an organization is, or is not, a verified one."""

    organization_id: UUID
    organization_name: str
    instead_of: UUID | None
    reason: str | None
    checks: tuple[Proved[CheckRecorded], ...]
    letters: tuple[LetterOnFile, ...]
    verified: Placed[Verified] | None
    refused: Placed[Refused] | None
    withdrawn: Placed[Withdrawn] | None
    revoked: Placed[Revoked] | None
    expired: Placed[Expired] | None
    valid_until: date | None
    renews: UUID | None
    renewed_by: UUID | None
    escalations: tuple[Question, ...]


def verification_file(
    stream: Stream[OrganizationVerification],
    by: Actor | None,
    letters: tuple[LetterOnFile, ...],
    documents: Mapping[UUID, FiledDocument],
) -> VerificationFile:
    """Return the verification's file as its stream tells it."""
    first = stream.first(Requested)
    return VerificationFile(
        **common(stream, "verifications", by),
        **_of_first(first),
        **_escalations(stream),
        due_on=None,
        is_overdue=False,
        assigned_to=None,
        checks=proved(stream, CheckRecorded, documents),
        letters=letters,
        verified=last(stream, Verified),
        refused=last(stream, Refused),
        withdrawn=last(stream, Withdrawn),
        revoked=last(stream, Revoked),
        expired=last(stream, Expired),
        valid_until=stream.state.valid_until,
        renewed_by=stream.state.renewed_by,
    )


def _of_first(first: Requested) -> dict[str, Any]:
    names = (
        "number",
        "region",
        "district",
        "organization_id",
        "organization_name",
        "instead_of",
        "reason",
        "renews",
    )
    return {name: getattr(first, name) for name in names}


def _escalations(stream: Stream[OrganizationVerification]) -> dict[str, Any]:
    asked = questions(stream)
    return {
        "escalations": asked,
        "open_escalation": next((each for each in asked if each.is_open), None),
    }
