"""Regions, districts and offices, dated where a date is known."""

import hashlib
from datetime import date
from importlib.resources import files

import pytest
from builders import PLACES

from domain.office_titles import office_title
from domain.places import REPUBLICAN_OFFICE, UnknownOffice


def test_the_table_has_seventeen_oblasts_three_cities_and_their_districts():
    kinds = [region.kind for region in PLACES.regions.values()]

    assert (kinds.count("oblast"), kinds.count("republican_city")) == (17, 3)
    assert len(PLACES.districts) == 228
    assert all(
        each.code[:2] == PLACES.regions[each.region].kato[:2] for each in PLACES.districts.values()
    )


def test_the_table_is_the_one_that_was_handed_over():
    table = files("application.reference").joinpath("administrative_units.csv").read_bytes()
    assert hashlib.sha256(table).hexdigest().startswith("ecf361739a3d0661")


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2019, 3, 22), "город Астана"),
        (date(2019, 3, 23), "город Нур-Султан"),
        (date(2022, 9, 18), "город Нур-Султан"),
        (date(2022, 9, 19), "город Астана"),
    ],
)
def test_an_office_keeps_the_name_of_its_own_time(day, name):
    assert office_title(PLACES, "KZ-71", day).ru == f"Фронт-офис волонтёров, {name}"


def test_every_office_has_a_title_in_three_languages_and_a_time_zone():
    for office in (*PLACES.regions, REPUBLICAN_OFFICE):
        title = office_title(PLACES, office, date(2026, 3, 2))
        assert title.ru
        assert title.kk
        assert title.en
        assert PLACES.zone(office).startswith("Asia/")


def test_an_office_is_a_region_or_the_republican_one():
    assert PLACES.check_office(REPUBLICAN_OFFICE) == "KZ"
    with pytest.raises(UnknownOffice):
        PLACES.check_office("KZ-00")
