"""Every event is told in one sentence in three languages, word for word as it stands beside."""

import json
import re
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from builders import PLACES
from examples import SUBJECT, examples, of_type
from msgspec.structs import replace

from application.case_types import EVENT_TYPES
from domain.catalogue.codes import HelpType, Relation, StandingStatus
from domain.personal import Personal, person
from web.languages import LANGUAGES, texts
from web.sentences import sentence, what, who
from web.told_values import Reader
from web.wording import names_in, worded

GOLDEN = Path(__file__).with_name("sentences.golden.jsonl")
NAMES = {"s-1": "Асель Ж.", "<staff_id>": "Ерлан Т.", str(UUID(int=6)): "Чистый берег"}
ERASED = {"ru": "данные удалены", "kk": "деректер жойылды", "en": "erased"}
AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}|s-1|staff_id")


def reader(language="ru", names=NAMES):
    return Reader(language, PLACES, names)


def line(event) -> str:
    told = {language: sentence(event, reader(language)) for language in LANGUAGES}
    return json.dumps({"event": event.TOPIC, **told}, ensure_ascii=False)


def an_event(topic, **changes):
    return replace(next(iter(of_type(EVENT_TYPES[topic]))), **changes)


def bare(event):
    """The event without what it need not have."""
    optional = {
        field.name: field.default
        for field in msgspec.structs.fields(event)
        if field.default is not msgspec.NODEFAULT
    }
    return replace(event, **optional)


def test_every_event_is_told_as_it_stands_in_the_golden_file():
    assert [line(event) for event in examples()] == GOLDEN.read_text("utf-8").splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", examples(), ids=lambda event: event.TOPIC)
def test_no_sentence_has_a_hole_or_an_id_whatever_is_not_there_or_not_seen(event, language):
    for told in (event, bare(event)):
        for names in (NAMES, {}):
            words = sentence(told, reader(language, names))
            assert words.endswith(".")
            assert not re.search(r"[{}\[\]]|: \.|«»|“”|None|\(\)|, ,|\.\. ", words), words
            assert not AN_ID.search(words), words


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_was_erased_is_told_as_erased(language):
    gone = Personal(SUBJECT, "name", None)
    nobody = replace(person(SUBJECT, "x"), name=gone)
    names = {"s-1": None, "<staff_id>": None}
    told = reader(language, names)

    assert ERASED[language] in what(an_event("staff.created", person=nobody), told)
    assert ERASED[language] in what(an_event("request.requested", volunteer=nobody), told)
    assert ERASED[language] in what(an_event("request.assigned"), told)
    assert who(an_event("request.noted"), told).startswith(f"{ERASED[language]}, ")


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (an_event("request.feedback-recorded", resolved=False), "Отзыв организации, вопрос не реш"),
        (an_event("request.linked", relation=Relation.RELATED), "связан с другим делом, Чистый"),
        (an_event("request.linked", relation=Relation.SAME_SUBJECT), "о том же, что и другое дело"),
        (an_event("request.verification-lost", standing="expired"), ": срок проверки истёк, пров"),
        (an_event("organization.contact-logged", told_about_office=False), "не рассказывали"),
        (an_event("calendar.day-corrected", is_working=False), "2 марта 2026 года — выходной"),
        (an_event("request.requested", organization=None), ", волонтёр: Пример Примеров — нал"),
    ],
)
def test_what_an_event_says_is_told_the_way_it_is_meant(event, words):
    assert words in sentence(event, reader())


def test_whose_name_is_not_known_is_told_by_role_and_office():
    assert who(an_event("request.noted"), reader(names={})) == (
        "специалист, Фронт-офис волонтёров, город Алматы"
    )


def test_what_is_shown_beside_a_sentence_is_not_said_in_it():
    declined = an_event("request.declined")
    assert what(declined, reader(), frozenset({"explanation"})) == (
        "В помощи отказано: сейчас нет возможности."
    )


def test_words_of_users_are_never_taken_for_a_template():
    noted = an_event("request.noted", text="[{who}] {name:small} {0} {")
    assert what(noted, reader()).startswith("Заметка: «[{who}] {name:small} {0} {».")


@pytest.mark.parametrize("topic", EVENT_TYPES)
def test_a_template_names_what_the_event_has_and_all_languages_tell_the_same(topic):
    events = of_type(EVENT_TYPES[topic])
    held = {name for event in events for name in _names_of(event)}
    for event in events:
        held |= {name for name in dir(getattr(event, "details", None)) if name[0] != "_"}
    named = [set(_named(texts("history")[topic][language])) for language in LANGUAGES]

    assert named[0] == named[1] == named[2]
    assert named[0] <= held


def _named(template):
    return [name for part in re.split(r"[\[\]]", template) for name in names_in(part)]


def _names_of(event):
    return {name for name in dir(event) if not name.startswith("_")}


def test_a_part_needs_all_its_values():
    assert worded("a[ {x}, {y}][ {x}]", {"x": "1", "y": ""}) == "a 1"


def test_words_begin_as_their_place_asks_for():
    values = {"a": "Сейчас нет", "b": "НПО есть", "c": "помещение", "d": ""}
    assert worded("{a:small} {b:small} {c:large}{d:small}{d:large}", values) == (
        "сейчас нет НПО есть Помещение"
    )


def test_every_standing_and_kind_of_help_is_told_in_words():
    for standing in StandingStatus:
        told = what(an_event("request.verification-lost", standing=standing.value), reader())
        assert standing.value not in told
    assert not any(each.value in GOLDEN.read_text("utf-8") for each in HelpType if "_" in each)
