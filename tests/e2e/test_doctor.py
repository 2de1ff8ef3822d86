"""The doctor says what is the matter with an installation, and changes nothing of it."""

import json
import os
import socket
from multiprocessing import Pipe, get_context

import psycopg
import pytest
from running import SECONDS, free_port, running, said

from application.bootstrap import utc_now
from application.checkup import check_up
from application.databases import StartRefused, database_to_read
from application.persistence.embedded import running_postgres
from application.settings import Settings

NOBODY = 65534


def findings(data_dir, **settings):
    code, text = said("doctor", "-o", "json", data_dir=data_dir, **settings)
    assert "Traceback" not in text
    document, _ = json.JSONDecoder().raw_decode(text[text.index("{") :])
    return code, {each["check"]: each for each in document["items"]}


def codes(found, *levels):
    return {each["code"] for each in found.values() if each["level"] in levels}


def test_a_machine_on_which_nothing_ran_yet_is_ready_and_stays_untouched(data_dir):
    code, found = findings(data_dir, PORT=str(free_port()))

    assert code == 0
    assert codes(found, "ok") >= {"database-none", "port-free", "time-zones-ok", "settings-ok"}
    assert codes(found, "warn") <= {"user-root", "keys-none"}
    assert list(data_dir.iterdir()) == []


def test_beside_a_running_service_and_after_it_everything_is_well(data_dir):
    with running(data_dir, DEMO="1") as service:
        code, found = findings(data_dir, PORT=str(service.port))
        assert (code, codes(found, "fail")) == (0, set())
        assert codes(found, "ok") >= {"port-ours", "embedded-runs", "key-opens-ok", "rows-ok"}
    code, found = findings(data_dir, PORT=str(service.port))
    assert (code, codes(found, "fail")) == (0, set())
    assert codes(found, "ok") >= {"port-free", "embedded-stopped", "key-opens-ok", "schema-ok"}


def broken_row_security(service):
    with psycopg.connect(running_postgres(service.data_dir)) as connection:
        connection.execute("ALTER TABLE requests DISABLE ROW LEVEL SECURITY")


def older_schema(service):
    with psycopg.connect(running_postgres(service.data_dir)) as connection:
        connection.execute("DELETE FROM schema_version WHERE version > 1")


def newer_schema(service):
    with psycopg.connect(running_postgres(service.data_dir)) as connection:
        connection.execute("INSERT INTO schema_version VALUES (99)")


def other_lists(service):
    with psycopg.connect(running_postgres(service.data_dir)) as connection:
        connection.execute("UPDATE forms SET mark = 'other' WHERE name = 'read models'")


def mighty_login(service):
    with psycopg.connect(running_postgres(service.data_dir)) as connection:
        connection.execute("ALTER ROLE frontoffice BYPASSRLS")


def key_file(service):
    return service.data_dir / "keys/key-encryption-keys.json"


def open_key_file(service):
    key_file(service).chmod(0o644)


def torn_key_file(service):
    key_file(service).write_text("{")


def other_keys(service):
    keys = json.loads(key_file(service).read_text())
    other = {"current": "other", "keys": {"other": keys["lookup"]}}
    key_file(service).write_text(json.dumps({**keys, **other}))


@pytest.mark.parametrize(
    ("breaks", "check", "code"),
    [
        (broken_row_security, "rows", "rows-unguarded"),
        (older_schema, "schema", "schema-older"),
        (newer_schema, "schema", "schema-newer"),
        (other_lists, "lists", "lists-old"),
        (mighty_login, "roles", "roles-mighty"),
        (open_key_file, "keys", "keys-open"),
        (torn_key_file, "keys", "keys-unusable"),
        (other_keys, "key-opens", "key-opens-not"),
    ],
)
def test_what_is_broken_is_named(data_dir, breaks, check, code):
    with running(data_dir, DEMO="1") as service:
        breaks(service)
        found_code, found = findings(data_dir, PORT=str(service.port))
    assert (found_code, found[check]["code"], found[check]["level"]) == (1, code, "fail")


@pytest.mark.parametrize(
    ("settings", "check", "code"),
    [
        ({"PORT": "many"}, "settings", "settings-wrong"),
        ({"DATABASE_URL": "postgresql://x:y@127.0.0.1:1/z"}, "database", "database-silent"),
    ],
)
def test_settings_that_lead_nowhere_are_named(data_dir, settings, check, code):
    found_code, found = findings(data_dir, **settings)
    assert (found_code, found[check]["code"], found[check]["level"]) == (1, code, "fail")


def test_a_folder_with_a_space_is_named(data_dir):
    code, found = findings(data_dir / "two words")
    assert (code, found["folder"]["code"]) == (1, "folder-unusable")


def test_a_port_that_somebody_else_has_is_named(data_dir):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        code, found = findings(data_dir, PORT=str(listener.getsockname()[1]))
    assert (code, found["port"]["code"]) == (1, "port-taken")


def in_a_closed_folder(folder, told):
    if os.geteuid() == 0:  # To root no folder is closed.
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    settings = Settings(data_dir=folder, key_file=folder / "keys.json", port=free_port())
    told.send([each.code for each in check_up(settings, utc_now)])
    with pytest.raises(StartRefused, match=r"closed to this user"), database_to_read(settings):
        pass


def test_a_folder_that_is_closed_is_named(data_dir):
    (data_dir / "postgres").mkdir()
    data_dir.chmod(0o000)
    heard, told = Pipe(duplex=False)
    process = get_context("fork").Process(target=in_a_closed_folder, args=(data_dir, told))
    process.start()
    process.join(SECONDS)
    data_dir.chmod(0o700)

    assert process.exitcode == 0
    assert "folder-closed" in heard.recv()


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_doctor_speaks_three_languages(data_dir, language):
    code, text = said("doctor", "--language", language, data_dir=data_dir)
    assert {"ru": "Файл ключей", "kk": "Кілттер файлы", "en": "Key file"}[language] in text
    assert "{" not in text
    assert code == 0
