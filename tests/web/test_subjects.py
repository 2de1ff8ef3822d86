"""People over HTTP: where they are, what is decided about them, and what a report says to whom."""

from uuid import uuid4

import pytest
from persons import appears, erase, head, somebody
from world import OTHER, OWN, REPUBLIC, World

HEAD, SPECIALIST, AUDITOR = f"head@{OWN}", f"specialist@{OWN}", f"auditor@{REPUBLIC}"
WITHDRAWN = {"ground": "consent_withdrawn", "reason": "Отозвал согласие"}


@pytest.fixture
def world(services) -> World:
    return World(services)


@pytest.fixture
def send(caller):
    def sent(method, path, body=None, who=HEAD, version="0", key=None, language="ru"):
        headers = {**caller.headers(who), "Accept-Language": language}
        if method == "POST":
            headers |= {"Idempotency-Key": key or str(uuid4()), "If-Match": f'"{version}"'}
        return caller.client.open(f"/api/v1{path}", method=method, json=body, headers=headers)

    return sent


def cases(answer):
    return {(each["case_type"], each["office"]) for each in answer.get_json()["cases"]}


def test_an_office_sees_of_a_person_the_cases_it_sees(world, send):
    who = somebody()
    appears(world, who, OWN)
    request = appears(world, who, OTHER).request
    own = {(kind, OWN) for kind in ("organization", "verification", "request", "document")}
    assert cases(send("GET", f"/subjects/{who.id}", who=SPECIALIST)) == own
    assert len(cases(send("GET", f"/subjects/{who.id}", who=AUDITOR))) == 8
    world.offer(request, OTHER, OWN)
    assert cases(send("GET", f"/subjects/{who.id}", who=SPECIALIST)) == {*own, ("request", OTHER)}
    for missing in (uuid4(), world.account(OTHER).id):
        assert send("GET", f"/subjects/{missing}", who=SPECIALIST).status_code == 404


def test_what_is_shown_says_what_may_be_done_and_nothing_of_who_it_is(world, send):
    who = somebody()
    appears(world, who, OWN)
    answer = send("GET", f"/subjects/{who.id}")
    shown = answer.get_json()
    assert (answer.headers["ETag"], shown["status"], shown["version"]) == ('"0"', "known", 0)
    assert shown["links"]["actions"] == ["hold", "erase"]
    assert send("GET", f"/subjects/{who.id}", who=SPECIALIST).get_json()["links"]["actions"] == []
    for said in who.values:
        assert said not in answer.get_data(as_text=True)


def test_a_look_at_where_a_person_is_is_recorded(world, send):
    who = somebody()
    appears(world, who, OWN)
    send("GET", f"/subjects/{who.id}", who=SPECIALIST)
    looks = send("GET", f"/audit/reads?subject={who.id}", who=AUDITOR).get_json()["items"]
    assert (looks[0]["kind"], looks[0]["case_type"]) == ("case", "subject")


