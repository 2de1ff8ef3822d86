"""Lists as tables: everything is in them, nothing in them is a formula, and they are on record."""

import csv
import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from application.persistence import lists as persistence
from web import exports
from web.csv_tables import CSV
from web.languages import LANGUAGES, texts
from web.xlsx_tables import XLSX, xlsx_file

LISTS = ("organizations", "verifications", "assistance-requests", "escalations")
AUDITOR = "auditor@KZ"
BY_THE_CLOCK = datetime(2026, 3, 2, 12)  # noqa: DTZ001  A cell has no zone.


def table(caller, path: str, **headers: str) -> list[dict[str, str]]:
    answer = caller.get(path, **{"Accept": CSV, **headers})
    assert answer.status_code == 200, answer.get_json()
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def workbook(caller, path: str) -> bytes:
    answer = caller.get(path, Accept=XLSX)
    assert answer.status_code == 200, answer.get_json()
    assert answer.mimetype == XLSX
    assert answer.content_length == len(answer.data)
    return bytes(answer.data)


def exported(caller) -> list[Any]:
    looks = caller.get("/audit/reads", AUDITOR).get_json()["items"]
    return [look for look in looks if look["kind"] == "export"]


@pytest.fixture
def filled(caller) -> Any:
    """An office with one of each, and a question that came back."""
    organization = caller.organization().get_json()
    request = caller.request(organization["id"], subject="=HYPERLINK(1)").get_json()
    path = f"/assistance-requests/{request['id']}"
    caller.post(f"{path}/escalate", {"question": "Как быть?"}, 1)
    caller.post(f"{path}/answer-escalation", {"answer": "Так"}, 2, "republican_specialist@KZ")
    caller.post("/verifications", {"organization_id": organization["id"]})
    return request


def test_a_table_says_what_people_say(caller, filled):
    (row,) = table(caller, "/assistance-requests")
    assert row == {
        "Идентификатор": filled["id"],
        "Номер": "KZ-75/2026/000001",
        "Тема": "'=HYPERLINK(1)",
        "Организация": "Общественный фонд «Чистый берег»",
        "Категория помощи": "Административная помощь",
        "Вид помощи": row["Вид помощи"],
        "Состояние": "принят",
        "Поступил": "2026-03-02",
        "Ответить до": filled["due_on"],
        "Просрочен": "нет",
        "Есть открытый вопрос": "нет",
        "Предложен фронт-офису": "",
        "Регион": "город Алматы",
        "Район": row["Район"],
        "Фронт-офис": "Фронт-офис волонтёров, город Алматы",
        "Записано": "2026-03-02 12:00:00",
        "Изменено": "2026-03-02 12:00:00",
    }
    assert "тренинг" in row["Вид помощи"].lower()
    assert "район" in row["Район"]


def test_questions_say_who_asked_whom_and_what_came_back(caller, filled):
    (row,) = table(caller, "/escalations?box=came_back")
    assert (row["Вид дела"], row["Вопрос"], row["Состояние"]) == (
        "запрос",
        "Как быть?",
        "дан ответ",
    )
    assert row["Кого спросили"] == "Республиканский фронт-офис волонтёров"
    assert row["Ответ или причина возврата"] == "Так"


@pytest.mark.parametrize(
    ("language", "heading", "status"),
    [("kk", "Күйі", "тексеру жүруде"), ("en", "Status", "being verified")],
)
def test_a_table_is_in_the_language_of_its_reader(caller, filled, language, heading, status):
    (row,) = table(caller, "/verifications", **{"Accept-Language": language})
    assert row[heading] == status


@pytest.mark.parametrize("name", LISTS)
def test_a_table_has_the_columns_of_its_list_also_when_it_is_empty(caller, name):
    answer = caller.get(f"/{name}", Accept=CSV)
    head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert rows == []
    assert "Идентификатор" in head[0]
    disposition = f'attachment; filename="{name}-KZ-75-2026-03-02.csv"'
    assert answer.headers["Content-Disposition"] == disposition
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    book = openpyxl.load_workbook(io.BytesIO(workbook(caller, f"/{name}")))
    assert [cell.value for cell in book.active[1]] == head


def test_filters_and_order_are_those_of_the_list(caller):
    for name in ("Ёлка", "Асар", "Жастар"):
        group = {"team_type": "initiative_group", "bin": None, "legal_form": None}
        caller.organization(**group, name=name)
    shown = [row["Название"] for row in table(caller, "/organizations?order=-name")]
    assert shown == ["Жастар", "Ёлка", "Асар"]
    assert [row["Название"] for row in table(caller, "/organizations?q=елка")] == ["Ёлка"]
    assert caller.get("/organizations?regoin=KZ-75", Accept=CSV).status_code == 422


@pytest.mark.parametrize("paged", ["limit=10", "cursor=x", "limit=50&cursor=x"])
@pytest.mark.parametrize("kind", [CSV, XLSX])
def test_a_table_is_whole(caller, kind, paged):
    answer = caller.get(f"/organizations?{paged}", Accept=kind)
    assert answer.status_code == 422
    told = {code for error in answer.get_json()["errors"] for code in error["codes"]}
    assert told == {"export-is-whole"}
    assert exported(caller) == []


def test_a_table_is_read_in_batches(caller, monkeypatch):
    monkeypatch.setattr(persistence, "BATCH", 2)
    group = {"team_type": "initiative_group", "bin": None, "legal_form": None}
    names = [f"Группа {number}" for number in range(5)]
    for name in names:
        caller.organization(**group, name=name)
    assert [row["Название"] for row in table(caller, "/organizations?order=name")] == names


