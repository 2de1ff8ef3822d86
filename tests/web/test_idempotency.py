"""A command that is sent again with its key is done once and answered as it was."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from bodies import GROUP

from application import bootstrap
from web.app import create_app

NOTE = {"text": "Звонили"}


@pytest.fixture
def request_path(caller):
    organization = caller.organization().get_json()
    return caller.request(organization["id"]).get_json()["links"]["self"].removeprefix("/api/v1")


def notes(caller, path):
    return [each["text"] for each in caller.get(path).get_json()["notes"]]


def key(value=None):
    return {"Idempotency-Key": value or str(uuid4())}


def test_a_command_names_its_key(client, caller, request_path):
    new = client.post("/api/v1/organizations", json=GROUP)
    command = client.post(f"/api/v1{request_path}/note", json=NOTE, headers={"If-Match": '"1"'})
    for answer in (new, command):
        assert (answer.status_code, answer.get_json()["code"]) == (400, "idempotency-key-required")
    assert notes(caller, request_path) == []


@pytest.mark.parametrize(
    "given", ["", " ", '""', "с пробелом".encode().decode("latin-1"), "a b", "x" * 101, 'a"b']
)
def test_a_key_is_short_and_plain(caller, request_path, given):
    answer = caller.post(f"{request_path}/note", NOTE, 1, **{"Idempotency-Key": given})
    assert (answer.status_code, answer.get_json()["code"]) == (400, "idempotency-key-malformed")
    assert notes(caller, request_path) == []


def test_the_same_command_again_gives_the_first_answer(caller, request_path):
    same = key()
    first = caller.post(f"{request_path}/note", NOTE, 1, **same)
    caller.post(f"{request_path}/note", {"text": "Позже"}, 2)

    again = caller.post(f"{request_path}/note", NOTE, 1, **same)
    assert (again.status_code, again.get_json()) == (200, first.get_json())
    assert again.headers["ETag"] == first.headers["ETag"] == '"2"'
    quoted = caller.post(f"{request_path}/note", NOTE, 1, **key(f'"{same["Idempotency-Key"]}"'))
    assert quoted.get_json() == first.get_json()
    assert notes(caller, request_path) == ["Звонили", "Позже"]


def test_a_case_that_is_begun_again_is_the_same_case_and_no_duplicate(caller):
    same = key()
    first, again = (caller.post("/organizations", GROUP, **same) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.get_json() == first.get_json()
    assert again.headers["Location"] == first.headers["Location"]


def test_another_command_under_the_key_is_refused(caller, request_path):
    same = key()
    caller.post(f"{request_path}/note", NOTE, 1, **same)
    for version in (1, 2):
        other = caller.post(f"{request_path}/note", {"text": "Другое"}, version, **same)
        assert (other.status_code, other.get_json()["code"]) == (422, "idempotency-key-reused")
    elsewhere = caller.post(f"{request_path}/assign", {"staff_id": "a"}, 2, **same)
    assert elsewhere.get_json()["code"] == "idempotency-key-reused"
    assert notes(caller, request_path) == ["Звонили"]


def test_a_refused_command_leaves_its_key_free(caller, request_path):
    same = key()
    assert caller.post(f"{request_path}/note", NOTE, 7, **same).status_code == 412
    assert caller.post(f"{request_path}/note", NOTE, 1, **same).status_code == 200


def test_the_key_of_one_person_is_not_the_key_of_another(caller, request_path):
    same = key()
    caller.post(f"{request_path}/note", NOTE, 1, **same)
    other = caller.post(f"{request_path}/note", {"text": "Другое"}, 2, "head@KZ-75", **same)
    assert other.status_code == 200
    assert notes(caller, request_path) == ["Звонили", "Другое"]


def test_a_key_is_remembered_after_a_restart(caller, request_path, settings, database_url, clock):
    same = key()
    first = caller.post(f"{request_path}/note", NOTE, 1, **same)
    with bootstrap.build(settings, database_url, clock=clock) as restarted:
        again = (
            create_app(restarted)
            .test_client()
            .post(
                f"/api/v1{request_path}/note",
                json=NOTE,
                headers={"If-Match": '"1"', **caller.headers(), **same},
            )
        )
    assert again.get_json() == first.get_json()


@pytest.mark.parametrize("begin", [True, False], ids=["a new case", "a case that is there"])
def test_fifty_at_once_have_one_effect(caller, app, request_path, begin):
    path, body, version = (
        ("/organizations", GROUP, None) if begin else (f"{request_path}/note", NOTE, 1)
    )
    same = {
        **caller.headers(),
        **key(),
        **({} if version is None else {"If-Match": f'"{version}"'}),
    }

    def send(_):
        return app.test_client().post(f"/api/v1{path}", json=body, headers=same)

    with ThreadPoolExecutor(16) as people:
        answers = list(people.map(send, range(50)))
    assert {answer.status_code for answer in answers} == {201 if begin else 200}
    assert len({answer.get_data() for answer in answers}) == 1
    if begin:
        named = caller.get("/organizations?q=Тёплый").get_json()["items"]
        assert len(named) == 1
    else:
        assert notes(caller, request_path) == ["Звонили"]


def test_a_change_may_name_a_key_too(caller):
    organization = caller.organization()
    path = organization.headers["Location"]
    headers = {"If-Match": '"1"', **key()}
    first, again = (
        caller.client.patch(path, json={"name": "Двор"}, headers=headers) for _ in range(2)
    )
    assert (first.status_code, again.get_json()) == (200, first.get_json())
    assert (
        caller.client.patch(path, json={"name": "Сад"}, headers={"If-Match": '"2"'}).status_code
        == 200
    )
