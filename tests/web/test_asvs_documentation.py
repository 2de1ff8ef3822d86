"""What docs/asvs.md writes down is how the service is: read from the one, tried at the other."""

import re
from datetime import timedelta
from pathlib import Path
from typing import get_args

import psycopg
import pytest
from msgspec import inspect

from application.persistence.key_file import ensure_key_file
from application.settings import Settings
from application.sign_in.passwords import CONTEXT_WORDS, hashed
from application.sign_in.token_form import ALGORITHMS
from application.sign_in.tokens import new_token, token_hash
from domain.document.media_types import MediaType
from domain.document.recognition import MAX_SIZE
from domain.personal import PersonalField
from web.app import description
from web.logs import FIELDS

TEXT = (Path(__file__).parents[2] / "docs/asvs.md").read_text("utf-8")
LIMITS = {
    name: int(value)
    for name, value in re.findall(r"^\| ([a-z ]+) \| (\d+)(?: [a-z ]+)? \|", TEXT, re.MULTILINE)
}
OWN = "четыре рыжих кота едят арбуз"


def section(title):
    return TEXT.split(f"### {title}\n")[1].split("\n### ")[0].split("\n## ")[0]


def quoted(text):
    return set(re.findall(r"`([^`]+)`", text))


@pytest.fixture
def account(caller):
    body = {"login": "a.primerova", "name": "А. Примерова", "office": "KZ-75", "post": "С"}
    given = {**body, "roles": ["specialist"], "reason": "Приказ"}
    return caller.post("/staff", given, who="administrator@KZ").get_json()["first_password"]


@pytest.fixture
def sign_in(client):
    def send(password, login="a.primerova", **more):
        body = {"login": login, "password": password, **more}
        return client.post("/api/v1/session", json=body, headers={"Authorization": ""})

    return send


def test_signing_in_has_the_limits_that_are_written(account, sign_in, database_url, clock):
    for length in (LIMITS["shortest password"] - 1, LIMITS["longest password"] + 1):
        answer = sign_in(account, new_password=("вжжых мимо " * 20)[:length])
        assert answer.get_json()["code"] == "password-length"
    longest = (OWN * 9)[: LIMITS["longest password"]]
    session = sign_in(account, new_password=longest).get_json()
    assert session["expires_in"] == LIMITS["access token"] * 60
    assert session["refresh_expires_in"] == LIMITS["session"] * 3600

    with psycopg.connect(database_url, autocommit=True) as connection:

        def waits(statement):
            connection.execute("UPDATE rates SET at = clock_timestamp() WHERE key LIKE 'sign-in-%'")
            connection.execute(statement)
            return int(sign_in("wrong words indeed").headers["Retry-After"])

        statuses = [sign_in("wrong words indeed").status_code for _ in range(6)]
        assert statuses.count(401) == LIMITS["attempts at once"]
        wait = waits("UPDATE rates SET tokens = 0 WHERE key LIKE 'sign-in:%'")
        assert wait == pytest.approx(LIMITS["another attempt after"], abs=2)
        wait = waits(
            "UPDATE rates SET at = clock_timestamp(),"
            " tokens = CASE WHEN key LIKE 'locked:%' THEN 0 ELSE 5 END"
        )
        assert wait == pytest.approx(86_400 / LIMITS["attempts within a day"], rel=0.01)
        connection.execute("DELETE FROM rates")
        sign_in("wrong words indeed")
        left = dict(connection.execute("SELECT split_part(key, ':', 1), tokens FROM rates"))
        assert left["sign-in"] == LIMITS["attempts at once"] - 1
        assert left["locked"] == LIMITS["attempts within a day"] - 1
        assert left["sign-in-from"] == LIMITS["attempts from an address"] - 1


def test_a_first_password_is_good_for_as_long_as_is_written(account, sign_in, clock):
    clock.now += timedelta(days=LIMITS["first password"]) - timedelta(minutes=1)
    assert sign_in(account).get_json()["code"] == "password-change-due"
    clock.now += timedelta(minutes=1)
    assert sign_in(account).get_json()["code"] == "sign-in-refused"


def test_somebody_has_as_many_sessions_as_is_written(account, sign_in, client):
    assert re.search(r"^\| sessions of an account \| any number \|", TEXT, re.MULTILINE)
    sessions = [sign_in(account, new_password=OWN)] + [sign_in(OWN) for _ in range(11)]
    for each in sessions:
        named = {"Authorization": f"Bearer {each.get_json()['access_token']}"}
        assert client.get("/api/v1/me", headers=named).status_code == 200


