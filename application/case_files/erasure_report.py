"""The report of an erasure: every place that was looked at, what was there, and what became of it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from application.case_files.subject_file import ErasureOnFile, SubjectCase
from domain.subject.holds import SubjectStatus


class Outcome(StrEnum):
    """What there is in a place now, or what became of it."""

    NOTHING = "nothing"
    PRESENT = "present"
    UNREADABLE = "unreadable"
    DESTROYED = "destroyed"
    MADE_ANEW = "made_anew"
    REMOVED = "removed"
    IDS_ONLY = "ids_only"
    OUTSIDE = "outside"
    UNTIL_KEYS_ROTATE = "until_keys_rotate"
    LISTED = "listed"
    NOT_LISTED = "not_listed"
    NEVER_THERE = "never_there"


class PlaceReport(Struct, frozen=True, kw_only=True):
    """A place: how much was looked through, how much was about the person, and how much still is."""

    place: str
    looked: int
    found: int
    left: int
    outcome: Outcome


class Export(Struct, frozen=True, kw_only=True):
    """Data of the person that was taken away: by whom, when, with which list or case."""

    recorded_at: datetime
    staff_id: str
    role: str
    office: str
    list: str
    cause: str


class ErasureReport(Struct, frozen=True, kw_only=True):
    """Where it was looked for a person. Before an erasure it says what there is to erase."""

    id: UUID
    version: int
    status: SubjectStatus
    erased: ErasureOnFile | None
    places: tuple[PlaceReport, ...]
    cases: tuple[SubjectCase, ...]
    exports: tuple[Export, ...]
