"""What auditors are told at a terminal: tables for people, JSON and CSV for programs, exit codes."""

import csv
import io
import json
from contextlib import contextmanager

import psycopg
import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from office import Office
from replaying import fill, here_as_elsewhere

from application.replay.divergences import Kind
from application.what_if.rules import RULES
from web import cli_replay, cli_what_if
from web.cli_audit import audit
from web.languages import LANGUAGES, texts

WORDS = {"ru": "Расхождений: 2.", "kk": "Айырмашылықтар: 2.", "en": "Differences: 2."}


@pytest.fixture
def office(services) -> Office:
    """An office with rows in every read model."""
    made = Office(services)
    fill(made)
    return made


def say(*arguments):
    """Return what a command says, and its exit code."""
    answer = CliRunner().invoke(audit, list(map(str, arguments)))
    assert answer.exception is None or isinstance(answer.exception, SystemExit)
    return answer


@pytest.fixture
def said(office, settings, database_url, monkeypatch):
    """A command that reads the cases of the office."""

    @contextmanager
    def given():
        yield office.services

    here = replace(settings, owner_database_url=database_url)
    monkeypatch.setattr(cli_replay, "read_settings", lambda: here)
    monkeypatch.setattr(cli_replay, "second_process", here_as_elsewhere)
    monkeypatch.setattr(cli_what_if, "command_services", given)
    return say


@pytest.fixture
def damaged(database_url, office):
    """Two fields that were changed past the service, one of which nobody is to see."""
    with psycopg.connect(database_url) as owner:
        owner.execute("UPDATE loans SET item = '=Подвал'")
        owner.execute("UPDATE staff SET login_key = 'x' WHERE id = (SELECT id FROM staff LIMIT 1)")


def test_where_nothing_is_otherwise_the_exit_code_is_0(said):
    answer = said("replay")
    assert answer.exit_code == 0
    assert "Расхождений нет: списки до байта такие, какими их даёт история." in answer.stdout
    assert "Сложено дважды: пояс" in answer.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_names_case_list_field_and_both_values(said, damaged, language):
    answer = said("replay", "--language", language)

    assert answer.exit_code == 1
    line = next(each for each in answer.stdout.splitlines() if "loans" in each)
    cells = [part.strip() for part in line.split("  ") if part.strip() and ":" not in part]
    assert cells[:5] == ["KZ-75/2026/000001", "loans", "item", "=Подвал", "Зал"]
    assert texts("replay")["kinds"]["field"][language] in line
    assert texts("replay")["whole"]["hidden"][language] in answer.stdout
    assert WORDS[language] in answer.stdout


def test_json_holds_everything_that_was_found_and_the_environments(said, damaged):
    answer = said("replay", "-o", "json")
    told = json.loads(answer.stdout)

    assert answer.exit_code == 1
    assert [each["kind"] for each in told["items"]] == [Kind.FIELD] * 2
    of_loan, of_staff = sorted(told["items"], key=lambda each: each["table"])
    assert (of_loan["live"], of_loan["replayed"], of_loan["is_hidden"]) == ("=Подвал", "Зал", False)
    assert of_loan["row"] == {"place": 1}
    assert (of_staff["live"], of_staff["replayed"], of_staff["is_hidden"]) == (None, None, True)
    assert len(told["environments"]) == 2
    assert WORDS["ru"] in answer.stderr


def test_no_cell_of_csv_is_a_formula(said, damaged):
    rows = list(csv.DictReader(io.StringIO(said("replay", "-o", "csv").stdout)))
    assert {row["live"] for row in rows} == {"'=Подвал", ""}


def test_terms_that_are_not_derived_yet_are_told(said, database_url):
    with psycopg.connect(database_url) as owner:
        owner.execute("UPDATE requests SET due_on = due_on - 1")
    assert "Исправления календаря" not in said("replay").stdout
    with psycopg.connect(database_url) as owner:
        owner.execute("UPDATE calendars SET derived = 0")
    assert "могут ещё не знать: 1" in said("replay").stdout


def test_every_kind_of_divergence_has_its_words():
    assert texts("replay")["kinds"].keys() == set(Kind)
    for part in texts("replay").values():
        for words in part.values():
            assert words.keys() == set(LANGUAGES)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "draft.toml"
    path.write_text('version = "sufficiency/two"\nconfirmations = 2\n', encoding="utf-8")
    return path


WHAT_IF = ("what-if", "--rule", "sufficiency", "--version-file")


def test_decisions_that_would_be_other_are_listed_with_the_reason(said, file):
    answer = said(*WHAT_IF, file)
    lines = answer.stdout.splitlines()

    assert answer.exit_code == 0
    assert [line.split()[0] for line in lines[1:3]] == [
        "KZ-75/V/2026/000001",
        "KZ-75/V/2026/000002",
    ]
    assert "признана волонтёрской; основания — проверки № 1  признать нельзя" in lines[1]
    assert "Подтверждений 1, нужно 2; опровержения без ответа: —." in lines[1]
    assert "По версии sufficiency/two решений рассмотрено заново: 2, иными были бы: 2." in lines[3]


def test_json_of_it_has_codes_and_facts(said, file):
    told = json.loads(said(*WHAT_IF, file, "-o", "json", "--language", "en").stdout)

    assert told["rule"] == {
        "version": "sufficiency/two",
        "confirmations": 2,
        "denial_blocks": True,
    }
    assert (told["considered"], told["unread"], len(told["items"])) == (2, 0, 2)
    first = told["items"][0]
    assert first["would_be"] == {
        "code": "not-verified",
        "facts": {},
        "words": "could not be verified",
    }
    assert (first["occurred_on"], first["office"]) == ("2026-03-02", "KZ-75")


def test_who_looked_is_recorded(said, file, database_url):
    said(*WHAT_IF, file)
    said(*WHAT_IF, file, "-o", "csv")
    with psycopg.connect(database_url) as owner:
        found = owner.execute(
            "SELECT kind, asked ->> 'list', asked ->> 'rule', shown FROM reads ORDER BY position"
        ).fetchall()
    assert found == [("list", "what-if", "sufficiency", 2), ("export", "what-if", "sufficiency", 2)]


def test_histories_that_cannot_be_read_are_told(said, file, database_url):
    with psycopg.connect(database_url) as owner:
        owner.execute("UPDATE case_events SET state = '{}' WHERE topic = 'request.requested'")
    assert "Историй, которые не читаются: 1." in said(*WHAT_IF, file).stdout


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "code"),
    [("confirmations = 0", "draft-wrong"), ("=", "draft-no-toml"), ("", "draft-nameless")],
)
def test_a_draft_that_is_none_is_refused_with_what_there_can_be(file, text, code, language):
    file.write_text(text, encoding="utf-8")
    answer = say(*WHAT_IF, file, "--language", language)

    assert answer.exit_code == 2
    assert str(file) in answer.stderr
    expected = texts("what_if")["draft"][code][language].split("{")[-1].split("}")[-1]
    assert expected in answer.stderr
    assert ("confirmations = 1" in answer.stderr) == (code != "draft-nameless")


def test_the_rules_are_shown_by_their_parameters():
    told = json.loads(say("rules", "-o", "json").stdout)

    assert told.keys() == RULES.keys()
    assert told["terms"] == {
        "version": "terms/2021",
        "working_days": 15,
        "forward_working_days": 3,
        "extension_months": 2,
    }
    required = told["eligibility"]["requires_verification"]
    assert required == sorted(required)
    assert "sufficiency  confirmations" in say("rules").stdout
