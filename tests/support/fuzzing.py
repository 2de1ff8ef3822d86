"""The interface, tried against its description by Schemathesis: as a process of its own."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from papers import filing, pdf
from running import Running

CONTRACT = Path(__file__).parents[1] / "contract"
ADMINISTRATOR, AUDITOR = "administrator@KZ", "auditor@KZ"
CALLERS = (
    *("head@KZ-75", "specialist@KZ-19", "republican_head@KZ", "auditor@KZ"),
    *("service@KZ-75", ADMINISTRATOR),
)


class Outcome(NamedTuple):
    """What came of a run: cases and answers counted, and the failures as they were printed."""

    code: int
    phases: Mapping[str, int]
    statuses: Mapping[str, int]
    said: str

    @property
    def cases(self) -> int:
        """How many cases were tried."""
        return sum(self.phases.values())

    @property
    def closing(self) -> str:
        """What a person reads of it: the cases of each phase, and each kind of answer."""
        phases = ", ".join(f"{name} {cases}" for name, cases in self.phases.items())
        answers = ", ".join(f"{status} {times}" for status, times in sorted(self.statuses.items()))
        return f"{self.cases} cases: {phases}\nAnswers: {answers}\nExit code: {self.code}"


def fuzz(
    service: Running,
    folder: Path,
    *options: str,
    config: str = "",
    output: int | None = subprocess.PIPE,
) -> Outcome:
    """Try a running service, with further options of ``schemathesis run`` and its file.

    What Schemathesis prints is part of the outcome, or goes to the ``output`` that is given.
    """
    report, settings = folder / "events.ndjson", folder / "schemathesis.toml"
    settings.write_text(f"{(CONTRACT / 'schemathesis.toml').read_text('utf-8')}\n{config}", "utf-8")
    process = subprocess.run(
        [
            *(sys.executable, "-P", "-c", "from schemathesis.cli import schemathesis as s; s()"),
            *("--config-file", str(settings), "run"),
            f"http://127.0.0.1:{service.port}/api/v1/openapi.json",
            *("--no-color", "--report", "ndjson", "--report-ndjson-path", str(report)),
            *options,
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": _path(), "CONTRACT_KNOWN": json.dumps(known(service))},
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    phases, statuses = _counted(report) if report.exists() else ({}, {})
    return Outcome(process.returncode, phases, statuses, process.stdout or "")


def known(service: Running) -> dict[str, Any]:
    """Return what the tried values and callers are taken from: a demonstration is loaded."""

    def ids(collection: str, who: str) -> list[str]:
        rows = service.call("GET", f"/api/v1/{collection}?limit=100", who=who).body["items"]
        return [row["id"] for row in rows]

    reference = service.call("GET", "/api/v1/reference").body
    names = ("organizations", "verifications", "assistance-requests")
    return {
        "tokens": {who: service.signed_in.token(who) for who in CALLERS},
        "callers": ids("staff", ADMINISTRATOR),
        "ids": {
            **(cases := {name: ids(name, "head@KZ-75") for name in names}),
            "audit/annotations": _noted(service, cases["organizations"]),
            "documents": [_filed(service)],
            "staff": _spare(service),
            "subjects": _people(service),
        },
        "regions": [each["code"] for each in reference["regions"]],
        "districts": [each["code"] for each in reference["districts"]],
    }


def _people(service: Running) -> list[str]:
    """Return people, each of whom a document is about."""
    people = [str(uuid4()) for _ in range(20)]
    for each in people:
        _filed(service, subject_id=each)
    return people


def _filed(service: Running, **about: str) -> str:
    """Return a document."""
    body, media_type = filing(pdf(), **about)
    headers = {"Content-Type": media_type, "Idempotency-Key": uuid4().hex}
    _, told = service.send_anything("POST", "/api/v1/documents", body, headers)
    return str(json.loads(told)["id"])


def _noted(service: Running, case_ids: list[str]) -> list[str]:
    """Return annotations of the auditor."""
    notes = ({"case_id": each, "text": "Спросить о письме"} for each in case_ids[:5])
    made = [service.call("POST", "/api/v1/audit/annotations", each, who=AUDITOR) for each in notes]
    return [each.body["id"] for each in made]


def _spare(service: Running) -> list[str]:
    """Return accounts that may be closed: nobody signs in with them."""
    body = {"name": "Пример", "office": "KZ-75", "post": "С", "roles": [], "reason": "Приказ"}
    made = [
        service.call("POST", "/api/v1/staff", {**body, "login": uuid4().hex}, who=ADMINISTRATOR)
        for _ in range(5)
    ]
    return [each.body["id"] for each in made]


def _path() -> str:
    return os.pathsep.join((str(CONTRACT), str(Path(__file__).parent)))


def _counted(report: Path) -> tuple[Mapping[str, int], Mapping[str, int]]:
    phases: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    with report.open(encoding="utf-8") as lines:
        for scenario in _scenarios(lines):
            answers = scenario["recorder"].get("interactions", {}).values()
            phases[scenario["phase"]] += len(answers)
            statuses.update(f"{_status(each)}" for each in answers)
    return phases, statuses


def _scenarios(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        event = json.loads(line)
        if "ScenarioFinished" in event:
            yield event["ScenarioFinished"]


def _status(interaction: Mapping[str, Any]) -> str:
    return str((interaction["response"] or {"status_code": "no answer"})["status_code"])
