"""Commands about lists: an office's own that is taken in and given out, and those of cases."""

import json
import os
import re
import signal
import subprocess
from contextlib import closing

import psycopg
import pytest
from bodies import GROUP
from openpyxl import load_workbook
from running import SPECIALIST, command, running, said
from spreadsheets import HEADINGS, csv_file, dirty_file, group, xlsx_file

from application.persistence.embedded import running_postgres

SLOW = """
CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$;
CREATE TRIGGER dawdle AFTER INSERT ON case_events EXECUTE FUNCTION dawdle();
"""
NO_LONGER_SLOW = "DROP FUNCTION dawdle CASCADE"
WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
AUDITOR = "auditor@KZ"


def asleep(database, process):
    """Wait until the command has come to its save; it does not end before that."""
    while not (waiting := database.execute(WAITING).fetchone()):
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.05)
    return waiting


@pytest.fixture
def database(service):
    """The database of the running service, as its owner."""
    with closing(psycopg.connect(running_postgres(service.data_dir), autocommit=True)) as it:
        yield it


def events(database):
    return database.execute("SELECT count(*) FROM case_events").fetchone()[0]


def last_look(service, kind):
    """Return what was recorded last of what is looked at from the command line."""
    looks = service.call("GET", "/api/v1/audit/reads?limit=100", who=AUDITOR).body["items"]
    return next(x for x in looks if (x["kind"], x["cause"]) == (kind, "command-line"))


def test_a_dirty_list_is_told_row_by_row_and_nothing_of_it_is_recorded(service, database, tmp_path):
    before = events(database)
    file = str(dirty_file(tmp_path))
    code, text = said("organizations", "import", file, "--confirm", data_dir=service.data_dir)

    assert code == 1
    assert "Traceback" not in text
    assert "с ошибками: 10" in text
    assert text.splitlines()[-1].startswith("Ничего не внесено")
    assert events(database) == before


def test_a_list_is_checked_registered_and_known_ever_after(service, database, tmp_path):
    before = events(database)
    file = str(csv_file(tmp_path, [HEADINGS, group("Первая"), group("Вторая")], encoding="cp1251"))
    told = []
    for confirmed in ((), ("--confirm",), ("--confirm",)):
        code, text = said(
            "organizations", "import", file, *confirmed, "-o", "json", data_dir=service.data_dir
        )
        document, _ = json.JSONDecoder().raw_decode(text)
        told.append((code, [each["outcome"] for each in document["rows"]]))

    assert told == [
        (0, ["will-be-registered"] * 2),
        (0, ["registered"] * 2),
        (0, ["known"] * 2),
    ]
    assert events(database) == before + 2
    found = service.call("GET", f"/api/v1/organizations/{document['rows'][0]['id']}").body
    assert found["name"] == "Первая"


def test_an_import_that_is_killed_leaves_nothing_and_is_done_when_repeated(
    service, database, tmp_path
):
    before = events(database)
    names = [group("".join("абвгдежзик"[int(each)] * 3 for each in f"{n:03}")) for n in range(300)]
    asked = ("organizations", "import", str(xlsx_file(tmp_path, [HEADINGS, *names])), "--confirm")
    database.execute(SLOW)
    process = command(*asked, data_dir=service.data_dir)
    waiting = asleep(database, process)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    database.execute("SELECT pg_terminate_backend(%s)", waiting)
    database.execute(NO_LONGER_SLOW)
    assert events(database) == before

    assert said(*asked, data_dir=service.data_dir)[0] == 0
    assert events(database) == before + 300
    assert said("read-models", "check", data_dir=service.data_dir)[0] == 0


def test_an_import_whose_outcome_was_not_heard_is_told_as_that(service, database, tmp_path):
    rows = [HEADINGS, *(group(name) for name in ("Парус", "Компас", "Маяк"))]
    asked = ("organizations", "import", str(xlsx_file(tmp_path, rows)), "--confirm")
    database.execute(SLOW)
    process = command(*asked, data_dir=service.data_dir)
    waiting = asleep(database, process)
    database.execute("SELECT pg_terminate_backend(%s)", waiting)
    text, _ = process.communicate()
    database.execute(NO_LONGER_SLOW)

    assert process.returncode == 2
    assert "Повторите команду" in text
    assert "Traceback" not in text
    assert said(*asked, data_dir=service.data_dir)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("organizations", "import", "нет-такого.xlsx"), 2, "нет-такого.xlsx"),
        (("organizations", "import", __file__, "--region", "KZ-99"), 2, "KZ-99"),
        (("organizations", "import", __file__), 1, "строка заголовков"),
        (("organizations", "export", "list.pdf"), 2, "list.pdf"),
        (("organizations", "export", "no-folder/list.csv"), 2, "no-folder"),
        (("cases", "list", "--filter", "statsu=helped"), 2, "statsu"),
        (("cases", "list", "--filter", "helped"), 2, "имя=значение"),
        (("cases", "list", "--status", "soon"), 2, "in_progress"),
        (("cases", "list", "--kind", "organizations", "--overdue", "true"), 2, "overdue"),
        (("cases", "show", "KZ-75/2026/999999"), 1, "KZ-75/2026/999999"),
        (("cases", "show", "номер"), 2, "KZ-75/2026/000123"),
        (("demo",), 1, "не пуста"),
    ],
)
def test_what_is_wrong_is_a_sentence_and_a_code(service, arguments, code, told):
    service.call("POST", "/api/v1/organizations", GROUP)
    found, text = said(*arguments, data_dir=service.data_dir)

    assert (found, told in text, "Traceback" in text) == (code, True, False), text


