"""Lists over HTTP: what is found, in which order, page by page, and what is refused."""

import base64
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from application.read_models import account_lists, lists

GROUP: dict[str, Any] = {"team_type": "initiative_group", "bin": None, "legal_form": None}
FINDINGS = ("voluntary", "unpaid", "public_benefit", "concrete_deeds", "aware", "harmless")
LISTS = {
    "/organizations": lists.ORGANIZATIONS,
    "/verifications": lists.VERIFICATIONS,
    "/assistance-requests": lists.REQUESTS,
    "/escalations": lists.ESCALATIONS,
}


def rows(caller, path: str, who: str = "specialist@KZ-75") -> list[Any]:
    answer = caller.get(path, who)
    assert answer.status_code == 200, answer.get_json()
    return list(answer.get_json()["items"])


def whole(caller, path: str, shown: str) -> list[Any]:
    """Return a field of every row, read by pages of two."""
    found, path = [], f"/api/v1{path}&limit=2"
    while path:
        answer = caller.client.get(path)
        found += [row[shown] for row in answer.get_json()["items"]]
        link = answer.headers.get("Link", "")
        path = link[1 : link.index(">")] if link else ""
    return found


def named(caller, *names: str) -> list[Any]:
    return [caller.organization(**GROUP, name=name).get_json() for name in names]


def verified(caller, organization: Any, until: str | None = None) -> Any:
    look_up = {"method": "platform_registration", "details": {"qazvolunteer_id": "QV-1"}}
    body = {
        "organization_id": organization["id"],
        "checks": [{**look_up, "outcome": "confirmed"}],
        "decision": {"findings": dict.fromkeys(FINDINGS, True), "valid_until": until},
    }
    if until is None:
        del body["decision"]["valid_until"]
    made = caller.post("/verifications", body)
    assert made.status_code == 201, made.get_json()
    return made.get_json()


def codes(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.get_json()
    body = answer.get_json()
    return [code for error in body.get("errors", ()) for code in error.get("codes", ())]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("зеленый", "«Зелёный двор»"),
        ("ЗЕЛЁНЫЕ дворы", "«Зелёный двор»"),
        ("двор зел", "«Зелёный двор»"),
        ("коныр", "Қоңыр күз"),
        ("ҚОҢЫР", "Қоңыр күз"),
        ("в+парке", "Утро в парке"),
        ("работающ", "Работающие руки"),
        ("әділ", "Надежда"),
        ("адил жол", "Надежда"),
        ("QV 77", "Надежда"),
    ],
)
def test_words_are_found_however_they_are_written(caller, asked, found):
    named(caller, "«Зелёный двор»", "Қоңыр күз", "Утро в парке", "Работающие руки")
    caller.organization(**GROUP, name="Надежда", name_kk="Әділ жол", qazvolunteer_id="QV-77")
    assert [row["name"] for row in rows(caller, f"/organizations?q={asked}")] == [found]


def test_an_organization_is_found_by_its_bin_and_by_all_words_only(caller):
    caller.organization()
    assert len(rows(caller, "/organizations?q=971240001315")) == 1
    assert len(rows(caller, "/organizations?q=чистый 97124")) == 1
    assert rows(caller, "/organizations?q=чистый город") == []


def test_cases_and_questions_are_found_by_number_and_words(caller):
    organization = caller.organization().get_json()
    request = caller.request(organization["id"], subject="Обучение тренеров").get_json()
    caller.post(
        f"/assistance-requests/{request['id']}/escalate", {"question": "Есть ли деньги?"}, 1
    )
    verification = caller.post("/verifications", {"organization_id": organization["id"]}).get_json()

    for query in ("000001", "KZ-75/2026/000001", "обучения", "чистого берега"):
        assert [row["id"] for row in rows(caller, f"/assistance-requests?q={query}")] == [
            request["id"]
        ]
    for query in ("V 2026", "берег"):
        assert [row["id"] for row in rows(caller, f"/verifications?q={query}")] == [
            verification["id"]
        ]
    for query in ("деньги", "000001 есть"):
        assert len(rows(caller, f"/escalations?q={query}")) == 1
    for path in LISTS:
        assert rows(caller, f"{path}?q=ничего") == []
        assert codes(caller.get(f"{path}?q=«—»…")) == ["no-words"]
        assert caller.get(f"{path}?q={'я' * 201}").status_code == 422


def test_what_was_renamed_is_found_by_its_new_name(caller):
    (group,) = named(caller, "Старое имя")
    path = f"/api/v1/organizations/{group['id']}"
    headers = {**caller.headers(), "If-Match": '"1"', "Idempotency-Key": str(uuid4())}
    assert caller.client.patch(path, json={"name": "Новое имя"}, headers=headers).status_code == 200
    assert rows(caller, "/organizations?q=старое") == []
    assert len(rows(caller, "/organizations?q=новое")) == 1


