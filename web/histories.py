"""The history of a case as its readers get it: data, with one sentence for each event."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from flask import Response, request

from application.case_files.history import HistoryEntry, history
from application.front_office import FrontOffice
from application.streams import Stream
from domain.places import Places
from web.csv_tables import CSV, csv_answer
from web.languages import language
from web.presentation import JSON, answer, plain
from web.sentences import sentence, staff_in
from web.services import front_office, look, services

Items = list[dict[str, Any]]
COLUMNS = (
    "position",
    "version",
    "event",
    "occurred_on",
    "recorded_at",
    "staff_id",
    "role",
    "office",
    "reason",
    "rule",
    "sentence",
)


def history_answer(stream: Stream[Any], **span: int) -> Response:
    """Return the history as JSON, or as CSV for those who ask for it."""
    items, people = history_items(front_office(), services().places, stream, **span)
    best = request.accept_mimetypes.best_match([JSON, CSV], JSON)
    kind = "export" if best == CSV else "history"
    services().reading_log.case(look(), kind, stream, people)
    return csv_answer(COLUMNS, flat(items)) if best == CSV else answer({"items": items})


def history_items(
    office: FrontOffice, places: Places, stream: Stream[Any], **span: int
) -> tuple[Items, list[UUID]]:
    """Return the history as its readers get it, and the people of the staff whom it names."""
    positions, entries = office.queries.positions(stream.id), history(stream, **span)
    names = office.names_of(each for entry in entries for each in staff_in(entry.event))
    items = [_item(entry, positions[entry.version], names, places) for entry in entries]
    return items, [UUID(each) for each in names]


def flat(items: Items) -> Iterator[Mapping[str, Any]]:
    """Return the items as rows of a table."""
    return ({**item, **item["by"]} for item in items)


def _item(
    entry: HistoryEntry, position: int, names: Mapping[str, str | None], places: Places
) -> dict[str, Any]:
    return {
        "position": position,
        "version": entry.version,
        "event": entry.topic,
        "occurred_on": entry.occurred_on,
        "recorded_at": entry.recorded_at,
        "by": {**plain(entry.by), "name": names.get(entry.by.staff_id)},
        "reason": entry.reason,
        "rule": entry.rule,
        "sentence": sentence(entry.event, language(), places, names),
        "data": _data(entry),
    }


def _data(entry: HistoryEntry) -> dict[str, Any]:
    shown: dict[str, Any] = plain(entry.event)
    for name in ("occurred_on", "recorded_at", "by"):
        del shown[name]
    return shown
