"""Requests for help, steps and outcomes, as they come in."""

from typing import Any, cast, get_args

from marshmallow import ValidationError, fields

from domain.assistance_request.details import AnyRequestDetails
from domain.assistance_request.outcomes import AnyOutcome, OutcomeOfAnotherHelpType
from domain.assistance_request.steps import AnyStep
from domain.catalogue.codes import Channel, Direction, HelpType, StepKind, VolunteerGroup
from web.commands import circumstances
from web.schemas.documents import attached
from web.schemas.fields import Text, TupleOf, code
from web.schemas.from_struct import StrictSchema, by_tag, one_of, schema_of
from web.schemas.people import PersonInputSchema
from web.schemas.variants import fits, variants

REQUEST_BODY = variants(
    "RequestHelp",
    ("help_type", HelpType),
    get_args(AnyRequestDetails),
    {
        "organization_id": fields.UUID(),
        "volunteer": fields.Nested(PersonInputSchema),
        "subject": Text(required=True, max_length=300),
        "description": Text(required=True),
        "region": Text(max_length=10, form="region"),
        "district": Text(max_length=9, form="district"),
        "channel": code(Channel, required=True),
        "direction": code(Direction),
        "participants": TupleOf(code(VolunteerGroup), load_default=()),
        **circumstances(),
    },
)
STEP_BODY = variants(
    "RecordStep",
    ("kind", StepKind),
    get_args(AnyStep),
    {"summary": Text(required=True), **attached(), **circumstances()},
)
OUTCOMES = {tag: schema_of(struct) for tag, struct in by_tag(get_args(AnyOutcome)).items()}


class OutcomeDetails(fields.Nested):
    """The details of an outcome: described as one of nine, read once the case is known."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ValidationError("Not a valid mapping type.")
        return value


class HelpBody(StrictSchema):
    """What came of a request; the details are those of its kind of help."""

    outcome = Text(required=True)
    details = OutcomeDetails(one_of("help_type", OUTCOMES, "OutcomeOfHelpType"), required=True)
    occurred_on, comment = circumstances().values()


def outcome_of(help_type: HelpType, given: dict[str, Any]) -> AnyOutcome:
    """Return the outcome of the kind of help, or say whose details these are."""
    try:
        return cast("AnyOutcome", OUTCOMES[help_type]().load(given))
    except ValidationError as error:
        other = next((tag for tag, schema in OUTCOMES.items() if fits(schema, given)), None)
        if other is not None:
            raise OutcomeOfAnotherHelpType(help_type=help_type, details_of=other) from error
        raise ValidationError({"details": error.messages}) from error
