"""The settings of the service: read from the environment, all faults told at once."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from environs import Env, EnvValidationError, FileAwareEnv, ValidationError, validate
from msgspec import Struct

from application.audit.keys import VerifyingKey
from application.audit.witness_keys import read_witnesses
from application.sign_in.settings import OpenIdSettings, check_roles

HOST = re.compile(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+]")
_OFF = frozenset({"", "n", "no", "f", "false", "off", "0"})
KEY_FILE = Path("keys/key-encryption-keys.json")
SEALER_DIR = Path("sealer")
ORIGIN = re.compile(r"[A-Za-z0-9._/:-]{1,200}")


class SettingsError(Exception):
    """Settings that cannot be used, each named with what to do about it."""


class Settings(Struct, frozen=True, kw_only=True):
    """What the service is told from outside.

    Without a database URL the embedded PostgreSQL runs under the data directory. The
    key file holds the keys that encrypt personal data: it belongs to no database copy.
    """

    database_url: str | None = None
    owner_database_url: str | None = None
    sealer_database_url: str | None = None
    data_dir: Path = Path("var")
    sealer_dir: Path = Path("var/sealer")
    sealer: bool = True
    seal_seconds: float = 10.0
    log_origin: str | None = None
    key_file: Path = Path("var/keys/key-encryption-keys.json")
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    threads: int = 4
    demo: bool = False
    openid: OpenIdSettings | None = None
    account_rate: float = 20.0
    address_rate: float = 60.0
    proxies: int = 0
    hosts: tuple[str, ...] = ()
    witnesses: tuple[VerifyingKey, ...] = ()
    request_seconds: float = 30.0

    @property
    def is_embedded(self) -> bool:
        """Whether the service brings its own database server along."""
        return not (self.owner_database_url or self.database_url)

    @property
    def known_hosts(self) -> tuple[str, ...]:
        """The hosts by which the service may be called: those that are set, or this machine."""
        listened = f"[{self.host}]" if ":" in self.host else self.host
        return self.hosts or (listened, "localhost", "127.0.0.1", "[::1]")

    @property
    def address(self) -> str:
        """The address at which the service is reached."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def read_settings() -> Settings:
    """Read the settings from the environment, or say everything that is wrong with them."""
    _check_order()
    env = FileAwareEnv(eager=False, prefix="FRONTOFFICE_")
    values = _read(env)
    openid = _read_openid(env)
    try:
        env.seal()
    except EnvValidationError as error:
        raise SettingsError(_told(error.error_messages)) from error
    return Settings(**values, openid=OpenIdSettings(**openid) if openid else None)


def _read_openid(env: Env) -> dict[str, Any]:
    """Read whose tokens are believed, when an identity provider is named."""
    if env.str("OIDC_ISSUER", None) is None:
        return {}
    return {
        "issuer": env.str("OIDC_ISSUER"),
        "audience": env.str("OIDC_AUDIENCE"),
        "roles": env.dict("OIDC_ROLES", validate=_check_roles),
        "groups_claim": env.str("OIDC_GROUPS_CLAIM", "groups"),
        "name_claim": env.str("OIDC_NAME_CLAIM", "name"),
    }


def _read(env: Env) -> dict[str, Any]:
    data_dir = env.path("DATA_DIR", Path("var"))
    return {
        "database_url": env.str("DATABASE_URL", None, validate=_check_url),
        "owner_database_url": env.str("OWNER_DATABASE_URL", None, validate=_check_url),
        "data_dir": data_dir,
        "sealer_database_url": env.str("SEALER_DATABASE_URL", None, validate=_check_url),
        "sealer_dir": env.path("SEALER_DIR", None) or (data_dir or Path("var")) / SEALER_DIR,
        "sealer": env.bool("SEALER", True),
        "seal_seconds": env.float("SEAL_SECONDS", 10.0, validate=validate.Range(0.1, 60)),
        "log_origin": env.str("LOG_ORIGIN", None, validate=_check_origin),
        "key_file": env.path("KEY_FILE", None) or (data_dir or Path("var")) / KEY_FILE,
        "host": env.str("HOST", "127.0.0.1"),
        "port": env.int("PORT", 8000, validate=validate.Range(1, 65535)),
        "workers": env.int("WORKERS", 2, validate=validate.Range(1, 64)),
        "threads": env.int("THREADS", 4, validate=validate.Range(1, 256)),
        "demo": env.bool("DEMO", False),
        "account_rate": env.float("ACCOUNT_RATE", 20.0, validate=validate.Range(0.1)),
        "address_rate": env.float("ADDRESS_RATE", 60.0, validate=validate.Range(0.1)),
        "proxies": env.int("PROXIES", 0, validate=validate.Range(0, 8)),
        "hosts": tuple(env.list("HOSTS", (), validate=_check_hosts) or ()),
        "witnesses": read_witnesses(env.list("WITNESSES", (), validate=_check_witnesses) or ()),
        "request_seconds": env.float("REQUEST_SECONDS", 30.0, validate=validate.Range(0.1, 600)),
    }


def _check_order() -> None:
    """Refuse what makes the event library lose the order of events for their followers.

    It would read the setting by this name, and by this name after that of any application. What
    it takes for switched off is what we need; what it cannot read, it may read tomorrow.
    """
    for name, value in os.environ.items():
        if name.endswith("POSTGRES_ENABLE_DB_FUNCTIONS") and value.lower() not in _OFF:
            message = f"{name} is set: followers of the log would miss events. Unset it."
            raise SettingsError(message)


def _check_roles(roles: Mapping[str, str]) -> None:
    try:
        check_roles(roles)
    except ValueError as error:
        message = f"{error}: write group=role@office,group=role@office"
        raise ValidationError(message) from error


def _check_url(url: str) -> None:
    if not url.startswith(("postgresql://", "postgres://")):
        message = "must be like postgresql://user:password@host:5432/database"
        raise ValidationError(message)


def _check_origin(origin: str) -> None:
    if not ORIGIN.fullmatch(origin):
        message = "must be a name of Latin letters, digits and ._/:- like office.kz/log"
        raise ValidationError(message)


def _check_hosts(hosts: Sequence[str]) -> None:
    if not hosts or not all(HOST.fullmatch(host) for host in hosts):
        message = "must be names separated by commas, without ports, like office.kz,[::1]"
        raise ValidationError(message)


def _check_witnesses(vkeys: Sequence[str]) -> None:
    try:
        read_witnesses(vkeys)
    except ValueError as error:
        message = f"{error} Take what `frontoffice witness init` has said, with commas between."
        raise ValidationError(message) from error


def _told(faults: Mapping[str, Sequence[str]] | list[str]) -> str:
    assert isinstance(faults, Mapping)  # noqa: S101  Faults are told by variable when sealed.
    lines = (f"  {name}: {' '.join(messages)}" for name, messages in sorted(faults.items()))
    return "\n".join(("These settings cannot be used; set them right or unset them:", *lines))
