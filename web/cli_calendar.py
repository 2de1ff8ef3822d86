"""Commands about the calendar of working days: to see it, to count by it, and to correct it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import click
import msgspec
from babel.dates import format_date

from application.case_files.calendar_file import CalendarDay, CalendarFile
from application.reference.calendar import load_days
from application.services import Services
from domain.places import REPUBLICAN_OFFICE
from domain.rules.terms import WORKING_DAYS
from domain.working_days import DAY, SATURDAY
from web.cli_caller import occasion
from web.cli_services import command_services
from web.day_titles import day_title, kind_of_day
from web.presentation import plain


class Day(click.ParamType[date]):
    """A day as HTTP takes it."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day."""
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r}: нужен день вида 2026-05-08.", param, ctx)


class Month(click.ParamType[date]):
    """A month, as its first day."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the first day of the month."""
        try:
            return datetime.strptime(value, "%Y-%m").date()  # noqa: DTZ007  A month has no zone.
        except ValueError:
            self.fail(f"{value!r}: нужен месяц вида 2026-05.", param, ctx)


_OUTPUT = click.option("-o", "output", type=click.Choice(["table", "json"]), default="table")
_REASON = click.option("--reason", required=True, help="Почему: например, постановление.")


@click.group()
def calendar() -> None:
    """Календарь рабочих дней: показать, посчитать срок, исправить день."""


@calendar.command("show")
@click.option("--year", type=click.IntRange(1991, 2100), help="Год; без него — этот.")
@click.option("--month", type=Month(), help="Только месяц, вида 2026-05.")
@_OUTPUT
def show(year: int | None, month: date | None, output: str) -> None:
    """Показать выходные, перенесённые дни и исправления."""
    if year is not None and month is not None:
        message = "Назовите год или месяц, но не то и другое."
        raise click.UsageError(message)
    with command_services() as services:
        first, last = _span(services, year, month)
        file = services.front_office.calendar_file(first, last)
    if output == "json":
        _print_json(file)
        return
    click.echo(f"Календарь с {_long(first)} по {_long(last)}, версия {file.version}.")
    click.echo(f"Рабочих дней: {file.working_days}. Кроме суббот и воскресений:")
    _tell_days(file)


@calendar.command("due")
@click.option("--from", "start", type=Day(), required=True, help="День, от которого считать.")
@click.option("--days", type=click.IntRange(1, 366), default=WORKING_DAYS, show_default=True)
@_OUTPUT
def due(start: date, days: int, output: str) -> None:
    """Посчитать, каким днём кончается срок в рабочих днях и какие дни не вошли."""
    with command_services() as services:
        office = services.front_office
        end = office.calendar.after(start, days)
        file = office.calendar_file(start + DAY, end)
    if output == "json":
        _print_json({"start": start, "days": days, "due_on": end, "calendar": file})
        return
    click.echo(f"Рабочих дней после {_long(start)}: {days}. Последний — {_long(end)}.")
    _tell_days(file)
    if weekends := [_short(each) for each in _weekends(file)]:
        click.echo(f"  и обычные выходные: {', '.join(weekends)}")


@calendar.command("correct")
@click.argument("day", type=Day())
@click.option("--working", "kind", flag_value="working", help="День рабочий.")
@click.option("--day-off", "kind", flag_value="day-off", help="День выходной.")
@_REASON
def correct(day: date, kind: str | None, reason: str) -> None:
    """Сделать день рабочим или выходным."""
    if kind is None:
        message = "Назовите, какой это день: --working или --day-off."
        raise click.UsageError(message)
    is_working = kind == "working"
    with command_services() as services:
        services.front_office.correct_day(
            occasion(services), day=day, is_working=is_working, reason=reason
        )
    click.echo(f"{_long(day)} — {kind_of_day(is_working, 'ru')}. Сроки пересчитаны.")


@calendar.command("uncorrect")
@click.argument("day", type=Day())
@_REASON
def uncorrect(day: date, reason: str) -> None:
    """Снять исправление: день снова такой, как в таблице."""
    with command_services() as services:
        office = services.front_office
        office.withdraw_correction(occasion(services), day=day, reason=reason)
        is_working = office.calendar.is_working(day)
    click.echo(f"{_long(day)} — снова {kind_of_day(is_working, 'ru')}. Сроки пересчитаны.")


def _span(services: Services, year: int | None, month: date | None) -> tuple[date, date]:
    """Return the first and the last day of what is asked for."""
    if month is not None:
        return month, (month + timedelta(days=31)).replace(day=1) - DAY
    asked = year or services.today(REPUBLICAN_OFFICE).year
    return date(asked, 1, 1), date(asked, 12, 31)


def _tell_days(file: CalendarFile) -> None:
    for each in file.days:
        click.echo(_line(each))
    first, last = min(load_days()).year, max(load_days()).year
    if file.first.year < first or file.last.year > last:
        click.echo(
            f"Праздники известны за {first}–{last} годы; в остальные выходные — только субботы,"
            " воскресенья и исправленные дни."
        )


def _line(each: CalendarDay) -> str:
    kind = kind_of_day(each.is_working, "ru")
    return f"  {_short(each.day)}  {kind:<13} {'; '.join(_why(each))}"


def _why(each: CalendarDay) -> Iterator[str]:
    told = each.correction
    if told is not None:
        yield f"исправлено: {told.reason} ({told.by.staff_id}, {told.corrected_on:%d.%m.%Y})"
    if each.reason is not None:
        yield day_title(each.reason, "ru")


def _weekends(file: CalendarFile) -> Iterator[date]:
    told = {each.day for each in file.days}
    days = (file.first + DAY * n for n in range((file.last - file.first).days + 1))
    return (day for day in days if day.weekday() >= SATURDAY and day not in told)


def _short(day: date) -> str:
    return format_date(day, "dd.MM EEEEEE", locale="ru")


def _long(day: date) -> str:
    return format_date(day, "d MMMM y", locale="ru")


def _print_json(shown: Any) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(plain(shown))).decode())
