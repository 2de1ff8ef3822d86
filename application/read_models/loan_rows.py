"""What a request has lent, for the table that lets nothing be lent twice."""

import hashlib
from collections.abc import Iterator

from msgspec.structs import replace

from application.read_models.rows import LoanRow
from application.streams import Stream
from domain.assistance_request import AssistanceRequest
from domain.assistance_request.outcomes import LentOut
from domain.assistance_request.steps import ItemReturned, Lent, same_thing


def item_key(office: str, item: str) -> int:
    """Return a number that stands for an office's thing, small enough for any range."""
    digest = hashlib.sha256(f"{office}|{same_thing(item)}".encode()).digest()
    return int.from_bytes(digest[:8]) >> 2


def loan_rows(stream: Stream[AssistanceRequest]) -> Iterator[LoanRow]:
    """Return what the request has lent, each loan until the day it came back.

    A thing that came back late was not to be had by others for longer than agreed in their
    loans: the days of those stand. What is told as the outcome only is a loan as well.
    """
    if not stream.tells(AssistanceRequest.StepRecorded, AssistanceRequest.Helped):
        return
    loans: list[LoanRow] = []
    for event in stream.events:
        match event:
            case AssistanceRequest.StepRecorded(details=Lent() as lent):
                loans.append(_loan(stream, len(loans) + 1, event.by.office, lent))
            case AssistanceRequest.StepRecorded(details=ItemReturned() as returned):
                loans = [_until(loan, returned) for loan in loans]
            case AssistanceRequest.Helped(details=LentOut() as lent) if not _told(loans, lent):
                loans.append(_loan(stream, len(loans) + 1, event.by.office, lent))
    yield from loans


def _loan(
    stream: Stream[AssistanceRequest], place: int, office: str, lent: Lent | LentOut
) -> LoanRow:
    return LoanRow(
        request_id=stream.id,
        place=place,
        office=office,
        item=lent.item,
        item_key=item_key(office, lent.item),
        lent_from=lent.lent_from,
        lent_until=lent.lent_until,
    )


def _until(loan: LoanRow, returned: ItemReturned) -> LoanRow:
    """Return the loan as it ended: the thing's only loan that had begun and not ended by then."""
    day = returned.returned_on
    if same_thing(loan.item) != same_thing(returned.item) or not (
        loan.lent_from <= day < loan.lent_until
    ):
        return loan
    return replace(loan, lent_until=day)


def _told(loans: list[LoanRow], lent: LentOut) -> bool:
    return any(same_thing(loan.item) == same_thing(lent.item) for loan in loans)
