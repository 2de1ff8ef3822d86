"""People of the identity provider: who they are is issuer and subject, their role its groups."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from people import ADMINISTRATOR

from application.scopes import Scope, View
from application.sign_in.openid import Identity, OpenIdSettings
from application.sign_in.refusals import NotSignedIn, TooManyRequests
from application.sign_in.strangers import Strangers
from application.streams import CaseRef

ISSUER, OTHER_ISSUER = "https://sign-in.example.kz", "https://other.example.kz"
ROLES = {"almaty": "specialist@KZ-75", "heads": "head@KZ-75", "astana": "specialist@KZ-71"}


class Provider:
    """Believes every token, and says of it what the test says."""

    def __init__(self):
        self.people = {}

    def verify(self, token):
        return self.people[token]


class Gate:
    """The way in for people of the provider."""

    def __init__(self, services):
        self.provider = Provider()
        self.accounts = services.front_offices.of(Scope(View.REGISTRY))
        self.services = services
        self.strangers = Strangers(
            self.accounts,
            self.accounts.registry,
            self.provider,
            OpenIdSettings(issuer=ISSUER, audience="front-office", roles=ROLES),
            services.clock,
        )

    def come(self, subject="7f3", groups=("almaty",), issuer=ISSUER, name="А. Примерова"):
        self.provider.people["token"] = Identity(
            issuer, subject, name, tuple(groups), self.services.clock()
        )
        return self.strangers.caller("token").actor

    def close(self, actor):
        on = self.services.occasion(ADMINISTRATOR, cause="test")
        self.accounts.close_account(CaseRef(UUID(actor.staff_id)), on, reason="Уволена")


@pytest.fixture
def gate(services):
    return Gate(services)


def test_the_first_visit_makes_an_account_in_the_role_of_the_group(gate):
    first, again = gate.come(), gate.come(name="А. Иначева")
    assert (first.role, first.office) == ("specialist", "KZ-75")
    assert first == again
    assert gate.services.front_office.names_of([first.staff_id]) == {first.staff_id: "А. Примерова"}


def test_the_same_subject_of_another_issuer_is_somebody_else(gate):
    known = gate.come()
    assert gate.come(issuer=OTHER_ISSUER).staff_id != known.staff_id
    assert gate.come(subject="7F3").staff_id != known.staff_id
    assert gate.come().staff_id == known.staff_id


def test_whoever_is_in_no_group_of_ours_is_let_in_nowhere(gate):
    for groups in ((), ("unknown",), ("Almaty",)):
        with pytest.raises(NotSignedIn):
            gate.come(subject="new", groups=groups)
    found = gate.accounts.registry.has_accounts()
    assert found is False


def test_the_groups_of_today_give_the_role_of_today(gate):
    assert gate.come().role == "specialist"
    assert gate.come(groups=("heads",)).role == "head"
    assert gate.come().role == "specialist"
    with pytest.raises(NotSignedIn):
        gate.come(groups=())
    with pytest.raises(NotSignedIn):
        gate.come(groups=())
    assert gate.come().role == "specialist"


def test_several_requests_at_once_of_somebody_new_are_all_let_in_as_one_person(gate):
    for number in range(5):
        with ThreadPoolExecutor(4) as pool:
            came = list(pool.map(lambda _, new=f"s{number}": gate.come(subject=new), range(4)))
            assert len({actor.staff_id for actor in came}) == 1
            came = list(pool.map(lambda _, new=f"s{number}": gate.come(new, ["heads"]), range(4)))
            assert {actor.role for actor in came} == {"head"}


def test_a_group_of_another_office_does_not_move_somebody_there(gate):
    gate.come()
    with pytest.raises(NotSignedIn):
        gate.come(groups=("astana",))
    assert gate.come().office == "KZ-75"


def test_an_account_closed_here_stays_closed_whatever_the_provider_says(gate):
    gate.close(gate.come())
    for groups in (("almaty",), ("heads",), ()):
        with pytest.raises(NotSignedIn):
            gate.come(groups=groups)


def test_somebody_of_the_provider_has_no_more_requests_than_others(gate, services):
    actor = gate.come()
    registry = gate.accounts.registry
    while not registry.take(f"account:{actor.staff_id}", 0.001, 1.0):
        pass
    with pytest.raises(TooManyRequests):
        gate.come()
