"""What is answered is what the description says: every case file, in every state."""

import json

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from web import demo
from web.app import description

COLLECTIONS = ("organizations", "verifications", "assistance-requests", "staff")


@pytest.fixture
def described():
    return json.loads(json.dumps(description()))


@pytest.fixture
def demonstration(services):
    demo.load(services)


def validator(described, path):
    answer = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    resource = Resource.from_contents(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}
    )
    registry = Registry().with_resource("urn:described", resource)
    pointer = "".join(f"/{part}" for part in answer["schema"]["$ref"].split("/")[1:])
    return Draft202012Validator({"$ref": f"urn:described#{pointer}"}, registry=registry)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_case_of_the_demonstration_is_as_described(
    demonstration, caller, described, collection
):
    who = "administrator@KZ" if collection == "staff" else "auditor@KZ"
    check = validator(described, f"/api/v1/{collection}/{{case_id}}")
    listed = caller.get(f"/{collection}?limit=100", who=who).get_json()["items"]
    assert listed
    for row in listed:
        shown = caller.get(f"/{collection}/{row['id']}", who=who).get_json()
        assert [error.message for error in check.iter_errors(shown)] == []
        assert '"cause"' not in json.dumps(shown)


def test_errors_are_described_as_the_problem_documents_they_are(described):
    told = [list(answer["content"]) for answer in described["components"]["responses"].values()]
    assert len(told) > 10
    assert all(each == ["application/problem+json"] for each in told)
