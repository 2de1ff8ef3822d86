"""Checks and decisions of a verification, as they come in."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema

from application.use_cases.decisions import CheckInput, Decision
from domain.catalogue.codes import CheckOutcome, Finding, RefusalGround, VerificationMethod
from domain.organization_verification.checks import (
    NetworkRecommendation,
    PartnerRecommendation,
    PastExperience,
    PlatformRegistration,
    SiteVisit,
)
from web.commands import circumstances
from web.schemas.documents import attached
from web.schemas.fields import Text, TupleOf, code, message_key
from web.schemas.from_struct import StrictSchema, schema_of
from web.schemas.people import BeneficiaryInputSchema
from web.schemas.variants import variants

CHECKS = (
    PlatformRegistration,
    PastExperience,
    PartnerRecommendation,
    NetworkRecommendation,
    SiteVisit,
)
METHOD = ("method", VerificationMethod)
PAST_EXPERIENCE = schema_of(
    PastExperience, beneficiaries=TupleOf(fields.Nested(BeneficiaryInputSchema), load_default=())
)
CHECK_BODY = variants(
    "RecordCheck",
    METHOD,
    CHECKS,
    {"outcome": code(CheckOutcome, required=True), **attached(), **circumstances()},
    past_experience=PAST_EXPERIENCE,
)
CHECK_INPUT = variants(
    "Check",
    METHOD,
    CHECKS,
    {"outcome": code(CheckOutcome, required=True), "comment": Text(), **attached()},
    past_experience=PAST_EXPERIENCE,
)


class FindingsSchema(
    StrictSchema.from_dict(  # type: ignore[misc]  # Made at run time.
        {
            finding.value: fields.Boolean(required=True, truthy={True}, falsy={False})
            for finding in Finding
        },
        name="Findings",
    )
):
    """What was found against each principle of volunteering."""

    @post_load
    def build(self, data: dict[str, bool], **_: Any) -> dict[Finding, bool]:
        """Return the findings by their codes."""
        return {Finding(name): found for name, found in data.items()}


class DecisionSchema(StrictSchema):
    """A decision at once: verified, with the findings, or refused, on a ground."""

    findings = fields.Nested(FindingsSchema)
    valid_until = fields.Date()
    ground = code(RefusalGround)
    comment = Text()

    @validates_schema
    def one_of_two(self, data: Mapping[str, Any], **_: Any) -> None:
        """Refuse a decision that is none, or both."""
        if ("findings" in data) == ("ground" in data):
            raise ValidationError(message_key("one-decision"))
        if "ground" in data and "comment" not in data:
            raise ValidationError({"comment": [message_key("text-missing")]})

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Decision:
        """Return the decision."""
        reason = data.pop("comment", "")
        return Decision(**data, reason=reason)


class VerificationRequestSchema(StrictSchema):
    """A verification to begin; with checks and a decision, one to end at once."""

    organization_id = fields.UUID(required=True)
    reason = Text()
    checks = TupleOf(fields.Nested(CHECK_INPUT), load_default=())
    decision = fields.Nested(DecisionSchema)
    occurred_on, comment = circumstances().values()

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Return what the use case takes."""
        checks = (
            CheckInput(
                outcome=check["outcome"],
                details=check["details"],
                comment=check.get("comment"),
                documents=check["documents"],
            )
            for check in data["checks"]
        )
        return {**data, "checks": tuple(checks)}
