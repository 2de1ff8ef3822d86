"""Every refusal has its words and every event its template, in three languages."""

import re
from pathlib import Path

import pytest

import application
from application.case_types import EVENT_TYPES
from domain.refusals import Refusal
from web.languages import LANGUAGES, texts
from web.problem_errors import translated
from web.problems import HTTP_CODES


def refusal_classes(base=Refusal):
    for each in base.__subclasses__():
        yield each
        yield from refusal_classes(each)


def test_there_are_sentences_for_events_and_for_nothing_else():
    assert texts("history").keys() == EVENT_TYPES.keys()


def test_every_refusal_has_its_words_in_three_languages_and_nothing_else_has():
    codes = {each.code for each in refusal_classes() if hasattr(each, "code")}
    known = (
        codes
        | set(HTTP_CODES.values())
        | {
            "unavailable",
            "outcome-unknown",
            "identity-provider-unreachable",
            "unexpected",
            "bad-request",
        }
    )

    assert texts("problems").keys() == known
    for words in texts("problems").values():
        assert set(words) == {
            f"{part}_{lang}" for part in ("title", "detail") for lang in LANGUAGES
        }
        names = [set(re.findall(r"{(\w+)}", words[f"detail_{lang}"])) for lang in LANGUAGES]
        assert names[0] == names[1] == names[2]


@pytest.mark.parametrize(
    "message",
    [
        "Missing data for required field.",
        "Unknown field.",
        "Not a valid UUID.",
        "Must be one of: a, b.",
        "Length must be between 1 and 10.",
        "Not a valid aware datetime.",
        "@invalid-bin",
    ],
)
def test_messages_of_the_validation_library_are_translated(message):
    assert translated(message) != message
    assert translated("Something else") == "Something else"


def test_every_reason_for_which_the_sealer_stops_is_told_in_words():
    package = Path(application.__file__).parent
    source = "\n".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    given = re.findall(r"raise SealingStopped\(([^,)]+)|return SealingStopped\(([^,)]+)", source)
    reasons = {each for pair in given for each in re.findall(r'"([a-z-]+)"', "".join(pair))}
    assert len(reasons) > 10
    for reason in reasons:
        words = texts("checkup")[f"sealer-{reason}"]
        assert all(words[language] for language in LANGUAGES), reason
