"""People of the staff in tests: invented, the same in every run, with accounts where asked."""

from collections.abc import Mapping
from datetime import timedelta
from threading import RLock
from uuid import NAMESPACE_URL, UUID, uuid5

from application.case_types import STAFF
from application.scopes import Scope, View
from application.services import Services
from application.streams import Stream, begin
from domain.actors import Actor, Occasion, Role, StaffId
from domain.personal import Personal, person
from domain.staff_account import StaffAccount

LONG = timedelta(days=3000)
ADMINISTRATOR = Actor(StaffId("first-administrator"), Role.ADMINISTRATOR, "KZ")


def staff_id(who: str) -> UUID:
    """Return the id of somebody who is called ``role@office``, or by that and a number."""
    return uuid5(NAMESPACE_URL, who)


def actor(who: str) -> Actor:
    """Return who acts, in the role of their name."""
    role, _, office = who.partition("@")
    return Actor(StaffId(str(staff_id(who))), Role(role), office.partition("#")[0])


class People:
    """The accounts of one database, made when they are first needed, and their tokens."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._tokens: dict[str, str] = {}
        self._lock = RLock()

    def account(self, who: str) -> UUID:
        """Return the id of the account, making it first."""
        with self._lock:
            return self._made(who)

    def _made(self, who: str) -> UUID:
        account_id = staff_id(who)
        if not self._services.front_office.names_of([str(account_id)]):
            self._keep(who, login=Personal(account_id, "login", who))
        return account_id

    def _keep(self, who: str, **known_by: Personal) -> None:
        on = self._services.occasion(ADMINISTRATOR, cause="test")
        stream = _created(who, on, known_by)
        granted = stream.state.grant_role(on, role=actor(who).role, reason="Принят на работу")
        self._services.front_offices.of(Scope(View.REGISTRY)).keep(on, stream.then(granted))

    def known_elsewhere(self, who: str) -> UUID:
        """Return the id of the account of somebody who signs in at an identity provider."""
        identity = Personal(staff_id(who), "identity", f"https://login.example {who}")
        self._keep(who, identity=identity)
        return staff_id(who)

    def token(self, who: str) -> str:
        """Return an access token of the account."""
        if who not in self._tokens:
            session = self._services.desk.sessions.begin(self.account(who), LONG)
            self._tokens[who] = session.access_token
        return self._tokens[who]

    def headers(self, who: str) -> dict[str, str]:
        """Return the header that says who sends a request."""
        return {"Authorization": f"Bearer {self.token(who)}"}


def _created(who: str, on: Occasion, known_by: Mapping[str, Personal]) -> Stream[StaffAccount]:
    created = StaffAccount.create(
        on,
        office=actor(who).office,
        post="Сотрудник",
        person=person(staff_id(who), f"Пример {who}"),
        **known_by,
    )
    return begin(STAFF, staff_id(who), created)
