"""What an office sees of a case after each hand-over: all while it has a part, then what it saw."""

from uuid import UUID

import hypothesis.strategies as st
import pytest
from builders import PLACES, being_verified, on, registered, requested
from hypothesis import given, settings
from people import actor

from application.case_types import ORGANIZATION, REQUEST, VERIFICATION
from application.scopes import WHOLE, Scope, View, scope_of
from application.sight import Sight, as_seen, seen_by, sights
from application.streams import begin
from domain.actors import Role
from domain.refusals import Refusal

ALMATY, OBLAST, ASTANA, REPUBLICAN = "KZ-75", "KZ-19", "KZ-71", "KZ"
REGIONS = (ALMATY, OBLAST, ASTANA)
CASE = UUID(int=9)


def somebody(office):
    return on(actor(f"{'republican_' if office == REPUBLICAN else ''}specialist@{office}"))


def note(case, office):
    return case.note(somebody(office), text="x")


def offer(to):
    return lambda case, office: case.offer_transfer(
        somebody(office), to_office=to, reason="x", places=PLACES
    )


def accept(case, office):
    return case.accept_transfer(somebody(office))


def decline(case, office):
    return case.decline_transfer(somebody(office), reason="x")


def cancel(case, office):
    return case.cancel_transfer(somebody(office))


def ask(to):
    return lambda case, office: case.escalate(somebody(office), question="x", to=to)


def acknowledge(case, office):
    return case.acknowledge_escalation(somebody(office))


def reply(case, office):
    return case.answer_escalation(somebody(office), answer="x")


def send_back(case, office):
    return case.return_escalation(somebody(office), reason="x")


def recall(case, office):
    return case.recall_escalation(somebody(office))


def story(*happened, stream=None):
    """Return the request of Almaty after each office has done its part."""
    stream = stream or begin(REQUEST, CASE, requested())
    for office, command in happened:
        stream = stream.then(command(stream.state, office))
    return stream


def seen(stream):
    """Return up to which version each region sees the case."""
    return tuple(seen_by(stream, office) for office in REGIONS)


TO_OBLAST = ((ALMATY, offer(OBLAST)), (OBLAST, accept))
BACK = ((OBLAST, offer(ALMATY)), (ALMATY, accept))


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        pytest.param((), (1, 0, 0), id="taken in"),
        pytest.param(((ALMATY, note),), (2, 0, 0), id="worked on"),
        pytest.param(((ALMATY, offer(OBLAST)),), (2, 2, 0), id="offered"),
        pytest.param(((ALMATY, offer(OBLAST)), (ALMATY, note)), (3, 3, 0), id="still offered"),
        pytest.param(TO_OBLAST, (3, 3, 0), id="accepted"),
        pytest.param((*TO_OBLAST, (OBLAST, note)), (3, 4, 0), id="goes on elsewhere"),
        pytest.param(
            ((ALMATY, offer(OBLAST)), (OBLAST, decline), (ALMATY, note)), (4, 3, 0), id="declined"
        ),
        pytest.param(
            ((ALMATY, offer(OBLAST)), (ALMATY, cancel), (ALMATY, note)), (4, 3, 0), id="cancelled"
        ),
        pytest.param(
            (*TO_OBLAST, (OBLAST, note), (OBLAST, offer(ALMATY))), (5, 5, 0), id="offered back"
        ),
        pytest.param((*TO_OBLAST, *BACK, (ALMATY, note)), (6, 5, 0), id="there and back"),
        pytest.param(
            (*TO_OBLAST, *BACK, *TO_OBLAST, (OBLAST, note)), (7, 8, 0), id="there, back and there"
        ),
        pytest.param(
            (*TO_OBLAST, (OBLAST, offer(ASTANA)), (ASTANA, accept), (ASTANA, note)),
            (3, 5, 6),
            id="to a third office",
        ),
        pytest.param(
            (*TO_OBLAST, (OBLAST, offer(ASTANA)), (ASTANA, decline), (OBLAST, note)),
            (3, 6, 5),
            id="declined by a third office",
        ),
        pytest.param(((ALMATY, ask(REPUBLICAN)), (REPUBLICAN, reply)), (3, 0, 0), id="answered"),
        pytest.param(
            ((ALMATY, ask(REPUBLICAN)), *TO_OBLAST, (OBLAST, note)),
            (5, 5, 0),
            id="asked, then moved",
        ),
        pytest.param(
            ((ALMATY, ask(REPUBLICAN)), *TO_OBLAST, (REPUBLICAN, reply), (OBLAST, note)),
            (5, 6, 0),
            id="answered after it has moved",
        ),
        pytest.param(
            ((ALMATY, offer(REPUBLICAN)), (REPUBLICAN, accept), (REPUBLICAN, ask(OBLAST))),
            (3, 4, 0),
            id="a region is asked",
        ),
        *(
            pytest.param(
                (
                    *((ALMATY, offer(REPUBLICAN)), (REPUBLICAN, accept), (REPUBLICAN, ask(OBLAST))),
                    *(ending, (REPUBLICAN, note)),
                ),
                (3, 5, 0),
                id=f"the question to a region has ended: {ending[1].__name__}",
            )
            for ending in ((OBLAST, reply), (OBLAST, send_back), (REPUBLICAN, recall))
        ),
    ],
)
def test_an_office_sees_all_while_it_has_a_part_and_then_what_it_saw(happened, expected):
    stream = story(*happened)
    assert seen(stream) == expected


