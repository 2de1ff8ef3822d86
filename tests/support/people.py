"""People of the staff in tests: invented, the same in every run, with accounts where asked."""

from datetime import timedelta
from threading import RLock
from uuid import NAMESPACE_URL, UUID, uuid5

from application.case_types import STAFF
from application.scopes import Scope, View
from application.services import Services
from application.streams import begin
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
        account_id, by = staff_id(who), actor(who)
        registry = self._services.front_offices.of(Scope(View.REGISTRY))
        if not self._services.front_office.names_of([str(account_id)]):
            on = self._services.occasion(ADMINISTRATOR, cause="test")
            stream = _created(account_id, by, who, on)
            granted = stream.state.grant_role(on, role=by.role, reason="Принят на работу")
            registry.keep(on, stream.then(granted))
        return account_id

    def token(self, who: str) -> str:
        """Return an access token of the account."""
        if who not in self._tokens:
            session = self._services.desk.sessions.begin(self.account(who), LONG)
            self._tokens[who] = session.access_token
        return self._tokens[who]

    def headers(self, who: str) -> dict[str, str]:
        """Return the header that says who sends a request."""
        return {"Authorization": f"Bearer {self.token(who)}"}


def _created(account_id: UUID, by: Actor, who: str, on: Occasion):
    created = StaffAccount.create(
        on,
        office=by.office,
        post="Сотрудник",
        person=person(account_id, f"Пример {who}"),
        login=Personal(account_id, "login", who),
    )
    return begin(STAFF, account_id, created)
