"""An annotation is an auditor's, is about a version that there is, and is withdrawn by its author."""

from uuid import UUID

import pytest
from builders import REPUBLICAN, SPECIALIST, on
from people import actor
from specification import given

from application.case_types import ANNOTATION
from domain.annotation import Annotation
from domain.annotation.annotation import AnnotationStatus, NotTheAuthor
from domain.refusals import CommandNotAllowed
from domain.rules.authority import RoleForbidden
from domain.versions import VersionBeyondLast
from domain.words import TextMissing

AUDITOR, COLLEAGUE = actor("auditor@KZ"), actor("auditor@KZ#2")
ABOUT = {"case_type": "request", "case_id": UUID(int=1), "last": 3}


def added(by=AUDITOR, **changes):
    return Annotation.add(on(by), **{**ABOUT, "text": " Спросить ", **changes})


def test_an_auditor_notes_something_about_a_case_or_an_event_of_it():
    assert (added().text, added().case_version) == ("Спросить", None)
    assert added(version=3).case_version == 3


@pytest.mark.parametrize("by", [SPECIALIST, REPUBLICAN, actor("republican_head@KZ")])
def test_nobody_else_notes_anything(by):
    with pytest.raises(RoleForbidden):
        added(by)


def test_a_note_is_about_a_version_that_there_is_and_has_words():
    with pytest.raises(VersionBeyondLast) as refused:
        added(version=4)
    assert refused.value.facts == {"field": "version", "value": 4, "last": 3}
    with pytest.raises(TextMissing):
        added(text="  ")


def test_its_author_withdraws_it_once_with_the_reason():
    def withdraw(state):
        return state.withdraw(on(AUDITOR), reason="Нашлось")

    story = given(ANNOTATION, added())
    withdrawn = withdraw(story.state())
    gone = given(ANNOTATION, added(), withdrawn).state()

    assert (withdrawn.reason, gone.status) == ("Нашлось", AnnotationStatus.WITHDRAWN)
    with pytest.raises(CommandNotAllowed):
        withdraw(gone)
    with pytest.raises(TextMissing):
        story.state().withdraw(on(AUDITOR), reason=" ")


@pytest.mark.parametrize(
    ("by", "refusal"), [(COLLEAGUE, NotTheAuthor), (SPECIALIST, RoleForbidden)]
)
def test_nobody_else_withdraws_it(by, refusal):
    state = given(ANNOTATION, added()).state()
    with pytest.raises(refusal):
        state.withdraw(on(by), reason="Нашлось")
    assert state.actions_of(by) == ()
