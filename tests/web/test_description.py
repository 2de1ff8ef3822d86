"""The description of the interface is complete: every operation, whoever has added it."""

import json
import re
from pathlib import Path

import pytest
from access import METHODS, Access, operations
from jsonschema import Draft202012Validator
from matrix import CALLERS, TABLE, Kind, help_for, new_account, registration, verification_of
from openapi_spec_validator import validate
from world import OWN, REPUBLIC, World

from web.api import written
from web.app import description
from web.openapi.document import examples
from web.server import LIMITS

COMMITTED = Path(__file__).parents[2] / "docs/openapi.json"
DESCRIBED = json.loads(written(description()))
OPERATIONS = {
    operation["operationId"]: operation
    for item in DESCRIBED["paths"].values()
    for method, operation in item.items()
    if method in METHODS
}
COMMANDS = {name for name, row in TABLE.items() if row.body is not None}
CYRILLIC = re.compile(r"[А-Яа-яЁё]")
BODIES = {name for name, each in OPERATIONS.items() if "requestBody" in each}
JSON = "application/json"
PROBLEM = {"$ref": "#/components/schemas/Problem"}


def resolved(node):
    while "$ref" in node:
        found = DESCRIBED
        for part in node["$ref"].split("/")[1:]:
            found = found[part]
        node = found
    return node


def arguments(operation):
    return [resolved(each) for each in operation.get("parameters", ())]


def test_the_committed_description_is_the_one_that_is_served(client):
    served = client.get("/api/v1/openapi.json").get_data(as_text=True)
    assert served == written(description())
    assert COMMITTED.read_text("utf-8") == served, "The interface has changed: run `make openapi`"


def test_the_description_is_a_valid_one():
    validate(DESCRIBED)
    assert DESCRIBED["openapi"] == "3.1.0"
    assert DESCRIBED["info"]["title"].isascii()  # Names of generated packages are made of it.


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_says_what_it_is_for_and_what_comes_of_it(name):
    operation = OPERATIONS[name]
    assert CYRILLIC.search(operation["summary"])
    assert not operation["summary"].endswith(".")
    assert {"Accept-Language", "X-Request-ID"} <= {each["name"] for each in arguments(operation)}
    tags = {each["name"]: each["description"] for each in DESCRIBED["tags"]}
    assert all(CYRILLIC.search(tags[tag]) for tag in operation["tags"])
    statuses = set(operation["responses"])
    assert {"400", "429", "503"} <= statuses
    assert "default" not in statuses
    assert ({"401", "403"} <= statuses) or operation["security"] == []
    assert (operation.get("security") == []) == (TABLE[name].kind is Kind.OPEN)
    for status, answer in operation["responses"].items():
        told = resolved(answer)
        assert CYRILLIC.search(told["description"])
        assert "X-Request-ID" in told["headers"]
        if status >= "400":
            assert told["content"]["application/problem+json"]["schema"] == PROBLEM
        elif status != "204":
            assert all("schema" in each for each in told["content"].values())


def test_a_change_of_a_case_names_its_version_and_shows_the_next_one():
    for name in COMMANDS:
        operation = OPERATIONS[name]
        required = {each["name"] for each in arguments(operation) if each.get("required")}
        assert "If-Match" in required
        assert {"404", "409", "412", "428"} <= set(operation["responses"])
        shown = operation["responses"].get("200") or operation["responses"]["201"]
        assert "ETag" in shown["headers"]


def test_no_two_summaries_are_the_same_for_one_reader():
    told = [operation["summary"] for operation in OPERATIONS.values()]
    of_escalations = {summary for summary in told if told.count(summary) > 1}
    again = {name for name, each in OPERATIONS.items() if each["summary"] in of_escalations}
    tags = [(OPERATIONS[name]["tags"][0], OPERATIONS[name]["summary"]) for name in again]
    assert len(tags) == len(set(tags))


def test_every_code_has_a_type_and_no_body_is_an_empty_one():
    for name, schema in DESCRIBED["components"]["schemas"].items():
        for each in schema.get("properties", {}).values():
            assert "enum" not in each or "type" in each, name
    for name in BODIES:
        for each in OPERATIONS[name]["requestBody"]["content"].values():
            body = resolved(each["schema"])
            assert {"properties", "oneOf"} & body.keys(), name


