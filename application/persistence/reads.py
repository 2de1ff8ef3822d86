"""The stream of what was read: who looked at which case, whose personal data, and when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from psycopg.types.json import Json

from application.persistence.pools import Pools
from application.persistence.reader import Reader
from application.scopes import WHOLE
from domain.actors import Actor

_ADD = """
INSERT INTO reads (recorded_at, kind, staff_id, role, office, cause, case_type, case_id, version,
    subjects, asked, shown)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


class Read(Struct, frozen=True, kw_only=True):
    """One look: at a case, at a list, or to take away.

    Its kind is ``case``, ``history``, ``changes`` or ``document``, ``list``, or ``export``.

    ``subjects`` are the people whose personal data was in it; ``asked`` is by what was
    searched, words as keyed hashes only; ``shown`` how many rows or events there were.
    """

    recorded_at: datetime
    by: Actor
    cause: str
    kind: str
    case_type: str | None = None
    case_id: UUID | None = None
    version: int | None = None
    subjects: tuple[UUID, ...] = ()
    asked: Mapping[str, Any] = {}
    shown: int = 1


class ReadLog:
    """Adds to the stream; nothing here changes or removes what is in it."""

    def __init__(self, pools: Pools) -> None:
        self._writer = Reader(pools.writer, WHOLE.office)

    def add(self, read: Read) -> None:
        """Record a look, before its answer is given."""
        values = (read.recorded_at, read.kind, read.by.staff_id, read.by.role.value, read.by.office)
        seen = (read.cause, read.case_type, read.case_id, read.version, list(read.subjects))
        asked = Json(read.asked, dumps=_dumped)
        self._writer.run(_ADD, [*values, *seen, asked, read.shown])


def _dumped(value: Any) -> bytes:
    return msgspec.json.encode(value)