def test_the_republican_office_needs_no_part_to_see_a_case():
    asked = story((ALMATY, ask(REPUBLICAN)), (REPUBLICAN, acknowledge))
    held = story((ALMATY, offer(REPUBLICAN)), (REPUBLICAN, accept))

    assert set(sights(asked)) == {Sight(ALMATY), Sight(REPUBLICAN)}
    assert set(sights(held)) == {Sight(ALMATY, 3), Sight(REPUBLICAN)}
    assert Scope(View.REPUBLIC).seen(asked) == asked.version


def test_a_verification_is_seen_like_a_request_and_an_organization_by_its_office():
    verification = begin(VERIFICATION, CASE, being_verified())
    asked = story((ALMATY, ask(REPUBLICAN)), stream=verification)

    assert sights(verification) == (Sight(ALMATY),)
    assert set(sights(asked)) == {Sight(ALMATY), Sight(REPUBLICAN)}
    assert sights(begin(ORGANIZATION, CASE, registered())) == (Sight(ALMATY),)


def test_what_was_seen_is_the_case_as_it_was():
    stream = story(*TO_OBLAST, (OBLAST, note))
    past = as_seen(stream, 2)

    assert past.events == stream.events[:2]
    assert (past.state.office, past.state.offer.to_office) == (ALMATY, OBLAST)
    assert as_seen(stream, 4) == as_seen(stream, 9) == stream
    assert as_seen(stream, 0).events == ()
    assert past.new == ()


@pytest.mark.parametrize(
    ("who", "view"),
    [
        ("specialist@KZ-19", View.REGION),
        ("head@KZ-19", View.REGION),
        ("service@KZ-19", View.REGION),
        ("service@KZ", View.REPUBLIC),
        ("republican_specialist@KZ", View.REPUBLIC),
        ("republican_head@KZ", View.REPUBLIC),
        ("auditor@KZ", View.AUDIT),
        ("administrator@KZ", View.REGISTRY),
    ],
)
def test_from_where_each_role_looks(who, view):
    by = actor(who)
    assert scope_of(by) == Scope(view, by.office)
    assert {actor(f"{role}@KZ").role for role in Role} == set(Role)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (WHOLE, 4),
        (Scope(View.AUDIT), 4),
        (Scope(View.REPUBLIC), 4),
        (Scope(View.REGISTRY), 0),
        (Scope(View.REGION, OBLAST), 4),
        (Scope(View.REGION, ALMATY), 3),
        (Scope(View.REGION, ASTANA), 0),
    ],
)
def test_a_scope_sees_what_its_office_or_its_part_lets_it_see(scope, expected):
    assert scope.seen(story(*TO_OBLAST, (OBLAST, note))) == expected


OFFICES = st.sampled_from((*REGIONS, REPUBLICAN))
COMMANDS = st.one_of(
    st.sampled_from([note, accept, decline, cancel, acknowledge, reply, send_back, recall]),
    OFFICES.map(offer),
    OFFICES.map(ask),
)


def lives(moves):
    """Return the stream after each of the moves that was not refused."""
    stream = begin(REQUEST, CASE, requested())
    yield stream
    for office, command in moves:
        try:
            stream = stream.then(command(stream.state, office))
        except Refusal:
            continue
        yield stream


def had_a_part(stream):
    """Return the offices that the events name, by whatever part."""
    named = {stream.events[0].office}
    for event in stream.events[1:]:
        named |= {getattr(event, "from_office", None), getattr(event, "to_office", None)}
    return named


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(OFFICES, COMMANDS), max_size=60))
def test_whatever_happens_the_holder_sees_all_and_nobody_sees_less_than_before(moves):
    before = dict.fromkeys(REGIONS, 0)
    for stream in lives(moves):
        now = {office: seen_by(stream, office) for office in REGIONS}
        assert seen_by(stream, stream.state.office) == stream.version
        for office in REGIONS:
            assert before[office] <= now[office] <= stream.version
            assert (now[office] == 0) == (office not in had_a_part(stream))
            if office in stream.state.involved:
                assert now[office] == stream.version
        before = now


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(OFFICES, COMMANDS), max_size=60))
def test_what_others_write_after_a_part_has_ended_is_never_seen(moves):
    for stream in lives(moves):
        for office in REGIONS:
            last = seen_by(stream, office)
            if 0 < last < stream.version:
                held = as_seen(stream, last - 1).state if last > 1 else None
                assert office not in as_seen(stream, last).state.involved
                assert held is None or office in held.involved
