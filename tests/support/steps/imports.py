"""A list of organizations that an office keeps in a spreadsheet."""

import csv
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from drivers import ORGANIZATIONS, READER, Refused
from flask import Flask
from pytest_bdd import given, parsers, then, when
from steps.desk import OFFICES_OF, Desk

from application.services import Services
from domain.actors import StaffId
from web.imports.remarks import said
from web.imports.report import Report, ReportedRow
from web.imports.taking_in import take_in

OUTCOMES = "будет внесена|внесена|уже внесена"
TakeIn = Callable[..., Report]


@pytest.fixture
def taken_in(app: Flask, services: Services) -> TakeIn:
    """Take a file in as the command line does."""

    def taken_in(file: Path, region: str | None = None, *, is_confirmed: bool = True) -> Report:
        by = StaffId("machine:tester")
        with app.app_context():
            return take_in(
                services,
                by,
                file,
                region,
                lambda _: nullcontext(lambda _: None),
                is_confirmed=is_confirmed,
            )

    return taken_in


class OfficeList:
    """A list, and what was said of it last."""

    def __init__(self, file: Path, region: str) -> None:
        self.file = file
        self.region = region
        self.report: Report

    def row(self, number: int) -> ReportedRow:
        """Return what was said of a row."""
        return next(each for each in self.report.rows if each.row == number)


@given(
    parsers.parse("список {office}:"),
    target_fixture="office_list",
    converters={"office": OFFICES_OF.__getitem__},
)
def office_list(office: str, datatable: list[list[str]], tmp_path: Path) -> OfficeList:
    file = tmp_path / "список.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out, delimiter=";").writerows(datatable)
    return OfficeList(file, office)


@when("список проверяют")
def looked_over(office_list: OfficeList, taken_in: TakeIn) -> None:
    office_list.report = taken_in(office_list.file, office_list.region, is_confirmed=False)


@when("список вносят")
def registered(desk: Desk, office_list: OfficeList, taken_in: TakeIn) -> None:
    office_list.report = taken_in(office_list.file, office_list.region)
    desk.organizations |= {each.name: str(each.id) for each in office_list.report.rows if each.id}


@then(parsers.re(rf"строка (?P<number>\d+) (?P<outcome>{OUTCOMES})"), converters={"number": int})
def came_to(office_list: OfficeList, number: int, outcome: str) -> None:
    assert said(office_list.row(number).outcome) == outcome, office_list.row(number)


@then(
    parsers.re(r"строка (?P<number>\d+) не вносится из-за столбц(а|ов) (?P<columns>.+)"),
    converters={"number": int},
)
def faulty(office_list: OfficeList, number: int, columns: str) -> None:
    shown = [line for line in office_list.report.lines if line["row"] == number]
    assert office_list.row(number).outcome == "refused"
    assert ", ".join(f'"{line["column"]}"' for line in shown) == columns
    assert all(line["remark"] for line in shown)


@then(parsers.parse('строка {number:d} не вносится: похожа на "{name}"'))
def looks_like(office_list: OfficeList, number: int, name: str) -> None:
    (remark,) = office_list.row(number).remarks
    assert remark.code == "duplicate-suspected"
    assert name in remark.words


@then(parsers.parse('в строке {number:d} о столбце "{column}" сказано: "{words}"'))
def remarked(office_list: OfficeList, number: int, column: str, words: str) -> None:
    shown = [each for each in office_list.report.lines if each["row"] == number]
    assert [column] == [each["column"] for each in shown]
    assert words in shown[0]["remark"]


@then(parsers.parse("у фронт-офиса записано организаций: {count:d}"))
def so_many(desk: Desk, count: int) -> None:
    page = desk.driver.page(READER, ORGANIZATIONS)
    assert not isinstance(page, Refused)
    assert len(page["items"]) == count
