"""What stands above a case on paper: what kind it is, its number, and what it is about."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from application.streams import Stream
from domain.assistance_request import AssistanceRequest
from domain.case import Case
from domain.document import Document
from domain.organization import Organization
from domain.organization_verification import OrganizationVerification
from domain.staff_account import StaffAccount
from web.languages import texts
from web.told_codes import code_told
from web.told_values import Reader


class Heading(Struct, frozen=True):
    """A title, and lines of a label and a value below it."""

    title: str
    lines: tuple[tuple[str, str], ...]


def heading(stream: Stream[Any], reader: Reader) -> Heading:
    """Return the heading of a case."""
    kind = str(texts("printed")[stream.case_type.name][reader.language])
    called, about = _ABOUT.get(type(stream.state), _unnamed)(stream)
    on = stream.events[-1].occurred_on
    told = ((name, reader.words(name, value, on)) for name, value in about.items())
    state = {"office": reader.words("office", stream.state.office, on)}
    lines = [*((name, value) for name, value in told if value), *state.items()]
    return Heading(
        f"{kind} {called}".strip(),
        tuple((reader.label(name), value) for name, value in lines) + tuple(_state(stream, reader)),
    )


def _state(stream: Stream[Any], reader: Reader) -> Iterator[tuple[str, str]]:
    status: StrEnum = stream.state.status
    yield reader.label("status"), code_told(status, reader.language)
    yield reader.label("version"), str(stream.version)


About = tuple[str, Mapping[str, Any]]


def _unnamed(_: Stream[Any]) -> About:
    return "", {}


def _organization(stream: Stream[Organization]) -> About:
    details = stream.state.details
    return f"«{details.name}»", {"bin": details.bin}


def _verification(stream: Stream[OrganizationVerification]) -> About:
    first = stream.first(OrganizationVerification.Requested)
    return first.number, {"organization_name": first.organization_name}


def _request(stream: Stream[AssistanceRequest]) -> About:
    first = stream.first(AssistanceRequest.Requested)
    asking = {"organization": first.organization, "volunteer": first.volunteer}
    return first.number, {**asking, "subject": first.subject, "help_type": stream.state.help_type}


def _document(stream: Stream[Document]) -> About:
    return "", {"title": stream.first(Document.Uploaded).title, "id": str(stream.id)}


def _account(stream: Stream[StaffAccount]) -> About:
    return "", {"person": stream.first(StaffAccount.Created).person, "post": stream.state.post}


_ABOUT: Mapping[type[Case], Callable[[Stream[Any]], About]] = {
    Organization: _organization,
    OrganizationVerification: _verification,
    AssistanceRequest: _request,
    Document: _document,
    StaffAccount: _account,
}
