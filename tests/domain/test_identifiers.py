"""BINs and phone numbers, with the published vectors of notes/codes.md."""

import pytest

from domain.bin import InvalidBin, check_bin
from domain.phones import InvalidPhone, normalise_phone


@pytest.mark.parametrize(
    "number",
    [
        "971240001315",
        "940140000385",
        "020240000555",
        "941240000193",
        "010940000162",
        "970240000816",
        "980440000757",
        "950440001673",
        "950341000052",
        "181240006529",
    ],
)
def test_published_bins_are_right(number):
    assert check_bin(number) == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("971240001316", "check_digit"),
        ("181240006528", "check_digit"),
        ("97124000131", "length"),
        ("9712400013150", "length"),
        ("97124000131X", "digits"),
        ("٩٧١٢٤٠٠٠١٣١٥", "digits"),
        *((f"21044000083{digit}", "no_such_number") for digit in range(10)),
    ],
)
def test_what_is_no_bin_is_refused_and_the_reason_is_named(text, reason):
    with pytest.raises(InvalidBin) as refused:
        check_bin(text)
    assert refused.value.facts["reason"] == reason


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("8 (7172) 70-12-34", "+77172701234"),
        ("+7 701 123 45 67", "+77011234567"),
        ("8 701 123-45-67", "+77011234567"),
    ],
)
def test_a_phone_number_is_kept_in_one_form(said, kept):
    assert normalise_phone(said) == kept


@pytest.mark.parametrize("said", ["+76011234567", "12", "", "звоните"])
def test_what_is_no_phone_number_is_refused(said):
    with pytest.raises(InvalidPhone):
        normalise_phone(said)
