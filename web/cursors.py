"""Cursors: opaque marks of where the next page of a list begins."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from application.read_models.lists import CaseList
from domain.refusals import InvalidValue


class BadCursor(InvalidValue):
    """The cursor is none of this list with these filters."""

    code = "bad-cursor"


class Cursor(Struct, array_like=True, frozen=True):
    """After which row a page begins, and of which list with which filters."""

    of: str
    created_at: datetime
    id: UUID
    place: int


def mark_of(case_list: CaseList, filters: Mapping[str, Any]) -> str:
    """Return what tells the list with these filters from every other."""
    text = f"{case_list.name}|{sorted((name, str(value)) for name, value in filters.items())}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def cursor_after(mark: str, after: tuple[datetime, UUID, int]) -> str:
    """Return the cursor of the page that begins after the row."""
    packed = msgspec.json.encode(Cursor(mark, *after))
    return base64.urlsafe_b64encode(packed).decode()


def after(cursor: str, mark: str) -> tuple[datetime, UUID, int]:
    """Return after which row the page begins; refuse the cursor of another list."""
    try:
        found = msgspec.json.decode(base64.urlsafe_b64decode(cursor), type=Cursor)
    except (ValueError, msgspec.MsgspecError) as error:
        raise BadCursor("cursor", cursor) from error
    if found.of != mark or found.created_at.tzinfo is None:
        raise BadCursor("cursor", cursor)
    return found.created_at, found.id, found.place
