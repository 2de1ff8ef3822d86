"""The calendar is seen and corrected at the machine while the service runs."""

import json
import re

import pytest
from bodies import GROUP
from running import Running, said

REASON = ("--reason", "Постановление № 7")


def told(service: Running, *arguments: str) -> tuple[int, str]:
    return said("calendar", *arguments, data_dir=service.data_dir)


@pytest.fixture
def next_year(service: Running) -> int:
    """A year that can be corrected whenever the tests run."""
    return int(service.call("GET", "/api/v1/reference/calendar").body["first"][:4]) + 1


def test_a_correction_takes_effect_in_every_worker_and_in_the_lists(service: Running):
    group = service.call(
        "POST",
        "/api/v1/organizations",
        GROUP,
    )
    asked = {
        "organization_id": group.body["id"],
        "help_type": "registration_advice",
        "channel": "visit",
        "subject": "Регистрация",
        "description": "Просят помочь",
        "details": {"question": "С чего начать?"},
    }
    made = service.call("POST", "/api/v1/assistance-requests", asked)
    path, due = made.headers["Location"], made.body["due_on"]
    calendar = made.body["calendar_version"]
    assert told(service, "correct", due, "--day-off", *REASON)[0] == 0
    shown = [service.call("GET", path).body for _ in range(20)]
    assert {each["due_on"] > due for each in shown} == {True}
    assert calendar not in {each["calendar_version"] for each in shown}
    (row,) = service.call("GET", "/api/v1/assistance-requests").body["items"]
    assert row["due_on"] == shown[0]["due_on"]
    assert said("read-models", "check", data_dir=service.data_dir)[0] == 0
    assert told(service, "uncorrect", due, "--reason", "Ошибка")[0] == 0
    assert {service.call("GET", path).body["due_on"] for _ in range(20)} == {due}


def test_a_corrected_day_is_shown_with_its_reason_and_who_corrected_it(service, next_year):
    day = f"{next_year}-06-15"
    code, text = told(service, "correct", day, "--working", *REASON)
    if code:
        code, text = told(service, "correct", day, "--day-off", *REASON)
    assert code == 0, text
    code, text = told(service, "show", "--month", f"{next_year}-06")
    assert code == 0
    assert re.search(r"15\.06 .*исправлено: Постановление № 7 \(machine:\S+, [\d.]{10}\)", text)
    shown = service.call("GET", f"/api/v1/reference/calendar?year={next_year}").body
    (corrected,) = (each for each in shown["days"] if each["day"] == day)
    assert (corrected["reason"], corrected["corrected_by"]) == ("Постановление № 7", "KZ")
    assert corrected["corrected_on"] is not None


def test_a_year_is_shown_for_people_and_for_programs(service):
    code, text = told(service, "show", "--year", "2024")
    assert code == 0
    assert "04.05 сб  рабочий день  вместо другого дня" in text
    assert "08.05 ср  выходной      Выходной (вместо 04.05.2024)" in text
    code, text = told(service, "show", "--year", "2024", "-o", "json")
    assert (code, json.loads(text)["working_days"]) == (0, 249)


def test_a_year_whose_feasts_are_not_known_yet_says_so(service):
    assert "Праздники известны за" not in told(service, "show", "--year", "2024")[1]
    code, text = told(service, "show", "--year", "2031")
    assert code == 0
    assert "Праздники известны за 2019–2027 годы" in text


def test_a_term_is_counted_with_the_days_that_it_skips(service):
    code, text = told(service, "due", "--from", "2024-04-24")
    assert code == 0
    assert text.startswith("Рабочих дней после 24 апреля 2024: 15. Последний — 20 мая 2024.")
    assert "01.05 ср  выходной      Праздник единства народа Казахстана" in text
    assert "обычные выходные: 27.04 сб, 28.04 вс, 05.05 вс" in text
    code, text = told(service, "due", "--from", "2026-03-02", "--days", "3", "-o", "json")
    assert (code, json.loads(text)["due_on"]) == (0, "2026-03-05")
    assert "обычные выходные" not in told(service, "due", "--from", "2026-03-02", "--days", "3")[1]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("correct", "1990-01-09", "--day-off", *REASON), 1, "Проверьте год"),
        (("correct", "2026-03-10", *REASON), 2, "--working или --day-off"),
        (("correct", "вчера", "--working", *REASON), 2, "нужен день вида 2026-05-08"),
        (("correct", "2026-03-10", "--working"), 2, "--reason"),
        (("uncorrect", "1990-01-09", "--reason", "Ошибка"), 1, "нет исправления"),
        (("show", "--month", "март"), 2, "нужен месяц вида 2026-05"),
        (("show", "--month", "2026-03", "--year", "2026"), 2, "не то и другое"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(service, arguments, code, words):
    answered, text = told(service, *arguments)
    assert answered == code
    assert words in text
    assert "Traceback" not in text
