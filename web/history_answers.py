"""How the history of a case is given over HTTP: as data, as a table, as a page to print."""

from typing import Any

from flask import Response, request

from application.streams import Stream
from web.callers import current_actor
from web.csv_tables import CSV, csv_stream
from web.histories import History, history_of
from web.history_tables import cells_of, headings
from web.pages import HTML, policy
from web.presentation import JSON, answer
from web.printed_histories import printed
from web.printings import printing_of
from web.services import front_office, look, services


def history_answer(stream: Stream[Any], purpose: str | None = None, **span: int) -> Response:
    """Return the history in the form that is asked for; what can be taken away is an export."""
    best = request.accept_mimetypes.best_match([JSON, CSV, HTML], JSON)
    history = history_of(front_office(), services().places, stream, **span)
    if best == HTML:
        return _to_print(history, purpose)
    kind = "export" if best == CSV else "history"
    services().reading_log.case(look(), kind, stream, history.people)
    return _as_table(history) if best == CSV else answer({"items": history.items})


def _as_table(history: History) -> Response:
    office = current_actor().office
    cells = cells_of(history, services().today(office), services().places.zone(office))
    response = csv_stream("", headings(), cells)
    name = f"history-{history.stream.id}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _to_print(history: History, purpose: str | None) -> Response:
    printing = printing_of(services(), history, look(), purpose)
    services().reading_log.case(look(), "export", history.stream, printing.people)
    response = Response(printed(history, printing), mimetype=HTML)
    response.headers["Content-Security-Policy"] = policy()
    return response
