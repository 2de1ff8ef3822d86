"""The catalogue of 2021 against the clauses of the handbook."""

import csv
import inspect
from enum import StrEnum
from pathlib import Path

import pytest

from domain.catalogue import handbook_codes, status_codes, work_codes
from domain.catalogue.catalogue import CATALOGUE_2021, CATALOGUES, title_of
from domain.catalogue.codes import HelpType

CLAUSES = {
    row["clause"]: row
    for row in csv.DictReader(
        (Path(__file__).parents[1] / "clauses.csv").read_text("utf-8").splitlines()
    )
}
MODULES = (handbook_codes, status_codes, work_codes)
ENUMS = [
    each
    for module in MODULES
    for _, each in inspect.getmembers(module, inspect.isclass)
    if issubclass(each, StrEnum) and each is not StrEnum
]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("help_types", 9),
        ("verification_methods", 5),
        ("directions", 12),
        ("volunteer_groups", 7),
        ("participation_modes", 3),
        ("team_types", 2),
        ("legal_forms", 3),
        ("quality_indicators", 4),
        ("help_categories", 3),
    ],
)
def test_the_lists_are_as_long_as_in_the_handbook(name, number):
    assert len(CATALOGUE_2021.lists[name]) == number


@pytest.mark.parametrize("codes", ENUMS)
def test_every_code_has_a_title_in_three_languages(codes):
    for code in codes:
        title = title_of(code)
        assert title.ru
        assert title.kk
        assert title.en


def test_every_clause_named_exists_and_every_help_type_has_its_own():
    entries = [each for several in CATALOGUE_2021.lists.values() for each in several]

    assert {each.clause for each in entries if each.clause} <= CLAUSES.keys()
    assert len({each.clause for each in CATALOGUE_2021.lists["help_types"]}) == 9


def test_help_type_codes_are_those_of_the_clauses():
    for entry in CATALOGUE_2021.lists["help_types"]:
        assert f"kind {entry.code}" in CLAUSES[entry.clause]["what_the_service_does"]
        assert entry.code.category


def test_an_edition_is_never_changed():
    """A golden list: a later edition is added beside this one."""
    golden = Path(__file__).with_name("catalogue_2021.txt").read_text("utf-8").splitlines()
    lines = [
        f"{name} {entry.code} {entry.title.ru}"
        for name, entries in sorted(CATALOGUE_2021.lists.items())
        for entry in entries
    ]

    assert lines == golden
    assert list(CATALOGUES) == ["2021"]
    assert HelpType.TRAINING.category == "administrative"
