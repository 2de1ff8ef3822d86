"""How a case and a moment are named at the machine."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

import click

from application.case_types import CASE_TYPES
from application.services import Services
from application.streams import CaseNotFound, Stream
from web.cli_language import words

_NO_CASE = UUID(int=0)


class Moment(click.ParamType[datetime]):
    """A moment as HTTP takes it: with its offset, so that it is the same on every machine."""

    name = "moment"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the moment."""
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            self.fail(f"{value!r}: нужен момент вида 2026-03-02T10:00:00+05:00.", param, ctx)
        return moment


class CaseName(click.ParamType[UUID | str]):
    """A case as people name it: by its number, or by its id."""

    name = "case"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> UUID | str:
        """Return the id, or the number in capitals."""
        number = str(value).upper()
        if re.fullmatch(r"[A-Z]{2}(-\d\d)?(/V)?/\d{4}/\d{6,}", number):
            return number
        try:
            return UUID(value)
        except ValueError:
            self.fail(f"{value!r}: нужен номер вида KZ-75/2026/000123 или id дела.", param, ctx)


def found_case(services: Services, case: UUID | str, **past: Any) -> Stream[Any]:
    """Return the case, as it is or was; say it in a sentence when there is none."""
    office = services.front_office
    case_id = office.queries.case_numbered(case) if isinstance(case, str) else case
    for case_type in CASE_TYPES:
        try:
            return office.case(case_type, case_id or _NO_CASE, **past)
        except CaseNotFound:
            continue
    raise click.ClickException(words("no-such-case", case=case))
