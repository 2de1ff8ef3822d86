"""The handbook's own cases, from the first visit to the replayed history, over a real socket."""

from typing import Any, NamedTuple

import pytest
from running import Running, said

BASE = "/api/v1"
FINDINGS = dict.fromkeys(
    ("voluntary", "unpaid", "public_benefit", "concrete_deeds", "aware", "harmless"), True
)
VISIT = {
    "place": "берег реки Малая Алматинка",
    "visited_on": "2026-02-14",
    "observed": "Двадцать волонтёров убирали берег, оплаты никто не получал",
}
FOUNDATION = {
    "team_type": "ngo",
    "legal_form": "public_foundation",
    "name": "Общественный фонд «Чистый берег»",
    "bin": "971240001315",
    "region": "KZ-75",
    "district": "751710000",
    "directions": ["taza_alem"],
    "volunteer_groups": ["general"],
    "participation_modes": ["offline"],
}
GROUP = {
    **{name: value for name, value in FOUNDATION.items() if name not in {"legal_form", "bin"}},
    "team_type": "initiative_group",
    "name": "Инициативная группа «Тёплый двор»",
    "district": "751410000",
}
LIBRARY = {
    **FOUNDATION,
    "name": "Общественный фонд «Читающий город»",
    "bin": "940140000385",
    "district": "751110000",
    "directions": ["bilim"],
}


class HandbookCase(NamedTuple):
    """What is asked for, what was done, and what came of it."""

    organization: dict[str, Any]
    help_type: str
    subject: str
    details: dict[str, Any]
    outcome: dict[str, Any]
    step: dict[str, Any] | None = None


CASES = {
    "a permit from the akimat for a clean-up": HandbookCase(
        FOUNDATION,
        "state_body_liaison",
        "Разрешение на субботник",
        {"state_body": "Акимат Медеуского района", "matter": "Разрешение на субботник"},
        {
            "state_body": "Акимат Медеуского района",
            "result": "granted",
            "answered_on": "2026-02-20",
        },
        {
            "kind": "letter_sent",
            "summary": "Письмо в акимат",
            "details": {"state_body": "Акимат Медеуского района", "sent_on": "2026-02-16"},
        },
    ),
    "a room for the meetings of an initiative group": HandbookCase(
        GROUP,
        "premises_and_equipment",
        "Комната для собраний",
        {
            "kind": "premises",
            "needed": "Комната по субботам",
            "needed_from": "2026-02-21",
            "needed_until": "2026-04-21",
        },
        {
            "kind": "premises",
            "item": "Комната 12",
            "lent_from": "2026-02-21",
            "lent_until": "2026-04-21",
        },
    ),
    "a group that is being registered as a public fund": HandbookCase(
        GROUP,
        "registration_advice",
        "Регистрация фонда",
        {
            "question": "Как зарегистрировать общественный фонд",
            "planned_legal_form": "public_foundation",
        },
        {"result": "documents_prepared", "advice": "Подать документы"},
    ),
    "a grant application": HandbookCase(
        LIBRARY,
        "grant_and_report_advice",
        "Заявка на малый грант",
        {"document": "grant_application", "programme": "Малые гранты для НПО"},
        {"document": "grant_application", "programme": "Малые гранты для НПО"},
    ),
    "an introduction between two organizations": HandbookCase(
        FOUNDATION,
        "partner_information",
        "Партнёр для эко-уроков",
        {"looking_for": "Кто проводит уроки для детей"},
        {"introduced_to": ["LIBRARY"]},
    ),
    "coverage in the media": HandbookCase(
        LIBRARY,
        "media_coverage",
        "Рассказать о марафоне чтения",
        {"event": "Марафон чтения", "held_on": "2026-02-14"},
        {
            "publications": [
                {
                    "outlet": "Городская газета",
                    "media": "newspaper",
                    "published_on": "2026-02-16",
                }
            ]
        },
        {
            "kind": "publication",
            "summary": "Вышла заметка",
            "details": {
                "outlet": "Городская газета",
                "media": "newspaper",
                "published_on": "2026-02-16",
            },
        },
    ),
}


