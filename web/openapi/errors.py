"""Which errors an operation can give, read off what it takes; and what each looks like."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from web.languages import texts
from web.openapi.headers import refs
from web.openapi.operations import Operation
from web.problem_errors import without_facts

# What an error of each status says, and the problem type that stands as its example.
ERRORS: Mapping[HTTPStatus, tuple[str, str]] = {
    HTTPStatus.BAD_REQUEST: (
        "Запрос нельзя прочитать: тело, заголовок или имя узла",
        "malformed-json",
    ),
    HTTPStatus.UNAUTHORIZED: (
        "Неизвестно, кто обращается, или токен больше не действует",
        "not-signed-in",
    ),
    HTTPStatus.FORBIDDEN: ("Это делает другая роль или другой фронт-офис", "role-forbidden"),
    HTTPStatus.NOT_FOUND: ("Этого нет, или оно не для вашего фронт-офиса", "not-found"),
    HTTPStatus.NOT_ACCEPTABLE: ("Такого вида ответа нет", "not-acceptable"),
    HTTPStatus.CONFLICT: (
        "Правило или состояние дела этого не позволяет; ничего не записано",
        "organization-not-verified",
    ),
    HTTPStatus.GONE: ("Данные человека удалены", "subject-erased"),
    HTTPStatus.PRECONDITION_FAILED: (
        "Дело изменилось после того, как его прочитали",
        "stale-version",
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("Тело запроса слишком велико", "body-too-large"),
    HTTPStatus.REQUEST_URI_TOO_LONG: ("Адрес слишком длинный", "head-too-large"),
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: ("Заголовки слишком велики", "head-too-large"),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ("Тело запроса другого вида, чем описано", "not-json"),
    HTTPStatus.UNPROCESSABLE_ENTITY: (
        "Значения неверны: каждое названо своим путём",
        "validation-failed",
    ),
    HTTPStatus.PRECONDITION_REQUIRED: (
        "Не названа версия дела (If-Match)",
        "precondition-required",
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "Слишком часто: повторите через Retry-After секунд",
        "too-many-requests",
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "Сейчас ответить нельзя: повторите через Retry-After секунд",
        "unavailable",
    ),
}
OF_ERRORS: Mapping[HTTPStatus, str] = {
    HTTPStatus.UNAUTHORIZED: "WWW-Authenticate",
    HTTPStatus.TOO_MANY_REQUESTS: "Retry-After",
    HTTPStatus.SERVICE_UNAVAILABLE: "Retry-After",
}
PROBLEM = {"$ref": "#/components/schemas/Problem"}


def components(media_type: str) -> dict[str, Any]:
    """Return the errors to which all operations refer, by their names."""
    return {status.name: _error(status, *told, media_type) for status, told in ERRORS.items()}


def errors_of(operation: Operation) -> Iterator[HTTPStatus]:
    """Yield the errors that an operation can give."""
    yield from (HTTPStatus.BAD_REQUEST, HTTPStatus.TOO_MANY_REQUESTS)
    yield from (HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, HTTPStatus.SERVICE_UNAVAILABLE)
    if not operation.is_open:
        yield from (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
    if "{" in operation.path:
        yield HTTPStatus.NOT_FOUND
    if "query" in operation.parameters.values():
        yield from (HTTPStatus.REQUEST_URI_TOO_LONG, HTTPStatus.UNPROCESSABLE_ENTITY)
    if any("next_cursor" in members for _, _, members in operation.answers):
        yield HTTPStatus.NOT_ACCEPTABLE
    if "requestBody" in operation.members:
        yield from (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        yield HTTPStatus.UNPROCESSABLE_ENTITY
    if "Idempotency-Key" in operation.parameters:
        # What a body names by an id may be missing, too.
        yield from (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.GONE)
        yield HTTPStatus.UNPROCESSABLE_ENTITY
    if "If-Match" in operation.parameters:
        yield from (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED)


def _error(status: HTTPStatus, said: str, code: str, media_type: str) -> dict[str, Any]:
    words = texts("problems")[code]
    example = {
        "type": f"/problems/{code}",
        "title": words["title_ru"],
        "status": int(status),
        "detail": without_facts(words["detail_ru"]),
        "code": code,
        "request_id": "3f0c6f5e-8d0b-4c54-9d53-1f6b1f0a7f11",
    }
    told = OF_ERRORS.get(status)
    return {
        "description": said,
        "headers": refs(("X-Request-ID", *([told] if told else ()))),
        "content": {media_type: {"schema": PROBLEM, "example": example}},
    }
