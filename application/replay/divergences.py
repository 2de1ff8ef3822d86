"""What is otherwise than the history gives, by case and by field."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from msgspec import Struct

EVENTS, STATE = "case_events", "state"
# Keyed hashes of what tells of a person: that they differ is told, and what they are is not.
HIDDEN = frozenset({"login_key", "identity_key", "identifiers"})


class Kind(StrEnum):
    """What is the matter."""

    FIELD = "field"
    ROW_MISSING = "row-missing"
    ROW_EXTRA = "row-extra"
    OFFICE = "office"
    UNSTABLE = "unstable"
    UNDECODABLE = "undecodable"
    VERSION_GAP = "version-gap"
    NO_BEGINNING = "no-beginning"
    FOREIGN_EVENT = "foreign-event"
    UNFOLDABLE = "unfoldable"


class Divergence(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is otherwise in a case: in a field of a row, or in an event of its stream.

    ``row`` is what tells the row from others of the case in that table. ``live`` is what the
    table has and ``replayed`` what the history gives; both are left out where ``is_hidden``.
    ``fault`` is the kind of error, never its words: those may be somebody's data.
    """

    kind: Kind
    case_id: UUID
    case_type: str | None = None
    number: str | None = None
    table: str = EVENTS
    row: Mapping[str, Any] = {}
    version: int | None = None
    field: str | None = None
    live: Any = None
    replayed: Any = None
    is_hidden: bool = False
    fault: str | None = None