def test_organizations_are_given_out_without_people_unless_asked(service, tmp_path):
    contacts = ("Лидер", "Телефон", "Согласие")
    rows = [(*HEADINGS, *contacts), (*group("С контактами"), "Пример", "87011112233", "да")]
    said(
        *("organizations", "import", str(csv_file(tmp_path, rows)), "--confirm"),
        data_dir=service.data_dir,
    )
    plain, full = tmp_path / "plain.csv", tmp_path / "full.xlsx"
    asked = ("organizations", "export", str(plain), "--filter", "q=С контактами")
    assert said(*asked, data_dir=service.data_dir)[0] == 0
    assert "87011112233"[1:] not in plain.read_text("utf-8-sig")
    assert last_look(service, "export")["subjects"] == []

    asked = ("organizations", "export", str(full), "--with-contacts")
    assert said(*asked, data_dir=service.data_dir)[0] == 0
    cells = [cell for row in load_workbook(full).active.iter_rows(values_only=True) for cell in row]
    assert {"С контактами", "+77011112233", "Руководитель"} <= set(cells)
    assert len(last_look(service, "export")["subjects"]) == 1
    assert full.stat().st_mode & 0o077 == 0
    assert said(*asked, data_dir=service.data_dir)[0] == 2


def test_cases_are_listed_as_http_lists_them_and_that_is_recorded(service):
    asked = ("cases", "list", "--kind", "organizations", "--region", "KZ-75", "-o", "json")
    code, text = said(*asked, data_dir=service.data_dir)

    document, _ = json.JSONDecoder().raw_decode(text)
    listed = service.call("GET", "/api/v1/organizations?region=KZ-75", who=SPECIALIST).body
    assert code == 0
    assert document["items"] == listed["items"]
    asked = {"list": "organizations", "region": "KZ-75"}
    assert last_look(service, "list")["asked"] == asked


def test_a_case_is_found_by_its_number(data_dir):
    assert said("demo", data_dir=data_dir)[0] == 0
    code, text = said("cases", "list", "-o", "csv", "--overdue", "true", data_dir=data_dir)
    number = re.search(r"KZ-75/2026/\d{6}", text)[0]
    assert code == 0
    code, text = said("cases", "show", number.lower(), data_dir=data_dir)
    assert (code, f'"number": "{number}"' in text) == (0, True)
    code, text = said("cases", "history", number, data_dir=data_dir)
    assert "Принят запрос" in text
    assert said("demo", data_dir=data_dir)[0] == 1


def test_a_reader_that_has_heard_enough_is_no_error(data_dir):
    with running(data_dir, DEMO="1"):
        for form in ("table", "json", "csv"):
            process = command("cases", "list", "-o", form, data_dir=data_dir)
            process.stdout.close()
            assert process.wait(60) in {0, 1}


def test_a_table_that_goes_to_a_file_is_marked_for_spreadsheets(service, tmp_path):
    asked = ("cases", "list", "--kind", "organizations", "-o", "csv")
    process = command(*asked, data_dir=service.data_dir)
    with (tmp_path / "list.csv").open("wb") as file:
        subprocess.run(
            process.args, stdout=file, check=True, env={**_environ(service)}, stderr=subprocess.PIPE
        )
    piped, _ = process.communicate()
    assert (tmp_path / "list.csv").read_text("utf-8").startswith("\ufeffИдентификатор,Название,")
    assert piped.startswith("Идентификатор,Название,")
    assert "инициативная группа" in piped


def _environ(service):
    return {**os.environ, "FRONTOFFICE_DATA_DIR": str(service.data_dir)}


def test_what_the_read_models_hold_is_told(service):
    code, text = said("read-models", "status", "-o", "json", data_dir=service.data_dir)
    document, _ = json.JSONDecoder().raw_decode(text)
    assert (code, document["is_current"]) == (0, True)
    assert document["rows"]["organizations"] == document["rows"]["sights"]
    assert document["position"] >= document["events"]
