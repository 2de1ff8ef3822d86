"""The feed over HTTP: CloudEvents, a link to go on by, and what is refused and recorded."""

import re

import pytest
from click import BadParameter
from drivers import reached_in

from web.cli import frontoffice
from web.cloud_events import BATCH, topics_of, type_of

AUDITOR, REPUBLICAN = "auditor@KZ", "republican_specialist@KZ"
PERSON = {"name": "Пример Примеров", "phone": "+77000000001", "role": "координатор"}
GROUP = {
    "team_type": "initiative_group",
    "bin": None,
    "legal_form": None,
    "contact_persons": [{**PERSON, "consent": True}],
}


def followed(caller, who=AUDITOR, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return caller.get(f"/events?{query}", who)


def looks(caller):
    found = caller.get("/audit/reads?limit=100", AUDITOR).get_json()["items"]
    return [each for each in found if each["asked"].get("list") == "events"]


def test_an_event_is_a_cloud_event(caller):
    registered = caller.organization(**GROUP).get_json()
    answer = followed(caller, type="kz.rfo.organization.")
    (event,) = answer.get_json(force=True)
    history = caller.get(f"/organizations/{registered['id']}/history").get_json()["items"][0]

    assert answer.mimetype == BATCH
    assert all(re.fullmatch("[a-z0-9]{1,20}", name) for name in event)
    by = {name: value for name, value in history["by"].items() if name != "name"}
    assert {name: value for name, value in event.items() if name != "data"} == {
        "specversion": "1.0",
        "id": f"{registered['id']}/1",
        "source": f"urn:uuid:{registered['id']}",
        "type": "kz.rfo.organization.registered.v1",
        "subject": registered["id"],
        "time": history["recorded_at"],
        "datacontenttype": "application/json",
        "sequence": "1",
        "sequencetype": "Integer",
        "position": str(history["position"]),
    }
    person = history["data"]["details"]["contact_persons"][0]["person"]
    assert (person["name"], person["phone"]) == (PERSON["name"], PERSON["phone"])
    person.update(name=None, phone=None)
    beside = {"occurred_on": history["occurred_on"], "by": by}
    assert event["data"] == {**history["data"], **beside}


def test_the_link_leads_on_with_what_was_asked(caller):
    alone = {**GROUP, "contact_persons": []}
    first, second = (caller.organization(**alone, name=name).get_json() for name in "АБ")
    answer = followed(caller, limit=1, type="kz.rfo.organization.")
    read = []
    for _ in range(2):
        read += [each["subject"] for each in answer.get_json(force=True)]
        link = answer.headers["Link"]
        answer = caller.get(link[len("</api/v1") : link.index(">")], AUDITOR)
    assert read == [first["id"], second["id"]]
    assert answer.get_json(force=True) == []
    assert reached_in(answer.headers["Link"]) >= reached_in(link)
    assert "limit=1&type=kz.rfo.organization." in answer.headers["Link"]


def test_the_same_is_answered_to_the_same_question(caller):
    caller.organization(**GROUP)
    assert followed(caller).data == followed(caller, after=0, limit=1000).data


@pytest.mark.parametrize(
    "asked",
    [
        {"after": "-1"},
        {"after": "abc"},
        {"after": "1.5"},
        {"after": 2**63},
        {"after": ""},
        {"limit": 0},
        {"limit": 1001},
        {"type": "kz.rfo.nothing."},
        {"type": "request.helped"},
        {"since": 1},
    ],
    ids=str,
)
def test_what_cannot_be_followed_is_refused_by_its_name(caller, asked):
    answer = followed(caller, **asked)
    (fault,) = answer.get_json()["errors"]

    assert (answer.status_code, answer.get_json()["code"]) == (422, "validation-failed")
    assert fault["path"] == f"$.{next(iter(asked))}"
    assert fault["messages"]


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_beyond_the_end_it_is_said_where_that_is(caller, language):
    caller.organization(**GROUP)
    end = reached_in(followed(caller).headers["Link"])
    answer = caller.get(f"/events?after={end + 5}", AUDITOR, Accept_Language=language)
    problem = answer.get_json()

    assert (answer.status_code, problem["code"]) == (422, "position-beyond-end")
    assert problem["end"] == end
    assert str(end) in problem["detail"]
    assert str(end + 5) in problem["detail"]


def test_what_was_taken_away_is_on_record_and_what_was_not_there_is_not(caller):
    caller.organization(**GROUP)
    taken = followed(caller, limit=1)
    end = reached_in(followed(caller, after=reached_in(taken.headers["Link"])).headers["Link"])
    before = looks(caller)
    assert followed(caller, after=end).get_json(force=True) == []

    assert looks(caller) == before
    assert [(each["kind"], each["subjects"], each["asked"]["after"]) for each in before][-1] == (
        "export",
        [],
        "0",
    )
    assert sum(each["shown"] for each in before) == end_of(caller)


def end_of(caller):
    """Return how many events there are."""
    return len(followed(caller, limit=1000).get_json(force=True))


def test_a_type_has_the_number_of_its_form():
    assert type_of("request.helped") == "kz.rfo.request.helped.v1"
    assert type_of("request.helped-2") == "kz.rfo.request.helped.v2"
    assert type_of("organization.details-changed") == "kz.rfo.organization.details-changed.v1"
    assert topics_of("kz.rfo.request.helped.v1") == {"request.helped"}
    assert topics_of("kz.rfo.request.help") == {"request.helped"}
    assert topics_of("kz.rfo.request.helped.v2") == frozenset()


def test_the_command_line_names_what_types_there_are():
    with pytest.raises(BadParameter, match=r"kz\.rfo\.request"):
        frontoffice.main(["events", "--type", "request.helped"], standalone_mode=False)