def test_names_are_in_the_order_of_the_alphabet_either_way(caller):
    in_order = ["Асар", "«Әділ жол»", "Елу", "Ёлка", "Жастар", "Ниет", "Ңұсқа", "Өрлеу"]
    named(caller, *sorted(in_order, key=lambda name: name[-1]))
    assert whole(caller, "/organizations?order=name", "name") == in_order
    assert whole(caller, "/organizations?order=-name", "name") == in_order[::-1]


@pytest.mark.parametrize("sign", ["", "-"])
def test_pages_are_right_across_days_that_are_not_there(caller, sign):
    organizations = named(caller, *(f"Группа {number}" for number in range(5)))
    contact = {"channel": "visit", "summary": "Были", "told_about_office": True}
    days = ["2026-02-03", None, "2026-01-05", None, "2026-02-03"]
    for organization, day in zip(organizations, days, strict=True):
        if day:
            path = f"/organizations/{organization['id']}/log-contact"
            caller.post(path, {**contact, "occurred_on": day}, 1)
    shown = whole(caller, f"/organizations?order={sign}last_contact_on", "last_contact_on")
    in_order = [None, None, "2026-01-05", "2026-02-03", "2026-02-03"]
    assert shown == (in_order[::-1] if sign else in_order)


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_term_that_does_not_run_comes_after_all_terms(caller, clock, sign):
    organizations = named(caller, *(f"Группа {number}" for number in range(4)))
    taken = []
    for organization in organizations:
        taken.append(caller.request(organization["id"]).get_json())
        clock.now += timedelta(days=1)
    for request in taken[:2]:
        path = f"/assistance-requests/{request['id']}/withdraw"
        assert caller.post(path, {"reason": "Не нужно"}, 1).status_code == 200
    shown = whole(caller, f"/assistance-requests?order={sign}due_on", "id")
    due = [taken[2]["id"], taken[3]["id"]]
    assert [each for each in shown if each in due] == (due[::-1] if sign else due)
    assert set(shown[:2] if sign else shown[2:]) == {taken[0]["id"], taken[1]["id"]}


def test_requests_and_verifications_are_sorted_by_their_organization(caller):
    organizations = named(caller, "Өрлеу", "Асар", "Ниет")
    for organization in organizations:
        caller.request(organization["id"])
        caller.post("/verifications", {"organization_id": organization["id"]})
    alone = {
        "volunteer": {"name": "Пример Примеров", "phone": "+77000000008"},
        "region": "KZ-75",
        "district": "751710000",
        "help_type": "training",
        "subject": "Обучение",
        "description": "Просит научить",
        "channel": "visit",
        "details": {"topic": "Первая помощь", "audience": "ngo_staff"},
    }
    assert caller.post("/assistance-requests", alone).status_code == 201

    in_order = ["Асар", "Ниет", "Өрлеу"]
    by_name = "?order=organization_name"
    assert whole(caller, f"/verifications{by_name}", "organization_name") == in_order
    assert whole(caller, f"/assistance-requests{by_name}", "organization_name") == [*in_order, None]


def test_what_expires_soon_leaves_out_the_rest(caller, clock):
    soon, later, renewed, past, revoked, open_one = named(
        caller, "Скоро", "Нескоро", "Продлённая", "Вчера", "Отозвана", "Идёт"
    )
    verified(caller, soon, "2026-04-30")
    verified(caller, later, "2026-05-02")
    again = verified(caller, renewed, "2026-04-15")
    assert (
        caller.post(f"/verifications/{again['id']}/renew", {}, again["version"]).status_code == 201
    )
    lost = verified(caller, revoked, "2026-04-15")
    caller.post(f"/verifications/{lost['id']}/revoke", {"reason": "Нет"}, lost["version"])
    verified(caller, past, "2026-03-03")
    caller.post("/verifications", {"organization_id": open_one["id"]})
    clock.now += timedelta(days=2)

    def found(days: int) -> list[str]:
        path = f"/verifications?expires_within={days}&order=valid_until"
        return [row["organization_name"] for row in rows(caller, path)]

    # It is the fourth of March: one ends in 57 days and another in 59.
    assert found(56) == []
    assert found(57) == found(58) == ["Скоро"]
    assert found(59) == ["Скоро", "Нескоро"]
    assert found(366) == ["Скоро", "Нескоро"]
    for wrong in ("0", "367", "x"):
        assert caller.get(f"/verifications?expires_within={wrong}").status_code == 422


