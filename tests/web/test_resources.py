"""Cases over HTTP: taken in, listed, read in the past, told as a history."""

import csv
import io
from datetime import timedelta

import pytest
from openapi_spec_validator import validate

from web.app import description


def test_the_way_of_a_request_from_registration_to_its_replayed_history(caller):
    organization = caller.organization().get_json()
    taken = caller.request(organization["id"])
    request = taken.get_json()
    path = f"/assistance-requests/{request['id']}"

    assert (taken.status_code, taken.headers["ETag"]) == (201, '"1"')
    assert taken.headers["Location"] == request["links"]["self"] == f"/api/v1{path}"
    assert request["slip"]["number"] == request["number"] == "KZ-75/2026/000001"
    specialist = caller.get("/me").get_json()["staff_id"]
    caller.post(f"{path}/assign", {"staff_id": specialist}, 1)
    held = {"topic": "Первая помощь", "held_on": "2026-03-01", "participants": 9}
    helped = caller.post(f"{path}/help", {"outcome": "Научили", "details": held}, 2).get_json()

    assert (helped["status"], helped["version"], helped["due_on"]) == ("helped", 3, None)
    assert helped["helped"]["details"] == {"help_type": "training", **held}
    assert caller.get(f"{path}?version=1").get_json()["status"] == "requested"
    assert caller.get(f"{path}?as_of={request['created_at']}").headers["ETag"] == '"1"'
    assert caller.get(f"{path}?version=4").status_code == 404
    assert caller.get(f"{path}?as_of=2020-01-01T00:00:00Z").status_code == 404
    items = caller.get(f"{path}/history").get_json()["items"]
    assert [item["event"] for item in items] == [
        "request.requested",
        "request.assigned",
        "request.helped",
    ]
    assert [item["version"] for item in items] == [1, 2, 3]
    assert items[0]["position"] < items[1]["position"] < items[2]["position"]
    assert items[2]["rule"] == "eligibility/2021"
    assert items[2]["sentence"] == (
        "Помощь оказана: «Научили». «Первая помощь», 1 марта 2026 года, участников: 9"
        " (Пример specialist@KZ-75, специалист, Фронт-офис волонтёров, город Алматы)."
    )
    assert items[2]["by"]["office"] == "KZ-75"
    assert "cause" not in items[2]["data"]


def test_a_history_is_cut_by_version_and_told_as_a_table(caller):
    organization = caller.organization(name="=1+1").get_json()
    path = f"/organizations/{organization['id']}"
    caller.post(f"{path}/close", {"reason": "-2+3"}, 1)

    items = caller.get(f"{path}/history?from_version=2&to_version=9").get_json()["items"]
    assert [item["event"] for item in items] == ["organization.closed"]
    answer = caller.get(f"{path}/history", Accept="text/csv")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="history-{organization["id"]}.csv"'
    )
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["Событие"] for row in rows] == ["organization.registered", "organization.closed"]
    assert rows[1]["Причина"] == "'-2+3"
    assert rows[1]["Роль"] == "специалист"
    assert rows[1]["Фронт-офис"] == "Фронт-офис волонтёров, город Алматы"
    assert rows[1]["Сотрудник"] == "Пример specialist@KZ-75"
    assert rows[1]["Когда записано"].startswith("2026-03-02 12:00:")


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("ru", "Позиция в журнале", "Что произошло"),
        ("kk", "Журналдағы орны", "Не болды"),
        ("en", "Position in the log", "What happened"),
    ],
)
def test_a_table_of_a_history_is_headed_in_the_language_of_its_reader(
    caller, language, first, last
):
    path = f"/organizations/{caller.organization().get_json()['id']}/history"
    answer = caller.get(path, Accept="text/csv", **{"Accept-Language": language})
    head, row = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert (head[0], head[-1], len(head)) == (first, last, len(row))


@pytest.mark.parametrize(("language", "words"), [("kk", "тіркелді"), ("en", "was registered")])
def test_a_history_is_told_in_the_language_of_its_reader(caller, language, words):
    organization = caller.organization().get_json()
    answer = caller.get(
        f"/organizations/{organization['id']}/history", **{"Accept-Language": language}
    )
    assert words in answer.get_json()["items"][0]["sentence"]