class Specialist:
    """Somebody at the desk, who keeps every answer."""

    def __init__(self, service: Running) -> None:
        self._service = service
        self.answers: list[dict[str, Any]] = []

    def begins(self, collection: str, **body: Any) -> dict[str, Any]:
        """Begin a case."""
        answer = self._service.call("POST", f"{BASE}/{collection}", body)
        assert answer.status == 201, answer.body
        self.answers = [answer.body]
        return answer.body

    def does(self, command: str, **body: Any) -> dict[str, Any]:
        """Give a command on the case that was begun last."""
        case = self.answers[-1]
        path = case["links"]["self"]
        answer = self._service.call(
            "POST", f"{path}/{command}", body, If_Match=f'"{case["version"]}"'
        )
        assert answer.status == 200, answer.body
        self.answers.append(answer.body)
        return answer.body

    def reads(self, path: str) -> Any:
        """Read."""
        answer = self._service.call("GET", path)
        assert answer.status == 200, answer.body
        return answer.body


@pytest.fixture(scope="module")
def organizations(service) -> dict[str, str]:
    desk, ids = Specialist(service), {}
    for number, details in enumerate((FOUNDATION, GROUP, LIBRARY)):
        registered = desk.begins("organizations", **details, qazvolunteer_id=f"QV-{number}")
        desk.begins(
            "verifications",
            organization_id=registered["id"],
            checks=[{"method": "site_visit", "outcome": "confirmed", "details": VISIT}],
            decision={"findings": FINDINGS},
        )
        ids[details["name"]] = registered["id"]
    return ids


@pytest.mark.parametrize("told", CASES.values(), ids=CASES)
def test_a_case_is_helped_and_every_moment_of_it_can_be_replayed(service, organizations, told):
    desk = Specialist(service)
    desk.begins(
        "assistance-requests",
        organization_id=organizations[told.organization["name"]],
        help_type=told.help_type,
        subject=told.subject,
        description="Рассказали при встрече",
        channel="visit",
        details=told.details,
        occurred_on="2026-02-15",
    )
    desk.does("assign", staff_id=desk.reads(f"{BASE}/me")["staff_id"])
    if told.step:
        desk.does("record-step", **told.step)
    outcome = dict(told.outcome)
    if "introduced_to" in outcome:
        outcome["introduced_to"] = [organizations[LIBRARY["name"]]]
    helped = desk.does("help", outcome="Помогли", details=outcome)
    assert helped["status"] == "helped"

    history = desk.reads(helped["links"]["history"])["items"]
    assert [entry["version"] for entry in history] == list(range(1, helped["version"] + 1))
    assert all(entry["sentence"] for entry in history)
    for answered in desk.answers:
        then = desk.reads(f"{helped['links']['self']}?version={answered['version']}")
        assert _facts(then) == _facts(answered)
        moment = answered["updated_at"]
        assert desk.reads(f"{helped['links']['self']}?as_of={moment}") == then


def test_an_auditor_reads_the_same_case_without_the_server(service, organizations):
    desk = Specialist(service)
    taken = desk.begins(
        "assistance-requests",
        organization_id=organizations[GROUP["name"]],
        help_type="training",
        subject="Первая помощь",
        description="Просят научить",
        channel="visit",
        details={"topic": "Первая помощь", "audience": "initiative_group"},
    )
    code, text = said("cases", "history", taken["id"], data_dir=service.data_dir)
    assert code == 0
    assert desk.reads(taken["links"]["history"])["items"][0]["sentence"] in text


def _facts(case: dict[str, Any]) -> dict[str, Any]:
    """Return what a case says of itself, without what may be done with it now."""
    return {name: value for name, value in case.items() if name != "links"}
