"""The history of a case as one page to print: everything in it, and nothing that runs."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from msgspec import Struct
from msgspec.structs import replace

from application.case_files.history import HistoryEntry
from domain.actors import Actor, Role
from web.case_headings import heading
from web.histories import History
from web.languages import texts
from web.pages import page
from web.sentences import actor_told, what, who
from web.told_values import Names, Reader

# These stand in a column of their own.
_BESIDE = frozenset({"reason", "explanation"})


class Printing(Struct, frozen=True, kw_only=True):
    """By whom a page is made, when, and for what, if they say so.

    ``cause`` is the id of the request, under which the look is on record. ``notes`` are rows of
    the list of annotations, ``names`` those of whoever prints and of the authors of the notes;
    ``people`` are all of the staff whose names are on the page.
    """

    by: Actor
    at: datetime
    cause: str
    purpose: str | None = None
    notes: tuple[Mapping[str, Any], ...] = ()
    names: Names = {}
    people: tuple[UUID, ...] = ()


def printed(history: History, printing: Printing) -> str:
    """Return the page."""
    reader = replace(history.reader, names={**history.reader.names, **printing.names})
    told = _Told(history, printing, reader)
    return page(
        "history",
        reader.language,
        word=told.word,
        heading=heading(history.stream, reader),
        made=list(told.made()),
        entries=list(map(told.entry, history.entries)),
        notes=told.notes_of(None),
        span=told.span(),
    )


class _Told(Struct, frozen=True):
    """What a page says."""

    history: History
    printing: Printing
    reader: Reader

    def word(self, key: str) -> str:
        return str(texts("printed")[key][self.reader.language])

    def made(self) -> Iterator[tuple[str, str]]:
        yield self.word("made_at"), self._moment(self.printing.at, " (ZZZZ)")
        yield self.word("made_by"), self._who(self.printing.by, self.printing.at)
        if self.printing.purpose:
            yield self.word("purpose"), self.printing.purpose
        yield self.word("on_record"), self.printing.cause

    def entry(self, entry: HistoryEntry) -> dict[str, Any]:
        form = self.reader.said("short_day")
        return {
            "version": entry.version,
            "position": self.history.positions[entry.version],
            "day": format_date(entry.occurred_on, form, self.reader.language),
            "recorded": self._moment(entry.recorded_at),
            "who": who(entry.event, self.reader),
            "what": what(entry.event, self.reader, _BESIDE),
            "reason": entry.reason,
            "rule": entry.rule,
            "notes": self.notes_of(entry.version),
        }

    def notes_of(self, version: int | None) -> list[dict[str, Any]]:
        return [self._note(each) for each in self.printing.notes if each["case_version"] == version]

    def span(self) -> str:
        entries, positions = self.history.entries, self.history.positions
        if not entries:
            return self.word("nothing")
        versions = {"first": entries[0].version, "last": entries[-1].version}
        places = {"begin": positions[versions["first"]], "end": positions[versions["last"]]}
        stream = self.history.stream
        return self.word("span").format(**versions, **places, all=stream.version, id=stream.id)

    def _note(self, note: Mapping[str, Any]) -> dict[str, Any]:
        by, made = Actor(note["staff_id"], Role(note["role"]), note["office"]), note["created_at"]
        told = {"who": self._who(by, made), "at": self._moment(made), "text": note["text"]}
        return {**told, "withdrawn": note["reason"]}

    def _who(self, by: Actor, at: datetime) -> str:
        return actor_told(by, at.date(), self.reader)

    def _moment(self, moment: datetime, more: str = "") -> str:
        """Return the moment by the clock of the office that prints."""
        zone = ZoneInfo(self.reader.places.zone(self.printing.by.office))
        form = f"{self.reader.said('short_day')} HH:mm{more}"
        return format_datetime(moment, form, zone, self.reader.language)