def test_a_past_is_asked_for_by_version_or_by_moment_and_not_by_both(caller):
    organization = caller.organization().get_json()
    answer = caller.get(f"/organizations/{organization['id']}?version=1&as_of=2026-03-02T08:00:00Z")
    assert answer.status_code == 422


def test_lists_are_narrowed_by_their_filters_and_by_nothing_else(caller):
    one = caller.organization().get_json()
    caller.organization(name="Читающий город", bin="940140000385", district="751110000")
    caller.request(one["id"])

    def names(query: str) -> list[str]:
        return [row["name"] for row in caller.get(f"/organizations?{query}").get_json()["items"]]

    assert len(names("region=KZ-75")) == 2
    assert names("q=город") == ["Читающий город"]
    assert names("q=100%25") == []
    assert names("district=751110000") == ["Читающий город"]
    assert names("direction=ayala") == []
    assert names("verification=verified") == []
    assert len(names("verification=none&team_type=ngo")) == 2
    assert len(names("without_contact_since=2026-01-01")) == 2
    requests = caller.get("/assistance-requests?category=administrative&overdue=false&q=000001")
    assert len(requests.get_json()["items"]) == 1
    assert caller.get("/assistance-requests?opened_from=2026-03-03").get_json()["items"] == []
    for typo in (
        "regoin=KZ-75",
        "region=KZ-99",
        "district=999",
        "limit=0",
        "limit=101",
        "direction=x",
        "cursor=x",
    ):
        assert caller.get(f"/organizations?{typo}").status_code == 422


def test_a_list_of_questions_knows_the_kinds_of_case(caller):
    assert caller.get("/escalations?case_type=request").status_code == 200
    assert caller.get("/escalations?case_type=requests").status_code == 422


def test_without_contact_since_a_day_leaves_out_who_was_met_on_it(caller):
    organization = caller.organization().get_json()
    contact = {"channel": "visit", "summary": "Были", "told_about_office": True}
    path = organization["links"]["self"].removeprefix("/api/v1")
    caller.post(f"{path}/log-contact", contact, 1)
    for day, found in (("2026-03-02", 0), ("2026-03-03", 1)):
        items = caller.get(f"/organizations?without_contact_since={day}").get_json()["items"]
        assert len(items) == found


def test_a_past_term_is_judged_by_its_own_day(caller, clock):
    organization = caller.organization().get_json()
    taken = caller.request(organization["id"]).get_json()
    clock.now += timedelta(days=100)
    path = taken["links"]["self"].removeprefix("/api/v1")
    assert caller.get(path).get_json()["is_overdue"]
    assert not caller.get(f"{path}?as_of={taken['updated_at']}").get_json()["is_overdue"]


def test_pages_follow_each_other_and_a_cursor_belongs_to_its_list_and_filters(caller):
    for number in range(5):
        group = {"team_type": "initiative_group", "bin": None, "legal_form": None}
        caller.organization(**group, name=f"Группа {number}")
    first = caller.get("/organizations?limit=2&region=KZ-75")
    cursor = first.get_json()["next_cursor"]

    link = first.headers["Link"]
    assert 'rel="next"' in link
    second = caller.client.get(link[1 : link.index(">")]).get_json()
    assert [row["name"] for row in second["items"]] == ["Группа 2", "Группа 1"]
    for foreign in (f"/organizations?cursor={cursor}", f"/assistance-requests?cursor={cursor}"):
        assert caller.get(foreign).get_json()["code"] == "bad-cursor"


