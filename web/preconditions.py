"""The version of a case as its ETag, and as the condition of every change."""

import re
from uuid import UUID

from flask import Response, request

from application.streams import CaseRef
from domain.refusals import Refusal

CASE_HEADER = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": 'Версия дела, которую вы прочитали, в кавычках: "3".',
    "schema": {"type": "string", "pattern": '^("[0-9]{1,9}"|[*])$'},
    "example": '"1"',
}

# No case has a thousand million events.
_TAG = re.compile(r'"([0-9]{1,9})"|\*')


class PreconditionRequired(Refusal):
    """A change of an existing case names the version it is based on."""

    code = "precondition-required"


class PreconditionMalformed(Refusal):
    """If-Match is not the ETag of a case."""

    code = "precondition-malformed"


def case_ref(case_id: UUID) -> CaseRef:
    """Return the case with the version that the caller has read, from ``If-Match``."""
    if "If-Match" not in request.headers:
        raise PreconditionRequired
    return CaseRef(case_id, _version())


def with_etag(response: Response, version: int) -> Response:
    """Return the response with the version of the case as its ETag."""
    response.set_etag(str(version))
    return response


def _version() -> int | None:
    given = request.headers["If-Match"].strip()
    match = _TAG.fullmatch(given)
    if match is None:
        raise PreconditionMalformed(given=given)
    return int(match[1]) if match[1] else None