def test_the_ways_in_are_the_ones_that_are_written():
    described = description()
    ways = {}
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            if isinstance(operation, dict) and operation.get("security") == []:
                schema = operation["requestBody"]["content"]["application/json"]["schema"]
                name = schema["$ref"].rpartition("/")[2]
                ways[f"{method.upper()} {path}"] = set(
                    described["components"]["schemas"][name]["properties"]
                )
    assert ways == {
        "POST /api/v1/session": {"login", "password", "new_password"},
        "POST /api/v1/session/refresh": {"refresh_token"},
    }
    assert quoted(section("Signing in and sessions")) >= ways.keys() | set().union(*ways.values())


def test_the_words_that_make_no_password_are_the_ones_that_are_written(
    account, sign_in, database_url
):
    told = section("Signing in and sessions").split("or these words:")[1]
    assert quoted(told) == set(CONTEXT_WORDS)
    for word in quoted(told):
        for made in (f"{word}-{word}-2026", f"{word}{word}{word}"[:20], f"{word.upper()}2026!!!!"):
            answer = sign_in(account, new_password=made)
            with psycopg.connect(database_url) as connection:
                connection.execute("DELETE FROM rates")
            assert answer.get_json()["code"] in {"password-weak", "password-length"}, made


def test_a_request_is_as_large_as_is_written_and_no_larger(caller, client):
    def codes(raw):
        answer = client.post("/api/v1/organizations", data=raw, content_type="application/json")
        return answer.get_json()["code"]

    def nested(depth):
        return '{"a": ' + "[" * (depth - 1) + "]" * (depth - 1) + "}"

    body = LIMITS["body"]
    assert codes("{}".ljust(body)) == "validation-failed"
    assert codes("{}".ljust(body + 1)) == "body-too-large"
    assert codes(nested(LIMITS["depth of a body"])) != "too-deep"
    assert codes(nested(LIMITS["depth of a body"] + 1)) == "too-deep"
    assert caller.get(f"/organizations?limit={LIMITS['page of a list']}").status_code == 200
    assert caller.get(f"/organizations?limit={LIMITS['page of a list'] + 1}").status_code == 422
    organization = caller.organization().get_json()["id"]
    for length, status in ((LIMITS["text"], 201), (LIMITS["text"] + 1, 422)):
        assert caller.request(organization, description="ы" * length).status_code == status


def test_the_files_that_are_taken_are_the_ones_that_are_written():
    assert quoted(section("Files")) == {each.value for each in MediaType}
    assert LIMITS["document"] == MAX_SIZE


def test_accounts_and_addresses_have_the_rates_that_are_written(client, database_url):
    with psycopg.connect(database_url, autocommit=True) as connection:
        for kind in ("account", "address"):
            connection.execute("UPDATE rates SET tokens = 0, at = clock_timestamp()")
            connection.execute("DELETE FROM rates WHERE NOT starts_with(key, %s)", [f"{kind}:"])
            client.get("/api/v1/me")
            connection.execute("DELETE FROM rates")
            client.get("/api/v1/me")
            (left,) = connection.execute(
                "SELECT tokens FROM rates WHERE starts_with(key, %s)", [f"{kind}:"]
            ).fetchone()
            assert left == LIMITS[f"requests of an {kind}"] * 10 - 1


def test_the_keys_are_the_ones_that_are_written(tmp_path):
    told = section("Keys and algorithms")
    file = ensure_key_file(tmp_path / "keys.json")
    assert told.count(f"AES-{len(file.key(file.current)) * 8}-GCM") == 3
    assert "HMAC-SHA-256" in told
    kind, memory, passes, lanes = re.search(
        r"passwords \| (\w+), (\d+) KiB, (\d) passes, (\d) lane", told
    ).groups()
    assert hashed("x").startswith(f"${kind}$v=19$m={memory},t={passes},p={lanes}$")
    assert f"a SHA-{len(token_hash(new_token())) * 8} hash" in told
    assert f"| {', '.join(ALGORITHMS)} |" in told


def test_every_kind_of_personal_data_is_written():
    (row,) = [line for line in section("Kinds of data").splitlines() if "| personal |" in line]
    assert quoted(row) == set(get_args(PersonalField))


def test_the_fields_of_the_log_are_the_ones_that_are_written():
    assert quoted(section("Logs")) == FIELDS


def test_whom_the_service_talks_to_is_written():
    told = quoted(section("Whom the service talks to"))
    fields = {field.name for field in inspect.type_info(Settings).fields}
    outside = {f"FRONTOFFICE_{name.upper()}" for name in fields if name.endswith("_url")}
    assert told == outside | {"FRONTOFFICE_OIDC_ISSUER"}
