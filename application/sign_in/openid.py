"""stub"""

from msgspec import Struct


class Identity(Struct, frozen=True):
    issuer: str
    subject: str
    name: str | None
    groups: tuple[str, ...]


class OpenIdSettings(Struct, frozen=True):
    def role_of(self, groups: tuple[str, ...]) -> str | None: ...


class OpenIdVerifier:
    settings: OpenIdSettings

    def verify(self, token: str) -> Identity: ...
