"""What can be done next: links from an answer to the operations that take its id.

All are read off names. ``/organizations/{case_id}/close`` takes the id of what
``/organizations`` answers with; so does every argument or member called ``organization_id``.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from web.openapi.operations import Document, Operation, is_case, operations

CASE_ID = "/{case_id}"
Link = dict[str, Any]


class Source(NamedTuple):
    """Where in an answer an id stands, and what it is an id of."""

    kind: str
    collection: str
    id: str
    etag: str | None


def add_links(document: Document) -> None:
    """Link every answer that shows cases to what can be done with them."""
    every = operations(document)
    links = document["components"].setdefault("links", {})
    for operation in every:
        for _, answer, members in operation.answers:
            source = _source(operation, members)
            found = dict(_links(source, every)) if source else {}
            links |= found
            if found:
                answer["links"] = {
                    _target(name): {"$ref": f"#/components/links/{name}"} for name in found
                }


def _source(operation: Operation, members: Mapping[str, Any]) -> Source | None:
    """Return the id that an answer shows, if it shows one of a collection."""
    collection = operation.path.partition(CASE_ID)[0]
    kind = collection.rpartition("/")[2].removesuffix("s").replace("-", "_")
    if "id" in members:
        etag = "$response.header.ETag" if is_case(members) else None
        return Source(kind, collection, "$response.body#/id", etag)
    if "next_cursor" in members:
        return Source(f"first_{kind}", collection, "$response.body#/items/0/id", None)
    return None


def _links(source: Source, every: list[Operation]) -> Iterator[tuple[str, Link]]:
    for operation in every:
        taken = _taken(source, operation)
        if taken:
            name = f"{source.kind}.{operation.id}"
            yield name, {"operationId": operation.id, **taken}


def _taken(source: Source, operation: Operation) -> Link:
    """Return how the operation takes the id: in its path, as an argument or in its body."""
    named = f"{source.kind.removeprefix('first_')}_id"
    needs_version = "If-Match" in operation.parameters
    if operation.path.startswith(source.collection + CASE_ID):
        if needs_version and source.etag is None:
            return {}
        version = {"header.If-Match": source.etag} if needs_version else {}
        return {"parameters": {"path.case_id": source.id, **version}}
    if operation.parameters.get(named) == "query":
        return {"parameters": {f"query.{named}": source.id}}
    if named in operation.taken and not needs_version:
        return {"requestBody": {named: source.id}}
    return {}


def _target(name: str) -> str:
    return name.rpartition(".")[2]
