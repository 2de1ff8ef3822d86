"""An auditor reads cases from the command line, whether the service runs or not."""

import json

import psycopg
import pytest
from bodies import GROUP
from running import Running, running, said

from application.persistence.embedded import running_postgres

UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def case(service: Running) -> dict:
    """The case of a group that has changed its name."""
    registered = service.call(
        "POST",
        "/api/v1/organizations",
        GROUP,
    )
    changed = service.call(
        "PATCH",
        registered.headers["Location"],
        {"name": "Двор"},
        If_Match=registered.headers["ETag"],
    )
    service.call(
        "POST",
        f"{registered.headers['Location']}/close",
        {"reason": "Тест"},
        If_Match=changed.headers["ETag"],
    )
    return registered.body


def test_a_case_is_shown_as_it_is_and_as_it_was(service, case):
    code, text = said("cases", "show", case["id"], data_dir=service.data_dir)
    assert (code, json.loads(text)["name"]) == (0, "Двор")
    for past in (("--version", "1"), ("--as-of", case["updated_at"])):
        code, text = said("cases", "show", case["id"], *past, data_dir=service.data_dir)
        assert (code, json.loads(text)["name"]) == (0, "Инициативная группа «Тёплый двор»")


@pytest.mark.parametrize(
    ("language", "word"), [("ru", "зарегистрирована"), ("kk", "тіркелді"), ("en", "registered")]
)
def test_a_history_is_told_in_three_languages(service, case, language, word):
    code, text = said(
        "cases", "history", case["id"], "--language", language, data_dir=service.data_dir
    )
    assert code == 0
    assert word in text.splitlines()[1].lower()


def test_a_history_is_printed_as_a_page_of_its_own(service, case):
    asked = ("cases", "history", case["id"], "-o", "html", "--purpose", "Жалоба № 15")
    code, text = said(*asked, data_dir=service.data_dir)
    assert code == 0
    assert text.startswith('<!doctype html>\n<html lang="ru">')
    assert all(each in text for each in ("Организация «Двор»", "Жалоба № 15", "Версии 1–3 из 3"))
    assert "<script" not in text


def test_what_has_changed_is_told_in_words_and_as_http_has_it(service, case):
    asked = ("cases", "changes", case["id"], "--from", "1", "--to", "2")
    code, text = said(*asked, data_dir=service.data_dir)
    assert code == 0
    first, name, *_, last = text.splitlines()
    assert first.split() == ["Поле", "Было", "Стало"]
    assert (name.split()[0], name.split()[-1]) == ("Название", "Двор")
    assert "Сведения об организации изменены: название" in last
    code, text = said(*asked, "-o", "json", data_dir=service.data_dir)
    path = f"/api/v1/organizations/{case['id']}/changes?from_version=1&to_version=2"
    assert json.loads(text) == service.call("GET", path).body


@pytest.mark.parametrize(
    ("ends", "code", "words"),
    [
        (("--from", "2", "--to", "1"), 1, "Поменяйте их местами"),
        (("--to", "9"), 1, "Последняя версия дела — 3"),
        (("--from", "0"), 2, "--from"),
        (("--from", "1", "--from-moment", "2026-03-02T10:00:00Z"), 2, "--from-moment"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(service, case, ends, code, words):
    got, text = said("cases", "changes", case["id"], *ends, data_dir=service.data_dir)
    assert got == code
    assert words in text


def test_a_history_as_json_is_the_one_that_http_has(service, case):
    code, text = said("cases", "history", case["id"], "-o", "json", data_dir=service.data_dir)
    path = f"/api/v1/organizations/{case['id']}/history"
    assert (code, json.loads(text)) == (0, service.call("GET", path).body)


@pytest.mark.parametrize("moment", ["2026-03-02", "2026-03-02T10:00:00", "вчера"])
def test_a_moment_that_is_another_one_on_another_machine_is_refused(service, case, moment):
    code, text = said("cases", "show", case["id"], "--as-of", moment, data_dir=service.data_dir)
    assert code == 2
    assert "нужен момент вида 2026-03-02T10:00:00+05:00" in text


def test_a_case_that_is_not_there_is_told(service):
    code, text = said("cases", "show", UNKNOWN, data_dir=service.data_dir)
    assert code == 1
    assert UNKNOWN in text
    assert "Traceback" not in text


def test_cases_are_read_when_the_service_is_stopped(data_dir):
    with running(data_dir, DEMO="1") as service:
        first = service.call("GET", "/api/v1/organizations").body["items"][0]
    code, text = said("cases", "show", first["id"], data_dir=data_dir)
    assert code == 0
    assert first["name"] in text
    assert service.postgres() is None


def test_the_description_is_printed_without_a_database(data_dir):
    code, text = said("openapi", data_dir=data_dir)
    assert (code, json.loads(text)["openapi"]) == (0, "3.1.0")
    assert list(data_dir.iterdir()) == []


def test_reading_where_no_service_ever_ran_makes_nothing(data_dir):
    code, text = said("cases", "show", UNKNOWN, data_dir=data_dir / "nothing")
    assert code == 2
    assert "Traceback" not in text
    assert list(data_dir.iterdir()) == []


def test_a_case_is_the_same_in_every_time_zone_and_with_every_hash_seed(service, case):
    told = [
        said(*command, data_dir=service.data_dir, environ={"TZ": zone, "PYTHONHASHSEED": seed})
        for zone, seed in (("UTC", "0"), ("Asia/Almaty", "1"), ("America/Los_Angeles", "2"))
        for command in (
            ("cases", "show", case["id"], "--version", "2"),
            ("cases", "history", case["id"], "-o", "json"),
        )
    ]
    assert told[0:2] == told[2:4] == told[4:6]
    assert {code for code, _ in told} == {0}


def test_read_models_are_checked_and_rebuilt_beside_the_running_service(service, case):
    assert case["id"]
    code, text = said("read-models", "check", data_dir=service.data_dir)
    assert (code, text) == (0, "Списки сходятся с историями дел.\n")
    with psycopg.connect(running_postgres(service.data_dir)) as connection:
        connection.execute("UPDATE organizations SET name = 'Не то'")
    code, text = said("read-models", "check", data_dir=service.data_dir)
    assert code == 1
    assert "organizations: лишнее: " in text
    assert "Не то" in text
    code, text = said("read-models", "rebuild", data_dir=service.data_dir)
    assert code == 0
    assert "Списки построены заново" in text
    found = service.call("GET", "/api/v1/organizations?limit=100").body["items"]
    assert "Не то" not in {each["name"] for each in found}
    assert said("read-models", "check", data_dir=service.data_dir)[0] == 0


def test_everything_is_replayed_beside_the_running_service(service, case):
    move = "UPDATE organizations SET district = %s WHERE id = %s"
    with psycopg.connect(running_postgres(service.data_dir), autocommit=True) as connection:
        connection.execute(move, ["751110000", case["id"]])
        code, text = said("audit", "replay", "-o", "json", data_dir=service.data_dir)
        connection.execute(move, [case["district"], case["id"]])
    assert code == 1, text
    (found,) = json.loads(text[: text.rindex("}") + 1])["items"]
    assert (found["case_id"], found["field"]) == (case["id"], "district")
    assert (found["live"], found["replayed"]) == ("751110000", case["district"])
