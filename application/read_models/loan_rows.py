"""What a request has lent, for the table that lets nothing be lent twice."""

import hashlib
from collections.abc import Iterator

from msgspec.structs import replace

from application.read_models.likeness import name_key
from application.read_models.rows import LoanRow
from application.streams import Stream
from domain.assistance_request import AssistanceRequest
from domain.assistance_request.steps import ItemReturned, Lent


def item_key(office: str, item: str) -> int:
    """Return a number that stands for an office's thing, small enough for any range."""
    digest = hashlib.sha256(f"{office}|{name_key(item)}".encode()).digest()
    return int.from_bytes(digest[:8]) >> 2


def loan_rows(stream: Stream[AssistanceRequest]) -> Iterator[LoanRow]:
    """Return what the request has lent, each thing until the day it came back."""
    if not stream.tells(AssistanceRequest.StepRecorded):
        return
    loans: dict[str, LoanRow] = {}
    for event in stream.events:
        step = event.details if isinstance(event, AssistanceRequest.StepRecorded) else None
        if isinstance(step, Lent):
            loans[step.item] = _loan(stream, event.by.office, step)
        elif isinstance(step, ItemReturned) and step.item in loans:
            loans[step.item] = _until(loans[step.item], step)
    yield from loans.values()


def _loan(stream: Stream[AssistanceRequest], office: str, step: Lent) -> LoanRow:
    return LoanRow(
        request_id=stream.id,
        office=office,
        item=step.item,
        item_key=item_key(office, step.item),
        lent_from=step.lent_from,
        lent_until=step.lent_until,
    )


def _until(loan: LoanRow, step: ItemReturned) -> LoanRow:
    return replace(loan, lent_until=max(loan.lent_from, step.returned_on))