def test_each_end_of_a_question_has_its_boxes(caller):
    organization = caller.organization().get_json()
    request = caller.request(organization["id"]).get_json()
    path = f"/assistance-requests/{request['id']}"
    republican = "republican_specialist@KZ"

    def boxes() -> list[int]:
        return [
            len(rows(caller, f"/escalations?box={box}", who))
            for who in ("specialist@KZ-75", republican)
            for box in ("incoming", "came_back")
        ]

    caller.post(f"{path}/escalate", {"question": "Как быть?"}, 1)
    assert boxes() == [0, 0, 1, 0]
    caller.post(f"{path}/acknowledge-escalation", {}, 2, republican)
    assert boxes() == [0, 0, 1, 0]
    caller.post(f"{path}/answer-escalation", {"answer": "Так"}, 3, republican)
    assert boxes() == [0, 1, 0, 0]
    (back,) = rows(caller, "/escalations?box=came_back&status=answered&q=быть")
    assert (back["words"], back["number"]) == ("Так", request["number"])
    assert rows(caller, "/escalations?box=came_back&status=returned") == []
    caller.post(f"{path}/escalate", {"question": "А теперь?"}, 4)
    caller.post(f"{path}/recall-escalation", {}, 5)
    assert boxes() == [0, 1, 0, 0]


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/assistance-requests?opened_from=2026-03-02&opened_to=2026-03-01", "specialist@KZ-75"),
        ("/audit/reads?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", "auditor@KZ"),
    ],
)
def test_a_span_the_wrong_way_round_is_an_error(caller, path, who):
    assert codes(caller.get(path, who)) == ["span-reversed"]


def test_one_day_is_a_span(caller):
    caller.request(caller.organization().get_json()["id"])
    span = "opened_from=2026-03-02&opened_to=2026-03-02"
    assert len(rows(caller, f"/assistance-requests?{span}")) == 1


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("wrong", ["order=updated_at", "order=--name", "order=", "box=mine", "x=1"])
def test_an_order_or_filter_that_there_is_not_is_an_error(caller, path, wrong):
    assert caller.get(f"{path}?{wrong}").status_code == 422


def test_a_cursor_belongs_to_its_list_filters_and_order(caller):
    for organization in named(caller, "А", "Б", "В"):
        caller.request(organization["id"])
    of = {
        query: caller.get(f"{query}&limit=1").get_json()["next_cursor"]
        for query in (
            "/organizations?order=name",
            "/organizations?order=-name",
            "/organizations?order=created_at",
            "/organizations?order=name&region=KZ-75",
            "/organizations?q=группа а",
            "/assistance-requests?order=organization_name",
        )
        if caller.get(f"{query}&limit=1").get_json()["next_cursor"]
    }
    assert len(of) == 5
    for query in of:
        for other, cursor in of.items():
            answer = caller.get(f"{query}&cursor={cursor}")
            expected = 200 if query == other else 422
            assert answer.status_code == expected, (query, other)
            if expected == 422:
                assert answer.get_json()["code"] == "bad-cursor"


def test_the_usual_order_and_its_name_have_one_cursor(caller):
    named(caller, "А", "Б")
    cursor = caller.get("/organizations?limit=1").get_json()["next_cursor"]
    assert caller.get(f"/organizations?order=-created_at&cursor={cursor}").status_code == 200


@pytest.mark.parametrize("key", ["а\0", "\ud800", 5, None, [], {"a": 1}, "2026-03-02"], ids=ascii)
@pytest.mark.parametrize("order", ["name", "last_contact_on", "created_at"])
def test_a_cursor_with_a_forged_key_is_refused_or_reads_on(caller, order, key):
    named(caller, "А", "Б", "В")
    path = f"/organizations?order={order}&limit=1"
    cursor = caller.get(path).get_json()["next_cursor"]
    mark, _, case_id, place = json.loads(base64.urlsafe_b64decode(cursor))
    forged = base64.urlsafe_b64encode(json.dumps([mark, key, case_id, place]).encode()).decode()
    answer = caller.get(f"{path}&cursor={forged}")
    assert answer.status_code in {200, 422}, answer.get_json()
    if answer.status_code == 422:
        assert answer.get_json()["code"] == "bad-cursor"


def test_a_list_tells_no_total(caller):
    caller.organization()
    for path in LISTS:
        assert caller.get(path).get_json().keys() == {"items", "next_cursor"}


def test_rows_are_what_their_description_says(caller):
    organization = caller.organization().get_json()
    verified(caller, organization)
    request = caller.request(organization["id"]).get_json()
    caller.post(f"/assistance-requests/{request['id']}/escalate", {"question": "Как?"}, 1)
    described = {
        **{path: (each, "specialist@KZ-75", set()) for path, each in LISTS.items()},
        "/staff": (account_lists.STAFF, "administrator@KZ", {"name"}),
        "/audit/reads": (account_lists.READS, "auditor@KZ", set()),
    }
    for path, (case_list, who, beside) in described.items():
        found = rows(caller, path, who)
        assert found
        for row in found:
            assert row.keys() == {*case_list.columns, *beside}
            msgspec.convert(row, case_list.item)
