"""The headers of answers, described once for all operations."""

from collections.abc import Iterable, Mapping
from typing import Any

HEADERS: Mapping[str, Any] = {
    "X-Request-ID": {
        "description": "Идентификатор запроса: ваш, если он был, или новый.",
        "schema": {"type": "string", "pattern": "^[0-9A-Za-z_-]{1,100}$"},
        "required": True,
    },
    "ETag": {
        "description": "Версия дела: её называет If-Match следующей команды.",
        "schema": {"type": "string", "pattern": '^"[0-9]+"$'},
        "required": True,
    },
    "Location": {
        "description": "Где теперь это дело.",
        "schema": {"type": "string", "format": "uri-reference"},
        "required": True,
    },
    "Link": {
        "description": 'Следующая страница, если она есть; у ленты событий — всегда: `<…>; rel="next"`.',
        "schema": {"type": "string"},
    },
    "Retry-After": {
        "description": "Через сколько секунд повторить.",
        "schema": {"type": "integer", "minimum": 0},
        "required": True,
    },
    "WWW-Authenticate": {
        "description": "Каким способом назвать себя.",
        "schema": {"type": "string"},
        "required": True,
    },
}


def refs(names: Iterable[str]) -> dict[str, Any]:
    """Return the headers of an answer, as references to their descriptions."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
