"""The service is started and stopped by people, by systems, and by power cuts."""

import os
import signal
import socket
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from bodies import GROUP
from running import free_port, running, said

from domain.actors import Role
from domain.catalogue.codes import HelpType
from domain.catalogue.status_codes import RequestStatus


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["TERM", "INT"])
def test_a_stopped_service_leaves_no_server_behind(data_dir, how):
    with running(data_dir) as service:
        assert service.call("GET", "/readyz").status == 200
        postgres = service.postgres()
        assert postgres is not None
        assert service.stop(how) == 0
    assert service.postgres() is None


def test_after_a_kill_the_next_start_serves_what_was_acknowledged(data_dir):
    with running(data_dir, WORKERS="1") as service:
        registered = service.call("POST", "/api/v1/organizations", WITH_CONTACT)
        assert registered.status == 201
        service.stop(signal.SIGKILL)
    with running(data_dir, WORKERS="1") as service:
        again = service.call("GET", registered.headers["Location"])
        assert again.body == registered.body
    assert service.postgres() is None


def test_the_demonstration_shows_every_state_and_help_type_and_is_loaded_once(data_dir):
    with running(data_dir, DEMO="1") as service:
        first = _requests(service)
    with running(data_dir, DEMO="1") as service:
        assert _requests(service) == first
    assert {each["status"] for each in first} == set(RequestStatus)
    assert {each["help_type"] for each in first} == set(HelpType)


def test_the_greeting_names_the_address_the_description_and_the_first_call(data_dir):
    with running(data_dir) as service:
        greeting = "".join(service.greeting)
        address = f"http://127.0.0.1:{service.port}"
        for told in (
            f"{address}\n",
            f"{address}/docs\n",
            f"POST {address}/api/v1/session, ",
        ):
            assert told in greeting
        assert service.call("GET", "/api/v1/assistance-requests").status == 200


def test_the_hosts_that_are_set_are_the_ones_it_answers_by(data_dir):
    with running(data_dir, HOSTS="office.kz,[::1]", WORKERS="1") as service:
        known = ("office.kz", "OFFICE.KZ:8000", "[::1]:1", "127.0.0.1")
        told = [service.call("GET", "/healthz", Host=host).status for host in known]
        assert told == [200, 200, 200, 400]


def test_a_port_that_is_taken_is_told_before_anything_is_made(data_dir):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, text = said("serve", data_dir=data_dir, PORT=str(taken.getsockname()[1]))
    assert code == 2
    assert "set FRONTOFFICE_PORT to another port" in text
    assert list(data_dir.iterdir()) == []


def test_two_services_do_not_share_a_folder(data_dir):
    with running(data_dir) as service:
        code, text = said("serve", data_dir=data_dir, PORT=str(free_port()))
        assert (code, service.call("GET", "/readyz").status) == (2, 200)
    assert f"Another front office is running on {data_dir}. Stop it first" in text


def test_a_lost_key_file_is_told_and_not_made_anew(data_dir):
    with running(data_dir) as service:
        assert service.call("POST", "/api/v1/organizations", WITH_CONTACT).status == 201
    key_file = data_dir / "keys" / "key-encryption-keys.json"
    key_file.unlink()
    code, text = said("serve", data_dir=data_dir)
    assert code == 2
    assert str(key_file) in text
    assert not key_file.exists()


@pytest.mark.parametrize(
    ("folder", "fault"),
    [("with space", "has a space in it"), ("Кириллица" * 6, "is longer than 90 bytes")],
)
def test_a_folder_postgresql_cannot_live_in_is_told(data_dir, folder, fault):
    code, text = said("serve", data_dir=data_dir / folder)
    assert code == 2
    assert fault in text
    assert "Set FRONTOFFICE_DATA_DIR to a short path without spaces" in text
    assert list(data_dir.iterdir()) == []


def test_a_folder_with_a_cyrillic_name_is_as_good_as_any(data_dir):
    with running(data_dir / "Дела") as service:
        assert service.call("GET", "/readyz").status == 200


