"""Every event has a tested sentence, every refusal its words, in three languages."""

import re
from datetime import date

import pytest
from builders import PLACES
from examples import examples

from application.case_types import EVENT_TYPES
from domain.refusals import Refusal
from web.languages import LANGUAGES, texts
from web.problem_errors import translated
from web.problems import HTTP_CODES
from web.sentences import sentence


def refusal_classes(base=Refusal):
    for each in base.__subclasses__():
        yield each
        yield from refusal_classes(each)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", examples(), ids=lambda event: event.TOPIC)
def test_every_event_has_a_sentence_without_a_hole(event, language):
    told = sentence(event, language, PLACES)

    assert told.endswith(".")
    assert "{" not in told
    assert ": ." not in told
    assert "«»" not in told
    assert "None" not in told


def test_sentences_name_dates_offices_and_codes_as_people_say_them():
    told = {event.TOPIC: sentence(event, "ru", PLACES) for event in examples()}

    assert "2 марта 2026" in told["verification.verified"]
    assert "Республиканский фронт-офис" in told["request.escalated"]
    assert "Сейчас нет возможности" in told["request.declined"]
    assert "специалист, Фронт-офис волонтёров, город Алматы" in told["request.noted"]
    assert date(2026, 3, 2).isoformat() not in " ".join(told.values())


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
