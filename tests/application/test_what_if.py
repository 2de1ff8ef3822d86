"""Another version of a rule decides the same history again: just what would be other is listed."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import UUID

import psycopg
import pytest
from builders import (
    CALENDAR,
    HEAD,
    LIAISON,
    PLACES,
    TODAY,
    TRAINING,
    VERIFIED,
    being_verified,
    known,
    on,
    requested,
)
from msgspec import structs
from office import LOOK_UP, Office
from replaying import fill, unwatched

from application.case_types import REQUEST, VERIFICATION
from application.persistence.stored_streams import StoredStream
from application.streams import begin
from application.what_if.rules import RULES
from application.what_if.walking import Walk, what_if
from domain.assistance_request import outcomes
from domain.catalogue.codes import (
    CheckOutcome,
    DeclineReason,
    Finding,
    HelpType,
    PermitResult,
    RefusalGround,
    VerificationMethod,
)
from domain.organization_verification.checks import SiteVisit
from domain.personal import person
from domain.rules.eligibility import EligibilityRule
from domain.rules.sufficiency import SufficiencyRule
from domain.rules.terms import TermsRule
from domain.rules.validity import ValidityRule
from domain.standing import NOT_VERIFIED

CONFIRMED, DENIED = CheckOutcome.CONFIRMED, CheckOutcome.DENIED
VISIT = SiteVisit(place="берег", visited_on=TODAY, observed="Уборка")
FOUND = dict.fromkeys(Finding, True)
DAY = timedelta(days=1)
FIRST = UUID(int=10)
ANSWERED = outcomes.StateBodyAnswered(
    state_body="Акимат", result=PermitResult.GRANTED, answered_on=TODAY
)
TRAINED = outcomes.Trained(topic="Помощь", held_on=TODAY, participants=3)


def later(days):
    """Return the occasion of a day that many days later."""
    return on(HEAD, day=TODAY + DAY * days)


class Remembered:
    """Histories that are in memory, and corrections of the calendar by the moment they were made."""

    def __init__(self, *streams, corrected=None):
        self._streams = streams
        self._corrected = corrected

    def count(self):
        return sum(each.version for each in self._streams)

    def all(self):
        for each in self._streams:
            stored = StoredStream(each.id, each.events, ())
            yield SimpleNamespace(stored=stored, stream=each)

    def calendar_at(self, moment):
        since, calendar = self._corrected or (None, CALENDAR)
        return calendar if since is None or moment >= since else CALENDAR


def tried(name, version, *streams, **more):
    """Return what would be otherwise, and how many decisions there were."""
    histories = Remembered(*streams, **more)
    return Walk(histories, PLACES, RULES[name], version).all(unwatched)


def told(found):
    """Return what was, would be and why, by its codes."""
    return [(each.was.code, each.would_be.code, each.why.code) for each in found.items]


# Verifications.


def checked(*checks):
    stream = begin(VERIFICATION, FIRST, being_verified())
    for outcome, details in checks:
        stream = stream.then(stream.state.record_check(on(), outcome=outcome, details=details))
    return stream


def verified(*checks, **more):
    stream = checked(*checks)
    return stream.then(stream.state.verify(on(), findings=FOUND, **more))


def refused(*checks, ground=RefusalGround.NOT_CONFIRMED):
    stream = checked(*checks)
    return stream.then(stream.state.refuse(on(), ground=ground, reason="Нет"))


ONE, BOTH = ((CONFIRMED, LOOK_UP),), ((CONFIRMED, LOOK_UP), (CONFIRMED, VISIT))
TWO_NEEDED = SufficiencyRule(version="sufficiency/two", confirmations=2)
DENIALS_PASS = SufficiencyRule(version="sufficiency/lax", denial_blocks=False)


def test_with_two_confirmations_needed_just_the_decisions_on_one_would_be_other():
    found = tried("sufficiency", TWO_NEEDED, verified(*ONE), verified(*BOTH), refused())

    (other,) = found.items
    assert found.considered == 3
    assert (other.number, other.version, other.topic) == (
        "KZ-75/V/2026/000001",
        3,
        "verification.verified",
    )
    assert (other.occurred_on, other.office, other.rule) == (TODAY, "KZ-75", "sufficiency/2021")
    assert told(found) == [("verified", "not-verified", "evidence-insufficient")]
    assert other.was.facts == {"rests_on": [1]}
    assert other.why.facts == {"confirmed": 1, "confirmations": 2, "unanswered": []}


def test_where_a_denial_does_not_block_who_was_refused_for_it_could_be_verified():
    denied = (*ONE, (DENIED, VISIT))
    found = tried(
        "sufficiency",
        DENIALS_PASS,
        refused(*denied),
        refused(*ONE),
        refused((DENIED, VISIT)),
        refused(*denied, ground=RefusalGround.PAID),
    )

    assert told(found) == [("refused", "could-be-verified", "evidence-sufficient")]
    assert found.items[0].version == 4
    assert found.considered == 3


def test_a_denial_is_named_by_its_way_of_checking():
    strict = structs.replace(TWO_NEEDED, confirmations=1)
    stream = checked(*ONE, (DENIED, VISIT))
    decided = stream.then(verified(*ONE).events[-1])  # As only somebody else's rule allowed.

    (other,) = tried("sufficiency", strict, decided).items
    assert other.why.facts["unanswered"] == [VerificationMethod.SITE_VISIT]


YEAR = ValidityRule(version="validity/year", months=12)


@pytest.mark.parametrize(
    ("asked_for", "months", "expected"),
    [
        (None, 12, ("verified-until", date(2027, 3, 2))),
        (None, 36, ("verified-until", date(2029, 3, 2))),
        (date(2028, 3, 2), 36, ("verified-until", date(2029, 3, 2))),
        (date(2026, 9, 1), 12, None),
        (date(2026, 9, 1), 36, None),
        (date(2027, 9, 1), 12, ("not-until", date(2027, 9, 1))),
    ],
)
def test_how_long_a_verification_would_hold(asked_for, months, expected):
    rule = structs.replace(YEAR, months=months)
    found = tried("validity", rule, verified(*ONE, valid_until=asked_for), refused())

    assert found.considered == 1
    would_be = [(each.would_be.code, each.would_be.facts["until"]) for each in found.items]
    assert would_be == ([expected] if expected else [])
    assert {each.rule for each in found.items} <= {"validity/2021"}


# Requests.


def taken(asked=TRAINING, standing=NOT_VERIFIED, **more):
    return begin(REQUEST, FIRST, requested(asked, known(standing), **more))


def done(stream, occasion, name, **more):
    return stream.then(getattr(stream.state, name)(occasion, **more))


def helped(stream, outcome=TRAINED, standing=NOT_VERIFIED, days=0):
    return done(stream, later(days), "help", outcome="Вот", details=outcome, standing=standing)


def declined(stream, reason=DeclineReason.NOT_VERIFIED):
    return done(stream, later(0), "decline", reason_code=reason, explanation="Нет")


def alone():
    volunteer = person(UUID(int=7), "Пример Примеров")
    event = structs.replace(requested(TRAINING), organization=None, volunteer=volunteer)
    return begin(REQUEST, FIRST, event)


TRAINING_TOO = EligibilityRule(
    version="eligibility/more",
    requires_verification=frozenset({HelpType.TRAINING, HelpType.STATE_BODY_LIAISON}),
)
NOTHING = EligibilityRule(version="eligibility/open", requires_verification=frozenset())


def test_where_more_help_is_for_verified_organizations_help_to_others_could_not_be_given():
    found = tried(
        "eligibility",
        TRAINING_TOO,
        helped(taken()),
        helped(taken(standing=VERIFIED), standing=VERIFIED),
        helped(done(taken(), later(0), "waive_verification", reason="Срочно")),
        helped(alone()),
    )

    assert told(found) == [("helped", "not-helped", "organization-not-verified")]
    assert found.items[0].why.facts == {"help_type": HelpType.TRAINING}
    assert found.items[0].rule == "eligibility/2021"


def test_where_help_is_for_everybody_nobody_has_to_be_let_through_or_declined():
    waived = done(taken(LIAISON), later(0), "waive_verification", reason="Срочно")
    found = tried(
        "eligibility",
        NOTHING,
        helped(waived, ANSWERED),
        declined(taken(LIAISON)),
        declined(taken(LIAISON), DeclineReason.NOT_POSSIBLE_NOW),
        declined(taken(TRAINING)),
        helped(taken(LIAISON, VERIFIED), ANSWERED, VERIFIED),
    )

    assert sorted(told(found)) == [
        ("declined", "could-be-helped", "verification-not-needed"),
        ("waived", "waiver-needless", "verification-not-needed"),
    ]


TEN = TermsRule(version="terms/ten", working_days=10)
# The first working days after Monday 2 March 2026; 8 March is a day off and moves to the 9th.
DUE, DUE_IN_TEN = date(2026, 3, 27), date(2026, 3, 17)


def due(found):
    return [
        (each.version, each.was.facts["due_on"], each.would_be.facts["due_on"])
        for each in found.items
        if each.was.code == "due"
    ]


def test_a_shorter_term_ends_on_another_day_and_some_answers_would_have_been_late():
    in_time = helped(taken(), days=3)
    late = helped(taken(), days=20)
    too_late = helped(taken(), days=40)
    found = tried("terms", TEN, in_time, late, too_late)

    assert due(found) == [(1, DUE, DUE_IN_TEN)] * 3
    assert [each for each in told(found) if each[0] != "due"] == [("in-time", "late", "due")]
    assert {each.why.facts["due_on"] for each in found.items if each.was.code == "in-time"} == {
        DUE_IN_TEN
    }
    assert found.considered == 6


def test_a_longer_term_would_have_let_an_answer_be_in_time():
    longer = structs.replace(TEN, working_days=30)
    assert ("late", "in-time", "due") in told(tried("terms", longer, helped(taken(), days=40)))


def test_what_was_waited_for_is_given_back_under_the_other_term_too():
    asked = done(taken(), later(1), "ask_organization", question="Когда?")
    answered = done(asked, later(15), "record_answer", answer="Завтра")
    found = tried("terms", TEN, helped(answered, days=20), declined(asked))
    assert [each for each in told(found) if each[0] != "due"] == []


def test_a_reopened_request_begins_another_term():
    again = done(helped(taken(), days=1), later(2), "reopen", reason="Ещё")
    assert [version for version, *_ in due(tried("terms", TEN, again))] == [1, 3]


@pytest.mark.parametrize(
    ("months", "days", "expected"),
    [
        (0, 15, [("extended", "not-extended", "extension-out-of-range")]),
        (1, 15, [("extended", "not-extended", "extension-out-of-range")]),
        (2, 15, []),
        (2, 40, [("extended", "not-extended", "extension-out-of-range")]),
    ],
    ids=["no months", "too few months", "as it is", "the term is longer than that"],
)
def test_an_extension_would_be_refused_where_it_goes_too_far_or_not_far_enough(
    months, days, expected
):
    until = date(2026, 4, 28)
    extended = done(taken(), later(3), "extend_term", until=until, reason="Ждём", calendar=CALENDAR)
    rule = TermsRule(version="terms/x", extension_months=months, working_days=days)
    found = told(tried("terms", rule, extended))
    assert [each for each in found if each[0] != "due"] == expected


def test_a_request_that_was_forwarded_would_have_been_late():
    def offered(stream, days):
        more = {"to_office": "KZ-19", "reason": "Там ближе", "places": PLACES}
        return done(stream, later(days), "offer_transfer", **more)

    taken_back = done(offered(taken(), 2), later(2), "cancel_transfer")
    rule = TermsRule(version="terms/x", forward_working_days=1)
    found = tried("terms", rule, offered(taken_back, 4), offered(taken(), 1), offered(taken(), 9))

    assert told(found) == [("forwarded-in-time", "forwarded-late", "forward-by")]
    assert found.items[0].version == 2


def test_a_term_is_derived_by_the_calendar_of_its_moment():
    corrected = CALENDAR.corrected({date(2026, 3, 10): False}, 1)
    first, second = taken(), done(helped(taken(), days=0), later(1), "reopen", reason="Ещё")
    since = second.events[-1].recorded_at
    found = tried("terms", TEN, first, second, corrected=(since, corrected))
    assert due(found) == [
        (1, DUE, DUE_IN_TEN),
        (1, DUE, DUE_IN_TEN),
        (3, date(2026, 3, 31), date(2026, 3, 19)),
    ]


# Whole histories.


@pytest.mark.parametrize("name", RULES)
def test_the_standard_by_another_name_decides_everything_as_it_was(
    office: Office, database_url, services, name
):
    fill(office)
    version = structs.replace(RULES[name].standard, version=f"{name}/same")
    keys = services.front_office.surroundings.keys.now()
    found = what_if(database_url, keys, PLACES, RULES[name], version, unwatched)

    assert found.items == ()
    assert (found.considered > 0) == (name != "eligibility")
    assert (found.unread, found.version) == (0, version)


def test_a_history_that_cannot_be_read_is_counted_and_the_others_are_read(
    office: Office, database_url, services
):
    fill(office)
    broken = office.verified(office.group("Парус").id)
    with psycopg.connect(database_url) as owner:
        owner.execute("UPDATE case_events SET state = '{}' WHERE originator_id = %s", [broken.id])
    keys = services.front_office.surroundings.keys.now()
    found = what_if(database_url, keys, PLACES, RULES["sufficiency"], TWO_NEEDED, unwatched)

    assert found.unread == 1
    assert len(found.items) == 2
    assert broken.id not in {each.case_id for each in found.items}