def test_a_folder_that_cannot_be_written_to_is_told():
    code, text = said("serve", data_dir=Path("/proc/here"))
    assert code == 2
    assert "The folder /proc/here cannot be written to" in text
    assert "Traceback" not in text


def test_without_its_database_the_service_says_so_and_heals_alone(data_dir):
    with running(data_dir, WORKERS="1") as service:
        assert service.call("GET", "/api/v1/organizations").status == 200
        postgres = service.postgres()
        os.kill(postgres, signal.SIGKILL)
        answers = iter(partial(service.call, "GET", "/api/v1/organizations"), None)
        gone = next(answer for answer in answers if answer.status != 200)
        assert (gone.status, gone.body["code"]) == (503, "unavailable")
        assert gone.headers["Retry-After"] == "1"
        assert service.call("GET", "/healthz").status == 200
        assert next(answer.status for answer in answers if answer.status != 503) == 200
        assert service.postgres() not in {None, postgres}
    assert service.postgres() is None


def test_a_database_of_a_newer_service_is_left_alone(data_dir, server_url):
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE newer")
    url = psycopg.conninfo.make_conninfo(server_url, dbname="newer")
    with running(data_dir, DATABASE_URL=_url(url)) as service:
        assert service.call("GET", "/readyz").status == 200
    with psycopg.connect(url) as connection:
        connection.execute("INSERT INTO schema_version VALUES (999)")
    code, text = said("serve", data_dir=data_dir, DATABASE_URL=_url(url))
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute("DROP DATABASE newer WITH (FORCE)")
    assert code == 2
    assert "has schema 999" in text
    assert "update the service" in text


def test_every_wrong_setting_is_told_at_once(data_dir):
    wrong = {"PORT": "70000", "WORKERS": "many", "DATABASE_URL": "mysql://x"}
    wrong |= {"HOSTS": "office.kz:80,http://office.kz", "REQUEST_SECONDS": "0"}
    code, text = said("serve", data_dir=data_dir, **wrong)
    assert code == 2
    for name in wrong:
        assert f"  FRONTOFFICE_{name}: " in text
    assert "Traceback" not in text


@pytest.mark.parametrize("prefix", ["", "CASE_"])
def test_what_loses_the_order_of_events_is_refused(data_dir, prefix):
    name = f"{prefix}POSTGRES_ENABLE_DB_FUNCTIONS"
    code, text = said("serve", data_dir=data_dir, environ={name: "y"})
    assert code == 2
    assert f"{name} is set: followers of the log would miss events. Unset it." in text


def test_the_first_administrator_is_made_once_and_told_once(data_dir):
    with running(data_dir) as service:
        assert service.send("GET", "/api/v1/me", token=None).status == 401
        assert service.call("GET", "/api/v1/me", who="administrator@KZ").body["office"] == "KZ"
    with running(data_dir) as service:
        assert "пароль" not in "".join(service.greeting)


def test_the_demonstration_tells_a_ready_token_for_every_role(data_dir):
    with running(data_dir, DEMO="1") as service:
        told = [line.split()[0] for line in service.greeting if line.startswith("  fo_")]
        roles = [service.send("GET", "/api/v1/me", token=each).body["role"] for each in told]
        assert set(roles) == set(Role)


def test_an_unreachable_database_is_told_in_a_sentence(data_dir):
    url = f"postgresql://nobody:secret@127.0.0.1:{free_port()}/nothing"
    code, text = said("serve", data_dir=data_dir, DATABASE_URL=url)
    assert code == 2
    assert "FRONTOFFICE_DATABASE_URL" in text
    assert "Traceback" not in text
    assert "secret" not in text


WITH_CONTACT = {
    **GROUP,
    "contact_persons": [
        {"name": "Пример Примеров", "phone": "+77000000001", "role": "координатор", "consent": True}
    ],
}


def _url(conninfo: str) -> str:
    return f"postgresql://?{urlencode(psycopg.conninfo.conninfo_to_dict(conninfo))}"


def _requests(service):
    return service.call("GET", "/api/v1/assistance-requests?limit=100").body["items"]
