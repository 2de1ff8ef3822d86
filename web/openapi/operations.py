"""The operations of a description (OpenAPI 3.1), and what can be read off one of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Document = dict[str, Any]
METHODS = ("get", "post", "patch", "put", "delete")
BODY = "application/json"


class Operation(NamedTuple):
    """One operation, in the document that describes it."""

    document: Document
    path: str
    members: dict[str, Any]

    @property
    def id(self) -> str:
        """The name by which clients call it."""
        return str(self.members["operationId"])

    @property
    def parameters(self) -> Mapping[str, str]:
        """Where each of its arguments stands, by name; those of the path are in its template."""
        return {
            each["name"]: each["in"] for each in self.members.get("parameters", ()) if "in" in each
        }

    @property
    def is_open(self) -> bool:
        """Whether it asks nobody who they are."""
        return self.members.get("security") == []

    @property
    def answers(self) -> Iterator[tuple[str, dict[str, Any], Mapping[str, Any]]]:
        """Its good answers, each as status, answer, and members of the JSON object it holds."""
        for status, answer in self.members["responses"].items():
            if status.startswith("2"):
                schema = answer.get("content", {}).get(BODY, {}).get("schema", {})
                yield status, answer, self._members(schema)

    @property
    def kinds(self) -> Sequence[Any]:
        """The kinds of body that it takes: one, or several told apart by a code."""
        content = self.members.get("requestBody", {}).get("content", {})
        schema = self._schema(content.get(BODY, {}).get("schema", {}))
        kinds: Sequence[Any] = schema.get("oneOf", [schema])
        return kinds

    @property
    def taken(self) -> Mapping[str, Any]:
        """The members of its body; of a body that is one of several, those of the first."""
        return self._members(self.kinds[0])

    def _members(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        members: Mapping[str, Any] = self._schema(schema).get("properties", {})
        return members

    def _schema(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        named = schema.get("$ref", "").rpartition("/")[2]
        found: Mapping[str, Any] = self.document["components"]["schemas"].get(named, schema)
        return found


def operations(document: Document) -> list[Operation]:
    """Return every operation of the document."""
    return [
        Operation(document, path, members)
        for path, item in document["paths"].items()
        for method, members in item.items()
        if method in METHODS
    ]


def is_case(members: Mapping[str, Any]) -> bool:
    """Whether an answer with these members shows a case: what has an id and a version."""
    return {"id", "version"} <= members.keys()
