"""Every life that commands can lead a case through, tried at random.

Replay equals live; a refusal leaves no event; an ended case stays ended until it is
reopened; an open question survives everything but its own answer.
"""

from typing import Any, ClassVar

import hypothesis.strategies as st
from builders import (
    CALENDAR,
    HEAD,
    NEIGHBOUR,
    ORGANIZATION_ID,
    OTHER_ID,
    PLACES,
    REPUBLICAN,
    SPECIALIST,
    TODAY,
    VERIFIED,
    a_group,
    being_verified,
    on,
    registered,
    requested,
)
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from people import actor

from application.case_types import ORGANIZATION, REQUEST, STAFF, VERIFICATION, CaseType
from domain.actors import Actor, Role, StaffId
from domain.assistance_request import outcomes, steps
from domain.catalogue.codes import (
    Channel,
    CheckOutcome,
    DeclineReason,
    Finding,
    RefusalGround,
    Relation,
)
from domain.escalation_events import Answered, Recalled, Returned
from domain.events import Event
from domain.organization import OrganizationDetailsChange
from domain.organization_verification.checks import PlatformRegistration
from domain.personal import Personal, person
from domain.refusals import Refusal
from domain.staff_account import StaffAccount
from domain.staff_account.roles import check_role_at, check_together
from domain.standing import NOT_VERIFIED

ADMINISTRATOR = actor("administrator@KZ")
HERSELF = Actor(StaffId(str(OTHER_ID)), Role.ADMINISTRATOR, "KZ")
WHO = st.sampled_from([SPECIALIST, HEAD, NEIGHBOUR, REPUBLICAN])
WORDS = st.sampled_from(["слова", " "])
FEW = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


