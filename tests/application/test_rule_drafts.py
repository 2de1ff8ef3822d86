"""A drafted version of a rule is taken as it is meant, or refused with what is wrong with it."""

import pytest

from application.what_if.drafts import MOST_BYTES, DraftUnusable, draft
from application.what_if.rules import RULES
from domain.catalogue.codes import HelpType

NAME = 'version = "draft/2027"\n'


def drafted(name, text):
    return draft(RULES[name].standard, text.encode())


def test_what_a_draft_does_not_say_is_as_in_the_standard():
    version = drafted("terms", f"{NAME}working_days = 10")
    assert (version.version, version.working_days) == ("draft/2027", 10)
    assert version.extension_months == RULES["terms"].standard.extension_months


def test_kinds_of_help_are_named_by_their_codes():
    version = drafted("eligibility", f'{NAME}requires_verification = ["training"]')
    assert version.requires_verification == {HelpType.TRAINING}
    assert (
        drafted("eligibility", f"{NAME}requires_verification = []").requires_verification == set()
    )


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("sufficiency", "confirmations = 0", "$.confirmations"),
        ("sufficiency", "confirmations = 21", "$.confirmations"),
        ("sufficiency", "confirmations = 1.5", "$.confirmations"),
        ("sufficiency", 'confirmations = "2"', "$.confirmations"),
        ("sufficiency", "denial_blocks = 0", "$.denial_blocks"),
        ("sufficiency", "confirmation = 2", "unknown field `confirmation`"),
        ("validity", "months = 0", "$.months"),
        ("validity", "months = 2027-01-01", "$.months"),
        ("terms", "working_days = 367", "$.working_days"),
        ("terms", "extension_months = -1", "$.extension_months"),
        ("eligibility", 'requires_verification = ["help"]', "$.requires_verification"),
        ("eligibility", 'requires_verification = "training"', "$.requires_verification"),
        ("eligibility", "[requires_verification]", "$.requires_verification"),
    ],
)
def test_a_wrong_parameter_is_named(name, text, told):
    with pytest.raises(DraftUnusable) as unusable:
        drafted(name, f"{NAME}{text}")
    assert unusable.value.code == "draft-wrong"
    assert told in unusable.value.told


@pytest.mark.parametrize(
    "name", ["version = ''", "version = 'два слова'", f"version = '{'x' * 61}'"]
)
def test_a_name_is_short_and_one_word(name):
    with pytest.raises(DraftUnusable) as unusable:
        drafted("terms", name)
    assert "$.version" in unusable.value.told


@pytest.mark.parametrize("text", ["", "confirmations = 2", 'version = "sufficiency/2021"'])
def test_a_draft_has_a_name_of_its_own(text):
    with pytest.raises(DraftUnusable) as unusable:
        drafted("sufficiency", text)
    assert unusable.value.code == "draft-nameless"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"version =", "draft-no-toml"),
        (b"\xff\xfe", "draft-no-toml"),
        (b"PK\x03\x04", "draft-no-toml"),
        (b"a = " + b"[" * 50_000, "draft-no-toml"),
        (b"#" * (MOST_BYTES + 1), "draft-too-large"),
    ],
    ids=["cut short", "no text", "an archive", "deep", "large"],
)
def test_what_is_no_draft_is_told_as_that(content, code):
    with pytest.raises(DraftUnusable) as unusable:
        draft(RULES["terms"].standard, content)
    assert unusable.value.code == code
