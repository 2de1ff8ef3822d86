"""What has changed in a case over HTTP: in words, with the events by which it has."""

import pytest


@pytest.fixture
def path(caller) -> str:
    """A request that was taken in, assigned, and worked on."""
    organization = caller.organization().get_json()
    made = caller.request(organization["id"]).get_json()
    path = f"/assistance-requests/{made['id']}"
    specialist = caller.get("/me").get_json()["staff_id"]
    caller.post(f"{path}/assign", {"staff_id": specialist}, 1)
    step = {"kind": "other_step", "summary": "Звонили", "details": {}}
    caller.post(f"{path}/record-step", step, 2)
    return path


def fields(answer):
    return {each["field"]: each for each in answer.get_json()["fields"]}


def test_fields_are_told_with_their_labels_and_codes_by_their_titles(caller, path):
    answer = caller.get(f"{path}/changes?from_version=1&to_version=2")
    told = fields(answer)

    assert told.keys() == {"status", "assigned_to"}
    assert told["status"] == {
        "field": "status",
        "label": "Состояние",
        "before": "принят",
        "after": "в работе",
    }
    assert told["assigned_to"]["before"] is None
    body = answer.get_json()
    assert (body["from"]["version"], body["to"]["version"]) == (1, 2)
    assert [each["event"] for each in body["events"]] == ["request.assigned"]
    assert (
        body["events"]
        == caller.get(f"{path}/history?from_version=2&to_version=2").get_json()["items"]
    )


def test_what_is_new_is_told_by_its_place_in_the_file(caller, path):
    told = fields(caller.get(f"{path}/changes?from_version=2"))

    assert told["steps[0].summary"]["label"] == "Шаг 1 · Кратко"
    assert told["steps[0].details.kind"]["after"] == "Другой шаг"
    assert told["steps[0].by.office"]["after"] == "Фронт-офис волонтёров, город Алматы"


@pytest.mark.parametrize(
    ("language", "label", "before", "after"),
    [("kk", "Күйі", "қабылданды", "жұмыста"), ("en", "Status", "requested", "in progress")],
)
def test_changes_are_told_in_the_language_of_their_reader(
    caller, path, language, label, before, after
):
    answer = caller.get(f"{path}/changes?to_version=2", **{"Accept-Language": language})
    told = fields(answer)["status"]
    assert (told["label"], told["before"], told["after"]) == (label, before, after)


def test_places_and_lists_of_codes_are_told_by_their_titles(caller):
    made = caller.organization().get_json()
    path = f"/organizations/{made['id']}"
    moved = {"district": "751110000", "directions": ["taza_alem", "ayala"]}
    caller.client.patch(
        f"/api/v1{path}", json=moved, headers={**caller.headers(), "If-Match": '"1"'}
    )
    told = fields(caller.get(f"{path}/changes"))

    assert told["district"]["before"] != "751710000"
    assert told["directions"]["after"][1].startswith("BIRGEMIZ: AYALA")


def test_moments_are_taken_for_versions(caller, path):
    items = caller.get(f"{path}/history").get_json()["items"]
    first, last = (each["recorded_at"] for each in items[:2])
    answer = caller.get(f"{path}/changes?from={first}&to={last}")
    assert answer.get_json() == caller.get(f"{path}/changes?to_version=2").get_json()


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("to_version=9", 422, "version-beyond-last"),
        ("from_version=9", 422, "version-beyond-last"),
        ("from_version=2&to_version=1", 422, "versions-reversed"),
        ("from_version=0", 422, "validation-failed"),
        ("from_version=1&from=2026-03-02T10:00:00Z", 422, "validation-failed"),
        ("to=2026-03-02T10:00:00", 422, "validation-failed"),
        ("since=1", 422, "validation-failed"),
        ("from=2020-03-02T10:00:00Z", 404, "not-found"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_what_to_do(caller, path, query, status, code):
    answer = caller.get(f"{path}/changes?{query}")
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    if code == "version-beyond-last":
        assert "3" in answer.get_json()["errors"][0]["messages"][0]


def test_a_comparison_is_on_record_with_the_people_in_it(caller, path):
    caller.get(f"{path}/changes", who="head@KZ-75")
    reads = caller.get("/audit/reads", who="auditor@KZ").get_json()["items"]
    (look,) = [each for each in reads if each["kind"] == "changes"]

    assert path.endswith(look["case_id"])
    assert look["version"] == 3
    assert look["subjects"]
