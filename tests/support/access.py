"""Operations of the interface, sent by anybody, and their answers without what differs by chance."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from flask import Flask
from matrix import NOBODY
from world import World

from web.app import description

METHODS = ("get", "post", "patch", "put", "delete")
CHANGING = {"X-Request-ID", "Date"}


class Answered(NamedTuple):
    """An answer, and the same without the ids of the case and of the request."""

    status: int
    code: str
    body: Any
    masked: tuple[int, tuple[tuple[str, str], ...], str]


@cache
def operations() -> Mapping[str, tuple[str, str]]:
    """Return method and path of every operation that is described."""
    return {
        operation["operationId"]: (method.upper(), path)
        for path, item in description()["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


class Access:
    """Sends operations to the service by their ids."""

    def __init__(self, app: Flask, world: World) -> None:
        self.world = world
        self._client = app.test_client()

    def send(
        self,
        operation_id: str,
        who: str,
        case_id: UUID | None = None,
        *,
        version: Any = 1,
        body: Any = None,
        form: tuple[bytes, str] | None = None,
        query: Mapping[str, Any] = {},
        token: str | None = None,
        key: str | None = None,
        hidden: tuple[Any, ...] = (),
    ) -> Answered:
        """Send an operation; in the masked answer the ``hidden`` ids are all the same."""
        method, path = operations()[operation_id]
        answer = self._client.open(
            path.replace("{case_id}", str(case_id)).replace("{name}", "regions"),
            method=method,
            **({"json": body} if form is None else _sent_as(*form)),
            query_string=query,
            headers={
                **self._from(who, token),
                **({"If-Match": f'"{version}"'} if case_id and method != "GET" else {}),
                **({} if method == "GET" else {"Idempotency-Key": key or str(uuid4())}),
            },
        )
        return _answered(answer, (case_id, *hidden))

    def _from(self, who: str, token: str | None) -> dict[str, str]:
        if token is not None:
            return {"Authorization": f"Bearer {token}"}
        return {} if who == NOBODY else self.world.people.headers(who)


def _sent_as(data: bytes, media_type: str) -> dict[str, Any]:
    return {"data": data, "content_type": media_type}


def _answered(answer: Any, hidden: tuple[Any, ...]) -> Answered:
    is_text = answer.mimetype.endswith("json")
    text = answer.get_data().decode() if is_text else repr(answer.get_data())
    body = json.loads(text) if is_text and text else {}
    headers = sorted((name, value) for name, value in answer.headers if name not in CHANGING)
    masked = text.replace(answer.headers["X-Request-ID"], "<request>")
    for each in hidden:
        masked = masked.replace(str(each), "<id>")
    code = body.get("code", "") if isinstance(body, dict) else ""
    return Answered(answer.status_code, code, body, (answer.status_code, tuple(headers), masked))
