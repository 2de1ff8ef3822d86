"""Annotations of auditors over HTTP: apart from the case, and not for those who are audited."""

import pytest

AUDITOR, OTHER_AUDITOR, HEAD = "auditor@KZ", "auditor@KZ#2", "republican_head@KZ"
PATH = "/audit/annotations"


@pytest.fixture
def case(caller) -> str:
    """An organization."""
    return caller.organization().get_json()["id"]


def annotate(caller, case, who=AUDITOR, **changes):
    body = {"case_id": case, "text": "Спросить о письме", **changes}
    return caller.post(PATH, body, who=who)


def texts(caller, query="", who=AUDITOR):
    answer = caller.get(f"{PATH}{query}", who=who)
    assert answer.status_code == 200, answer.get_json()
    return [each["text"] for each in answer.get_json()["items"]]


def test_an_annotation_is_added_read_listed_and_withdrawn(caller, case):
    added = annotate(caller, case, version=1)
    made = added.get_json()
    path = added.headers["Location"].removeprefix("/api/v1")

    assert (added.status_code, added.headers["ETag"]) == (201, '"1"')
    assert (made["case_type"], made["case_id"], made["case_version"]) == ("organization", case, 1)
    assert caller.get(path, who=HEAD).get_json() == made
    (row,) = caller.get(f"{PATH}?case_id={case}", who=HEAD).get_json()["items"]
    assert row == {**made, "name": f"Пример {AUDITOR}"}
    withdrawn = caller.post(f"{path}/withdraw", {"reason": "Нашлось"}, 1, who=AUDITOR).get_json()
    assert (withdrawn["status"], withdrawn["reason"]) == ("withdrawn", "Нашлось")
    again = caller.post(f"{path}/withdraw", {"reason": "Ещё раз"}, 2, who=AUDITOR)
    assert (again.status_code, again.get_json()["code"]) == (409, "wrong-state")


def test_the_case_does_not_learn_of_it(caller, case):
    path = f"/organizations/{case}"
    before = caller.get(path), caller.get(f"{path}/history")
    annotate(caller, case, version=1)
    after = caller.get(path), caller.get(f"{path}/history")

    assert [each.get_data() for each in before] == [each.get_data() for each in after]
    assert after[0].headers["ETag"] == before[0].headers["ETag"] == '"1"'
    assert caller.post(f"{path}/close", {"reason": "Распалась"}, 1).status_code == 200


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"case_id": "00000000-0000-4000-8000-000000000000"}, 404, "not-found"),
        ({"version": 2}, 422, "version-beyond-last"),
        ({"version": 0}, 422, "validation-failed"),
        ({"version": "1"}, 422, "validation-failed"),
        ({"text": "  "}, 422, "validation-failed"),
        ({"text": None}, 422, "validation-failed"),
    ],
)
def test_what_is_about_nothing_or_says_nothing_is_refused(caller, case, changes, status, code):
    answer = annotate(caller, case, **changes)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    assert texts(caller) == []


def test_only_its_author_withdraws_it(caller, case):
    path = f"{PATH}/{annotate(caller, case).get_json()['id']}/withdraw"
    answer = caller.post(path, {"reason": "Лишнее"}, 1, who=OTHER_AUDITOR)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "not-the-author")
    assert caller.post(path, {"reason": "Лишнее"}, who=AUDITOR).status_code == 428


def test_the_list_is_narrowed_by_case_author_state_and_time(caller, case, services):
    first = annotate(caller, case, text="Первое").get_json()
    annotate(caller, case, who=OTHER_AUDITOR, text="Второе")
    other = caller.organization(name="Читающий город", bin="940140000385").get_json()["id"]
    annotate(caller, other, text="Третье")
    withdraw = f"{PATH}/{first['id']}/withdraw"
    caller.post(withdraw, {"reason": "Нашлось"}, 1, who=AUDITOR)

    assert texts(caller) == ["Третье", "Второе", "Первое"]
    assert texts(caller, f"?case_id={case}&order=created_at") == ["Первое", "Второе"]
    assert texts(caller, f"?by={first['staff_id']}") == ["Третье", "Первое"]
    assert texts(caller, "?status=withdrawn") == ["Первое"]
    assert texts(caller, f"?to={first['created_at']}") == ["Первое"]
    assert texts(caller, "?limit=1", who=HEAD) == ["Третье"]
    assert (
        caller.get(
            f"{PATH}?from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z", who=HEAD
        ).status_code
        == 422
    )
    assert caller.get(f"{PATH}?text=x", who=AUDITOR).status_code == 422


def test_looking_at_annotations_is_on_record(caller, case):
    annotate(caller, case)
    texts(caller, f"?case_id={case}", who=HEAD)
    reads = caller.get("/audit/reads", who=AUDITOR).get_json()["items"]
    (look,) = [each for each in reads if each["asked"].get("list") == "annotations"]
    assert (look["role"], look["asked"]["case_id"]) == ("republican_head", case)


def test_who_follows_the_log_reads_annotations_only_as_an_auditor(caller, case):
    annotate(caller, case)

    def followed(who):
        return {each["type"] for each in caller.get("/events", who=who).get_json()}

    noted = {each for each in followed(AUDITOR) if "annotation" in each}
    assert len(noted) == 1
    for who in (HEAD, "republican_specialist@KZ", "service@KZ"):
        assert followed(who)
        assert not followed(who) & noted
