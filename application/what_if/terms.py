"""Terms derived again: by when, in time or late, and how far they could be extended."""

from collections.abc import Iterator

from application.what_if.decisions import Decided, Moment, Reconsidered
from domain.assistance_request import AssistanceRequest
from domain.assistance_request.events import TermExtended
from domain.rules.terms import (
    Clock,
    ExtensionOutOfRange,
    TermsRule,
    check_extension,
    due_on,
    forward_by,
)

_LATE = {True: "late", False: "in-time"}
_LATE_FORWARDED = {True: "forwarded-late", False: "forwarded-in-time"}


def reconsidered(moment: Moment, rule: TermsRule) -> Iterator[Reconsidered]:
    """Return what would follow at this moment from the rule, if anything follows from terms.

    An extension is asked about with the clock as it was; what a refused one would have meant for
    the days after it is not told.
    """
    match moment.event:
        case AssistanceRequest.Requested() | AssistanceRequest.Reopened():
            yield _begun(moment, rule)
        case TermExtended() as extended:
            yield _extended(moment, extended, rule)
        case AssistanceRequest.TransferOffered() if _is_first_offer(moment):
            yield _forwarded(moment, rule)
        case (
            AssistanceRequest.Helped()
            | AssistanceRequest.Declined()
            | AssistanceRequest.Withdrawn()
        ):
            yield from _ended(moment, rule)


def _begun(moment: Moment, rule: TermsRule) -> Reconsidered:
    clock = Clock(moment.event.occurred_on)
    was, would_be = due_on(clock, moment.calendar), due_on(clock, moment.calendar, rule)
    why = Decided("terms", {"working_days": rule.working_days})
    return Reconsidered(Decided("due", {"due_on": was}), Decided("due", {"due_on": would_be}), why)


def _extended(moment: Moment, extended: TermExtended, rule: TermsRule) -> Reconsidered:
    was = Decided("extended", {"until": extended.until})
    try:
        check_extension(moment.before.clock, extended.until, moment.today, moment.calendar, rule)
    except ExtensionOutOfRange as refusal:
        facts = {name: refusal.facts[name] for name in ("due_on", "latest")}
        return Reconsidered(was, Decided("not-extended"), Decided(refusal.code, facts))
    return Reconsidered(was, was, Decided("terms", {"working_days": rule.working_days}))


def _forwarded(moment: Moment, rule: TermsRule) -> Reconsidered:
    clock, day = moment.before.clock, moment.event.occurred_on
    last = forward_by(clock, moment.calendar, rule)
    was = Decided(_LATE_FORWARDED[day > forward_by(clock, moment.calendar)])
    return Reconsidered(
        was, Decided(_LATE_FORWARDED[day > last]), Decided("forward-by", {"forward_by": last})
    )


def _is_first_offer(moment: Moment) -> bool:
    """Whether the request is offered to another office for the first time since its term began."""
    started = moment.before.clock.started_on
    earlier = moment.stream.events[: moment.version - 1]
    offered = (e for e in earlier if isinstance(e, AssistanceRequest.TransferOffered))
    return all(event.occurred_on < started for event in offered)


def _ended(moment: Moment, rule: TermsRule) -> Iterator[Reconsidered]:
    """Return whether the answer was in time; while the clock stands still there is no term."""
    clock, day = moment.before.clock, moment.event.occurred_on
    was, would_be = due_on(clock, moment.calendar), due_on(clock, moment.calendar, rule)
    if was is not None and would_be is not None:
        why = Decided("due", {"due_on": would_be})
        yield Reconsidered(Decided(_LATE[day > was]), Decided(_LATE[day > would_be]), why)
