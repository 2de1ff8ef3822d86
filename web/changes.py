"""What has changed between two versions of a case, in the words of its reader."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask import Response

from application.case_files.changes import Change, Path
from application.front_office import FrontOffice
from application.streams import Stream
from application.use_cases.comparing import Comparison
from domain.catalogue.codes import Finding
from domain.places import Places
from web.histories import History, history_of
from web.languages import texts
from web.presentation import answer, plain
from web.services import front_office, look, services
from web.table_cells import Cells
from web.told_codes import code_told
from web.told_values import Reader


def changes_answer(stream: Stream[Any], ends: Mapping[str, Any]) -> Response:
    """Return what has changed between two ends, on record before it is shown."""
    today = services().today(stream.state.office)
    compared = front_office().compared(stream, today, ends)
    events = events_between(front_office(), services().places, compared)
    services().reading_log.case(look(), "changes", compared.after, events.people)
    return answer(changes_told(compared, events))


def events_between(office: FrontOffice, places: Places, compared: Comparison) -> History:
    """Return the events by which a case came from one version to another."""
    return history_of(office, places, compared.after, from_version=compared.before.version + 1)


def changes_told(compared: Comparison, events: History) -> dict[str, Any]:
    """Return both ends, the fields that differ, and the events by which they came to differ."""
    return {
        "from": _end(compared.before),
        "to": _end(compared.after),
        "fields": [_told(each, events.reader, compared.after) for each in compared.changes],
        "events": events.items,
    }


def _end(stream: Stream[Any]) -> dict[str, Any]:
    return {"version": stream.version, "recorded_at": stream.changed_at}


def _told(change: Change, reader: Reader, stream: Stream[Any]) -> dict[str, Any]:
    today, zone = stream.events[-1].occurred_on, reader.places.zone(stream.state.office)
    cells = Cells(reader.places, reader.language, today, zone)
    return {
        "field": _path(change.path),
        "label": _label(change.path, reader),
        "before": _value(change.path, change.before, cells),
        "after": _value(change.path, change.after, cells),
    }


def _path(path: Path) -> str:
    """Return a path as the paths of wrong fields are written, without the ``$.``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def _label(path: Path, reader: Reader) -> str:
    """Return what the fields on the way are called, and which of several each is, from 1."""
    labels: list[str] = []
    for part in path:
        if isinstance(part, int):
            labels[-1] += f" {part + 1}"
        elif isinstance(part, Finding):
            labels.append(code_told(part, reader.language))
        else:
            labels.append(reader.label(part))
    return " · ".join(labels)


def _value(path: Path, value: Any, cells: Cells) -> Any:
    name = str(path[-1])
    if value is None:
        return None
    if isinstance(value, tuple):
        return [_value(path, each, cells) for each in value]
    if isinstance(value, StrEnum):
        return code_told(value, cells.language)
    if name == "direction":
        return str(texts("codes")[name][value][cells.language])
    return cells.title(name, value) or plain(value)
