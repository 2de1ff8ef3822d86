"""The calendar of working days over HTTP."""

from datetime import date

import pytest
from people import ADMINISTRATOR

from web.day_titles import day_title


def correct(services, day, *, is_working):
    on = services.occasion(ADMINISTRATOR, cause="test")
    services.front_office.correct_day(on, day=day, is_working=is_working, reason="Постановление")


def days(caller, query="", language="ru"):
    answer = caller.get(f"/reference/calendar{query}", **{"Accept-Language": language})
    assert answer.status_code == 200
    return {each["day"]: each for each in answer.get_json()["days"]}


def test_the_year_is_shown_with_its_days_off_and_its_corrections(caller, services):
    correct(services, date(2026, 3, 10), is_working=False)
    body = caller.get("/reference/calendar").get_json()
    assert (body["first"], body["last"], body["working_days"]) == ("2026-01-01", "2026-12-31", 246)
    assert body["version"].endswith("+1")
    shown = days(caller)
    assert shown["2026-03-09"] == {
        "day": "2026-03-09",
        "is_working": False,
        "reason": "Международный женский день (перенос)",
        "corrected_by": None,
        "corrected_on": None,
    }
    assert shown["2026-03-10"] == {
        "day": "2026-03-10",
        "is_working": False,
        "reason": "Постановление",
        "corrected_by": "KZ",
        "corrected_on": "2026-03-02",
    }


@pytest.mark.parametrize(
    ("language", "title"),
    [("ru", "Курбан-айт (день ещё не объявлен)"), ("kk", "Құрбан айт"), ("en", "Kurban Ait")],
)
def test_feasts_are_called_as_their_reader_calls_them(caller, language, title):
    assert days(caller, language=language)["2026-05-27"]["reason"].startswith(title)


def test_every_feast_of_the_table_has_a_name(caller):
    for year in range(2019, 2028):
        for each in days(caller, f"?year={year}").values():
            assert not each["reason"].isascii(), each


def test_a_day_that_has_no_name_here_is_called_as_in_the_table():
    assert day_title("Some new feast (observed)", "ru") == "Some new feast (observed)"


@pytest.mark.parametrize("query", ["?year=1900", "?year=next", "?month=3"])
def test_a_year_that_is_none_is_refused(caller, query):
    assert caller.get(f"/reference/calendar{query}").status_code == 422


def test_a_request_names_the_calendar_by_which_its_term_is_counted(caller, services):
    organization = caller.organization().get_json()
    request = caller.request(organization["id"]).get_json()
    path = f"/assistance-requests/{request['id']}"
    assert request["calendar_version"].endswith("+0")
    correct(services, date(2026, 3, 10), is_working=False)
    now = caller.get(path).get_json()
    assert (now["due_on"], now["calendar_version"][-2:]) == ("2026-03-30", "+1")
    then = caller.get(f"{path}?version=1").get_json()
    assert (then["due_on"], then["calendar_version"][-2:]) == ("2026-03-27", "+0")
    (row,) = caller.get("/assistance-requests").get_json()["items"]
    assert row["due_on"] == "2026-03-30"
