"""The table of docs/asvs.md is whole and true: every id, every test it names, every figure."""

import ast
import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/asvs.md").read_text("utf-8")
ANSWERS = {"met", "not applicable", "not met"}
ENOUGH = 80
LONGEST = 15
NAMED = re.compile(r"`((?:tests|features)/[^`]+)`")


class Row(NamedTuple):
    """One requirement and what is said of it."""

    id: str
    level: str
    requirement: str
    answer: str
    why: str

    @property
    def named(self):
        return NAMED.findall(self.why)

    @property
    def is_shown(self):
        return self.answer == "met" and bool(self.named)


ROWS = [
    Row(*(cell.strip() for cell in line.strip("|").split("|")))
    for line in TEXT.splitlines()
    if re.match(r"\| V\d", line)
]


def words(text):
    return re.findall(r"[\w'’-]+", text)


@cache
def named_in(path):
    """Return the names of the tests in a file, those of classes as ``Class::name``."""
    found = set()
    for node in ast.parse((ROOT / path).read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {
                f"{node.name}::{each.name}"
                for each in node.body
                if isinstance(each, ast.FunctionDef)
            }
    return {name for name in found if name.rpartition("::")[2].startswith("test_")}


@cache
def scenarios_of(path):
    told = (ROOT / path).read_text("utf-8")
    return set(re.findall(r"^\s*(?:Сценарий|Структура сценария): (.+?)\s*$", told, re.MULTILINE))


def exists(named):
    if named.startswith("features/"):
        path, _, title = named.partition(": ")
        return (ROOT / path).is_file() and title in scenarios_of(path)
    path, _, name = named.partition("::")
    return (ROOT / path).is_file() and name.partition("[")[0] in named_in(path)


def figures():
    told = TEXT.split("## Summary")[1].split("\n## ")[0]
    return dict(re.findall(r"^\| ([A-Z][a-z ]+) \| (\d+)(?: %)? \|$", told, re.MULTILINE))


def test_every_requirement_stands_in_the_table_once_with_its_level():
    with (ROOT / "tests/architecture/asvs_ids.csv").open(encoding="utf-8") as file:
        wanted = [(each["id"], each["level"]) for each in csv.DictReader(file)]
    assert Counter(level for _, level in wanted) == {"1": 70, "2": 183, "3": 11}
    assert [(row.id, row.level) for row in ROWS] == wanted


def test_every_requirement_is_told_in_a_few_words_and_has_an_answer():
    for row in ROWS:
        assert row.answer in ANSWERS, row
        assert 2 <= len(words(row.requirement)) < LONGEST, row


def test_every_test_that_is_named_exists():
    assert [(row.id, each) for row in ROWS for each in row.named if not exists(each)] == []


def test_what_names_no_test_says_why():
    for row in ROWS:
        if not row.is_shown:
            assert len(words(NAMED.sub("", row.why))) >= 4, row


def test_what_is_met_by_tests_names_nothing_but_tests():
    for row in ROWS:
        if row.is_shown:
            assert NAMED.sub("", row.why).strip(" ,") == "", row


def test_the_figures_are_the_true_ones_and_are_enough():
    by_answer = Counter(row.answer for row in ROWS)
    applicable = by_answer["met"] + by_answer["not met"]
    shown = sum(row.is_shown for row in ROWS)
    share = shown * 100 // applicable
    true = {
        "Requirements looked at": len(ROWS),
        "Not applicable": by_answer["not applicable"],
        "Applicable": applicable,
        "Met": by_answer["met"],
        "Not met": by_answer["not met"],
        "Shown by a test": shown,
        "Share of the applicable shown by a test": share,
    }
    assert figures() == {name: str(value) for name, value in true.items()}
    russian = TEXT.split("**По-русски.**")[1].split("\n\n")[0]
    assert re.findall(r"\d+", russian.split("всего")[1])[:5] == [
        str(each) for each in (len(ROWS), applicable, by_answer["met"], shown, share)
    ]
    assert share >= ENOUGH


def test_the_list_of_what_is_not_met_is_the_whole_one():
    told = TEXT.split("## What is not met")[1].split("\n## ")[0]
    assert re.findall(r"^- \*\*(V[\d.]+)\*\* ", told, re.MULTILINE) == [
        row.id for row in ROWS if row.answer == "not met"
    ]


def test_a_missing_test_would_be_noticed():
    assert exists("tests/architecture/test_asvs.py::test_a_missing_test_would_be_noticed")
    assert exists(
        "features/organizations/registration.feature: Район другого региона не принимается"
    )
    for wrong in (
        "tests/architecture/test_asvs.py::test_that_is_not_there",
        "tests/architecture/test_nothing.py::test_a_missing_test_would_be_noticed",
        "tests/architecture/test_asvs.py::exists",
        "features/organizations/registration.feature: Такого сценария нет",
    ):
        assert not exists(wrong)