def test_a_variant_is_known_by_its_own_code_alone():
    for name, schema in DESCRIBED["components"]["schemas"].items():
        if "discriminator" in schema and name != "OutcomeOfHelpType":
            field = schema["discriminator"]["propertyName"]
            for code, ref in schema["discriminator"]["mapping"].items():
                assert resolved({"$ref": ref})["properties"][field]["enum"] == [code], name


def test_every_body_has_an_example_and_nothing_else_has():
    with_json = {name for name in BODIES if JSON in OPERATIONS[name]["requestBody"]["content"]}
    assert examples().keys() == with_json


def test_every_kind_of_body_is_shown():
    for name in BODIES:
        media = OPERATIONS[name]["requestBody"]["content"].get(JSON, {})
        codes = resolved(media.get("schema", {})).get("discriminator", {}).get("mapping", {})
        assert codes.keys() <= media.get("examples", {}).keys(), name


@pytest.mark.parametrize("name", sorted(examples()))
def test_an_example_is_as_described(name):
    schema = OPERATIONS[name]["requestBody"]["content"][JSON]["schema"]
    check = Draft202012Validator({**DESCRIBED, **schema})
    for told, body in examples()[name].items():
        assert [error.message for error in check.iter_errors(body)] == [], told


@pytest.fixture
def access(app, services):
    return Access(app, World(services))


BEGUN = {
    "requestVerification": lambda world: verification_of(world.active(OWN).id),
    "requestHelp": lambda world: help_for(world.active(OWN).id),
    "registerOrganization": lambda world: registration(world, OWN),
    "createAccount": lambda world: new_account(world, OWN),
}


@pytest.mark.parametrize("name", sorted(COMMANDS | BEGUN.keys()))
def test_an_example_is_taken_by_the_service(access, name):
    row, world = TABLE[name], access.world
    who = next(each for each in _callers(row) if row.admits(each))
    for told, body in examples()[name].items():
        made = row.state(world, OWN) if row.state else None
        ids = {each: value for each, value in _ids(name, world).items() if each in body}
        answer = access.send(
            name,
            who,
            made.id if made else None,
            version=made.version if made else None,
            body={**body, **ids},
        )
        # What is done with the kind of help of another request is refused, and named.
        allowed = (201, 200) if len(examples()[name]) == 1 else (201, 200, 409)
        assert answer.status in allowed, (told, answer.body)


def _callers(row):
    if row.kind is Kind.ADDRESSED:
        return (f"republican_head@{REPUBLIC}",)
    return (f"head@{OWN}", *CALLERS)


def _ids(name, world):
    if name in BEGUN:
        return {k: v for k, v in BEGUN[name](world).items() if k == "organization_id"}
    return {
        "duplicate_of": str(world.active(OWN).id),
        "case_id": str(world.taken(OWN).id),
        "staff_id": world.person(OWN),
    }


def test_from_every_case_there_is_a_link_to_whatever_takes_its_id():
    linked = {each["operationId"] for each in DESCRIBED["components"]["links"].values()}
    with_case = {name for name, (_, path) in operations().items() if "{case_id}" in path}
    assert with_case <= linked <= OPERATIONS.keys()
    assert {"requestVerification", "requestHelp", "listVerifications"} <= linked
    for name in COMMANDS:
        takes = [
            each["parameters"]
            for each in DESCRIBED["components"]["links"].values()
            if each["operationId"] == name
        ]
        assert takes == [
            {"path.case_id": "$response.body#/id", "header.If-Match": "$response.header.ETag"}
        ]


def test_an_answer_links_to_all_that_can_be_done_next():
    begun = OPERATIONS["requestHelp"]["responses"]["201"]["links"]
    noted = OPERATIONS["noteAssistanceRequest"]["responses"]["200"]["links"]
    assert begun == noted
    assert {"getAssistanceRequest", "helpAssistanceRequest", "noteAssistanceRequest"} <= set(begun)
    listed = OPERATIONS["listAssistanceRequests"]["responses"]["200"]["links"]
    assert set(listed) == {f"getAssistanceRequest{part}" for part in ("", "History", "Changes")}


def test_the_longest_arguments_fit_into_an_address():
    for name, operation in OPERATIONS.items():
        longest = sum(
            6 * each["schema"].get("maxLength", 40)
            for each in arguments(operation)
            if each["in"] == "query" and each["name"] != "cursor" and "pattern" in each["schema"]
        )
        assert longest < LIMITS["limit_request_line"], name
