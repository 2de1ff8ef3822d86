"""Cursors: opaque marks of where the next page of a list begins."""

import base64
import hashlib
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from application.read_models.lists import After, CaseList, Key, ListQuery
from domain.refusals import InvalidValue


class BadCursor(InvalidValue):
    """The cursor is none of this list with these filters and in this order."""

    code = "bad-cursor"


class Cursor(Struct, array_like=True, frozen=True):
    """After which row a page begins, and of which list, with which filters, in which order."""

    of: str
    key: Any
    id: UUID
    place: int


def mark_of(case_list: CaseList, query: ListQuery) -> str:
    """Return what tells the list with these filters in this order from every other."""
    filters = sorted((name, str(value)) for name, value in query.filters.items())
    text = f"{case_list.name}|{case_list.order_of(query)}|{filters}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def following_cursor(case_list: CaseList, query: ListQuery, after: After | None) -> str | None:
    """Return the cursor of the page that begins after the row, if there is one."""
    if after is None:
        return None
    mark = mark_of(case_list, query)
    return base64.urlsafe_b64encode(msgspec.json.encode(Cursor(mark, *after))).decode()


def after(cursor: str, mark: str, kind: type[Key]) -> After:
    """Return after which row the page begins; refuse the cursor of another list."""
    try:
        found = msgspec.json.decode(base64.urlsafe_b64decode(cursor), type=Cursor)
        key: Key = msgspec.convert(found.key, kind)
    except (ValueError, msgspec.MsgspecError) as error:
        raise BadCursor("cursor", cursor) from error
    if found.of != mark or not _can_be_compared(key):
        raise BadCursor("cursor", cursor)
    return key, found.id, found.place


def _can_be_compared(key: Key) -> bool:
    """Whether it is what PostgreSQL takes: a moment has its zone, and no text has a zero."""
    return "\0" not in key if isinstance(key, str) else getattr(key, "tzinfo", key) is not None
