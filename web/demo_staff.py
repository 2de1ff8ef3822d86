"""The staff of the demonstration: one invented person of every role, and their tokens."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from application.scopes import Scope, View
from application.services import Services
from domain.actors import Actor, Role, StaffId
from domain.places import REPUBLICAN_OFFICE

REGION, NEIGHBOUR = "KZ-75", "KZ-19"
STAFF: tuple[tuple[Role, str, str], ...] = (
    (Role.SPECIALIST, REGION, "Специалист фронт-офиса"),
    (Role.HEAD, REGION, "Руководитель фронт-офиса"),
    (Role.SPECIALIST, NEIGHBOUR, "Специалист соседнего фронт-офиса"),
    (Role.REPUBLICAN_SPECIALIST, REPUBLICAN_OFFICE, "Специалист республиканского фронт-офиса"),
    (Role.REPUBLICAN_HEAD, REPUBLICAN_OFFICE, "Руководитель республиканского фронт-офиса"),
    (Role.AUDITOR, REPUBLICAN_OFFICE, "Аудитор"),
    (Role.ADMINISTRATOR, REPUBLICAN_OFFICE, "Администратор"),
    (Role.SERVICE, REGION, "Программа приёма запросов"),
)
TOKEN_LIFE = timedelta(hours=12)


def create_staff(services: Services) -> dict[str, Actor]:
    """Create the accounts; return who is who, by ``role@office``."""
    accounts = services.front_offices.of(Scope(View.REGISTRY))
    maker = Actor(StaffId("demonstration"), Role.ADMINISTRATOR, REPUBLICAN_OFFICE)
    made: dict[str, Actor] = {}
    for number, (role, office, post) in enumerate(STAFF, start=1):
        account = accounts.create_account(
            services.occasion(maker, cause="demonstration"),
            office=office,
            post=post,
            name=f"Пример Сотрудников {number}",
            login=_login(role, office),
            roles=(role,),
            reason="Для показа",
        )
        made[f"{role}@{office}"] = Actor(StaffId(str(account.id)), role, office)
    return made


def tokens(services: Services) -> Iterator[tuple[str, str]]:
    """Return a post and a new token for each account of the demonstration that is there."""
    front_office = services.front_office
    for role, office, post in STAFF:
        keys = front_office.login_keys(_login(role, office))
        found: Mapping[str, object] = front_office.registry.by_login(*keys) or {}
        if found.get("role"):
            session = services.desk.sessions.begin(found["id"], TOKEN_LIFE)  # type: ignore[arg-type]
            yield f"{post} ({office})", session.access_token


def _login(role: Role, office: str) -> str:
    return f"demo-{role.value}-{office}".replace("_", "-")
