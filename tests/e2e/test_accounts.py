"""Accounts from the command line: the ways out when nobody can sign in."""

import re

import pytest
from running import Running, said

LOGIN = "a.primerova"
PHRASE = "верблюд на проспекте сорок один"


@pytest.fixture
def account(service: Running) -> str:
    """The first password of an account that is made at the machine."""
    code, text = said(
        *("staff", "create", "--login", LOGIN, "--name", "А. Примерова", "--office", "KZ-75"),
        *("--post", "Специалист", "--role", "specialist"),
        data_dir=service.data_dir,
    )
    if code:
        assert "Такой логин" in text or "уже есть" in text
        code, text = said(
            "staff", "reset-password", LOGIN, "--reason", "Тест", data_dir=service.data_dir
        )
    assert code == 0
    return re.search(r": (\S+)\s*$", text)[1]


def sign_in(service, password, **more):
    body = {"login": LOGIN, "password": password, **more}
    return service.send("POST", "/api/v1/session", body, token=None)


def test_an_account_made_at_the_machine_signs_in_with_its_first_password(service, account):
    assert sign_in(service, account).body["code"] == "password-change-due"
    session = sign_in(service, account, new_password=PHRASE).body
    me = service.send("GET", "/api/v1/me", token=session["access_token"]).body
    assert (me["name"], me["role"], me["office"]) == ("А. Примерова", "specialist", "KZ-75")


def test_accounts_are_listed_by_login_and_name(service, account):
    code, text = said("staff", "list", data_dir=service.data_dir)
    assert code == 0
    (line,) = [each for each in text.splitlines() if each.startswith(LOGIN)]
    assert line.split("  ") == [
        LOGIN,
        "А. Примерова",
        "specialist",
        "KZ-75",
        "active",
        "Специалист",
    ]


def test_somebody_who_is_locked_out_is_let_in_from_the_machine(service, account):
    answers = [sign_in(service, "не тот").status for _ in range(8)]
    assert set(answers) == {401, 429}
    assert sign_in(service, account).status == 429
    code, text = said("staff", "unlock", LOGIN, "--reason", "Забыл", data_dir=service.data_dir)
    assert (code, text) == (0, "Блокировка снята.\n")
    assert sign_in(service, account).body["code"] == "password-change-due"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("reset-password", "nobody.here", "--reason", "x"), "Нет учётной записи с логином"),
        (("unlock", "nobody.here", "--reason", "x"), "Нет учётной записи с логином"),
        (
            *(("create", "--login", "новый", "--name", "x", "--post", "x", "--role", "head"),),
            "Роль «руководитель» не для фронт-офиса KZ",
        ),
        (
            *(("create", "--login", "a b c", "--name", "x", "--post", "x", "--role", "auditor"),),
            "В логине от 3 до 100 знаков",
        ),
    ],
)
def test_what_cannot_be_done_is_told_in_words(service, command, told):
    code, text = said("staff", *command, data_dir=service.data_dir)
    assert code == 1
    assert told in text
    assert "Traceback" not in text