class Life(RuleBasedStateMachine):
    """The life of one case."""

    CASE_TYPE: ClassVar[CaseType[Any]]
    FIRST: ClassVar[Event]
    ENDED: ClassVar[frozenset[str]] = frozenset()
    REVIVING: ClassVar[frozenset[str]] = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = [self.FIRST]
        self.live: Any = self.CASE_TYPE.evolve.fold(self.events)

    def command(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Give a command; whatever is refused has not happened."""
        before = self.live
        try:
            happened = getattr(self.live, name)(*args, **kwargs)
        except Refusal:
            assert self.live is before
            return
        for event in happened if isinstance(happened, tuple) else (happened,):
            self.events.append(event)
            self.live = self.CASE_TYPE.evolve(self.live, event)
        if str(before.status) in self.ENDED and name not in self.REVIVING:
            assert self.live.status == before.status
        self.check_question(before)

    def check_question(self, before: Any) -> None:
        """A question that was open is open, unless the last event has closed it."""
        if getattr(before, "escalation", None) is not None and self.live.escalation is None:
            assert isinstance(self.events[-1], Answered | Returned | Recalled)

    @invariant()
    def replay_equals_live(self) -> None:
        """What the events fold to is what the commands have led to."""
        assert self.CASE_TYPE.evolve.fold(self.events) == self.live


class Questions(Life):
    """The life of a case that can have questions."""

    @rule(who=WHO, words=WORDS, to=st.sampled_from(["KZ", "KZ-19"]))
    def escalate(self, who: Any, words: str, to: str) -> None:
        self.command("escalate", on(who), question=words, to=to)

    @rule(who=WHO)
    def acknowledge(self, who: Any) -> None:
        self.command("acknowledge_escalation", on(who))

    @rule(who=WHO, words=WORDS)
    def answer(self, who: Any, words: str) -> None:
        self.command("answer_escalation", on(who), answer=words)

    @rule(who=WHO, words=WORDS)
    def return_question(self, who: Any, words: str) -> None:
        self.command("return_escalation", on(who), reason=words)

    @rule(who=WHO)
    def recall(self, who: Any) -> None:
        self.command("recall_escalation", on(who))


class OrganizationLife(Life):
    CASE_TYPE = ORGANIZATION
    FIRST = registered(a_group())

    @rule(name=st.sampled_from(["Тёплый двор", "Другой двор", " "]))
    def change(self, name: str) -> None:
        change = OrganizationDetailsChange(name=name)
        self.command("change_details", on(), changes=change, places=PLACES)

    @rule(words=WORDS)
    def contact(self, words: str) -> None:
        values = {"channel": Channel.PHONE, "told_about_office": True}
        self.command("log_contact", on(), summary=words, **values)

    @rule(words=WORDS)
    def mark(self, words: str) -> None:
        values = {"own_id": ORGANIZATION_ID, "duplicate_of": OTHER_ID, "other": self.live}
        self.command("mark_duplicate", on(), reason=words, **values)

    @rule(name=st.sampled_from(["unmark_duplicate", "close", "reopen"]), words=WORDS)
    def decide(self, name: str, words: str) -> None:
        self.command(name, on(), reason=words)

    @rule()
    def introduce(self) -> None:
        self.command("introduce", on(), to_organization=OTHER_ID, request_id=OTHER_ID)


class VerificationLife(Questions):
    CASE_TYPE = VERIFICATION
    FIRST = being_verified()
    ENDED = frozenset({"refused", "withdrawn", "revoked", "expired"})

    @rule(outcome=st.sampled_from(CheckOutcome), found=WORDS)
    def check(self, outcome: CheckOutcome, found: str) -> None:
        details = PlatformRegistration(qazvolunteer_id=found)
        self.command("record_check", on(), outcome=outcome, details=details)

    @rule(found=st.booleans())
    def verify(self, found: bool) -> None:  # noqa: FBT001  Hypothesis calls it.
        self.command("verify", on(), findings=dict.fromkeys(Finding, found))

    @rule(words=WORDS)
    def refuse(self, words: str) -> None:
        self.command("refuse", on(), ground=RefusalGround.PAID, reason=words)

    @rule(name=st.sampled_from(["withdraw", "revoke"]), words=WORDS)
    def end(self, name: str, words: str) -> None:
        self.command(name, on(), reason=words)

    @rule(years=st.integers(0, 3))
    def expire(self, years: int) -> None:
        self.command("expire", on(day=TODAY.replace(year=TODAY.year + years)))

    @rule()
    def renew(self) -> None:
        self.command("renew", on(), renewed_by=OTHER_ID)


class RequestLife(Questions):
    CASE_TYPE = REQUEST
    FIRST = requested()
    ENDED = frozenset({"helped", "declined", "withdrawn"})
    REVIVING = frozenset({"reopen"})

    @rule(words=WORDS)
    def assign(self, words: str) -> None:
        self.command("assign", on(), staff_id=words)

    @rule(words=WORDS)
    def ask(self, words: str) -> None:
        self.command("ask_organization", on(), question=words)

    @rule(words=WORDS)
    def answer_of_organization(self, words: str) -> None:
        self.command("record_answer", on(), answer=words)

    @rule(step=st.sampled_from([steps.OtherStep(), steps.AdviceGiven(advice="x")]))
    def step(self, step: Any) -> None:
        self.command("record_step", on(), summary="x", details=step)

    @rule(days=st.integers(0, 120))
    def extend(self, days: int) -> None:
        until = CALENDAR.after(TODAY, days)
        self.command("extend_term", on(), until=until, reason="x", calendar=CALENDAR)

    @rule(words=WORDS)
    def help(self, words: str) -> None:
        held = outcomes.Trained(topic="x", held_on=TODAY, participants=1)
        self.command("help", on(), outcome=words, details=held, standing=NOT_VERIFIED)

    @rule(words=WORDS)
    def decline(self, words: str) -> None:
        reason = DeclineReason.NOT_POSSIBLE_NOW
        self.command("decline", on(), reason_code=reason, explanation=words)

    @rule(name=st.sampled_from(["withdraw", "reopen", "waive_verification"]), words=WORDS, who=WHO)
    def decide(self, name: str, words: str, who: Any) -> None:
        self.command(name, on(who), reason=words)

    @rule(words=WORDS)
    def feedback(self, words: str) -> None:
        self.command("record_feedback", on(), resolved=False, feedback=words)

    @rule()
    def link(self) -> None:
        self.command("link", on(), case_id=OTHER_ID, relation=Relation.RELATED)

    @rule(standing=st.sampled_from([VERIFIED, NOT_VERIFIED]))
    def learn(self, standing: Any) -> None:
        self.command("learn_standing", on(), standing)

    @rule(to=st.sampled_from(["KZ-19", "KZ-75"]), words=WORDS)
    def offer(self, to: str, words: str) -> None:
        self.command("offer_transfer", on(), to_office=to, reason=words, places=PLACES)

    @rule(who=WHO)
    def accept(self, who: Any) -> None:
        self.command("accept_transfer", on(who))

    @rule(who=WHO)
    def decline_offer(self, who: Any) -> None:
        self.command("decline_transfer", on(who), reason="x")

    @rule(who=WHO)
    def cancel(self, who: Any) -> None:
        self.command("cancel_transfer", on(who))

    @invariant()
    def an_ended_request_has_no_open_question_and_no_offer(self) -> None:
        if not self.live.is_open:
            assert self.live.escalation is None
            assert self.live.offer is None


class AccountLife(Life):
    CASE_TYPE = STAFF
    FIRST = StaffAccount.create(
        on(ADMINISTRATOR),
        office="KZ",
        post="x",
        person=person(OTHER_ID, "x"),
        login=Personal(OTHER_ID, "login", "a.primerova"),
    )
    ENDED = frozenset({"closed"})
    REVIVING = frozenset({"reopen"})
    DECIDING = st.sampled_from([ADMINISTRATOR, HERSELF, HEAD])

    @rule(
        name=st.sampled_from(["grant_role", "revoke_role"]),
        who=DECIDING,
        role=st.sampled_from(Role),
        words=WORDS,
    )
    def decide_role(self, name: str, who: Any, role: Role, words: str) -> None:
        before = self.live.roles
        self.command(name, on(who), role=role, reason=words)
        assert self.live.roles == before or who is ADMINISTRATOR

    @rule(who=DECIDING, words=WORDS)
    def change_post(self, who: Any, words: str) -> None:
        self.command("change_post", on(who), post=words)

    @rule(
        name=st.sampled_from(["reset_password", "unlock", "end_sessions", "close", "reopen"]),
        who=DECIDING,
        words=WORDS,
    )
    def decide(self, name: str, who: Any, words: str) -> None:
        self.command(name, on(who), reason=words)

    @invariant()
    def the_roles_go_together_at_the_office(self) -> None:
        for role in self.live.roles:
            check_role_at(role, self.live.office)
        check_together(self.live.roles)

    @invariant()
    def only_an_active_account_acts(self) -> None:
        acts = self.live.acting_role
        assert acts is None or (acts in self.live.roles and self.live.status == "active")


TestOrganizationLife = OrganizationLife.TestCase
TestVerificationLife = VerificationLife.TestCase
TestRequestLife = RequestLife.TestCase
TestAccountLife = AccountLife.TestCase
for life in (TestOrganizationLife, TestVerificationLife, TestRequestLife, TestAccountLife):
    life.settings = FEW
