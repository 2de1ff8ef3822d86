"""What comes of an operation: its good answers with their headers, and its errors."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from web.cloud_events import BATCH
from web.openapi.errors import errors_of
from web.openapi.headers import refs
from web.openapi.operations import Operation, is_case

DONE: Mapping[HTTPStatus, str] = {
    HTTPStatus.OK: "Сделано",
    HTTPStatus.CREATED: "Создано",
    HTTPStatus.NO_CONTENT: "Сделано, тела у ответа нет",
}


def complete_answers(operation: Operation) -> None:
    """Name the errors of an operation, and the headers of every answer."""
    responses = operation.members["responses"]
    responses.pop("default", None)
    for status, answer, members in operation.answers:
        answer["description"] = DONE[HTTPStatus(int(status))]
        answer["headers"] = refs(_of_answer(HTTPStatus(int(status)), answer, members))
    declared = {HTTPStatus(int(status)) for status in responses if status >= "400"}
    for error in sorted({*declared, *errors_of(operation)}):
        responses[str(int(error))] = {"$ref": f"#/components/responses/{error.name}"}


def _of_answer(
    status: HTTPStatus, answer: Mapping[str, Any], members: Mapping[str, Any]
) -> Iterator[str]:
    yield "X-Request-ID"
    if is_case(members):
        yield "ETag"
        if status == HTTPStatus.CREATED:
            yield "Location"
    if "next_cursor" in members or BATCH in answer.get("content", {}):
        yield "Link"
