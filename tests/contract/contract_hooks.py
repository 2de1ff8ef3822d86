"""What Schemathesis is told of the service: who calls, what values mean, where cases are.

A description says what a value looks like and not which organizations there are. Without this a
run would try nearly everything on cases that are not there.
"""

import json
import os
import re
from collections.abc import Mapping
from itertools import count
from typing import Any
from uuid import uuid4

import schemathesis
from hypothesis import strategies as st
from matrix import TABLE, Kind
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.modes import GenerationMode

from web.openapi.document import examples
from web.schemas.fields import WORDS

KNOWN: Mapping[str, Any] = json.loads(os.environ["CONTRACT_KNOWN"])
KEY = re.compile(r"[!#-\[\]-~]{1,100}")
VERSION = re.compile(r'"[0-9]{1,9}"|\*')
CALLERS = {
    Kind.ADDRESSED: "republican_head@KZ",
    Kind.ACCOUNT: "administrator@KZ",
    Kind.ACCOUNT_READING: "administrator@KZ",
}
# Values that are as described and contradict each other, or the facts.
MEANING = {"one-moment", "one-decision", "unknown-region", "unknown-district", "unknown-office"}
MEANING |= {"invalid-bin", "invalid-phone", "text-missing", "span-reversed", "no-words"}
MEANING |= {"export-is-whole", "one-bundle", "period-empty", "unknown-event-type"}
NEW = {"name", "login", "subject"}
turn = count()


def caller(operation_id: str) -> str:
    """Return who sends an operation: somebody whose role may."""
    row = TABLE.get(operation_id)
    if operation_id == "signOut":
        return "specialist@KZ-19"  # It ends their session: nobody else's.
    if row is None or ("head" in row.roles and row.kind not in CALLERS):
        return "head@KZ-75"
    return CALLERS.get(row.kind) or f"{min(row.roles)}@KZ"


@schemathesis.auth(refresh_interval=None)
class Staff:
    """Signs every request as somebody who may send it."""

    def get(self, case: Any, _context: Any) -> str:
        """Return the token of the caller."""
        return str(KNOWN["tokens"][caller(_id(case))])

    def set(self, case: Any, data: str, _context: Any) -> None:
        """Put the token on a case."""
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


for form, values in {
    "region": KNOWN["regions"],
    "office": [*KNOWN["regions"], "KZ"],
    "district": KNOWN["districts"],
    "bin": ["971240001315", "960440000220"],
    "phone": [f"+770000000{number:02}" for number in range(100)],
    "login": [f"primer{number}" for number in range(1000)],
    "url": ["https://primer.example/a?b=c"],
    "email": ["primer@example.org"],
}.items():
    schemathesis.openapi.format(form, st.sampled_from(values))


schemathesis.openapi.format("words", st.from_regex(WORDS, fullmatch=True).map(str.strip))


@schemathesis.hook
def before_load_schema(_context: Any, raw_schema: dict[str, Any]) -> None:
    """Let words be drawn by their format: their pattern with their length takes a gigabyte."""
    texts = [raw_schema]
    while texts:
        node = texts.pop()
        if isinstance(node, dict):
            if node.get("pattern") == WORDS:
                node["format"] = "words"
                del node["pattern"]
            texts.extend(node.values())
        elif isinstance(node, list):
            texts.extend(node)


@schemathesis.hook
def before_call(_context: Any, case: Any, _kwargs: dict[str, Any]) -> None:
    """Give a case a key of its own, a case file to work on, and often a body that makes sense."""
    headers = case.headers or {}
    if KEY.fullmatch(str(headers.get("Idempotency-Key", ""))):
        headers["Idempotency-Key"] = str(uuid4())
    if "case_id" in (case.path_parameters or {}) and _is_good(case, ParameterLocation.PATH):
        _point_to_a_case(case)
    if _id(case) in examples() and _is_good(case, ParameterLocation.BODY) and next(turn) % 3:
        case.body = _sensible(_id(case), case.body)


@schemathesis.hook
def after_call(_context: Any, case: Any, response: Any) -> None:
    """Remember the cases that have been begun."""
    if response.status_code == 201 and "version" in (begun := response.json()):
        KNOWN["ids"][_collection(case)].append(begun["id"])


@schemathesis.check
def described_values_are_taken(_ctx: Any, response: Any, case: Any) -> None:
    """Refuse a description by which a value is right that the service calls malformed."""
    if response.status_code != 422 or case.meta is None:
        return
    if case.meta.generation.mode is not GenerationMode.POSITIVE:
        return
    told = response.json()
    codes = {code for error in told.get("errors", []) for code in error.get("codes", [""])}
    assert told["code"] != "validation-failed" or codes <= MEANING, told


def _id(case: Any) -> str:
    return str(case.operation.definition.raw["operationId"])


def _collection(case: Any) -> str:
    return str(case.operation.path.removeprefix("/api/v1/").split("/{")[0])


def _is_good(case: Any, place: ParameterLocation) -> bool:
    made = case.meta.components.get(place) if case.meta else None
    return made is not None and made.mode is GenerationMode.POSITIVE


def _point_to_a_case(case: Any) -> None:
    """Let a case that no link leads to work on one that there is, at whatever version.

    The accounts of the callers stay out of it: whose account is closed calls no more.
    """
    ids = KNOWN["ids"][_collection(case)]
    if case.path_parameters["case_id"] in ids:
        return
    case.path_parameters["case_id"] = ids[next(turn) % len(ids)]
    if VERSION.fullmatch(str((case.headers or {}).get("If-Match", ""))):
        case.headers["If-Match"] = "*"


def _sensible(operation_id: str, body: Any) -> dict[str, Any]:
    """Return an example of the body, of an organization that there is and with a name of its own."""
    told = list(examples()[operation_id].values())
    said = {**told[next(turn) % len(told)]}
    organizations = KNOWN["ids"]["organizations"]
    if "organization_id" in said:
        given = body.get("organization_id") if isinstance(body, dict) else None
        some = organizations[next(turn) % len(organizations)]
        said["organization_id"] = given if given in organizations else some
    if operation_id == "addAnnotation":
        said["case_id"] = organizations[next(turn) % len(organizations)]
    return {
        name: f"{value}{uuid4().hex[:8]}" if name in NEW else value for name, value in said.items()
    }
