"""The history of a case as its readers get it: data, with one sentence for each event."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from msgspec import Struct

from application.case_files.history import HistoryEntry, history
from application.front_office import FrontOffice
from application.streams import Stream
from domain.places import Places
from web.languages import language
from web.presentation import plain
from web.sentences import cases_in, sentence, staff_in
from web.told_values import Reader

Items = list[dict[str, Any]]


class History(Struct, frozen=True):
    """Entries of a case's history, where they are in the log, and for whom they are told.

    ``people`` are those of the staff whose names are in it.
    """

    stream: Stream[Any]
    entries: tuple[HistoryEntry, ...]
    positions: Mapping[int, int]
    reader: Reader
    people: tuple[UUID, ...]

    @property
    def items(self) -> Items:
        """The entries as JSON has them."""
        return list(map(self._item, self.entries))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Return the entries as a table has them: no value but words, numbers and moments."""
        return map(self.row, self.entries)

    def row(self, entry: HistoryEntry) -> dict[str, Any]:
        """Return what a table says of an entry."""
        by = entry.by
        return {
            **self._told(entry),
            "staff_id": by.staff_id,
            "staff_name": self.reader.words("staff_id", by.staff_id, entry.occurred_on),
            "role": by.role,
            "office": by.office,
        }

    def _item(self, entry: HistoryEntry) -> dict[str, Any]:
        name = self.reader.names.get(entry.by.staff_id)
        return {**self._told(entry), "by": {**plain(entry.by), "name": name}, "data": _data(entry)}

    def _told(self, entry: HistoryEntry) -> dict[str, Any]:
        return {
            "position": self.positions[entry.version],
            "version": entry.version,
            "event": entry.topic,
            "occurred_on": entry.occurred_on,
            "recorded_at": entry.recorded_at,
            "reason": entry.reason,
            "rule": entry.rule,
            "sentence": sentence(entry.event, self.reader),
        }


def history_of(office: FrontOffice, places: Places, stream: Stream[Any], **span: int) -> History:
    """Return the history of a case in the language of its reader, all of it or some versions."""
    entries = history(stream, **span)
    staff = office.names_of(each for entry in entries for each in staff_in(entry.event))
    cases = office.names_of_cases(each for entry in entries for each in cases_in(entry.event))
    return History(
        stream=stream,
        entries=entries,
        positions=office.queries.positions(stream.id),
        reader=Reader(language(), places, {**cases, **staff}),
        people=tuple(UUID(each) for each in staff),
    )


def _data(entry: HistoryEntry) -> dict[str, Any]:
    shown: dict[str, Any] = plain(entry.event)
    for name in ("occurred_on", "recorded_at", "by"):
        del shown[name]
    return shown