def test_a_list_that_is_too_long_is_refused_with_advice(caller, monkeypatch):
    one_row = {kind: replace(each, most=1) for kind, each in exports.TABLES.items()}
    monkeypatch.setattr(exports, "TABLES", one_row)
    caller.organization()
    assert len(table(caller, "/organizations")) == 1
    group = {"team_type": "initiative_group", "bin": None, "legal_form": None}
    caller.organization(**group, name="Двор")
    answer = caller.get("/organizations", Accept=XLSX)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "export-too-large")
    assert "Сузьте" in answer.get_json()["detail"]
    assert len(exported(caller)) == 1


def test_an_export_is_on_record_with_its_filters_and_length(caller, filled):
    table(caller, "/organizations?q=берег&region=KZ-75")
    workbook(caller, "/assistance-requests")
    requests, organizations = exported(caller)
    assert (requests["asked"], requests["shown"]) == ({"list": "assistance-requests"}, 1)
    assert (organizations["asked"]["region"], organizations["shown"]) == ("KZ-75", 1)
    assert "берег" not in str(organizations)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("text/*", "text/csv; charset=utf-8"),
        ("text/html, text/csv;q=0.5", "text/csv; charset=utf-8"),
        (f"{CSV};q=0.5, {XLSX}", XLSX),
    ],
)
def test_the_caller_says_what_they_take(caller, accept, kind):
    assert caller.get("/organizations", Accept=accept).headers["Content-Type"] == kind


@pytest.mark.parametrize("accept", ["text/html", "application/pdf", "image/*", "csv", "*/*;q=0"])
def test_what_there_is_not_is_not_acceptable(caller, accept):
    answer = caller.get("/organizations", Accept=accept)
    assert (answer.status_code, answer.get_json()["code"]) == (406, "not-acceptable")
    assert answer.mimetype == "application/problem+json"


def test_accounts_and_looks_are_no_tables(caller):
    for path, who in (("/staff", "administrator@KZ"), ("/audit/reads", AUDITOR)):
        assert caller.get(path, who, Accept=CSV).status_code == 406


def test_a_region_exports_its_own_only(caller, filled):
    answer = caller.get("/assistance-requests", "specialist@KZ-19", Accept=CSV)
    assert len(answer.data.decode().splitlines()) == 1
    assert caller.get("/organizations", "administrator@KZ", Accept=CSV).status_code == 403


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    " =1",
    "\t=1",
    "\n=1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "\u3000＝1",
    "|calc",
]


@pytest.mark.parametrize("words", FORMULAS, ids=ascii)
def test_no_cell_is_a_formula(caller, words):
    caller.organization(name=f"{words} x")
    caller.request(caller.get("/organizations").get_json()["items"][0]["id"])
    name = caller.get("/organizations").get_json()["items"][0]["name"]
    (row,) = table(caller, "/organizations")
    assert row["Название"] == f"'{name}"
    book = openpyxl.load_workbook(io.BytesIO(workbook(caller, "/organizations")))
    cell = book.active["B2"]
    assert (cell.value, cell.data_type) == (name, "s")


@pytest.mark.parametrize("words", ["Фонд = дело", "1-я школа", "а@б", "«=»"])
def test_words_that_are_no_formula_stay_as_they_are(caller, words):
    caller.organization(name=words)
    assert table(caller, "/organizations")[0]["Название"] == words


def test_text_stays_text_and_days_are_days(caller):
    caller.organization(bin="020740000078")
    made = caller.get("/organizations").get_json()["items"]

    path = f"/organizations/{made[0]['id']}/log-contact"
    contact = {"channel": "visit", "summary": "Были", "told_about_office": True}
    caller.post(path, contact, 1)
    file = workbook(caller, "/organizations")

    sheet = openpyxl.load_workbook(io.BytesIO(file)).active
    row = dict(zip((cell.value for cell in sheet[1]), sheet[2], strict=True))
    assert (row["БИН"].value, row["БИН"].data_type) == ("020740000078", "s")
    assert row["Последний контакт"].value == datetime(2026, 3, 2)  # noqa: DTZ001  A cell has no zone.
    assert row["Последний контакт"].number_format == "yyyy-mm-dd"
    assert row["Записано"].value == BY_THE_CLOCK
    assert row["Действует по"].value is None
    assert sheet.freeze_panes == "A2"
    assert sheet.title == "Организации"

    head, values = (
        CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    )
    read = dict(zip(head, values, strict=True))
    assert (read["БИН"], read["Последний контакт"]) == ("020740000078", date(2026, 3, 2))
    assert read["Записано"] == BY_THE_CLOCK


def test_what_xml_has_no_place_for_is_left_out(app):
    with app.test_request_context():
        response = xlsx_file(
            "Лист",
            ["Слова"],
            iter(
                [
                    [
                        "а\x01б\uffff\x0bв",
                    ],
                    ["#N/A"],
                    ["\ud800г"],
                ]
            ),
        )
        file = b"".join(response.response)
        response.close()
    sheet = openpyxl.load_workbook(io.BytesIO(file)).active
    assert [row[0].value for row in sheet] == ["Слова", "абв", "#N/A", "г"]
    assert sheet["A3"].data_type == "s"


def test_every_column_and_list_has_its_words_in_three_languages():
    for part in texts("tables").values():
        for words in part.values():
            assert words.keys() == set(LANGUAGES)
            assert all(words.values())
