"""Several clients at one PostgreSQL: nothing lost, nothing twice, no gap, what was told is there."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any
from uuid import UUID, uuid4

import hypothesis.strategies as st
import pytest
from builders import SPECIALIST, TRAINING
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from office import Office

from application import bootstrap
from application.attempts import Attempt
from application.case_types import REQUEST
from application.services import Services
from application.streams import CaseRef, StaleCase

CLIENTS = 3
CLIENT = st.integers(0, CLIENTS - 1)


class Sent:
    """A note as it was sent: on which version, with which key, and what was answered."""

    def __init__(self, case_id: UUID, version: int) -> None:
        self.case_id = case_id
        self.version = version
        self.text = self.key = str(uuid4())

    def by(self, services: Services) -> int | None:
        """Send it; return the version it came to, or nothing where the case had changed."""
        on = services.occasion(SPECIALIST, cause="test", attempt=Attempt(self.key, self.text))
        office = services.front_office
        ref = CaseRef(self.case_id, self.version)
        try:
            return office.once(on, lambda: office.note(ref, on, text=self.text)).version
        except StaleCase:
            return None


class Clients(RuleBasedStateMachine):
    """What several clients do, and what must be there because they were told so."""

    services: tuple[Services, ...]
    cases = Bundle("cases")
    notes = Bundle("notes")

    def __init__(self) -> None:
        super().__init__()
        self.told: dict[UUID, list[str]] = {}

    @rule(target=cases, client=CLIENT)
    def begin(self, client: int) -> UUID:
        office = Office(self.services[client])
        case_id = office.request(office.group(str(uuid4())).id, TRAINING).id
        self.told[case_id] = []
        return case_id

    @rule(target=notes, client=CLIENT, case_id=cases, behind=st.integers(0, 1))
    def note(self, client: int, case_id: UUID, behind: int) -> Sent:
        sent = Sent(case_id, max(1, len(self.told[case_id]) + 1 - behind))
        stale = sent.version <= len(self.told[case_id])
        version = sent.by(self.services[client])
        assert version == (None if stale else sent.version + 1)
        self._tell(sent, version)
        return sent

    @rule(case_id=cases, several=st.integers(2, 6))
    def note_at_once(self, case_id: UUID, several: int) -> None:
        everybody = [Sent(case_id, len(self.told[case_id]) + 1) for _ in range(several)]
        with ThreadPoolExecutor(several) as people:
            versions = list(
                people.map(
                    lambda place: everybody[place].by(self.services[place % CLIENTS]),
                    range(several),
                )
            )
        assert versions.count(None) == several - 1
        for sent, version in zip(everybody, versions, strict=True):
            self._tell(sent, version)

    @rule(client=CLIENT, sent=notes)
    def send_again(self, client: int, sent: Sent) -> None:
        before = self.told[sent.case_id]
        version = sent.by(self.services[client])
        if sent.text in before:
            assert version == before.index(sent.text) + 2
        else:
            assert version is None

    @invariant()
    def what_was_told_is_there_for_everybody(self) -> None:
        for case_id, texts in self.told.items():
            for services in self.services:
                stream = services.front_office.case(REQUEST, case_id)
                assert [event.text for event in stream.events[1:]] == texts

    def _tell(self, sent: Sent, version: int | None) -> None:
        if version is not None:
            self.told[sent.case_id].append(sent.text)


@pytest.fixture
def clients(services: Services, settings: Any, database_url: str, clock: Any) -> Any:
    """Three applications with connections of their own, over one empty database."""
    assert services
    with ExitStack() as stack:
        yield tuple(
            stack.enter_context(bootstrap.build(settings, database_url, clock=clock))
            for _ in range(CLIENTS)
        )


def test_several_clients_lose_nothing_and_do_nothing_twice(clients):
    Clients.services = clients
    run_state_machine_as_test(
        Clients,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
