"""Fifty people come, are copied and exported, and are erased: nothing of them is left anywhere.

With a thousand: make drill.
"""

import json
import tempfile
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from drill import HEAD, Drill, unpacked
from persons import somebody
from running import running

from domain.refusals import CommandNotAllowed
from web.cli import frontoffice

COUNT = 50


@pytest.fixture(scope="module")
def drilled():
    """The drill, up to the copies that were made before anybody was erased."""
    with tempfile.TemporaryDirectory(prefix="fo", dir="/tmp") as folder:
        home, outside = Path(folder, "here"), Path(folder, "outside")
        outside.mkdir()
        with running(home, WORKERS="2") as service:
            drill = Drill(service, outside, COUNT)
            drill.come()
            yield service, drill


def test_nothing_is_left_of_fifty_people(drilled):
    service, drill = drilled
    taken_away = drill.export("before.csv")
    backup, base = drill.copies()
    before = drill.events()
    logs = drill.outside / "logs"
    assert drill.search(drill.outside).values == [str(taken_away)]
    assert drill.opens(base) == 2 * COUNT == 2 * drill.opens_of_backup(backup)

    reports = [drill.erase(each) for each in drill.people]
    (logs.mkdir(), (logs / "service.log").write_text("".join(service.said), "utf-8"))
    taken_away.rename(drill.outside.parent / "in-other-hands.csv")
    drill.export("after.csv")
    unpacked(backup, drill.outside / "unpacked")

    assert [each["exports"][0]["list"] for each in reports] == ["organizations"] * COUNT
    left = {each["place"]: each["left"] for report in reports for each in report["places"]}
    assert {name: left[name] for name in ("events", "keys", "organizations", "documents")} == (
        dict.fromkeys(("events", "keys", "organizations", "documents"), 0)
    )
    found = drill.search(service.data_dir, drill.outside)
    assert (found.values, found.keys) == ([], [])
    assert (
        drill.events(before[-1][4] if isinstance(before[-1][4], int) else 2**62)[: len(before)]
        == before
    )
    assert drill.opens_of_backup(backup) == COUNT

    assert "Ключи сменены" in drill.command("keys", "rotate")
    assert drill.opens(base) == drill.opens_of_backup(backup) == 0


def test_the_service_has_gone_on_meanwhile(drilled):
    service, drill = drilled
    organization = service.call("GET", "/api/v1/organizations").body["items"][0]
    case = service.call("GET", f"/api/v1/organizations/{organization['id']}").body
    assert case["contact_persons"][0]["person"]["name"] is None
    who = somebody(1)
    named = {"subject_id": str(drill.people[0].id), "name": who.name}
    body = {"contact_persons": [{**named, "role": "x", "consent": True}]}
    again = service.call(
        "PATCH", f"/api/v1/organizations/{case['id']}", body, If_Match=f'"{case["version"]}"'
    )
    assert (again.status, again.body["code"]) == (410, "subject-erased")
    assert service.signed_in.token(HEAD)


def test_the_machine_tells_what_became_of_somebody(drilled, monkeypatch):
    service, drill = drilled
    monkeypatch.setenv("FRONTOFFICE_DATA_DIR", str(service.data_dir))
    who, run = str(drill.people[3].id), CliRunner().invoke

    told = run(frontoffice, ["subjects", "show", who])
    for words in ("прочесть нельзя: ключа нет", "Унёс из сервиса", "Есть в деле: organization"):
        assert words in told.output
    report = json.loads(run(frontoffice, ["subjects", "show", who, "-o", "json"]).output)
    assert {each["place"]: each["left"] for each in report["places"]}["keys"] == 0
    erased = ["subjects", "erase", who, "--ground", "unlawful", "--reason", "Ещё раз"]
    assert isinstance(run(frontoffice, erased).exception, CommandNotAllowed)
    for command, state in (("hold", "held"), ("release", "known")):
        other = str(UUID(service.call("GET", "/api/v1/me").body["staff_id"]))
        told = run(frontoffice, ["subjects", command, other, "--reason", "Суд", "-o", "json"])
        assert json.loads(told.output)["status"] == state
    told = run(frontoffice, ["keys", "status", "--language", "en"])
    assert (told.exit_code, f"was erased: {COUNT}" in told.output) == (0, True)
