"""After a crash at any step the read models are what the streams say."""

import os
import random
import signal
from multiprocessing import get_context

import crashing
import pytest
from builders import SPECIALIST, a_group
from crashing import ROOM, failing, lent, quiet
from eventsourcing.persistence import OperationalError
from office import LOOK_UP, ref

from application.attempts import Attempt
from application.case_types import REQUEST
from application.save_outcomes import OutcomeUnknown
from application.use_cases.decisions import CheckInput, Decision
from domain.catalogue.codes import Channel, CheckOutcome, Finding

KILLS, AT_ONCE = 200, 4
CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["crashing"])


def workload(services):
    """Return commands, each of which is given the case that the one before came to."""
    office = services.front_office
    asked = {"subject": "Зал", "description": "Просят", "channel": Channel.VISIT}

    def begin(on, _):
        return office.register_organization(on, details=a_group())

    def ask(on, group):
        return office.request_help(
            on, organization_id=group.id, help_type=ROOM.help_type, details=ROOM, **asked
        )

    def verify(on, request):
        office.request_verification(
            on,
            organization_id=request.state.organization_id,
            checks=(CheckInput(outcome=CheckOutcome.CONFIRMED, details=LOOK_UP),),
            decision=Decision(findings=dict.fromkeys(Finding, True)),
        )
        return office.case(REQUEST, request.id)

    def lend(on, request):
        return office.record_step(ref(request), on, summary="Зал", details=lent("Зал"))

    def escalate(on, request):
        return office.escalate(REQUEST, ref(request), on, question="Как быть?")

    return begin, ask, verify, lend, escalate


WRITES = {
    "begin": ("case_events", "organizations", "attempts"),
    "ask": ("case_events", "requests", "attempts"),
    "verify": ("case_events", "verifications", "standings", "requests", "attempts"),
    "lend": ("case_events", "requests", "loans", "attempts"),
    "escalate": ("case_events", "requests", "escalations", "attempts"),
}


@pytest.mark.parametrize("how", ["53100", "58030"], ids=["a full disk", "an I/O error"])
def test_a_failure_at_any_table_of_any_command_leaves_nothing_of_it(services, database_url, how):
    office, case = services.front_office, None
    for command in workload(services):
        on = services.occasion(
            SPECIALIST, cause="test", attempt=Attempt(command.__name__, "the same")
        )
        for table in WRITES[command.__name__]:
            before = office.count_events()
            with failing(database_url, table, how), pytest.raises(OperationalError) as failure:
                command(on, case)
            assert not isinstance(failure.value, OutcomeUnknown)
            assert office.count_events() == before
            assert office.check_read_models(quiet) == []
        case = command(on, case)
    assert office.check_read_models(quiet) == []


def test_two_hundred_kills_leave_the_read_models_exact(services, settings, database_url):
    chance = random.Random(5)
    for number in range(KILLS // AT_ONCE):
        people = [_at_work(settings, database_url, f"{number}-{place}") for place in range(AT_ONCE)]
        for process, started in people:
            assert started.recv() == "at work"
            process.join(chance.random() / 20)
            os.kill(process.pid, signal.SIGKILL)
        for process, _ in people:
            process.join()
            process.close()
    assert services.front_office.count_events() > KILLS
    assert services.front_office.check_read_models(quiet) == []


def _at_work(settings, url, name):
    here, there = CONTEXT.Pipe()
    process = CONTEXT.Process(target=crashing.work, args=(settings, url, there, name))
    process.start()
    return process, here
