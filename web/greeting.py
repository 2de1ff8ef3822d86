"""What the service says to whoever started it: where it is, and how to get in."""

from collections.abc import Iterator, Sequence

from application.services import Services
from application.settings import Settings
from domain.actors import Role
from domain.places import REPUBLICAN_OFFICE
from web import demo_staff
from web.cli_staff import FIRST_LOGIN, create_account

FIRST_CALL = 'curl -H "Authorization: Bearer $TOKEN" {}/api/v1/assistance-requests'
SIGN_IN = "POST {}/api/v1/session, пароль сразу заменяется своим (new_password)"


def keys_to_begin_with(services: Services, settings: Settings) -> Iterator[str]:
    """Return how to get in: the tokens of the demonstration, or the first administrator's login.

    The administrator is made where there is no account at all, and is told just once.
    """
    ready = list(demo_staff.tokens(services)) if settings.demo else []
    if ready:
        yield "Токены на 12 часов, по одному на роль:"
        yield from (f"  {token}  {post}" for post, token in ready)
        yield f"TOKEN={ready[0][1]}"
        yield f"Первый вызов:          {FIRST_CALL.format(settings.address)}"
    elif not services.front_office.registry.has_accounts():
        yield f"Первый администратор:  логин {FIRST_LOGIN}, пароль {_first_password(services)}"
        yield f"Войти (показано один раз): {SIGN_IN.format(settings.address)}"


def greeting(settings: Settings, keys: Sequence[str]) -> str:
    """Return what is said once the service answers."""
    lines = (
        "",
        *keys,
        "",
        f"Фронт-офис работает:   {settings.address}",
        f"Описание интерфейса:   {settings.address}/docs",
        "Остановить:            Ctrl+C",
    )
    return "\n".join(lines)


def _first_password(services: Services) -> str:
    return create_account(
        services,
        login=FIRST_LOGIN,
        name="Первый администратор",
        office=REPUBLICAN_OFFICE,
        post="Администратор",
        role=Role.ADMINISTRATOR,
    )
