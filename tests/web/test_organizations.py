"""Organizations over HTTP: likely duplicates, merges, and what changed since a decision."""

import pytest

GROUP = {"team_type": "initiative_group", "bin": None, "legal_form": None}
CONTACT = {"channel": "visit", "summary": "Были", "told_about_office": True}
FINDINGS = ("voluntary", "unpaid", "public_benefit", "concrete_deeds", "aware", "harmless")
VISIT = {
    "method": "site_visit",
    "outcome": "confirmed",
    "details": {"place": "берег", "visited_on": "2026-03-01", "observed": "Уборка"},
}


def letter(issuer):
    details = {"issuer_name": "Автор", "issuer_id": issuer["id"], "letter_date": "2026-03-01"}
    return {"method": "partner_recommendation", "outcome": "confirmed", "details": details}


def verified(caller, organization, check=VISIT):
    decision = {"findings": dict.fromkeys(FINDINGS, True)}
    body = {"organization_id": organization["id"], "checks": [check], "decision": decision}
    return caller.post("/verifications", body).get_json()


def change(caller, organization, body, version=1):
    return caller.client.patch(
        f"/api/v1/organizations/{organization['id']}",
        json=body,
        headers={**caller.headers(), "If-Match": f'"{version}"'},
    )


def ids(caller, path):
    return [row["id"] for row in caller.get(path).get_json()["items"]]


def merged(caller):
    """Return two records, of which the first is a duplicate of the second."""
    one, other = (caller.organization(**GROUP, name=name).get_json() for name in ("Двор", "Соседи"))
    body = {"duplicate_of": other["id"], "reason": "Одна и та же"}
    marked = caller.post(f"/organizations/{one['id']}/mark-duplicate", body, 1)
    assert marked.status_code == 200
    return marked.get_json(), other


def test_candidates_say_why_they_are_likely_the_likeliest_first(caller):
    by_bin = caller.organization(name="Совсем другое имя").get_json()
    by_name = caller.organization(**GROUP, name="Чистый берг").get_json()
    refused = caller.organization(name="ОФ «Чистый берег»")

    problem = refused.get_json()
    assert (refused.status_code, problem["code"]) == (409, "duplicate-suspected")
    first, second = problem["candidates"]
    assert (first["id"], first["reasons"], first["likeness"]) == (by_bin["id"], ["bin"], None)
    assert (second["id"], second["reasons"]) == (by_name["id"], ["name"])
    assert 84 <= second["likeness"] <= 100
    assert second.keys() >= {"name", "district", "status"}

    decided = {"ids": [first["id"], second["id"]], "reason": "Филиал"}
    made = caller.organization(
        name="ОФ «Чистый берег»", registered_as_not_duplicate_of=decided
    ).get_json()
    assert set(made["not_duplicate_of"]) == {first["id"], second["id"]}
    found = caller.get(f"/organizations/{made['id']}/history").get_json()["items"][0]
    assert found["data"]["not_duplicate"] == {**decided, "same_bin": True}
    assert found["data"]["likeness_rule"] == "likeness/2026"


def test_a_change_takes_the_same_decision(caller):
    first = caller.organization(**GROUP, name="Двор").get_json()
    second = caller.organization(**GROUP, name="Соседи").get_json()
    refused = change(caller, second, {"name": "«Двор»"})
    assert [each["id"] for each in refused.get_json()["candidates"]] == [first["id"]]
    decided = {"ids": [first["id"]], "reason": "Другая улица"}
    assert (
        change(caller, second, {"name": "«Двор»", "not_duplicate_of": decided}).status_code == 200
    )


@pytest.mark.parametrize("version", [1, 2])
def test_commands_to_a_duplicate_answer_with_the_record_that_is_kept(caller, version):
    one, other = merged(caller)
    kept = f"/api/v1/organizations/{other['id']}"
    for answer in (
        caller.post(f"/organizations/{one['id']}/log-contact", CONTACT, version),
        change(caller, one, {"name": "Иначе"}, version),
    ):
        problem = answer.get_json()
        assert (answer.status_code, problem["code"]) == (409, "organization-merged")
        assert problem["survivor"] == other["id"]
        assert problem["links"] == {"survivor": kept}
        assert answer.headers["Link"] == f'<{kept}>; rel="canonical"'
        assert other["id"] in problem["detail"]
    shown = caller.get(f"/organizations/{one['id']}").get_json()
    assert (shown["status"], shown["duplicate_of"]) == ("duplicate", other["id"])
    assert (shown["links"]["survivor"], shown["links"]["actions"]) == (kept, ["unmark-duplicate"])
    assert caller.get(f"/organizations/{other['id']}").get_json()["duplicates"] == [one["id"]]


def test_what_is_asked_for_a_duplicate_is_done_for_the_kept_record_and_parts_again(caller):
    one, other = merged(caller)
    request = caller.request(one["id"]).get_json()
    assert (request["organization"]["id"], request["instead_of"]) == (other["id"], one["id"])
    verification = verified(caller, one)
    assert verification["organization_id"] == other["id"]
    assert ids(caller, f"/assistance-requests?organization_id={other['id']}") == [request["id"]]

    answer = caller.post(f"/organizations/{one['id']}/unmark-duplicate", {"reason": "Нет"}, 2)
    assert answer.get_json()["status"] == "active"
    assert caller.get(f"/organizations/{other['id']}").get_json()["duplicates"] == []
    assert caller.request(one["id"]).get_json()["instead_of"] is None


def test_a_record_with_duplicates_is_not_marked_as_one(caller):
    one, other = merged(caller)
    third = caller.organization(**GROUP, name="Парк").get_json()
    body = {"duplicate_of": third["id"], "reason": "Тоже"}
    refused = caller.post(f"/organizations/{other['id']}/mark-duplicate", body, 2)
    problem = refused.get_json()
    assert (refused.status_code, problem["code"]) == (409, "organization-has-duplicates")
    assert problem["duplicates"] == [one["id"]]


def test_a_material_change_is_shown_and_listed(caller):
    organization = caller.organization().get_json()
    verified(caller, organization)
    changed = change(caller, organization, {"name": "Чистая река"}).get_json()

    assert changed["verified"]["status"] == "verified"
    assert changed["verified"]["changed"] == ["name"]
    assert changed["verified"]["needs_reverification_since"] == changed["updated_at"]
    listed = "/organizations?needs_reverification"
    assert ids(caller, f"{listed}=true") == [organization["id"]]
    assert ids(caller, f"{listed}=false") == []
    asked = caller.get(f"/organizations/{organization['id']}/history").get_json()["items"][-1]
    assert asked["data"]["requalification"]["rule"] == "requalification/2026"


def test_what_rests_on_a_letter_is_found_from_its_issuer_and_when_that_is_lost(caller):
    issuer = caller.organization().get_json()
    other = caller.organization(**GROUP, name="Соседи").get_json()
    own = verified(caller, issuer)
    rests = verified(caller, other, letter(issuer))

    path = caller.get(f"/organizations/{issuer['id']}").get_json()["links"]["rests_on"]
    assert ids(caller, path.removeprefix("/api/v1")) == [rests["id"]]
    assert ids(caller, "/verifications?issuer_lost_standing=true") == []
    caller.post(f"/verifications/{own['id']}/revoke", {"reason": "Платят"}, own["version"])
    assert ids(caller, "/verifications?issuer_lost_standing=true") == [rests["id"]]
    (shown,) = caller.get(f"/verifications/{rests['id']}").get_json()["letters"]
    assert (shown["standing_then"]["status"], shown["standing_now"]["status"]) == (
        "verified",
        "revoked",
    )