def test_questions_of_all_cases_are_in_one_inbox(caller):
    organization = caller.organization().get_json()
    request = caller.request(organization["id"]).get_json()
    asked = {"question": "Как быть?"}
    caller.post(f"/assistance-requests/{request['id']}/escalate", asked, 1)
    verification = caller.post("/verifications", {"organization_id": organization["id"]}).get_json()
    caller.post(f"/verifications/{verification['id']}/escalate", asked, 1)

    items = caller.get("/escalations?status=open&region=KZ-75").get_json()["items"]
    assert {item["case_type"] for item in items} == {"request", "verification"}
    assert caller.get("/escalations?case_type=request").get_json()["items"][0]["number"]
    listed = caller.get("/verifications?escalated=true").get_json()["items"]
    assert [row["id"] for row in listed] == [verification["id"]]


def test_a_verification_is_opened_and_decided_in_one_call(caller):
    organization = caller.organization().get_json()
    findings = ("voluntary", "unpaid", "public_benefit", "concrete_deeds", "aware", "harmless")
    body = {
        "organization_id": organization["id"],
        "checks": [
            {
                "method": "past_experience",
                "outcome": "confirmed",
                "comment": "Позвонили",
                "details": {
                    "report": "Отчёт",
                    "beneficiaries": [
                        {"name": "Пример", "contacted_via": "phone", "result": "confirmed"}
                    ],
                },
            }
        ],
        "decision": {"findings": dict.fromkeys(findings, True), "comment": "Всё ясно"},
    }
    decided = caller.post("/verifications", body).get_json()

    assert (decided["status"], decided["version"]) == ("verified", 3)
    assert decided["checks"][0]["comment"] == "Позвонили"
    assert decided["checks"][0]["details"]["beneficiaries"][0]["person"]["name"] == "Пример"
    shown = caller.get(f"/organizations/{organization['id']}").get_json()["verified"]
    assert (shown["status"], shown["verification_id"]) == ("verified", decided["id"])
    refused = {
        "organization_id": organization["id"],
        "decision": {"ground": "paid", "comment": "x"},
    }
    assert caller.post("/verifications", refused).get_json()["status"] == "refused"


def test_the_reference_lists_everything_a_client_needs(caller):
    reference = caller.get("/reference", **{"Accept-Language": "en"}).get_json()

    assert reference["version"] == "2021"
    assert {
        "regions",
        "districts",
        "directions",
        "volunteer_groups",
        "participation_modes",
        "team_types",
        "legal_forms",
        "verification_methods",
        "help_types",
        "decline_reasons",
        "refusal_grounds",
        "obstacle_kinds",
        "quality_indicators",
    } <= reference.keys()
    liaison = caller.get("/reference/help_types").get_json()["items"][0]
    assert (liaison["clause"], liaison["category"]) == ("2.3.1", "administrative")
    assert liaison["requires_verification"] is True
    assert reference["regions"][0]["title"] == "Abai Region"


def test_the_description_is_valid_and_names_every_operation():
    described = description()
    validate(described)

    operations = [
        operation
        for path in described["paths"].values()
        for method, operation in path.items()
        if method in {"get", "post", "patch"}
    ]
    ids = [operation["operationId"] for operation in operations]
    assert len(ids) == len(set(ids)) == 98
    assert all(operation.get("summary") for operation in operations)
    assert described["openapi"] == "3.1.0"


def test_the_service_lives_and_says_whether_it_can_work(client, services, monkeypatch):
    assert client.get("/healthz").get_json() == {"status": "alive"}
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr(services.front_office.queries, "is_ready", lambda: False)  # No database.
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_the_interface_is_shown_from_our_own_files_only(client):
    page = client.get("/docs").get_data(as_text=True)

    assert "/static/swagger-ui/swagger-ui-bundle.js" in page
    assert "http" not in page.replace("http-equiv", "")
    for name in ("swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js"):
        with client.get(f"/static/swagger-ui/{name}") as asset:
            assert asset.status_code == 200
    assert client.get("/problems/wrong-state").mimetype == "text/html"


def test_a_request_id_of_the_caller_is_kept_when_it_is_a_sensible_one(client):
    given = client.get("/healthz", headers={"X-Request-ID": "abc-1"})
    assert given.headers["X-Request-ID"] == "abc-1"
    for odd in ("x" * 101, "é"):
        made = client.get("/healthz", headers={"X-Request-ID": odd})
        assert made.headers["X-Request-ID"] != odd