def test_an_erasure_that_is_sent_again_has_the_same_answer(world, send):
    who = somebody()
    appears(world, who, OWN)
    path, key = f"/subjects/{who.id}/erase", str(uuid4())
    first, again = (send("POST", path, WITHDRAWN, key=key) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    told, retold = first.get_json(), again.get_json()
    assert {**told, "places": []} == {**retold, "places": []}
    assert [each["left"] for each in told["places"] if each["place"] == "keys"] == [0]
    # A report is made of what there is now: that the first was read is in the log by then.
    outcomes = [
        {each["place"]: each["outcome"] for each in one["places"] if each["place"] != "reads"}
        for one in (told, retold)
    ]
    assert outcomes[0] == outcomes[1]
    other = send("POST", path, WITHDRAWN, version=2)
    assert (other.status_code, other.get_json()["code"]) == (409, "wrong-state")
    assert send("POST", path, WITHDRAWN, version=1).status_code == 412


def test_a_hold_that_is_sent_again_has_the_same_answer(world, send):
    who = somebody()
    appears(world, who, OWN)
    path, key = f"/subjects/{who.id}/hold", str(uuid4())
    first, again = (send("POST", path, {"reason": "Суд"}, key=key) for _ in range(2))
    assert first.get_json() == again.get_json()
    assert first.get_json()["holds"][0]["office"] == OWN


def test_a_refusal_by_a_hold_says_why_in_the_language_of_the_caller(world, send):
    who = somebody()
    appears(world, who, OWN)
    send("POST", f"/subjects/{who.id}/hold", {"reason": "Запрос суда"})
    answer = send("POST", f"/subjects/{who.id}/erase", WITHDRAWN, version=2, language="en")
    body = answer.get_json()
    assert (answer.status_code, body["code"], body["reason"]) == (
        409,
        "subject-held",
        "Запрос суда",
    )
    assert "held by KZ-75: “Запрос суда”" in body["detail"]


def test_a_report_is_for_who_could_erase(world, send):
    who = somebody()
    appears(world, who, OWN)
    path = f"/subjects/{who.id}/report"
    assert send("GET", path).get_json()["status"] == "known"
    assert send("GET", path, who=SPECIALIST).status_code == 403
    appears(world, who, OTHER)
    refused = send("GET", path)
    assert (refused.status_code, refused.get_json()["code"]) == (403, "office-forbidden")
    assert len(cases(send("GET", path, who=head(REPUBLIC)))) == 8
    erase(world, who.id, head(REPUBLIC))
    assert send("GET", path, who=AUDITOR).get_json()["erased"]["office"] == REPUBLIC


@pytest.mark.parametrize(
    ("language", "title", "outcome"),
    [
        ("ru", "Ключ человека", "уничтожен, второй раз не создаётся"),
        ("kk", "Адамның кілті", "жойылды, екінші рет жасалмайды"),
        ("en", "Key of the person", "destroyed, never made again"),
    ],
)
def test_a_report_is_told_in_words(world, send, language, title, outcome):
    who = somebody()
    appears(world, who, OWN)
    erase(world, who.id, head(OWN))
    report = send("GET", f"/subjects/{who.id}/report", language=language).get_json()
    (keys,) = (each for each in report["places"] if each["place"] == "keys")
    assert (keys["title"], keys["outcome_title"]) == (title, outcome)


def test_what_was_decided_is_a_history_for_who_decided_and_for_who_sees_all(world, send):
    who = somebody()
    for office in (OWN, OTHER):
        appears(world, who, office)
    erase(world, who.id, head(REPUBLIC))
    path = f"/subjects/{who.id}/history"
    told = {each: send("GET", path, who=each).get_json()["items"] for each in (HEAD, AUDITOR)}
    assert [each["event"] for each in told[AUDITOR]] == ["subject.opened", "subject.erased"]
    assert "человек отозвал согласие: «Отозвал согласие»" in told[AUDITOR][1]["sentence"]
    assert told[HEAD] == []


def test_an_erased_person_reads_as_nobody(world, send):
    who = somebody()
    theirs = appears(world, who, OWN)
    erase(world, who.id, head(OWN))
    case = send("GET", f"/organizations/{theirs.organization.id}").get_json()
    person = {"subject_id": str(who.id), "name": None, "phone": None, "email": None}
    assert case["leader"] == case["contact_persons"][0]["person"] == person
    gone = send("GET", f"/documents/{theirs.document.id}")
    assert (gone.status_code, gone.get_json()["code"]) == (410, "document-erased")
    export = send("GET", f"/organizations/{theirs.organization.id}/history")
    assert [said for said in who.values if said in export.get_data(as_text=True)] == []


@pytest.mark.parametrize("ground", ["erased_before", "because", None])
def test_an_erasure_needs_a_ground_of_its_own(world, send, ground):
    who = somebody()
    appears(world, who, OWN)
    answer = send("POST", f"/subjects/{who.id}/erase", {"ground": ground, "reason": "x"})
    assert answer.status_code == 422
