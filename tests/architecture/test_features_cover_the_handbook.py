"""Every kind of help, way of checking, event and refusal has a scenario; every file its clauses."""

import csv
import inspect
import re
from pathlib import Path

import pytest
from phrases import EVENTS, REFUSALS

from application.case_types import EVENT_TYPES
from application.sign_in.answers import TokenRefused
from domain.catalogue.catalogue import CATALOGUE_2021
from domain.refusals import Refusal
from domain.staff_account.refusals import IdentityTaken

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "features").rglob("*.feature"))
TEXT = "\n".join(path.read_text("utf-8") for path in FILES)
CLAUSES = {
    row["clause"]
    for row in csv.DictReader((ROOT / "tests/clauses.csv").read_text("utf-8").splitlines())
}
WITHOUT_SCENARIO = {
    # Whose token it is an identity provider says: test_openid.py plays it at a real one.
    TokenRefused.code,
    # Somebody of a provider gets their account at their first step: only two first steps at
    # the same moment could meet.
    IdentityTaken.code,
}
WORDS = {
    "организации": "organization",
    "проверке": "verification",
    "запросе": "request",
    "документе": "document",
    "учётной записи": "staff",
    "календаре": "calendar",
    "примечании": "annotation",
    "деле человека": "subject",
}
ANY = "|".join(WORDS)


def tags(path: Path) -> set[str]:
    return set(re.findall(r"@clause-([\d.]+)", path.read_text("utf-8")))


def refusals(base=Refusal):
    for each in base.__subclasses__():
        if inspect.getmodule(each).__name__.split(".")[0] in {"domain", "application"}:
            yield each
        yield from refusals(each)


def recorded() -> set[str]:
    """Return the topics whose phrase a scenario expects in the case of its kind."""
    found = set(re.findall(rf"в ({ANY}) записано: (.+)", TEXT))
    found |= {
        ("организации", phrase) for phrase in re.findall(r'у организации ".+" записано: (.+)', TEXT)
    }
    found |= {
        ("проверке", phrase) for phrase in re.findall(r"в прежней проверке записано: (.+)", TEXT)
    }
    found |= {("календаре", phrase) for phrase in re.findall(r"у календаря записано: (.+)", TEXT)}
    noted = re.findall(r"о примечании записано: (.+)", TEXT)
    found |= {("примечании", phrase) for phrase in noted}
    for case, table in re.findall(rf"вся история в ({ANY}):\n((?:\s*\|.+\n)+)", TEXT):
        found |= {(case, row.strip(" |")) for row in table.splitlines() if row.strip()}
    pairs = {(WORDS[case], phrase.strip()) for case, phrase in found}
    return {topic for topic, phrase in EVENTS.items() if (topic.split(".")[0], phrase) in pairs}


@pytest.mark.parametrize("name", ["help_types", "verification_methods"])
def test_every_kind_of_help_and_every_way_of_checking_has_a_file_of_its_own(name):
    clauses = [entry.clause for entry in CATALOGUE_2021.lists[name]]
    for clause in clauses:
        assert [path for path in FILES if clause in tags(path)], clause
    files = {next(path for path in FILES if clause in tags(path)) for clause in clauses}
    assert len(files) == len(clauses)


def test_every_event_is_expected_by_a_scenario():
    assert EVENTS.keys() == EVENT_TYPES.keys()
    assert recorded() == EVENT_TYPES.keys()


def test_every_refusal_is_expected_by_a_scenario():
    codes = {each.code for each in refusals() if hasattr(each, "code")} - WITHOUT_SCENARIO
    expected = {phrase.split(", и ")[0].strip() for phrase in re.findall(r"отказ: (.+)", TEXT)}

    assert REFUSALS.keys() == codes
    assert set(REFUSALS.values()) == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_names_clauses_that_exist_and_says_what_it_is_for(path):
    text = path.read_text("utf-8")

    assert tags(path)
    assert tags(path) <= CLAUSES
    assert text.startswith("# language: ru\n@clause-")
    assert "Правило:" in text
    assert len(text.splitlines()) <= 100
    assert not re.search(r"\b(HTTP|JSON|POST|GET|409|422|API)\b", text)


def test_titles_of_scenarios_are_unique():
    titles = re.findall(r"(?:Сценарий|Структура сценария): (.+)", TEXT)
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_on_the_map_with_its_title_and_clauses(path):
    title = re.search("Функция: (.*)", path.read_text("utf-8"))[1]
    link = path.relative_to(ROOT / "features").as_posix()
    row = f"| [{title}]({link}) | {', '.join(sorted(tags(path)))} |"
    assert row in (ROOT / "features/README.md").read_text("utf-8").splitlines()
